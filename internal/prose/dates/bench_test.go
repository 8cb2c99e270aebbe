package dates

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/prose"
)

const sample = `The minister flew to the port city on Monday, two officials said, for the second time in two months. 
Talks that began last week were to end by Friday, but a spokesman said late on Thursday night that they would go on 
until May 3. Between May 3 and May 9 no ship may leave, according to an order of 14 April 2016 seen by reporters. 
The company, founded in 1989, has sold about 2,000 pumps a year since 2014; three days ago its owner denied everything. 
`

func BenchmarkFind(b *testing.B) {
	doc := prose.Split(strings.Repeat(sample, 40), "en")
	anchor := Anchor{Published: calendar.On(2016, 4, 18)}
	b.SetBytes(int64(len(doc.Text)))
	for b.Loop() {
		if _, err := Find(doc, anchor); err != nil {
			b.Fatal(err)
		}
	}
}

package places

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places/table"
)

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		t, err := table.Open(packed)
		if err != nil {
			b.Fatal(err)
		}
		g := &Gazetteer{table: t}
		if g.words, err = loadWords(g); err != nil {
			b.Fatal(err)
		}
	}
}

const sample = `DAMASCUS (Wire) - Two officials in Latakia said on Monday that the ship had left Tartus for the Russian port of
Novorossiysk. Moscow denied it. The company, based in Springfield, Illinois, did not answer. A spokesman for the Bank of
Syria said that nothing had been paid; the minister was on his way from Baghdad to Mosul, Iraq, and would return through
Deir ez-Zor. No one at the University of Aleppo could confirm the report, and people in the street said they had heard nothing.
`

func BenchmarkFind(b *testing.B) {
	g, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	doc := prose.Split(strings.Repeat(sample, 10), "en")
	b.SetBytes(int64(len(doc.Text)))
	for b.Loop() {
		g.Find(doc, "")
	}
}

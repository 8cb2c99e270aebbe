package goods

import (
	"testing"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
)

func reader(t *testing.T, text string) *Reader {
	t.Helper()
	p, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc := prose.Split(text, "en")
	src := doc.Sentences[0]
	return New(text, src, clause.New(p.Parse(src), clause.Words{}), frames.English())
}

func TestSums(t *testing.T) {
	for text, want := range map[string]Amount{
		"He paid $85,000 for it.":             {Value: 85000, Currency: "USD"},
		"They demanded $5.2 billion.":         {Value: 5.2e9, Currency: "USD"},
		"He bought it for £140m in May.":      {Value: 140e6, Currency: "GBP"},
		"She sent 50,000 euros to them.":      {Value: 50000, Currency: "EUR"},
		"She sent more than €2 million home.": {Value: 2e6, Currency: "EUR", Bound: "at-least"},
	} {
		r := reader(t, text)
		got := r.AmountIn(0, len(r.sentence.Tokens)-1)
		if got == nil {
			t.Errorf("%s: no sum", text)
			continue
		}
		if got.Value != want.Value || got.Currency != want.Currency || want.Bound != "" && got.Bound != want.Bound {
			t.Errorf("%s: %+v, want %+v", text, *got, want)
		}
	}
	r := reader(t, "He paid a visit to 30 towns.")
	if got := r.AmountIn(0, len(r.sentence.Tokens)-1); got != nil {
		t.Errorf("a sum where none is: %+v", got)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{"six": 6, "1,500": 1500, "twenty-one": 21, "2.5": 2.5} {
		if got, ok := number(text); !ok || got != want {
			t.Errorf("%s: %v %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "many", "-", "T-90"} {
		if got, ok := number(text); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
}

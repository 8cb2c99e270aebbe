package places

import (
	"testing"

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

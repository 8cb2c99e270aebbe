package lists_test

import (
	"context"
	"testing"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/history"
)

func benchmark(b *testing.B, list, pattern string, size int64) {
	inputs := glob(b, pattern)
	b.SetBytes(size)
	for b.Loop() {
		for s, err := range lists.Open(context.Background(), inputs, lists.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			h := history.New(list)
			in, err := h.Begin(history.Edition{})
			if err == nil || list == "" {
				in = nil
			}
			for p, err := range s.Parties() {
				if err != nil {
					b.Fatal(err)
				}
				if list == "" {
					continue
				}
				if in == nil {
					in, _ = h.Begin(history.Edition{Edition: s.Edition()})
				}
				in.Put(p)
			}
		}
	}
}

func BenchmarkReadUN(b *testing.B) {
	benchmark(b, "", "un/un_consolidated_2026-05-08.xml.gz", 2_100_000)
}

func BenchmarkReadOFAC(b *testing.B) { benchmark(b, "", "us_ofac/sdn_2024-05-03.csv.gz", 3_700_000) }

func BenchmarkImportOFAC(b *testing.B) {
	benchmark(b, "us-ofac-sdn", "us_ofac/sdn_2024-05-03.csv.gz", 3_700_000)
}

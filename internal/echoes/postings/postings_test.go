package postings

import (
	"math/rand"
	"slices"
	"testing"
)

// The table agrees with a map, whatever is entered.
func TestAgainstMap(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for _, keys := range []int{1, 40, 5000} {
		x := New(20)
		want := map[uint64][]uint32{}
		full := map[uint64]bool{}
		for doc := range uint32(3000) {
			for range 5 {
				k := uint64(rng.Intn(keys)) * 0x9E3779B97F4A7C15
				x.Add(k, doc)
				if l := want[k]; !full[k] && (len(l) == 0 || l[len(l)-1] != doc) {
					want[k] = append(l, doc)
					full[k] = len(want[k]) > 20
				}
			}
		}
		var one [1]uint32
		for k, l := range want {
			if full[k] {
				l = nil
			}
			if got, common := x.Of(k, &one); !slices.Equal(got, l) || common != full[k] {
				t.Fatalf("%d keys: %x has %v (%v), want %v", keys, k, got, common, l)
			}
		}
		if got, _ := x.Of(12345, &one); keys < 5000 && got != nil {
			t.Errorf("an unknown key has %v", got)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	x := New(400)
	rng := rand.New(rand.NewSource(1))
	for i := range b.N {
		x.Add(rng.Uint64(), uint32(i/100))
	}
	b.ReportMetric(float64(x.Bytes())/float64(b.N), "bytes/posting")
}

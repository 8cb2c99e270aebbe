package syntax

import (
	"math/rand/v2"
	"testing"
)

// best tries every assignment of heads.
func best(s []float32, wide, n int) float32 {
	heads := make([]int, n+1)
	top := never
	var try func(d int, sum float32)
	try = func(d int, sum float32) {
		if d > n {
			roots := 0
			for i := 1; i <= n; i++ {
				k, steps := i, 0
				for ; k != 0 && steps <= n; steps++ {
					k = heads[k]
				}
				if steps > n {
					return
				}
				if heads[i] == 0 {
					roots++
				}
			}
			if roots == 1 {
				top = max(top, sum)
			}
			return
		}
		for h := 0; h <= n; h++ {
			if h != d {
				heads[d] = h
				try(d+1, sum+s[d*wide+h])
			}
		}
	}
	try(1, 0)
	return top
}

// For a given root the contraction must find the best tree; which root is
// taken is a choice made before, so the test lets one root only be good.
func TestRepairFindsTheBestTree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var a arborescence
	for round := range 300 {
		n := 2 + r.IntN(4)
		wide := n + 1
		s := make([]float32, wide*wide)
		root := 1 + r.IntN(n)
		for d := 1; d <= n; d++ {
			for h := 0; h <= n; h++ {
				s[d*wide+h] = float32(r.NormFloat64())
			}
			s[d*wide] -= 50
		}
		s[root*wide] += 40
		a.heads(s, wide, n)
		var sum float32
		for d := 1; d <= n; d++ {
			sum += s[d*wide+a.best[d]]
		}
		if want := best(s, wide, n); sum < want-1e-3 {
			t.Fatalf("round %d: tree of %v, best is %v (heads %v)", round, sum, want, a.best)
		}
	}
}

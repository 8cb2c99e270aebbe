package caseseval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

type pair [2]string

func ordered(p []string) pair {
	if p[0] <= p[1] {
		return pair{p[0], p[1]}
	}
	return pair{p[1], p[0]}
}

// closure makes a relation transitive: a copy of a copy is a copy.
func closure(ps map[pair]bool) map[pair]bool {
	root := map[string]string{}
	find := func(x string) string {
		if _, ok := root[x]; !ok {
			root[x] = x
		}
		for root[x] != x {
			x = root[x]
		}
		return x
	}
	for p := range ps {
		root[find(p[0])] = find(p[1])
	}
	groups := map[string][]string{}
	for x := range root {
		groups[find(x)] = append(groups[find(x)], x)
	}
	out := map[pair]bool{}
	for _, g := range groups {
		for i, a := range g {
			for _, b := range g[:i] {
				out[ordered([]string{a, b})] = true
			}
		}
	}
	return out
}

func minus(a, b map[pair]bool) map[pair]bool {
	out := map[pair]bool{}
	for p := range a {
		if !b[p] {
			out[p] = true
		}
	}
	return out
}

func both(a, b map[pair]bool) int {
	n := 0
	for p := range a {
		if b[p] {
			n++
		}
	}
	return n
}

func pairs(list [][]string) map[pair]bool {
	out := map[pair]bool{}
	for _, p := range list {
		if len(p) == 2 && p[0] != p[1] {
			out[ordered(p)] = true
		}
	}
	return out
}

func ratio(n, of int, none float64) float64 {
	if of == 0 {
		return none
	}
	return float64(n) / float64(of)
}

func prf(p, r float64) PRF {
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return PRF{round(p), round(r), round(f)}
}

func round(x float64) float64 { return math.RoundToEven(x*1e4) / 1e4 }

func share(n float64, of int) *float64 {
	if of == 0 {
		return nil
	}
	v := round(n / float64(of))
	return &v
}

// Score compares a system's cases with the gold.
func Score(gold Gold, system System) Result {
	s := scorer{gold: gold, known: map[string]bool{}}
	for _, a := range gold.All {
		s.known[a] = true
	}
	for _, c := range system.Cases {
		c.Articles = slices.DeleteFunc(slices.Clone(c.Articles), func(a string) bool {
			if !s.known[a] {
				s.out.Cases.UnknownArticles++
			}
			return !s.known[a]
		})
		s.cases = append(s.cases, c)
	}
	s.copies(system)
	s.clusters()
	s.align()
	s.shape()
	s.each()
	return s.out
}

type scorer struct {
	gold  Gold
	cases []Case
	known map[string]bool
	to    map[int]int // gold case -> system case
	out   Result
}

func (s *scorer) miss(kind string, what ...any) {
	m := Miss{Kind: kind}
	for _, w := range what {
		m.What = append(m.What, fmt.Sprint(w))
	}
	s.out.Misses = append(s.out.Misses, m)
}

func (s *scorer) copies(system System) {
	closed := pairs(s.gold.Copies)
	neutral := minus(pairs(s.gold.Neutral), closed)
	edges := map[pair]bool{}
	for _, e := range s.gold.Edges {
		edges[ordered([]string{e.Copy, e.Of})] = true
	}
	given := minus(pairs(system.Copies), neutral)
	full := minus(closure(given), neutral)
	tp := both(full, closed)
	s.out.Copies = Copies{PRF: prf(ratio(tp, len(full), 1), ratio(tp, len(closed), 1)), GoldPairs: len(closed), SystemPairs: len(full),
		DirectPrecision: round(ratio(both(given, closed), len(given), 1)), DirectRecall: round(ratio(both(given, edges), len(edges), 1))}
	s.missPairs("copy missed", minus(closed, full))
	s.missPairs("copy wrong", minus(full, closed))
}

func (s *scorer) missPairs(kind string, ps map[pair]bool) {
	var list []pair
	for p := range ps {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b pair) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, p := range list {
		s.miss(kind, p[0], p[1])
	}
}

// clusters scores extended B-cubed (Amigó et al. 2009): an article may lie in
// several cases; one in none is a cluster of its own.
func (s *scorer) clusters() {
	var g, y [][]string
	for _, c := range s.gold.Cases {
		g = append(g, c.Articles)
	}
	for _, c := range s.gold.Side {
		g = append(g, c.Articles)
	}
	for _, c := range s.cases {
		y = append(y, c.Articles)
	}
	gold, system := s.at(g), s.at(y)
	s.out.BCubed = prf(s.side(system, gold), s.side(gold, system))
}

func (s *scorer) at(groups [][]string) map[string]map[int]bool {
	at := map[string]map[int]bool{}
	for a := range s.known {
		at[a] = map[int]bool{}
	}
	for i, g := range groups {
		for _, a := range g {
			if s.known[a] {
				at[a][i] = true
			}
		}
	}
	alone := -1
	for _, a := range s.gold.All {
		if len(at[a]) == 0 {
			at[a][alone] = true
			alone--
		}
	}
	return at
}

func (s *scorer) side(x, y map[string]map[int]bool) float64 {
	if len(x) == 0 {
		return 1
	}
	total := 0.0
	for _, e := range s.gold.All {
		sum, n := 0.0, 0
		for _, f := range s.gold.All {
			if k := common(x[e], x[f]); k > 0 {
				sum += float64(min(k, common(y[e], y[f]))) / float64(k)
				n++
			}
		}
		total += sum / float64(n)
	}
	return total / float64(len(x))
}

func common(a, b map[int]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

func overlap(a, b []string) int {
	n := 0
	in := map[string]bool{}
	for _, x := range a {
		in[x] = true
	}
	seen := map[string]bool{}
	for _, x := range b {
		if in[x] && !seen[x] {
			n++
		}
		seen[x] = true
	}
	return n
}

func distinct(a []string) int {
	m := map[string]bool{}
	for _, x := range a {
		m[x] = true
	}
	return len(m)
}

// align pairs cases greedily, the most alike first.
func (s *scorer) align() {
	type cand struct {
		f    float64
		n    int
		g, y int
	}
	var list []cand
	for i, g := range s.gold.Cases {
		for j, y := range s.cases {
			if n := overlap(g.Articles, y.Articles); n > 0 {
				list = append(list, cand{-2 * float64(n) / float64(distinct(g.Articles)+distinct(y.Articles)), -n, i, j})
			}
		}
	}
	slices.SortFunc(list, func(a, b cand) int {
		return cmp.Or(cmp.Compare(a.f, b.f), cmp.Compare(a.n, b.n), cmp.Compare(a.g, b.g), cmp.Compare(a.y, b.y))
	})
	s.to = map[int]int{}
	used := map[int]bool{}
	for _, c := range list {
		if _, ok := s.to[c.g]; !ok && !used[c.y] {
			s.to[c.g] = c.y
			used[c.y] = true
		}
	}
}

// shape counts splits, merges and decoys.
func (s *scorer) shape() {
	used := map[int]bool{}
	for _, j := range s.to {
		used[j] = true
	}
	o := &s.out.Cases
	o.Gold, o.System, o.Aligned = len(s.gold.Cases), len(s.cases), len(s.to)
	for j, y := range s.cases {
		if !used[j] && len(y.Articles) > 0 && len(s.gold.Cases) > 0 {
			best := 0
			for i := range s.gold.Cases {
				if overlap(y.Articles, s.gold.Cases[i].Articles) > overlap(y.Articles, s.gold.Cases[best].Articles) {
					best = i
				}
			}
			if _, ok := s.to[best]; ok && 2*overlap(y.Articles, s.gold.Cases[best].Articles) > distinct(y.Articles) {
				o.Split++
				s.miss("split", y.ID, "of", s.gold.Cases[best].ID)
			}
		}
		var hold []any
		for _, g := range s.gold.Cases {
			if n := overlap(y.Articles, g.Articles); n >= 2 && 2*n >= len(g.Articles) {
				hold = append(hold, g.ID)
			}
		}
		if len(hold) > 1 {
			o.Merged++
			s.miss("merged", append([]any{y.ID}, hold...)...)
		}
	}
	for _, g := range s.gold.Cases {
		for _, d := range g.Decoys {
			o.Decoys++
			if slices.ContainsFunc(s.cases, func(y Case) bool { return slices.Contains(y.Articles, d.ID) && overlap(y.Articles, g.Articles) > 0 }) {
				o.DecoysJoined++
				s.miss("decoy joined", g.ID, d.ID)
			}
		}
	}
}

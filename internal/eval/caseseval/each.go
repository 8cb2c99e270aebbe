package caseseval

import (
	"cmp"
	"slices"
)

// tally counts over the gold cases.
type tally struct {
	exact                      [4]int
	over, under, verdict       int
	excess                     float64
	party, activity, window    int
	due, matched, scoped, acts int
	given, right               int
}

var countNames = [4]string{"min_exact", "max_exact", "against_min_exact", "against_max_exact"}

func counts(c Case) [4]*float64 {
	return [4]*float64{c.For.Min, c.For.Max, c.Against.Min, c.Against.Max}
}

// each compares the aligned cases field by field.
func (s *scorer) each() {
	var t tally
	for i, g := range s.gold.Cases {
		due := slices.DeleteFunc(slices.Clone(g.Denials), func(d Denial) bool { return d.Optional })
		t.due += len(due)
		j, ok := s.to[i]
		if !ok {
			s.miss("case missed", g.ID, g.Title)
			continue
		}
		y := s.cases[j]
		s.origins(&t, g, y)
		s.arguments(&t, g, y)
		s.denials(&t, g, y, due)
	}
	n, k := len(s.gold.Cases), len(s.to)
	s.out.Origins = Origins{share(float64(t.exact[0]), n), share(float64(t.exact[1]), n), share(float64(t.exact[2]), n), share(float64(t.exact[3]), n),
		share(float64(t.over), k), share(float64(t.under), k), share(t.excess, k)}
	s.out.Denials = Denials{t.due, t.given, share(float64(t.matched), t.due), share(float64(t.scoped), t.due), share(float64(t.acts), t.matched), share(float64(t.right), t.given)}
	s.out.Verdict = Verdict{share(float64(t.verdict), n), share(float64(t.verdict), k)}
	s.out.Arguments = Arguments{share(float64(t.party), k), share(float64(t.activity), k), share(float64(t.window), k)}
}

func (s *scorer) origins(t *tally, g, y Case) {
	want, have := counts(g), counts(y)
	for e := range want {
		if want[e] != nil && have[e] != nil && *want[e] == *have[e] {
			t.exact[e]++
			continue
		}
		s.miss(countNames[e], g.ID, "gold", value(want[e]), "system", value(have[e]))
	}
	if m := y.For.Min; m != nil && g.For.Min != nil {
		if *m > *g.For.Min {
			t.over++
			t.excess += *m - *g.For.Min
		}
		if *m < *g.For.Min {
			t.under++
		}
	}
}

func value(v *float64) any {
	if v == nil {
		return "none"
	}
	return *v
}

func (s *scorer) arguments(t *tally, g, y Case) {
	if y.Verdict == g.Verdict || slices.Contains(g.VerdictAccept, y.Verdict) {
		t.verdict++
	} else {
		s.miss("verdict", g.ID, "gold", g.Verdict, "system", y.Verdict)
	}
	if meet(words(g.Party.Name), words(y.Party.Name)) {
		t.party++
	}
	if len(g.Activity) > 0 && slices.Contains(y.Activity, g.Activity[0]) {
		t.activity++
	}
	if windowOK(g.Window, y.Window) {
		t.window++
	}
}

// denials matches best first: the right scope, then the very act, so that two
// denials of one holder find their own.
func (s *scorer) denials(t *tally, g, y Case, due []Denial) {
	t.given += len(y.Denials)
	for _, x := range y.Denials {
		if slices.ContainsFunc(g.Denials, func(d Denial) bool { return denialMatch(d, x) }) {
			t.right++
		}
	}
	type cand struct{ scope, act, g, y int }
	var list []cand
	for a, d := range due {
		for b, x := range y.Denials {
			if denialMatch(d, x) {
				list = append(list, cand{-one(d.scopeIs(x.Scope)), -one(x.Act == d.Act), a, b})
			}
		}
	}
	slices.SortFunc(list, func(p, q cand) int {
		return cmp.Or(p.scope-q.scope, p.act-q.act, p.g-q.g, p.y-q.y)
	})
	usedG, usedY := map[int]bool{}, map[int]bool{}
	for _, c := range list {
		if usedG[c.g] || usedY[c.y] {
			continue
		}
		usedG[c.g], usedY[c.y] = true, true
		t.matched++
		t.scoped -= c.scope
		t.acts -= c.act
		if c.scope == 0 {
			s.miss("scope", g.ID, due[c.g].Holder, "gold", due[c.g].Scope, "system", y.Denials[c.y].Scope)
		}
	}
	for a, d := range due {
		if !usedG[a] {
			s.miss("denial missed", g.ID, d.Act, d.Holder, d.Article)
		}
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

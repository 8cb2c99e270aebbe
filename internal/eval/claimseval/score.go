package claimseval

import (
	"io"
	"sort"
	"strconv"
)

// Result holds the figures of the reference scorer under its own keys.
type Result struct {
	Articles      int      `json:"articles"`
	Gold          int      `json:"gold"`
	System        int      `json:"system"`
	Matched       int      `json:"matched"`
	Precision     float64  `json:"precision"`
	Recall        float64  `json:"recall"`
	F1            float64  `json:"f1"`
	Extra         float64  `json:"extra"`
	DenialsRecall *float64 `json:"denials_recall"`
	MentionRecall *float64 `json:"mention_recall"`
	Slots         Slots    `json:"slots"`
	Misses        []Miss   `json:"misses,omitempty"`
}

// Slots holds the share of matched claims with the field right, nil where no
// matched claim has it.
type Slots struct {
	Activity  *float64 `json:"activity"`
	Aspect    *float64 `json:"aspect"`
	Act       *float64 `json:"act"`
	Certainty *float64 `json:"certainty"`
	Place     *float64 `json:"place"`
	When      *float64 `json:"when"`
	Origin    *float64 `json:"origin"`
	Chain     *float64 `json:"chain"`
	Items     *float64 `json:"items"`
}

// Miss is a gold claim not found ("missed"), a system claim without a gold one
// ("extra"), or a matched pair with a wrong field ("slot").
type Miss struct {
	Article  string `json:"article"`
	Kind     string `json:"kind"`
	Activity string `json:"activity"`
	Act      string `json:"act"`
	Evidence string `json:"evidence"`
	Rule     string `json:"rule,omitempty"`
	Detail   string `json:"detail,omitempty"`
}

// Score reads both files and compares them.
func Score(gold, system io.Reader) (Result, error) {
	g, err := Read(gold, "gold")
	if err != nil {
		return Result{}, err
	}
	s, err := Read(system, "system")
	if err != nil {
		return Result{}, err
	}
	return Compare(g, s), nil
}

// tally counts over all articles.
type tally struct {
	gold, system, matched   int
	denials, denialsFound   int
	mentions, mentionsFound int
	right, asked            [len(slotChecks)]int
	misses                  []Miss
}

// Compare scores system articles against gold ones. Of lines with the same id
// the last counts, as in the reference.
func Compare(gold, system []Article) Result {
	order, byID := index(gold)
	_, systemByID := index(system)
	var t tally
	for _, id := range order {
		t.article(byID[id], systemByID[id])
	}
	return t.result(len(order))
}

func index(articles []Article) ([]string, map[string]Article) {
	var order []string
	byID := map[string]Article{}
	for _, a := range articles {
		if _, seen := byID[a.ID]; !seen {
			order = append(order, a.ID)
		}
		byID[a.ID] = a
	}
	return order, byID
}

type pair struct{ score, gold, system int }

// ranked gives every allowed pair, best first, ties by the higher index.
func ranked(gold, system []Claim, forms map[string][]string) []pair {
	var out []pair
	for x, g := range gold {
		for y, s := range system {
			if !pairable(g, s, forms) {
				continue
			}
			score := overlap(g, s)
			if g.Activity == s.Activity {
				score += 1000
			}
			if g.Act == s.Act {
				score += 500
			}
			if originRight(g, s) {
				score += 300
			}
			out = append(out, pair{score, x, y})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.score != b.score {
			return a.score > b.score
		}
		if a.gold != b.gold {
			return a.gold > b.gold
		}
		return a.system > b.system
	})
	return out
}

func (t *tally) article(g, s Article) {
	forms := map[string][]string{}
	for _, m := range g.Mentions {
		forms[m.Party] = append(forms[m.Party], m.Text)
	}
	t.gold += len(g.Claims)
	t.system += len(s.Claims)
	usedGold, usedSystem := map[int]bool{}, map[int]bool{}
	for _, p := range ranked(g.Claims, s.Claims, forms) {
		if usedGold[p.gold] || usedSystem[p.system] {
			continue
		}
		usedGold[p.gold], usedSystem[p.system] = true, true
		t.matched++
		t.slots(g.ID, g.Claims[p.gold], s.Claims[p.system])
	}
	for i, c := range g.Claims {
		if isNon(c) {
			t.denials++
			if usedGold[i] {
				t.denialsFound++
			}
		}
		if !usedGold[i] {
			t.misses = append(t.misses, miss(g.ID, "missed", c, ""))
		}
	}
	for i, c := range s.Claims {
		if !usedSystem[i] {
			t.misses = append(t.misses, miss(g.ID, "extra", c, ""))
		}
	}
	t.mentionsOf(g, s)
}

func (t *tally) slots(id string, g, s Claim) {
	for i, c := range slotChecks {
		right, counts := c.check(g, s)
		if !counts {
			continue
		}
		t.asked[i]++
		if right {
			t.right[i]++
		} else {
			t.misses = append(t.misses, miss(id, "slot", s, c.name+": "+c.show(g)+" read as "+c.show(s)))
		}
	}
}

func (t *tally) mentionsOf(g, s Article) {
	for _, m := range g.Mentions {
		t.mentions++
		for _, k := range s.Mentions {
			if m.Start < k.End && k.Start < m.End {
				t.mentionsFound++
				break
			}
		}
	}
}

func miss(id, kind string, c Claim, detail string) Miss {
	text := []rune(c.Evidence.Text)
	return Miss{id, kind, c.Activity, c.Act, string(text[:min(160, len(text))]), c.Rule, detail}
}

func (t *tally) result(articles int) Result {
	p, r := ratio(t.matched, t.system), ratio(t.matched, t.gold)
	out := Result{
		Articles: articles, Gold: t.gold, System: t.system, Matched: t.matched,
		Precision: round4(p), Recall: round4(r), Extra: round4(ratio(t.system-t.matched, t.gold)),
		DenialsRecall: share(t.denialsFound, t.denials), MentionRecall: share(t.mentionsFound, t.mentions),
		Misses: t.misses,
	}
	if p+r > 0 {
		out.F1 = round4(2 * p * r / (p + r))
	}
	at := func(i int) *float64 { return share(t.right[i], t.asked[i]) }
	out.Slots = Slots{at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)}
	return out
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func share(a, b int) *float64 {
	if b == 0 {
		return nil
	}
	v := round4(ratio(a, b))
	return &v
}

// round4 rounds the exact binary value, half to even, as Python's round does.
func round4(x float64) float64 {
	v, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 4, 64), 64)
	return v
}

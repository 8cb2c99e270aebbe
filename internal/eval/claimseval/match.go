package claimseval

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/reportedly/reportedly/internal/calendar"
)

// stop holds the words that do not tell one holder or name from another; the
// reference's own list.
var stop = wordSet("a an the of in for to and s unnamed anonymous senior official officials source sources spokesman spokeswoman spokesperson mr ms mrs dr gen maj general president minister")

// non holds the acts that lend no support.
var non = wordSet("deny cannot-confirm neither-confirm-nor-deny no-comment no-response investigating aware-of-reports")

type set map[string]bool

func wordSet(s string) set {
	out := set{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

func (s set) meets(t set) int {
	n := 0
	for w := range s {
		if t[w] {
			n++
		}
	}
	return n
}

// fold is NFKD, case folding, and no combining marks.
func fold(s string) string {
	s = cases.Fold().String(norm.NFKD.String(s))
	var b strings.Builder
	for _, r := range s {
		if norm.NFKD.PropertiesString(string(r)).CCC() == 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// words cuts as Python's \w+ does: letters, numbers of every kind, low line.
func words(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_'
	})
}

// content is the set of telling words, or of all where none tells.
func content(s string) set {
	all, out := set{}, set{}
	for _, w := range words(s) {
		all[w] = true
		if !stop[w] {
			out[w] = true
		}
	}
	if len(out) == 0 {
		return all
	}
	return out
}

func family(c Claim) string {
	f, _, _ := strings.Cut(c.Activity, "-")
	return f
}

func isNon(c Claim) bool { return non[c.Act] }

func partyNames(c Claim, forms map[string][]string) []string {
	var out []string
	for _, p := range c.Parties {
		for _, n := range append([]string{p.Name, p.Surface}, forms[p.Name]...) {
			if n != "" {
				out = append(out, n)
			}
		}
	}
	return out
}

func sameName(a, b string) bool {
	x, y := content(a), content(b)
	n := x.meets(y)
	if n == 0 {
		return false
	}
	return n == len(x) || n == len(y) || n >= 2 || last(words(a)) == last(words(b))
}

func last(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[len(s)-1]
}

func overlap(a, b Claim) int {
	e, f := a.Evidence, b.Evidence
	if e.Start == nil || e.End == nil || f.Start == nil || f.End == nil {
		return 0
	}
	return max(0, min(*e.End, *f.End)-max(*e.Start, *f.Start))
}

func pairable(g, s Claim, forms map[string][]string) bool {
	if family(g) != family(s) || overlap(g, s) <= 0 || isNon(g) != isNon(s) {
		return false
	}
	for _, a := range partyNames(g, forms) {
		for _, b := range partyNames(s, nil) {
			if sameName(a, b) {
				return true
			}
		}
	}
	return false
}

// slotChecks in the order of Slots. check gives right, and whether it counts.
var slotChecks = [9]struct {
	name  string
	check func(g, s Claim) (bool, bool)
	show  func(c Claim) string
}{
	{"activity", func(g, s Claim) (bool, bool) { return g.Activity == s.Activity, true }, func(c Claim) string { return c.Activity }},
	{"aspect", func(g, s Claim) (bool, bool) { return g.Aspect == s.Aspect, true }, func(c Claim) string { return c.Aspect }},
	{"act", func(g, s Claim) (bool, bool) { return g.Act == s.Act, true }, func(c Claim) string { return c.Act }},
	{"certainty", func(g, s Claim) (bool, bool) { return g.Certainty == s.Certainty, true }, func(c Claim) string { return c.Certainty }},
	{"place", placeRight, func(c Claim) string { return fmt.Sprintf("%q", places(c)) }},
	{"when", func(g, s Claim) (bool, bool) { return whenRight(g, s), true }, showWhen},
	{"origin", func(g, s Claim) (bool, bool) { return originRight(g, s), true }, showChain},
	{"chain", func(g, s Claim) (bool, bool) { return chainRight(g, s), true }, showChain},
	{"items", itemsRight, showItems},
}

func places(c Claim) []string {
	var out []string
	for _, p := range []string{c.To, c.Place, c.From} {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

func placeRight(g, s Claim) (right, counts bool) {
	for _, a := range places(g) {
		counts = true
		for _, b := range places(s) {
			if content(a).meets(content(b)) > 0 {
				right = true
			}
		}
	}
	return right, counts
}

func (w *When) window() (calendar.Date, calendar.Date, bool) {
	if w == nil || w.Earliest == "" || w.Latest == "" {
		return calendar.Date{}, calendar.Date{}, false
	}
	e, err := calendar.Parse(w.Earliest)
	l, err2 := calendar.Parse(w.Latest)
	return e, l, err == nil && err2 == nil
}

// whenRight asks for a shared day and a window at most a week wider.
func whenRight(g, s Claim) bool {
	ge, gl, gok := g.When.window()
	se, sl, sok := s.When.window()
	if !gok || !sok {
		return gok == sok
	}
	return !se.After(gl) && !ge.After(sl) && se.DaysUntil(sl) <= ge.DaysUntil(gl)+7
}

func showWhen(c Claim) string {
	if c.When == nil {
		return "null"
	}
	return c.When.Earliest + ".." + c.When.Latest
}

func originRight(g, s Claim) bool {
	if len(g.Chain) == 0 || len(s.Chain) == 0 {
		return len(g.Chain) == len(s.Chain)
	}
	return content(g.Chain[len(g.Chain)-1].Holder).meets(content(s.Chain[len(s.Chain)-1].Holder)) > 0
}

func chainRight(g, s Claim) bool {
	if len(g.Chain) != len(s.Chain) {
		return false
	}
	for i := range g.Chain {
		if content(g.Chain[i].Holder).meets(content(s.Chain[i].Holder)) == 0 {
			return false
		}
	}
	return true
}

func showChain(c Claim) string {
	var out []string
	for _, h := range c.Chain {
		out = append(out, h.Holder)
	}
	return "[" + strings.Join(out, " > ") + "]"
}

// itemsRight asks that every quantity of gold be found with its thing.
func itemsRight(g, s Claim) (right, counts bool) {
	right = true
	for _, i := range g.Items {
		if i.Quantity == nil {
			continue
		}
		counts = true
		found := false
		for _, h := range s.Items {
			if h.Quantity != nil && *h.Quantity == *i.Quantity && content(h.Item).meets(content(i.Item)) > 0 {
				found = true
			}
		}
		right = right && found
	}
	return right && counts, counts
}

func showItems(c Claim) string {
	var out []string
	for _, i := range c.Items {
		if i.Quantity != nil {
			out = append(out, fmt.Sprintf("%g %s", *i.Quantity, i.Item))
		} else {
			out = append(out, i.Item)
		}
	}
	return "[" + strings.Join(out, ", ") + "]"
}

package caseseval

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

var stop = set("a an the of in for to and at by per with his her its la le les l de du des un une el los las del su al da do " +
	"mr mrs ms dr gen general colonel brigadier captain senior official officials source sources unnamed anonymous member " +
	"spokesman spokeswoman spokesperson deputy director")

// classOf an act; acts of no class equal only others of none.
var classOf = map[string]string{"deny": "deny", "partly-deny": "deny", "retract": "retract", "correct": "retract",
	"cannot-confirm": "non", "neither-confirm-nor-deny": "non", "no-comment": "non", "no-response": "non", "investigating": "non", "aware-of-reports": "non"}

var scopeAlias = map[string]string{"": "whole", "all": "whole", "trip": "whole", "visit": "whole", "travel": "whole", "journey": "whole", "presence": "whole",
	"delivery": "whole", "talks": "meeting", "encounter": "meeting", "audience": "meeting", "legal": "legal-characterisation",
	"law": "legal-characterisation", "legality": "legal-characterisation", "origin of the goods": "origin", "from": "origin",
	"location": "place", "to": "place", "when": "date", "owner": "ownership", "traveller": "passenger"}

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// fold is NFKD, case folded, combining marks dropped, as the reference does:
// a mark with combining class 0 stays.
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

var wordRE = regexp.MustCompile(`[\p{L}\p{N}_\p{Mn}\p{Mc}]+`)

// words are the first five letters of the content words, of all words where
// there is no content word.
func words(s string) map[string]bool {
	all := map[string]bool{}
	for _, w := range wordRE.FindAllString(fold(s), -1) {
		for _, part := range strings.FieldsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' }) {
			all[part] = true
		}
	}
	out := map[string]bool{}
	for w := range all {
		if !stop[w] {
			out[first5(w)] = true
		}
	}
	if len(out) == 0 {
		for w := range all {
			out[first5(w)] = true
		}
	}
	return out
}

func first5(w string) string {
	r := []rune(w)
	return string(r[:min(5, len(r))])
}

func meet(a, b map[string]bool) bool {
	for w := range a {
		if b[w] {
			return true
		}
	}
	return false
}

func scope(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(fold(s)), "_", "-")
	if a, ok := scopeAlias[s]; ok {
		return a
	}
	return s
}

func denialMatch(g, s Denial) bool {
	where := append([]string{g.Article}, g.Also...)
	at := s.Articles
	if len(at) == 0 {
		at = []string{s.Article}
	}
	if !slices.ContainsFunc(at, func(a string) bool { return slices.Contains(where, a) }) {
		return false
	}
	if classOf[s.Act] != classOf[g.Act] && !slices.Contains(g.ActAccept, s.Act) {
		return false
	}
	names := words(g.Holder)
	for _, n := range g.HolderAlt {
		for w := range words(n) {
			names[w] = true
		}
	}
	return meet(names, words(s.Holder))
}

func (g Denial) scopeIs(s string) bool {
	s = scope(s)
	return s == scope(g.Scope) || slices.ContainsFunc(g.ScopeAccept, func(a string) bool { return scope(a) == s })
}

func day(s string) (time.Time, bool) {
	if len(s) > 10 {
		s = s[:10]
	}
	t, err := time.Parse("2006-01-02", s)
	return t, err == nil
}

func windowOK(g, s *Window) bool {
	if g == nil || s == nil || s.Earliest == "" || s.Latest == "" {
		return false
	}
	ge, ok1 := day(g.Earliest)
	gl, ok2 := day(g.Latest)
	se, ok3 := day(s.Earliest)
	sl, ok4 := day(s.Latest)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return false
	}
	days := func(a, b time.Time) int { return int(b.Sub(a).Hours() / 24) }
	return !se.After(gl) && !ge.After(sl) && days(se, sl) <= days(ge, gl)+7
}

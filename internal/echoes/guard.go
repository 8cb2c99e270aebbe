package echoes

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// guarded is a regular expression with words of which one must stand in what
// it matches: looking for words is ten times as fast.
type guarded struct {
	*regexp.Regexp
	any  []string // lower case; empty: the expression must always be tried
	head bool     // the words must stand in the first headBytes
}

// headBytes is how far what an anchored expression needs can lie from the
// start of a paragraph.
const headBytes = 64

// guard compiles an expression of a data file, case ignored.
func guard(expr string) guarded {
	g := guarded{Regexp: regexp.MustCompile("(?i)" + expr)}
	g.head = strings.HasPrefix(expr, "^") && !strings.Contains(expr, "*")
	if tree, err := syntax.Parse("(?i)"+expr, syntax.Perl); err == nil {
		g.any = needed(tree)
	}
	return g
}

// may reports whether a paragraph in small letters can match.
func (g guarded) may(low string) bool {
	if g.head {
		low = low[:min(len(low), headBytes)]
	}
	return g.holds(low)
}

func (g guarded) holds(low string) bool {
	if len(g.any) == 0 {
		return true
	}
	for _, w := range g.any {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// bytePairs tells which two bytes stand beside each other in a text.
type bytePairs [1 << 10]uint64

func pairsOf(s string) *bytePairs {
	var p bytePairs
	for i := 1; i < len(s); i++ {
		k := uint16(s[i-1])<<8 | uint16(s[i])
		p[k>>6] |= 1 << (k & 63)
	}
	return &p
}

// holds reports whether all pairs of a word are there.
func (p *bytePairs) holds(w string) bool {
	for i := 1; i < len(w); i++ {
		k := uint16(w[i-1])<<8 | uint16(w[i])
		if p[k>>6]&(1<<(k&63)) == 0 {
			return false
		}
	}
	return true
}

// possible keeps the expressions that can match anywhere in a text.
func possible(list []guarded, low string, pairs *bytePairs) []guarded {
	var out []guarded
	for _, g := range list {
		may := len(g.any) == 0
		for _, w := range g.any {
			may = may || pairs.holds(w) && strings.Contains(low, w)
		}
		if may {
			out = append(out, g)
		}
	}
	return out
}

// needed gives strings of which one stands in every match, the longest that can
// be had; nil where there are none.
func needed(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(re.Rune))}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpAlternate:
		var out []string
		for _, s := range re.Sub {
			n := needed(s)
			if n == nil {
				return nil
			}
			out = append(out, n...)
		}
		return out
	case syntax.OpConcat:
		var best []string
		for _, s := range re.Sub {
			if n := needed(s); n != nil && (best == nil || shortest(n) > shortest(best)) {
				best = n
			}
		}
		return best
	}
	return nil
}

func shortest(ws []string) int {
	n := len(ws[0])
	for _, w := range ws {
		n = min(n, len(w))
	}
	return n
}

package echoes

import (
	"fmt"
	"iter"
	"math"
	"slices"
)

// Likeness of two articles, each figure with its own meaning; the relation is
// decided on them by plain thresholds (relate), so that every edge explains
// itself.
type Likeness struct {
	Five    float64 // containment of narrative 5-shingles in the shorter
	Three   float64 // the same for 3-shingles
	Facts   float64 // containment of names and numbers in the one with fewer
	Names   int     // shared names
	Numbers int     // shared numbers
	Quotes  float64 // containment of quoted 4-shingles
	Rare    float64 // bits of information of shared rare words
	Length  float64 // shorter over longer, in tokens
	Days    float64 // between publications, 0 if unknown
	Credit  string  // "line" where the later one carries the earlier's name in a dateline or credit line, "text" where it names it
	Foreign bool    // different languages

	names, numbers, rare []match
	facts                int
}

type match struct{ a, b item }

// compare measures the later b against the earlier a.
func compare(a, b *print) Likeness {
	l := Likeness{
		Five: containment(a.five, b.five), Quotes: containment(a.quotes, b.quotes),
		Length:  float64(min(a.tokens, b.tokens)) / float64(max(a.tokens, b.tokens, 1)),
		Foreign: a.language != b.language && a.language != "" && b.language != "",
	}
	if l.Five > 0 { // no common run of five: the shorter runs tell nothing
		l.Three = containment(a.three, b.three)
	}
	if a.published != 0 && b.published != 0 {
		l.Days = math.Abs(float64(b.published-a.published)) / 86400
	}
	an, bn := factsOf(a, b, l.Foreign)
	l.names, l.numbers, l.rare = shared(an, bn), shared(a.numbers, b.numbers), shared(a.rare, b.rare)
	l.Names, l.Numbers = len(l.names), len(l.numbers)
	l.facts = factCount(a, b)
	l.Facts = factShare(a, b, l.Names+l.Numbers)
	for _, m := range l.rare {
		l.Rare += float64(min(m.a.bits, m.b.bits))
	}
	l.Credit = credit(a, b)
	return l
}

// factsOf gives the names by which two articles are compared.
func factsOf(a, b *print, foreign bool) (an, bn []item) {
	switch {
	case a.uncased || b.uncased:
		return a.loose, b.loose
	case foreign:
		return a.sound, b.sound
	}
	return a.names, b.names
}

// factCount is the number of facts of the one with fewer.
func factCount(a, b *print) int {
	an, bn := len(a.names)+len(a.numbers), len(b.names)+len(b.numbers)
	switch {
	case a.uncased == b.uncased:
		return min(an, bn)
	case a.uncased: // the words of the uncased one are no names
		return bn
	}
	return an
}

func factShare(a, b *print, shared int) float64 {
	if n := factCount(a, b); n > 0 {
		return min(1, float64(shared)/float64(n))
	}
	return 0
}

// credit tells whether b names the outlet of a.
func credit(a, b *print) string {
	if len(a.names1) == 0 || a.outlet == b.outlet {
		return ""
	}
	in := func(set []uint32) bool {
		for _, ways := range a.signed {
			if !slices.ContainsFunc(ways, func(h uint32) bool { return has(set, h) }) {
				return false
			}
		}
		return true
	}
	switch {
	case in(b.credited):
		return "line"
	case in(b.words):
		return "text"
	}
	return ""
}

// Thresholds, set on the development pairs (docs/cases.md) and kept coarse.
const (
	copied       = 0.45 // narrative 5-shingles of the shorter found in the longer
	spunThree    = 0.50 // 3-shingles of a copy reworded word by word
	spunFacts    = 0.70
	verbatim     = 0.75
	verbatimSize = 0.80
	sameFacts    = 0.30 // less: a template filled anew
	partCopied   = 0.12 // with a credit line
	strongBits   = 4.5  // a word met fewer than ten times in 200,000
	strongWords  = 3    // shared ones that show a re-report without credit ...
	strongEvery  = 35   // ... and one more for every so many words of the shorter
	foreignFacts = 5    // names and numbers that show a credited re-report across scripts
	echoDays     = 14
	updateDays   = 45
)

// relate decides how b, the later, goes back to a. ok is false where it does
// not, as far as can be seen.
func relate(a, b *print, l Likeness) (Relation, float64, bool) {
	same := a.outlet != "" && a.outlet == b.outlet
	if a.text == b.text && a.url == b.url && (same || a.outlet == b.outlet) {
		return SameCapture, 1, true
	}
	if same {
		if l.Days <= updateDays && (l.Five >= 0.3 || b.update && l.Names >= 2 && l.Facts >= sameFacts) {
			return OwnUpdate, 0.9, true
		}
		return "", 0, false
	}
	template := l.facts >= 4 && l.Facts < sameFacts && l.Five < 0.9
	empty := l.Names+l.Numbers == 0 && max(a.tokens, b.tokens) < 80 // an error or consent page
	switch {
	case template && !l.Foreign, empty:
		return "", 0, false
	case l.Five >= verbatim && l.Length >= verbatimSize:
		return Verbatim, 0.5 + l.Five/2, true
	case l.Five >= copied:
		return EditedCopy, 0.5 + l.Five/2, true
	case l.Three >= spunThree && l.Facts >= spunFacts:
		return EditedCopy, 0.5 + l.Three/3, true
	}
	return relateByFacts(a, b, l)
}

// relateByFacts judges pairs whose words differ: credit lines, other
// languages, and details that travel without credit.
func relateByFacts(a, b *print, l Likeness) (Relation, float64, bool) {
	if l.Days > echoDays || l.Names < 2 {
		return "", 0, false
	}
	alike := l.Facts >= sameFacts
	switch {
	case l.Foreign && l.Credit == "line" && l.Facts >= 0.5 && l.Length >= 0.6:
		return Translation, 0.6 + l.Facts/3, true
	case l.Foreign && l.Facts >= 0.75 && l.Names+l.Numbers >= 8 && l.Length >= 0.7 && l.Days <= 4:
		return Translation, 0.4 + l.Facts/3, true
	case l.Credit == "line" && l.Five >= partCopied:
		return EditedCopy, 0.7 + l.Five/3, true
	case l.Credit != "" && (alike || l.Foreign && l.Names+l.Numbers >= foreignFacts):
		return Credited, 0.5 + l.Facts/3, true
	case !l.Foreign && l.Credit == "" && alike && l.Days <= 7 && uncredited(a, b, l):
		return Uncredited, 0.5 + min(0.3, l.Rare/300), true
	}
	return "", 0, false
}

// uncredited: so many rare words of the shorter stand in the other that chance
// and the common subject do not explain them. A detail that two reporters saw
// for themselves can look the same, so the relation is only probable.
func uncredited(a, b *print, l Likeness) bool {
	strong := 0
	for _, m := range l.rare {
		if min(m.a.bits, m.b.bits) >= strongBits {
			strong++
		}
	}
	return strong >= strongNeeded(a, b)
}

func strongNeeded(a, b *print) int { return max(strongWords, min(a.tokens, b.tokens)/strongEvery) }

// evidence puts the likeness into words, strongest first.
func (l Likeness) evidence(rel Relation) []Evidence {
	var out []Evidence
	add := func(kind string, w float64, ms []match, format string, args ...any) {
		e := Evidence{Kind: kind, Weight: math.Round(w*1000) / 1000, Text: fmt.Sprintf(format, args...)}
		if len(ms) > 0 {
			e.Of, e.In = ms[0].a.span(), ms[0].b.span()
		}
		out = append(out, e)
	}
	if l.Five > 0.02 {
		add("text", l.Five, nil, "%.0f %% of the shorter one's narrative, in runs of five words, stands in the other", 100*l.Five)
	}
	switch l.Credit {
	case "line":
		add("credit", 0.3, nil, "the source's name stands in the dateline or credit line")
	case "text":
		add("credit", 0.2, nil, "the text names the source")
	}
	if l.Quotes > 0 {
		add("quote", l.Quotes, nil, "%.0f %% of the quoted words are shared", 100*l.Quotes)
	}
	if n := l.Names + l.Numbers; n > 0 {
		add("fact", l.Facts, append(append([]match{}, l.numbers...), l.names...), "%d names and %d numbers are shared, %.0f %% of the smaller set", l.Names, l.Numbers, 100*l.Facts)
	}
	if rel == Uncredited {
		add("rare words", l.Rare/100, l.rare, "%d rare words are shared, without credit", len(l.rare))
	}
	if l.Days > 0 {
		add("order", 0, nil, "published %.1f days after", l.Days)
	}
	return out
}

// containment is the share of the smaller set that the larger one holds. A
// long article keeps a sample by hash, so both are thinned alike first.
func containment(a, b []uint32) float64 {
	mask := sampleMask(a) | sampleMask(b)
	both, inA, inB := 0, 0, 0
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && a[i]&mask != 0:
			i++
		case j < len(b) && b[j]&mask != 0:
			j++
		case j == len(b) || i < len(a) && a[i] < b[j]:
			inA++
			i++
		case i == len(a) || b[j] < a[i]:
			inB++
			j++
		default:
			both++
			inA, inB = inA+1, inB+1
			i++
			j++
		}
	}
	if min(inA, inB) == 0 {
		return 0
	}
	return float64(both) / float64(min(inA, inB))
}

// sampleMask finds how a set was thinned: the low bits that all its hashes lack.
func sampleMask(set []uint32) uint32 {
	if len(set) < maxShingles/4 {
		return 0
	}
	var or uint32
	for _, h := range set {
		or |= h
	}
	mask := uint32(0)
	for bit := uint32(1); or&bit == 0 && bit != 0; bit <<= 1 {
		mask |= bit
	}
	return mask
}

func has(set []uint32, h uint32) bool {
	lo, hi := 0, len(set)
	for lo < hi {
		m := (lo + hi) / 2
		if set[m] < h {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo < len(set) && set[lo] == h
}

func shared(a, b []item) []match {
	var out []match
	for x, y := range inBoth(a, b) {
		out = append(out, match{x, y})
	}
	return out
}

// inBoth yields the items of two lists, ordered by hash, that have one hash.
func inBoth(a, b []item) iter.Seq2[item, item] {
	return func(yield func(x, y item) bool) {
		for i, j := 0, 0; i < len(a) && j < len(b); {
			switch {
			case a[i].hash < b[j].hash:
				i++
			case a[i].hash > b[j].hash:
				j++
			case !yield(a[i], b[j]):
				return
			default:
				i++
				j++
			}
		}
	}
}

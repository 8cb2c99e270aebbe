package names

import (
	"fmt"
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
)

// Part is one reason of a score: what was compared, how much it adds or takes
// away, and the reason in words.
type Part struct {
	Feature string
	Weight  float64
	Text    string
}

// Score is how likely two names are spellings of one name, 0..1. The parts'
// weights add up to Value.
type Score struct {
	Value float64
	Parts []Part
}

// Partial is the highest score of names that share only part of what they
// say. It lies under every threshold that decides.
const Partial = 0.65

// Default is the score from which two names count as one name.
const Default = 0.7

// Weights of the sum, set on data/names_bench/pairs_dev.csv.
type weights struct {
	conflict float64 // per weight left over on both sides
	missing  float64 // per weight left over on one side
	form     float64 // both name a legal form, another one
}

var (
	forPerson = weights{conflict: 2.4, missing: 0.22}
	forBody   = weights{conflict: 2.0, missing: 0.75, form: 0.08}
)

const (
	alike         = 0.6 // least likeness of words that are paired at all
	soundLift     = 0.5 // of the doubt that equal consonants take away
	otherTurn     = 0.03
	patronymicGap = 0.5
	otherGiven    = 0.14
	// A name of common words is likelier somebody else's: what their weight
	// lacks to enough is taken off, unless the names are equal.
	enough = 1.6
	common = 0.14
)

type pairing struct {
	a, b   int // index of the first word on each side
	na, nb int // number of words joined
	like   float64
	why    string
	weight float64
}

// Compare tells how likely two names are spellings of one.
func Compare(a, b Name) Score {
	if a.Empty() || b.Empty() {
		return Score{Parts: []Part{{"empty", 0, "one of the names has no letters to compare"}}}
	}
	if a.fold == b.fold && len(a.Words) == len(b.Words) && sameForm(a, b) {
		return Score{1, []Part{{"equal", 1, "the same after folding case, accents and marks"}}}
	}
	ps := pair(a, b)
	w := forBody
	if a.Person() && b.Person() {
		w = forPerson
	}
	s := total(a, b, ps, w)
	if l := sound.Likeness(a.fold, b.fold); l >= 0.93 && l*0.97 > s.Value && len(a.fold) > 5 {
		s = Score{l * 0.97, []Part{{"joined", l * 0.97, "the same letters, words parted otherwise"}}}
	}
	return s
}

func sameForm(a, b Name) bool {
	fa, fb := formOf(a), formOf(b)
	return fa == fb || fa == "" || fb == ""
}

func formOf(n Name) string {
	for _, w := range n.Extra {
		if w.Kind == Form {
			return w.Text
		}
	}
	return ""
}

// pair finds which words answer each other, the likest and weightiest first.
func pair(a, b Name) []pairing {
	var all []pairing
	for i := range a.Words {
		for j := range b.Words {
			l, why := wordLikeness(a.Words[i], b.Words[j])
			if l < 0.96 && !a.Person() && !b.Person() && dictionary(a.Words[i], b.Words[j]) {
				l -= 0.25 // two words of the dictionary are seldom one word misspelt
			}
			if l >= alike {
				all = append(all, pairing{i, j, 1, 1, l, why, (a.Words[i].Weight + b.Words[j].Weight) / 2})
			}
		}
	}
	all = append(all, joins(a.Words, b.Words, false)...)
	all = append(all, joins(b.Words, a.Words, true)...)
	sort.SliceStable(all, func(x, y int) bool {
		p, q := all[x], all[y]
		if vp, vq := p.like*p.like*p.weight, q.like*q.like*q.weight; vp != vq {
			return vp > vq
		}
		return abs(p.a-p.b) < abs(q.a-q.b)
	})
	var usedA, usedB uint64
	var out []pairing
	for _, p := range all {
		ma, mb := mask(p.a, p.na), mask(p.b, p.nb)
		if usedA&ma == 0 && usedB&mb == 0 {
			usedA |= ma
			usedB |= mb
			out = append(out, p)
		}
	}
	return out
}

// dictionary reports two ordinary words of different meaning.
func dictionary(x, y Word) bool {
	n, m := Ordinary(x.Text), Ordinary(y.Text)
	return (n > 0 && m > 0 || max(n, m) > 20) && (x.Kept == "" || x.Kept != y.Kept)
}

func mask(i, n int) uint64 { return (1<<n - 1) << i }

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}

// joins pairs two neighbours of one name with one word of the other.
func joins(two, one []Word, turned bool) []pairing {
	var out []pairing
	for i := 0; i+1 < len(two); i++ {
		if two[i].Kind == Initial || two[i+1].Kind == Initial && two[i].Kind != Plain {
			continue
		}
		text := two[i].Text + two[i+1].Text
		for j := range one {
			if len(one[j].Text) < 5 {
				continue
			}
			l, why := sound.Likeness(text, one[j].Text), "words parted otherwise"
			if l < 0.85 || sound.Key(text) != one[j].Key && l < 0.93 {
				continue
			}
			p := pairing{i, j, 2, 1, l - 0.01, why, (two[i].Weight + two[i+1].Weight + one[j].Weight) / 2}
			if turned {
				p.a, p.b, p.na, p.nb = p.b, p.a, p.nb, p.na
			}
			out = append(out, p)
		}
	}
	return out
}

// WordLikeness is how alike two words of names are, 0..1.
func WordLikeness(x, y Word) float64 {
	l, _ := wordLikeness(x, y)
	return l
}

// wordLikeness compares two words and says why they are alike.
func wordLikeness(x, y Word) (float64, string) {
	switch {
	case x.Text == y.Text:
		return 1, "the same"
	case x.Kind == Number || y.Kind == Number:
		if x.Kept != "" && (x.Kept == y.Kept || x.Kept == "="+y.Text) || y.Kept != "" && y.Kept == "="+x.Text {
			return 0.98, "the same number"
		}
		return 0, ""
	case x.Kind == Initial || y.Kind == Initial:
		if x.Text[0] == y.Text[0] && x.Kind != y.Kind {
			return 0.8, "an initial"
		}
		return 0, ""
	case x.Kind == Particle && y.Kind == Particle:
		if x.Key == y.Key {
			return 0.95, "the same particle"
		}
		return 0.7, "a particle"
	case x.Kept != "" && x.Kept == y.Kept && x.Kept[0] == '=':
		return 0.96, "words of one meaning"
	case x.Consonants || y.Consonants:
		return consonantLikeness(x, y)
	}
	l := sound.Likeness(x.Text, y.Text)
	if rx, ry := variants()[x.Text], variants()[y.Text]; rx != 0 && ry != 0 {
		if rx == ry {
			return max(l, 0.97), "the same name"
		}
		return min(l, 0.55), "another name"
	}
	if x.Key == y.Key && len(x.Key) > 1 {
		// The same consonants: another romanisation, unless the vowels of a short word differ.
		// Ahmad and Ahmadi, Islam and Islami are two names.
		if len(x.Key) > 2 && l > 0.5 && endsInI(x.Text) == endsInI(y.Text) {
			if l < 0.7 {
				return l + (1-l)*soundLift/2, "the same sound"
			}
			return l + (1-l)*soundLift, "the same sound"
		}
	}
	if kept(x, y) {
		return max(l, 0.93), "the same family name in another romanisation"
	}
	if l < 0.9 && nickname(x.Text, y.Text) {
		return 0.9, "a short form"
	}
	if len(x.Text) > 4 && len(y.Text) > 4 && l < alike && sound.JaroWinkler(x.Text, y.Text) > 0.92 {
		l = alike
	}
	return l, "another spelling"
}

func endsInI(s string) bool { return s[len(s)-1] == 'i' || s[len(s)-1] == 'y' }

func kept(x, y Word) bool {
	return x.Kept != "" && x.Kept[0] != '=' && (x.Kept == y.Kept || x.Kept == y.Key) || y.Kept != "" && y.Kept[0] != '=' && y.Kept == x.Key
}

// consonantLikeness compares a word without vowels: both readings of its
// half-vowels are tried.
func consonantLikeness(x, y Word) (float64, string) {
	best := 0.0
	for _, kx := range []string{x.Key, x.Kept} {
		for _, ky := range []string{y.Key, y.Kept} {
			if kx == "" || ky == "" {
				continue
			}
			if kx == ky {
				if len(kx) == 1 && (len(x.Text) > 4 || len(y.Text) > 4) {
					return 0.75, "the same consonants"
				}
				return 0.96, "the same consonants"
			}
			best = max(best, keyLikeness(kx, ky))
		}
	}
	return best, "like consonants"
}

// keyLikeness of two consonant keys; a T for an S (ذ ض ظ) or a head vowel more
// is what transcriptions of Arabic change.
func keyLikeness(a, b string) float64 {
	n := max(len(a), len(b))
	if n < 4 {
		return 0
	}
	x, y := strings.ReplaceAll(strings.ToLower(a), "t", "s"), strings.ReplaceAll(strings.ToLower(b), "t", "s")
	if x == y {
		return 0.88
	}
	d := sound.Distance(x, y)
	return 1 - float64(d)/float64(100*n)*1.1
}

// total adds up the parts.
func total(a, b Name, ps []pairing, w weights) Score {
	var parts []Part
	var usedA, usedB uint64
	paired, value := 0.0, 0.0
	matched := 0
	for _, p := range ps {
		usedA |= mask(p.a, p.na)
		usedB |= mask(p.b, p.nb)
		paired += p.weight
		// Doubt grows faster than distance: 0.9 alike is hardly doubted, 0.6 is hardly a pair.
		v := p.weight * (1 - 1.6*(1-p.like)*(1-p.like) - 0.55*(1-p.like))
		value += v
		if k := a.Words[p.a].Kind; k != Particle && k != Initial && b.Words[p.b].Kind != Initial {
			matched += max(p.na, p.nb)
		}
		if p.weight > 0.2 {
			parts = append(parts, Part{"word", v, fmt.Sprintf("%s and %s: %s", textOf(a.Words, p.a, p.na), textOf(b.Words, p.b, p.nb), p.why)})
		}
	}
	restA, namesA := left(a.Words, usedA)
	restB, namesB := left(b.Words, usedB)
	conflict := min(restA, restB)
	missing := max(restA, restB) - conflict
	if conflict == 0 {
		missing -= patronymicGap * (fathers(a.Words, usedA) + fathers(b.Words, usedB)) // most writers leave it out
	}
	if paired == 0 {
		return Score{0, []Part{{"word", 0, "no word is shared"}}}
	}
	whole := paired + w.conflict*conflict + w.missing*missing
	for i := range parts {
		parts[i].Weight /= whole
	}
	out := Score{Value: value / whole, Parts: parts}
	if conflict > 0 {
		out.Parts = append(out.Parts, Part{"conflict", 0, namesA + " against " + namesB})
	} else if missing > 0.15 {
		out.Parts = append(out.Parts, Part{"missing", 0, strings.TrimSpace(namesA+" "+namesB) + " stands in one name only"})
	}
	if w.form > 0 && !sameForm(a, b) {
		out.take("legal form", w.form, formOf(a)+" against "+formOf(b))
	}
	if a.Person() && b.Person() {
		if out.Value > 0.5 && paired < enough {
			out.take("common", min(common, common*(enough-paired)/0.5), "all shared words are common")
		}
		if fatherOnly(a, usedA, b, usedB) || fatherOnly(b, usedB, a, usedA) {
			out.take("given name", otherGiven, "the bearer's own given name is missing")
		}
		if otherOrder(a, b, ps) {
			out.take("order", otherTurn, "the words stand in another order")
		}
	}
	if matched < 2 && max(len(a.Words), len(b.Words)) > 1 && plain(a)+plain(b) > 2 && a.Schema == party.Person {
		out.cap(Partial, "only one word of the name is shared")
	}
	out.settle()
	return out
}

// fatherOnly reports that the first word of the longer name, its bearer's own
// given name, answers nothing in the shorter one, which is wholly found in
// what follows: Hamza, son of Osama, is not Osama.
func fatherOnly(long Name, usedLong uint64, short Name, usedShort uint64) bool {
	if plain(long) <= plain(short) || plain(short) < 2 {
		return false
	}
	i := givenAt(long)
	if long.Words[i].Kind != Plain || long.Words[i].Text == "abu" || usedLong&mask(i, 1) != 0 {
		return false
	}
	j := givenAt(short)
	return usedShort&mask(j, 1) != 0 && short.Words[j].Kind == Plain
}

// givenAt is the index of the word that a name's bearer was given: the first,
// or the first behind a comma.
func givenAt(n Name) int {
	if c := strings.IndexByte(n.Text, ','); c > 0 {
		for i, w := range n.Words {
			if w.Start > c {
				return i
			}
		}
	}
	return 0
}

// otherOrder reports that a shared pair of full words changes places, as they
// stand and with what follows a comma put first.
func otherOrder(a, b Name, ps []pairing) bool {
	return crossed(a, b, ps, false) && ((givenAt(a) == 0 && givenAt(b) == 0) || crossed(a, b, ps, true))
}

func crossed(a, b Name, ps []pairing, turn bool) bool {
	place := func(n Name, i int) int {
		if g := givenAt(n); turn && i < g {
			return i + len(n.Words)
		}
		return i
	}
	for i, p := range ps {
		for _, q := range ps[:i] {
			if (place(a, p.a)-place(a, q.a))*(place(b, p.b)-place(b, q.b)) < 0 && min(p.weight, q.weight) > 0.3 {
				return true
			}
		}
	}
	return false
}

func plain(n Name) int {
	k := 0
	for _, w := range n.Words {
		if w.Kind != Particle {
			k++
		}
	}
	return k
}

func textOf(ws []Word, i, n int) string {
	t := ws[i].Text
	for k := 1; k < n; k++ {
		t += " " + ws[i+k].Text
	}
	return t
}

// fathers is the weight of patronymics without answer.
func fathers(ws []Word, used uint64) float64 {
	sum := 0.0
	for i, w := range ws {
		if w.Kind == Patronymic && used&mask(i, 1) == 0 {
			sum += w.Weight
		}
	}
	return sum
}

func left(ws []Word, used uint64) (weight float64, text string) {
	var out []string
	for i, w := range ws {
		if used&mask(i, 1) == 0 {
			weight += w.Weight
			out = append(out, w.Text)
		}
	}
	return weight, strings.Join(out, " ")
}

func (s *Score) take(feature string, by float64, why string) {
	s.Value -= by
	s.Parts = append(s.Parts, Part{feature, -by, why})
}

func (s *Score) cap(at float64, why string) {
	if s.Value > at {
		s.take("partial", s.Value-at, why)
	}
}

// settle keeps the value in 0..1 and makes the parts add up to it.
func (s *Score) settle() {
	s.Value = max(0, min(s.Value, 1))
	sum := 0.0
	for _, p := range s.Parts {
		sum += p.Weight
	}
	if d := s.Value - sum; d > 1e-9 || d < -1e-9 {
		s.Parts = append(s.Parts, Part{"rest", d, "particles and small change"})
	}
}

package names

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/names/sound"
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
	forBody   = weights{conflict: 2.0, missing: 0.75, form: 0.28}
)

const (
	alike         = 0.6 // least likeness of words that are paired at all
	soundLift     = 0.5 // of the doubt that equal consonants take away
	otherTurn     = 0.03
	patronymicGap = 0.5
	otherGiven    = 0.14
	otherFather   = 0.4
	otherSex      = 0.25
	// Another number: of one fleet, family of funds or arm, yet not the same; a
	// person decides. It is told as such, and never outweighs other words.
	another = 0.15
	// A name of common words is likelier somebody else's: what their weight
	// lacks to enough is taken off, unless the names are equal.
	enough = 1.6
	common = 0.14
)

// Compare tells how likely two names are spellings of one, and why. Where one
// name is compared with many, a Matcher is faster.
func Compare(a, b Name) Score {
	var m Matcher
	m.Ask(a)
	best := m.Score(b.Side(nil))
	if best.Value == 1 {
		return best
	}
	for _, x := range append(Alternatives(a.Text), a.Text) {
		for _, y := range append(Alternatives(b.Text), b.Text) {
			if x == a.Text && y == b.Text {
				continue
			}
			m.Ask(Parse(x, a.Schema))
			p := Parse(y, b.Schema)
			s := m.Score(p.Side(nil))
			s.take(&s, "alternative", AlternativeCost, says("one of several names written as one"))
			if s.Value > best.Value {
				best = s
			}
		}
	}
	return best
}

// AlternativeCost is what a name loses that was cut out of a longer one.
const AlternativeCost = 0.03

var alternative = regexp.MustCompile(`(?i)\s*/\s*|\s+(?:alias|aka|a\.k\.a\.?|a/k/a|f/k/a)\s+|\s*;\s*`)

// Alternatives are the names of which a name is made that gives several in one
// ("Al-Qa'ida/Islamic Army", "X alias Y"); none for other names.
func Alternatives(text string) []string {
	if len(text) > 200 || !strings.ContainsAny(text, "/;") && !strings.Contains(strings.ToLower(text), " a") {
		return nil
	}
	parts := alternative.Split(text, 8)
	if len(parts) < 2 {
		return nil
	}
	for _, p := range parts {
		if len(strings.TrimSpace(p)) < 5 {
			return nil // A/S, s/o
		}
	}
	return parts
}

// Score is Value with its reasons.
func (m *Matcher) Score(b Side) Score {
	switch v, done := m.align(b); {
	case done && v == 0:
		return Score{Parts: []Part{{"empty", 0, "one of the names has no letters to compare"}}}
	case done:
		return Score{1, []Part{{"equal", 1, "the same after folding case, accents and marks"}}}
	}
	var s Score
	m.total(&s)
	return s
}

func formOf(n Name) string {
	for _, w := range n.Extra {
		if w.Kind == Form {
			return w.Text
		}
	}
	return ""
}

// Evidence is what a comparison found, in figures: what a model of how likely
// two names are one party's learns from. Weights are sums of Word.Rare.
type Evidence struct {
	Value    float64 // the score
	Paired   float64 // weight of the words that answer each other
	Doubt    float64 // how much of it is doubted, because the words differ
	Conflict float64 // weight left over on both sides
	Missing  float64 // weight left over on one side
	Worst    float64 // the least likeness of paired words, 1 = all the same
	Short    float64 // unlikeness of paired syllables of East Asian names
	Joined   float64 // unlikeness of words that one name parts and the other does not
	Matched  int     // full words paired
	Initials int
	Equal    bool // the same after folding
	Father   bool // the bearer's own given name is missing
	Order    bool
	Clan     bool // East Asian family names that do not answer each other
	Person   bool
}

// Evidence of the comparison made last.
func (m *Matcher) Evidence() Evidence { return m.evidence }

// gather fills the evidence from the pairs.
func (m *Matcher) gather() {
	e := Evidence{Person: m.a.person() && m.b.person(), Worst: 1}
	for i := range m.out {
		p := &m.out[i]
		w := (rareOf(m.a.Words[p.a:p.a+p.na]) + rareOf(m.b.Words[p.b:p.b+p.nb])) / 2
		x, y := m.a.Words[p.a], m.b.Words[p.b]
		e.Paired += w
		e.Doubt += w * (1 - trust(p.like))
		switch {
		case x.Kind == Initial || y.Kind == Initial:
			e.Initials++
		case x.Kind != Particle:
			e.Matched += int(max(p.na, p.nb))
			e.Worst = min(e.Worst, p.like)
			if p.na+p.nb > 2 {
				e.Joined += 1 - p.like
			} else if x.syllables == 1 && y.syllables == 1 {
				e.Short += 1 - p.like
			}
		}
	}
	ra, rb := leftRare(m.a.Words, m.usedA), leftRare(m.b.Words, m.usedB)
	e.Conflict, e.Missing = min(ra, rb), max(ra, rb)-min(ra, rb)
	if east, other := m.clans(); e.Person && east {
		// Each syllable of a given name belongs to it: Kim Kyu is not Kim Kyu-sik.
		e.Clan, e.Conflict, e.Missing = other, max(ra, rb), 0
	}
	m.evidence = e
}

func rareOf(ws []*Word) (sum float64) {
	for _, w := range ws {
		sum += w.Rare
	}
	return sum
}

func leftRare(ws []*Word, used uint64) (sum float64) {
	for i, w := range ws {
		if used&mask(i, 1) == 0 {
			sum += w.Rare
		}
	}
	return sum
}

// total adds up what the pairs say; told, if not nil, is given the reasons.
func (m *Matcher) total(told *Score) float64 {
	m.gather()
	a, b := &m.a, &m.b
	person := m.evidence.Person
	w := forBody
	if person {
		w = forPerson
	}
	paired, value, matched := 0.0, 0.0, 0
	for _, p := range m.out {
		paired += p.weight
		v := p.weight * trust(p.like)
		value += v
		if k := a.Words[p.a].Kind; k != Particle && k != Initial && b.Words[p.b].Kind != Initial {
			matched += int(max(p.na, p.nb))
		}
	}
	if paired == 0 {
		if told != nil {
			told.Parts = []Part{{"word", 0, "no word is shared"}}
		}
		return 0
	}
	numA, numB := number(a.Words, m.usedA), number(b.Words, m.usedB)
	otherNumber := !person && numA >= 0 && numB >= 0
	usedA, usedB := m.usedA, m.usedB
	if otherNumber { // counted on its own below
		usedA |= mask(numA, 1)
		usedB |= mask(numB, 1)
	}
	restA, restB := left(a.Words, usedA), left(b.Words, usedB)
	conflict := min(restA, restB)
	missing := max(restA, restB) - conflict
	if conflict == 0 {
		missing -= patronymicGap * (fathers(a.Words, m.usedA) + fathers(b.Words, m.usedB)) // most writers leave it out
	}
	whole := paired + w.conflict*conflict + w.missing*missing
	out := Score{Value: value / whole}
	if told != nil {
		m.tell(&out, whole, conflict, missing)
	}
	if w.form > 0 && a.Form != b.Form && a.Form != "" && b.Form != "" {
		out.take(told, "legal form", w.form, func() string { return a.Form + " against " + b.Form })
	}
	if otherNumber {
		out.take(told, "number", another, func() string { return a.Words[numA].Text + " against " + b.Words[numB].Text })
	}
	if person {
		if out.Value > 0.5 && paired < enough {
			out.take(told, "common", min(common, common*(enough-paired)/0.5), says("all shared words are common"))
		}
		if fatherOnly(a, m.usedA, b, m.usedB) || fatherOnly(b, m.usedB, a, m.usedA) {
			m.evidence.Father = true
			by := otherGiven
			if a.Words[a.Given].row|b.Words[b.Given].row == 0 && !a.sons() && !b.sons() {
				by = otherGiven / 3 // a middle name in use, where fathers' names do not follow
			}
			out.take(told, "given name", by, says("the bearer's own given name is missing"))
		}
		switch {
		case m.otherFather():
			out.take(told, "father", otherFather, says("father and son change places"))
		case m.otherOrder():
			m.evidence.Order = true
			out.take(told, "order", otherTurn, says("the words stand in another order"))
		}
		if m.otherSex() {
			out.take(told, "sex", otherSex, says("one form of the name is a woman's, the other a man's"))
		}
	}
	lone := len(a.Words) == 1 && len(b.Words) == 1 && person && a.Words[0].Text == b.Words[0].Text && a.Fold != b.Fold
	if lone && out.Value > Partial {
		out.take(told, "partial", out.Value-Partial, says("one word, with another title"))
	} else if matched < 2 && max(len(a.Words), len(b.Words)) > 1 && a.plain()+b.plain() > 2 && a.person() && out.Value > Partial {
		out.take(told, "partial", out.Value-Partial, says("only one word of the name is shared"))
	}
	if l := m.joined(); l > out.Value && !lone {
		out = Score{Value: l, Parts: []Part{{"joined", l, "the same letters, words parted otherwise"}}}
	}
	out.settle(told)
	if told != nil {
		*told = out
	}
	m.evidence.Value = out.Value
	return out.Value
}

// trust in a pair of words: doubt grows faster than distance; 0.9 alike is
// hardly doubted, 0.6 is hardly a pair.
func trust(like float64) float64 { return 1 - 1.6*(1-like)*(1-like) - 0.55*(1-like) }

// joined is the score of names that hold the same letters, parted otherwise
// into words, 0 for others.
func (m *Matcher) joined() float64 {
	if m.a.Form != m.b.Form {
		return 0
	}
	m.foldA, m.foldB = m.a.fold(m.foldA[:0]), m.b.fold(m.foldB[:0])
	if len(m.foldA) <= 5 || abs(len(m.foldA)-len(m.foldB)) > 2 || m.numbers() {
		return 0
	}
	if l := sound.Likeness(string(m.foldA), string(m.foldB)); l >= 0.93 {
		return l * 0.97
	}
	return 0
}

func (m *Matcher) numbers() bool {
	for _, s := range [2][]*Word{m.a.Words, m.b.Words} {
		for _, w := range s {
			if w.Kind == Number {
				return true
			}
		}
	}
	return false
}

// tell writes the reasons of the pairs and of what is left over.
func (m *Matcher) tell(out *Score, whole, conflict, missing float64) {
	for _, p := range m.out {
		if p.weight > 0.2 {
			out.Parts = append(out.Parts, Part{"word", p.weight * trust(p.like) / whole, textOf(m.a.Words, p.a, p.na) + " and " + textOf(m.b.Words, p.b, p.nb) + ": " + p.why.String()})
		}
	}
	namesA, namesB := leftText(m.a.Words, m.usedA), leftText(m.b.Words, m.usedB)
	if conflict > 0 {
		out.Parts = append(out.Parts, Part{"conflict", 0, namesA + " against " + namesB})
	} else if missing > 0.15 {
		out.Parts = append(out.Parts, Part{"missing", 0, strings.TrimSpace(namesA+" "+namesB) + " stands in one name only"})
	}
}

// fatherOnly reports that the first word of the longer name, its bearer's own
// given name, answers nothing in the shorter one, which is wholly found in
// what follows: Hamza, son of Osama, is not Osama.
func fatherOnly(long *Side, usedLong uint64, short *Side, usedShort uint64) bool {
	if n := short.plain(); long.plain() <= n || n < 2 {
		return false
	}
	i := long.Given
	if long.Words[i].Kind != Plain || long.Words[i].Text == "abu" || usedLong&mask(i, 1) != 0 {
		return false
	}
	j := short.Given
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
func (m *Matcher) otherOrder() bool {
	return m.crossed(false) && ((m.a.Given == 0 && m.b.Given == 0) || m.crossed(true))
}

// son reports a particle that stands before a father's name.
func son(w *Word) bool {
	switch w.Text {
	case "bin", "ben", "ibn", "bint", "ould", "oglu", "ogly", "binti", "bte":
		return true
	}
	return false
}

func (s *Side) sons() bool { return slices.ContainsFunc(s.Words, son) }

// otherFather reports Salman bin Muhammad against Muhammad bin Salman: the word
// behind "bin" on each side answers one that stands before it on the other.
func (m *Matcher) otherFather() bool {
	behind := func(s *Side, i int8) bool { return i > 0 && son(s.Words[i-1]) }
	here, there := false, false
	for _, p := range m.out {
		a, b := behind(&m.a, p.a), behind(&m.b, p.b)
		here = here || a && !b && p.b+1 < int8(len(m.b.Words)) && son(m.b.Words[p.b+1])
		there = there || b && !a && p.a+1 < int8(len(m.a.Words)) && son(m.a.Words[p.a+1])
	}
	return here && there
}

// otherSex reports a given and a family name that both change from a woman's
// form to a man's, as Slavic names do: Olga Baranova, Oleg Baranov.
func (m *Matcher) otherSex() bool {
	family, given := 0, 0
	for _, p := range m.out {
		x, y := m.a.Words[p.a].Text, m.b.Words[p.b].Text
		if p.na+p.nb != 2 || x == y || m.a.Words[p.a].Kind == Patronymic {
			continue
		}
		d := womanly(x) - womanly(y)
		switch {
		case d != 0:
			family += d
		case x[len(x)-1] == 'a' && !vowelEnd(y):
			given++
		case y[len(y)-1] == 'a' && !vowelEnd(x):
			given--
		}
	}
	return family*given > 0
}

// womanly is 1 for a woman's form of a Slavic family name, -1 for a man's, 0
// for others.
func womanly(w string) int {
	if len(w) < 5 {
		return 0
	}
	for _, e := range [...]string{"ova", "eva", "skaya", "skaia", "ina"} {
		if strings.HasSuffix(w, e) {
			return 1
		}
	}
	for _, e := range [...]string{"ov", "ev", "off", "eff", "skiy", "sky", "skij", "ski", "in"} {
		if strings.HasSuffix(w, e) {
			return -1
		}
	}
	return 0
}

func (m *Matcher) crossed(turn bool) bool {
	place := func(s *Side, i int8) int {
		if turn && int(i) < s.Given {
			return int(i) + len(s.Words)
		}
		return int(i)
	}
	for i := range m.out {
		p := &m.out[i]
		for k := range m.out[:i] {
			q := &m.out[k]
			if (place(&m.a, p.a)-place(&m.a, q.a))*(place(&m.b, p.b)-place(&m.b, q.b)) < 0 && min(p.weight, q.weight) > 0.3 {
				return true
			}
		}
	}
	return false
}

func textOf(ws []*Word, i, n int8) string {
	t := ws[i].Text
	for k := int8(1); k < n; k++ {
		t += " " + ws[i+k].Text
	}
	return t
}

// fathers is the weight of patronymics without answer.
func fathers(ws []*Word, used uint64) float64 {
	sum := 0.0
	for i, w := range ws {
		if w.Kind == Patronymic && used&mask(i, 1) == 0 {
			sum += w.Weight
		}
	}
	return sum
}

func left(ws []*Word, used uint64) (weight float64) {
	for i, w := range ws {
		if used&mask(i, 1) == 0 {
			weight += w.Weight
		}
	}
	return weight
}

func leftText(ws []*Word, used uint64) string {
	var out []string
	for i, w := range ws {
		if used&mask(i, 1) == 0 {
			out = append(out, w.Text)
		}
	}
	return strings.Join(out, " ")
}

// number is the first number without answer, -1 if there is none.
func number(ws []*Word, used uint64) int {
	for i, w := range ws {
		if w.Kind == Number && used&mask(i, 1) == 0 {
			return i
		}
	}
	return -1
}

func says(s string) func() string { return func() string { return s } }

// take lowers the score; the reason is written only where somebody reads it.
func (s *Score) take(told *Score, feature string, by float64, why func() string) {
	s.Value -= by
	if told != nil {
		s.Parts = append(s.Parts, Part{feature, -by, why()})
	}
}

// settle keeps the value in 0..1 and makes the parts add up to it.
func (s *Score) settle(told *Score) {
	s.Value = max(0, min(s.Value, 1))
	if told == nil {
		return
	}
	sum := 0.0
	for _, p := range s.Parts {
		sum += p.Weight
	}
	if d := s.Value - sum; d > 1e-9 || d < -1e-9 {
		s.Parts = append(s.Parts, Part{"rest", d, "particles and small change"})
	}
}

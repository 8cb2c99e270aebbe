package mentions

import (
	"cmp"
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// Least likeness of the words of the text to a listed name.
const (
	leastPerson = 0.70
	leastBody   = 0.80
	leastSingle = 0.90
	leastPlain  = 0.93 // of a body whose name is all ordinary words
	leastPart   = 0.40 // of a body's name whose words are all in the listed one
	mostTried   = 400  // candidates compared in one run; hostile text has more
)

// candidate is one listed name that a stretch of a run may be.
type candidate struct {
	name     uint32
	party    int32
	span     story.Span
	words    int     // full words of the text that were matched
	rarity   float64 // weight of the matched words
	score    float64
	parts    []names.Part
	exact    bool
	longer   string // a name word beside the span that the listed name lacks
	title    string // titles before the span
	acronym  bool
	partial  bool
	same     bool // letter by letter after folding, or read from another script
	office   bool // a body of ordinary words that every country has
	number   string
	numbered bool
}

// found is a stretch of text with the listed names that it may be, best first.
type found struct {
	span   story.Span
	cands  []candidate
	titles string
}

type finder struct {
	ix    *Index
	text  string
	ids   []uint32
	runs  [][]runs.Token
	found []found
	maybe bool // a rare family name stands somewhere
}

// run collects candidates of one run and verifies them.
func (f *finder) run(run []runs.Token) {
	f.runs = append(f.runs, slices.Clone(run))
	f.ids = f.ids[:0]
	for i := range run {
		if run[i].Flags&runs.Lettered != 0 {
			f.collect(f.ix.singles.Find(runs.Hash(f.text[run[i].Start:run[i].End]) ^ runs.ExactSalt))
		}
		if run[i].Flags&runs.Known == 0 {
			continue
		}
		f.maybe = f.maybe || len(f.ix.family.Find(run[i].Key)) > 0
		f.alone(&run[i])
		for j := max(0, i-runs.Reach); j < i; j++ {
			if run[j].Flags&runs.Known != 0 {
				f.pair(&run[i], &run[j])
			}
		}
	}
	if len(f.ids) == 0 {
		f.slips(run)
	}
	if len(f.ids) == 0 {
		return
	}
	slices.Sort(f.ids)
	f.ids = slices.Compact(f.ids)
	words := f.words(run)
	held := 0
	for i := range run {
		if run[i].Flags&runs.Known != 0 {
			held++
		}
	}
	var cands []candidate
	for _, id := range f.ids[:min(len(f.ids), mostTried)] {
		// A body's name of which half the words are not there cannot be meant.
		if l := &f.ix.names[id]; !l.name.Person() && 2*held+1 < int(l.full) {
			continue
		}
		// A run without commas may hold the same name more than once.
		rest := words
		for range 4 {
			c, to, ok := f.verify(run, rest, id)
			if ok {
				cands = append(cands, c)
			}
			if to < 0 || to+1 >= len(rest) {
				break
			}
			rest = rest[to+1:]
		}
	}
	f.settle(cands)
}

// slips looks for names in which one word is mistyped: an unknown word beside
// a known one, or an unknown long word alone.
func (f *finder) slips(run []runs.Token) {
	for i := range run {
		t := &run[i]
		if t.Flags&runs.Known != 0 || t.Flags&(runs.Capital|runs.Caseless) == 0 || t.End-t.Start < 5 {
			continue
		}
		beside := false
		for j := max(0, i-3); j < min(len(run), i+4); j++ {
			beside = beside || run[j].Flags&runs.Known != 0 && run[j].End-run[j].Start > 2
		}
		alone := t.End-t.Start >= 8 && t.Flags&runs.Caseless == 0
		if !beside && !alone {
			continue
		}
		w := names.WordAt(f.text, t.Start, t.End)
		// A word of the dictionary or a name of many is no slip of the pen.
		if names.Ordinary(w.Text) > 0 || names.Bearers(w.Text) > 0 || identity.IsCountryWord(w.Text) {
			continue
		}
		for _, d := range runs.Deletions([]byte(w.Key)) {
			for _, id := range f.ix.near.Find(d) {
				if f.resembles(w, f.ix.keys[id]) {
					f.slip(run, i, f.ix.keys[id])
				}
			}
		}
	}
}

// resembles reports a listed word under the key that the word may be a slip
// of.
func (f *finder) resembles(w names.Word, key uint64) bool {
	for i, id := range f.ix.lex.Vocab.Find(key) {
		x := f.ix.lex.Words[id]
		if i > 100 {
			return false
		}
		if d := len(x.Text) - len(w.Text); d < -2 || d > 2 || x.Consonants || x.Text[0] != w.Text[0] && x.Text[len(x.Text)-1] != w.Text[len(w.Text)-1] {
			continue
		}
		if names.WordLikeness(w, x) >= 0.78 {
			return true
		}
	}
	return false
}

func (f *finder) slip(run []runs.Token, i int, key uint64) {
	f.collect(f.ix.singles.Find(key))
	for j := max(0, i-3); j < min(len(run), i+4); j++ {
		if j != i && run[j].Flags&runs.Known != 0 {
			f.collect(f.ix.pairs.Find(runs.Both(run[j].Key, key)))
		}
	}
}

func (f *finder) collect(ids []uint32) {
	if len(f.ids)+len(ids) < 4*mostTried {
		f.ids = append(f.ids, ids...)
	}
}

// alone collects names of one word. Ordinary words and names of many must
// stand as listed.
func (f *finder) alone(t *runs.Token) {
	ids := f.ix.singles.Find(t.Key)
	if t.Kept != 0 {
		f.collect(f.ix.singles.Find(t.Kept))
	}
	if len(ids) == 0 || t.Flags&runs.Caseless != 0 {
		f.collect(ids)
		return
	}
	w := names.WordAt(f.text, t.Start, t.End).Text
	usual := len(w) < 6 || names.Ordinary(w) > 0 || names.Bearers(w) > 0
	for _, id := range ids {
		l := &f.ix.names[id]
		x := l.name.Words[len(l.name.Words)-1]
		if x.Consonants && l.silent || usual && x.Text != w && !x.Consonants && strings.TrimSuffix(w, "s") != x.Text {
			continue
		}
		f.ids = append(f.ids, id)
	}
}

func (f *finder) pair(a, b *runs.Token) {
	f.collect(f.ix.pairs.Find(runs.Both(a.Key, b.Key)))
	if a.Kept != 0 && b.Kept != 0 {
		f.collect(f.ix.pairs.Find(runs.Both(a.Kept, b.Kept)))
		f.collect(f.ix.pairs.Find(runs.Both(a.Kept, b.Key)))
		f.collect(f.ix.pairs.Find(runs.Both(a.Key, b.Kept)))
	}
}

func (f *finder) words(run []runs.Token) []names.Word {
	ws := make([]names.Word, 0, len(run))
	for _, t := range run {
		w := names.WordAt(f.text, t.Start, t.End)
		if n := len(w.Text) - t.Ending; t.Ending > 0 && n > 2 {
			w.Text = w.Text[:n]
			w.Key = sound.Key(w.Text)
		}
		if w.Text != "" {
			ws = append(ws, w)
		}
	}
	return names.Compose(ws)
}

// verify compares the listed name with the part of the run that holds it; to
// is the index of that part's last word, -1 if there is none.
func (f *finder) verify(run []runs.Token, words []names.Word, id uint32) (c candidate, to int, ok bool) {
	l := &f.ix.names[id]
	if l.silent && !voiceless(words) {
		return c, -1, false
	}
	from, to := stretch(words, l.name)
	if from < 0 {
		return c, -1, false
	}
	c = candidate{name: id, party: l.party}
	sub := slices.Clone(words[from : to+1])
	for len(sub) > 1 && names.KindOf(sub[0].Text) == names.Title && !holds(l.name, sub[0]) {
		sub, from = sub[1:], from+1
	}
	c.span = story.Span{Start: sub[0].Start, End: sub[len(sub)-1].End}
	if start := f.article(c.span.Start, l.name); start < c.span.Start {
		c.span.Start = start
		sub = names.Words(c.span.Of(f.text))
	}
	surface := c.span.Of(f.text)
	asText := names.Of(surface, sub, l.name.Schema)
	s := names.Compare(asText, l.name)
	c.score, c.parts, c.exact = s.Value, s.Parts, s.Value == 1
	for _, w := range asText.Words {
		if w.Kind != names.Particle {
			c.words++
			c.rarity += w.Weight
		}
	}
	if c.words == 1 && !f.single(run, words, from, l, &c) {
		return c, to, false
	}
	c.title = titlesBefore(words[:from])
	if l.name.Person() {
		return c, to, f.person(run, words, sub, from, to, l, &c)
	}
	return c, to, f.body(sub, l, &c)
}

// body applies what holds for names of bodies and ships only.
func (f *finder) body(sub []names.Word, l *listed, c *candidate) bool {
	if f.ix.parties[l.party].Schema == party.Vessel && !f.shipNear(c.span) || identity.OtherCountry(sub, l.name) {
		return false
	}
	telling := false
	for _, w := range sub {
		telling = telling || distinctive(w)
	}
	c.office = identity.Office(sub)
	if c.words > 1 && !telling && lacksForm(sub, l.name) {
		c.partial = true // National Lottery OOD is not every national lottery
	}
	if c.partial && c.words > 1 {
		return c.score >= leastPlain
	}
	if c.words > 1 && c.score < leastBody || !telling && c.score < leastPlain {
		c.partial = c.words >= 2 && c.score >= leastPart && !lacks(sub, l.name) && len(f.ids) <= 4 && !identity.OnlyPlaces(sub)
		return c.partial
	}
	return c.score >= least(l.name, c.words)
}

// lacksForm reports a legal form that the listed name has and the text lacks.
func lacksForm(sub []names.Word, n names.Name) bool {
	listed := false
	for _, w := range n.Extra {
		listed = listed || w.Kind == names.Form
	}
	if !listed {
		return false
	}
	for _, w := range names.Of("", slices.Clone(sub), n.Schema).Extra {
		if w.Kind == names.Form {
			return false
		}
	}
	return true
}

// person applies what holds for names of persons only.
func (f *finder) person(run []runs.Token, words, sub []names.Word, from, to int, l *listed, c *candidate) bool {
	if joinedByAnd(sub, l.name) || c.score < least(l.name, c.words) {
		return false
	}
	if eastAsian(l.name.Words) && c.words != countFull(l.name) {
		return false // Kim Jong is no short form of Kim Yo Jong
	}
	c.longer = beside(words, from, to, run)
	return c.longer != "" || !insideOther(sub, l.name)
}

// lacks reports a full word of the text that the listed name has not.
func lacks(sub []names.Word, n names.Name) bool {
	for _, w := range sub {
		if names.KindOf(w.Text) == names.Particle {
			continue
		}
		if k, _ := answer(w, n, 0); k < 0 {
			return true
		}
	}
	return false
}

func least(n names.Name, words int) float64 {
	switch {
	case words == 1:
		return leastSingle
	case n.Person():
		return leastPerson
	}
	return leastBody
}

// stretch finds the words of the run that answer words of the name, each at
// most once: the weightiest group without a gap of more than two words. A
// poor likeness counts only near another.
func stretch(words []names.Word, n names.Name) (from, to int) {
	from, to = -1, -1
	best := 0.0
	for start := range words {
		k, like := answer(words[start], n, 0)
		if k < 0 {
			continue
		}
		used, last, weight := uint64(1)<<k, start, like*n.Words[k].Weight
		if weight > best {
			best, from, to = weight, start, start
		}
		for i := start + 1; i < len(words) && i-last <= 3; i++ {
			k, like := answer(words[i], n, used)
			if k < 0 || like < 0.85 && i-last > 2 {
				continue
			}
			weight += like*n.Words[k].Weight - 0.1*float64(i-last-1)
			used |= 1 << k
			last = i
			if weight > best+1e-9 {
				best, from, to = weight, start, i
			}
		}
	}
	return from, to
}

// answer finds the likest word of the name that is not used yet.
func answer(w names.Word, n names.Name, used uint64) (k int, like float64) {
	k = -1
	kind := names.KindOf(w.Text)
	for i, x := range n.Words {
		if used&(1<<i) != 0 || x.Kind == names.Particle && len(n.Words) > 1 {
			continue
		}
		w.Kind = x.Kind
		if kind == names.Initial {
			w.Kind = kind
		}
		if l := names.WordLikeness(w, x); l >= 0.72 && l > like {
			k, like = i, l
		}
	}
	return k, like
}

func holds(n names.Name, w names.Word) bool {
	for _, x := range n.Words {
		if x.Text == w.Text {
			return true
		}
	}
	return false
}

// article moves the start over "al-" before the span where the name has it.
func (f *finder) article(start int, n names.Name) int {
	if len(n.Words) == 0 || n.Words[0].Kind != names.Particle && !strings.HasPrefix(strings.ToLower(n.Text), "al") {
		return start
	}
	for _, p := range []string{"al-", "al ", "el-", "el ", "bin ", "the "} {
		if start >= len(p) && strings.EqualFold(f.text[start-len(p):start], p) && (start == len(p) || runs.KindOfByte[f.text[start-len(p)-1]] == runs.Other) {
			return start - len(p)
		}
	}
	return start
}

func voiceless(words []names.Word) bool {
	for _, w := range words {
		if w.Consonants {
			return true
		}
	}
	return false
}

// single guards names of one word.
func (f *finder) single(run []runs.Token, words []names.Word, from int, l *listed, c *candidate) bool {
	if countFull(l.name) > 1 {
		return false // one word of a longer name is no mention by itself
	}
	own, at := ownToken(run, c.span)
	w := l.name.Words[len(l.name.Words)-1]
	if w.Consonants != words[from].Consonants && len(w.Key) < 4 {
		return false
	}
	if l.exact != "" && f.text[own.Start:own.End] != l.exact {
		return false
	}
	c.acronym = l.exact != "" && strings.ToUpper(l.exact) == l.exact
	switch {
	case l.name.Person():
		return !f.neighbours(run, at) && c.score >= 0.95
	case c.acronym:
		// IS, AND, US: ordinary words need another mention of the party.
		c.partial, c.same = names.Ordinary(strings.ToLower(l.exact)) > 3, true
		return !c.partial || !f.shouting(own)
	case f.ix.parties[l.party].Schema == party.Vessel:
		return f.shipNear(c.span)
	case own.Flags&runs.Small != 0 && own.Flags&runs.Capital == 0:
		return false
	}
	if lacksForm(words[from:from+1], l.name) {
		c.partial = true
	}
	t := words[from].Text
	if c.same = t == w.Text || w.Consonants != words[from].Consonants; c.same || w.Consonants {
		return true
	}
	// Hizbullah for Hezbollah, but not Boston for Bastion.
	return len(w.Text) >= 6 && c.score >= leastSingle && names.Ordinary(t) == 0 && names.Bearers(t) == 0 && len(l.name.Extra) == 0
}

// neighbours reports a word beside a runs.Token of the run that makes it part of a
// longer name.
func (f *finder) neighbours(run []runs.Token, at int) bool {
	return namedWith(f.text, run, at)
}

func ownToken(run []runs.Token, span story.Span) (runs.Token, int) {
	for i := len(run) - 1; i >= 0; i-- {
		if run[i].Start < span.End && span.Start < run[i].End {
			return run[i], i
		}
	}
	return run[0], 0
}

// shipNear reports a word near the span that speaks of ships: names of ships
// are ordinary words.
func (f *finder) shipNear(s story.Span) bool {
	from, to := max(0, s.Start-120), min(len(f.text), s.End+120)
	for i := from; i < to; {
		if runs.KindOfByte[f.text[i]] == runs.Other {
			i++
			continue
		}
		end := i
		for end < to && runs.KindOfByte[f.text[end]] != runs.Other {
			end++
		}
		switch strings.ToLower(f.text[i:end]) {
		case "vessel", "vessels", "tanker", "tankers", "ship", "ships", "cargo", "mv", "mt", "freighter", "flagged", "imo", "carrier", "aboard", "sailed", "shipment", "yacht", "docked":
			return true
		}
		i = end
	}
	return false
}

// shouting reports that the words about a runs.Token are in capitals too.
func (f *finder) shouting(t runs.Token) bool {
	from, to := max(0, t.Start-24), min(len(f.text), t.End+24)
	caps, small := 0, 0
	for i := from; i < to; i++ {
		if i >= t.Start && i < t.End {
			continue
		}
		switch runs.KindOfByte[f.text[i]] {
		case runs.Upper:
			caps++
		case runs.Lower:
			small++
		}
	}
	return caps > small
}

func countFull(n names.Name) int {
	k := 0
	for _, w := range n.Words {
		if w.Kind != names.Particle {
			k++
		}
	}
	return k
}

func titlesBefore(words []names.Word) string {
	i := len(words)
	for i > 0 && names.KindOf(words[i-1].Text) == names.Title {
		i--
	}
	var out []string
	for _, w := range words[i:] {
		out = append(out, w.Text)
	}
	return strings.Join(out, " ")
}

// beside finds a word of a person's name that stands right before or after
// the span and belongs to no title: the text then names somebody with a longer
// name.
func beside(words []names.Word, from, to int, run []runs.Token) string {
	for _, i := range []int{from - 1, to + 1} {
		if i < 0 || i >= len(words) {
			continue
		}
		w := words[i]
		if i < from && words[from].Start-w.End >= 3 {
			continue // MUSCAT - Arvo Lund: a dash parts the dateline from the name
		}
		if names.KindOf(w.Text) != names.Plain || names.Ordinary(w.Text) > 0 || identity.IsCountryWord(w.Text) {
			continue
		}
		if !(i > to && eastAsian(words[from:to+1])) && (names.Bearers(w.Text) < 5 || len(w.Text) < 3) {
			continue
		}
		if !begins(run, w.Start, runs.Capital) || begins(run, words[min(i, to)].Start, runs.Closed) {
			continue // Lund's yacht, the city's Lund
		}
		return w.Text
	}
	return ""
}

func begins(run []runs.Token, at int, want runs.Flags) bool {
	for _, t := range run {
		if t.Start == at {
			return t.Flags&want != 0
		}
	}
	return false
}

// insideOther reports full words inside the span that the listed name lacks:
// "Arvo Karl Maria Lund" for Arvo Lund is somebody else's name more often.
func insideOther(sub []names.Word, n names.Name) bool {
	lack := 0
	for _, w := range sub {
		if k := names.KindOf(w.Text); k == names.Particle || k == names.Title || k == names.Initial || k == names.Patronymic {
			continue
		}
		best := 0.0
		for _, x := range n.Words {
			best = max(best, names.WordLikeness(w, x))
		}
		if best < 0.6 {
			lack++
		}
	}
	return lack > 1
}

// joinedByAnd reports that a span crosses a word that parts names, and the
// listed name has no such word.
func joinedByAnd(sub []names.Word, n names.Name) bool {
	for _, w := range sub {
		switch w.Text {
		case "and", "und", "et", "the", "for", "in", "of":
			if !holds(n, w) && n.Schema == party.Person {
				return true
			}
		}
	}
	return false
}

// settle keeps the best span of each place in the run, with its rivals.
func (f *finder) settle(cands []candidate) {
	slices.SortStableFunc(cands, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(a.name, b.name))
	})
	base := len(f.found)
	for _, c := range cands {
		placed := false
		for k := base; k < len(f.found) && !placed; k++ {
			h := &f.found[k]
			if !c.span.Overlaps(h.span) {
				continue
			}
			placed = true
			if c.score >= h.cands[0].score-0.3 && !h.has(c.party) && c.words+1 >= h.cands[0].words {
				h.cands = append(h.cands, c)
			}
		}
		if !placed {
			f.found = append(f.found, found{span: c.span, cands: []candidate{c}, titles: c.title})
		}
	}
}

// rank prefers the name that explains most of the text.
func (c candidate) rank() float64 { return c.score + 0.06*min(c.rarity, 3) }

func (h found) has(party int32) bool {
	for _, c := range h.cands {
		if c.party == party {
			return true
		}
	}
	return false
}

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
	leastPerson = 0.66
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
	thin     bool // few consonants of another script are all that is alike
	hint     bool // of a body's name only words that many share: it counts where the text names the party otherwise
	slip     bool // a word that is one slip of the pen away from a name of one word
}

// found is a stretch of text with the listed names that it may be, best first.
type found struct {
	span   story.Span
	cands  []candidate
	titles string
}

// Bounds of what one text may cost; only hostile text reaches them.
const (
	mostFound = 1 << 14 // stretches of one text
	mostRuns  = 1 << 18 // runs that follow-ups are looked for in
)

type finder struct {
	ix    *Index
	scan  *runs.Scanner
	text  string
	ids   []uint32    // names that the run at hand may hold
	parts []uint32    // names of bodies of which it holds a part, marked by hinting where no word of it tells
	hints []uint32    // those of them that no word tells
	later []later     // hints of all runs
	cands []candidate // those that it does hold
	// context: what the run gives depends on more of the text than its
	// neighbourhood.
	context bool
	rare    bool // it holds a rare family name
	ships   bool // it depends on words of ships, of which there are none nearby
	hash    uint64
	memory  []memory
	nothing []uint64 // hashes of runs that gave nothing
	two     []twoWords
	likes   likes // of the words of a run to those of a name
	runs    [][]runs.Token
	found   []found
	named   map[int32]bool // parties that more than a hint names
	maybe   bool           // a rare family name stands somewhere
}

func (f *finder) begin(ix *Index, text string, s *runs.Scanner) {
	if f.ix != ix {
		f.likes.forget()
		f.memory, f.two, f.nothing = make([]memory, memorySize), make([]twoWords, twoWordsSize), make([]uint64, nothingSize)
	}
	f.ix, f.text, f.scan, f.maybe = ix, text, s, false
	f.ids, f.runs, f.later, f.found = f.ids[:0], f.runs[:0], f.later[:0], nil
}

// run collects candidates of one run and verifies them.
func (f *finder) run(run []runs.Token) {
	if len(f.runs) < mostRuns {
		f.runs = append(f.runs, run)
	}
	if len(run) == 1 && run[0].Silent || len(f.found) >= mostFound || f.recall(run) {
		return
	}
	f.ids, f.parts, f.context, f.ships, f.rare = f.ids[:0], f.parts[:0], false, false, false
	for i := range run {
		t := &run[i]
		if len(t.Exact) > 0 {
			f.collect(t.Exact)
		}
		if t.Flags&runs.Known == 0 {
			continue
		}
		f.rare = f.rare || len(t.Family) > 0
		f.alone(t)
		for j := max(0, i-runs.Reach); j < i; j++ {
			if run[j].Flags&runs.Known != 0 {
				f.pair(run, j, i)
			}
		}
	}
	f.slips(run)
	f.maybe = f.maybe || f.rare
	if len(run) == 1 && len(f.ids) == 0 && len(f.parts) == 0 && !f.context && !f.ships && !f.rare {
		run[0].Silent = true
		return
	}
	f.verifyAll(run)
	f.remember(run)
	f.settle(f.cands)
	f.postpone(run, f.hints)
}

// alone collects the names of one word. Ships bear ordinary words: without a
// word of the sea nearby they are none.
func (f *finder) alone(t *runs.Token) {
	for _, id := range t.Single {
		if f.ix.names[id].flags&ofShip != 0 {
			if !f.shipNear(story.Span{Start: t.Start, End: t.End}) {
				continue
			}
		}
		f.ids = append(f.ids, id)
	}
}

// verifyAll compares the candidates with the run in full. Bodies of whose name
// only a part stands there count only where few bear that part.
func (f *finder) verifyAll(run []runs.Token) {
	f.cands, f.hints = f.cands[:0], f.hints[:0]
	if len(f.parts) <= fewBear {
		for _, id := range f.parts {
			if id&hinting != 0 {
				f.hints = append(f.hints, id&^hinting)
			} else {
				f.ids = append(f.ids, id)
			}
		}
	}
	if len(f.ids) == 0 {
		return
	}
	slices.Sort(f.ids)
	f.ids = slices.Compact(f.ids)
	words := f.words(run)
	for _, id := range f.ids[:min(len(f.ids), mostTried)] {
		l := f.ix.at(id)
		if l.silent && !voiceless(words) || !f.liken(words, l) {
			continue
		}
		// A run without commas may hold the same name more than once.
		for first, n := 0, 0; n < 4 && first < len(words); n++ {
			c, to, ok := f.verify(run, words, first, id)
			if ok {
				f.cands = append(f.cands, c)
			}
			if to < 0 {
				break
			}
			first += to + 1
		}
	}
}

// Fewer consonants of two words together are looked up only if both words are
// spelt as in listed names. Three and three are as many as most names of two
// words have (Adham Tabaja); what such a pair is worth, unvoiced judges.
const fewConsonants = 6

// fewBear is the number of names that may share a part of a body's name where
// the part still stands for one of them.
const fewBear = 4

// pair collects the names that hold two words of a run, if enough of the name
// stands there.
func (f *finder) pair(run []runs.Token, i, j int) {
	a, b := &run[i], &run[j]
	// Two words of two consonants each are like those of many names.
	if a.Flags&b.Flags&runs.Caseless != 0 && a.Kept != 0 && b.Kept != 0 && a.Consonants()+b.Consonants() < fewConsonants && !(f.ix.lex.Spelt(a.Word) && f.ix.lex.Spelt(b.Word)) {
		return
	}
	f.both(run, i, j, runs.Both(a.Key, b.Key))
	if a.Kept == 0 && b.Kept == 0 {
		return
	}
	if a.Kept != 0 && b.Kept != 0 {
		f.both(run, i, j, runs.Both(a.Kept, b.Kept))
	}
	if a.Kept != 0 {
		f.both(run, i, j, runs.Both(a.Kept, b.Key))
	}
	if b.Kept != 0 {
		f.both(run, i, j, runs.Both(a.Key, b.Kept))
	}
}

func (f *finder) both(run []runs.Token, i, j int, key uint64) {
	if !f.ix.pairsKnown.Has(key) {
		return
	}
	near := run[max(0, min(i, j)-runs.Reach):min(len(run), max(i, j)+runs.Reach+1)]
	for _, id := range f.holding(&run[i], &run[j], key) {
		if len(f.ids) >= 4*mostTried {
			return
		}
		f.weigh(id, near)
	}
}

// twoWords keeps which names hold two spellings.
type twoWords struct {
	hash uint64
	ids  []uint32
}

const twoWordsSize = 1 << 16

// holding gives the names under a key that hold both words. Answers are kept:
// most pairs of words are of no name, and texts use the same ones again.
func (f *finder) holding(a, b *runs.Token, key uint64) []uint32 {
	ids := f.ix.pairs.Find(key)
	if len(ids) == 0 {
		return nil
	}
	h := runs.Both(a.Hash(), b.Hash()) ^ key
	m := &f.two[h%twoWordsSize]
	if m.hash == h && !a.Slipped() && !b.Slipped() {
		return m.ids
	}
	var out []uint32
	for _, id := range ids {
		e := &f.ix.names[id]
		ws := f.ix.wordsOf(e)
		holdsA, holdsB := false, false
		for k := range ws {
			if !holdsA && f.holds(a, &ws[k]) {
				holdsA = true
			} else if !holdsB && f.holds(b, &ws[k]) {
				holdsB = true
			}
		}
		if holdsA && holdsB {
			out = append(out, id)
		}
	}
	if !a.Slipped() && !b.Slipped() {
		m.hash, m.ids = h, out
	}
	return out
}

// Bounds of what may still reach the likeness that verify asks for, if every
// word of the run that is like one of the name were equal to it. They follow
// the sums of names.Compare: a person's words that are missing count 0.22 of
// their weight, a body's 0.75; shared words of little weight are doubted.
const (
	missPerson = 0.18
	leastGuess = 0.62
	bodyWhole  = 0.72
	bodyPart   = 0.34
)

// weigh files a name of which the run holds two words, if it holds enough of it
// near them.
func (f *finder) weigh(id uint32, run []runs.Token) {
	e := &f.ix.names[id]
	ws := f.ix.wordsOf(e)
	voiceless := run[0].Kept != 0
	if len(ws) == 2 && !voiceless {
		f.ids = append(f.ids, id)
		return
	}
	got, all, consonants := 0, 0, 0
	telling := uint32(hinting)
	for k := range ws {
		w, weight := ws[k].word, int(ws[k].weight)
		all += weight
		means := f.ix.lex.Means[w]
		for i := range run {
			if f.holds(&run[i], &ws[k]) {
				got += weight
				if telling != 0 && tells(run[i].Word) {
					telling = 0
				}
				if f.ix.lex.Words[w].Consonants {
					consonants += thickKey // in one script the letters agree
				} else {
					consonants += run[i].Consonants()
				}
				break
			}
			if means != "" && run[i].More().Meaning == means {
				got += weight
				break
			}
		}
	}
	if voiceless && consonants < thickKey {
		return
	}
	p, m := float64(got)/100, float64(all-got)/100
	switch share := p / (p + m); {
	case e.flags&ofPerson != 0:
		guess := p / (p + missPerson*m)
		if m > 0 && p < 1.6 {
			guess -= min(0.14, 0.28*(1.6-p))
		}
		if guess >= leastGuess {
			f.ids = append(f.ids, id)
		}
	case share >= bodyWhole:
		f.ids = append(f.ids, id)
	case share >= bodyPart && len(f.parts) <= fewBear:
		f.parts = append(f.parts, id|telling)
	}
}

// holds reports that a word may be the lexicon's word of that number, whose
// sound has that tag; most words are turned away by the tag.
func (f *finder) holds(t *runs.Token, s *spelling) bool {
	if s.tag != anySound && s.tag != tagOf(t.Key) && t.Flags&runs.Caseless == 0 && !t.Slipped() {
		return false
	}
	return f.ix.lex.Holds(t.Word, s.word)
}

// anySound is the tag of words that stand under several sounds.
const anySound = 0

func tagOf(sound uint64) uint16 { return uint16(sound>>20) | 1 }

// slips looks for names in which one word is mistyped: an unknown word beside
// a known one, or an unknown long word alone.
func (f *finder) slips(run []runs.Token) {
	for i := range run {
		t := &run[i]
		if t.Flags&runs.Capital == 0 || len(t.Raw) < 5 {
			continue
		}
		for _, id := range f.ix.lex.Slips(t.Word) {
			if len(t.Raw) >= 6 {
				f.slipAlone(id)
			}
			key := runs.Hash(f.ix.lex.Words[id].Key)
			for j := max(0, i-3); j < min(len(run), i+4); j++ {
				if j != i && run[j].Flags&runs.Known != 0 && len(run[j].Raw) > 2 {
					f.both(run, j, i, runs.Both(run[j].Key, key))
				}
			}
		}
	}
}

// slipAlone collects the names of one word that a slip may stand for.
func (f *finder) slipAlone(word uint32) {
	for _, id := range f.ix.singles.Find(runs.Hash(f.ix.lex.Words[word].Key)) {
		if f.ix.spelt[f.ix.names[id].from].word == word {
			f.collect([]uint32{id})
		}
	}
}

func (f *finder) collect(ids []uint32) {
	if len(f.ids)+len(ids) < 4*mostTried {
		f.ids = append(f.ids, ids...)
	}
}

// verify compares the listed name with the part of the run from its word first
// on that holds it; to is the index of that part's last word among them, -1 if
// there is none. liken must have been asked for the name.
func (f *finder) verify(run []runs.Token, words []names.Word, first int, id uint32) (c candidate, to int, ok bool) {
	l := f.ix.at(id)
	from, to := f.likes.stretch(first, &l.name)
	if from < 0 {
		return c, -1, false
	}
	words = words[first:]
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
	if c.words == 0 || c.words == 1 && !f.single(run, words, from, l, &c) {
		return c, to, false
	}
	if voiceless(words) {
		var ok bool
		if ok, c.thin = unvoiced(asText.Words, l.name); !ok {
			return c, to, false
		}
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
	defer func() { c.hint = c.partial && !telling && (c.words < countFull(l.name) || c.words == 1) }()
	if !telling && c.words < countFull(l.name) && missesTelling(sub, l.name) {
		c.partial = true // Chemical Industries is not Parchin Chemical Industries
	}
	if c.words > 1 && !telling && lacksForm(sub, l.name) {
		c.partial = true // National Lottery OOD is not every national lottery
	}
	if c.partial && c.words > 1 {
		return c.score >= leastPlain || c.score >= leastPart && len(f.ids) <= 4 && !lacks(sub, l.name) && !identity.OnlyPlaces(sub)
	}
	if c.words > 1 && c.score >= leastBody && onlySlip(sub, l.name) {
		return true // SECOND CONOMIC COMMITTEE
	}
	if c.words > 1 && c.score < leastBody || !telling && c.score < leastPlain {
		c.partial = c.words >= 2 && c.score >= leastPart && !lacks(sub, l.name) && len(f.ids) <= 4 && !identity.OnlyPlaces(sub)
		return c.partial
	}
	return c.score >= least(l.name, c.words)
}

// Consonants that must agree where a name is read across scripts, of one word
// and of several together.
const (
	longKey        = 5
	thickKey       = 8
	foundKey       = 5 // enough to be found, not to decide: Adham Tabaja
	thickWord      = 6 // letters, in one script
	spelledLike    = 0.8
	sameConsonants = 0.95
)

// unvoiced tells how well the words of a text without vowels answer a name.
// In one script the letters themselves must agree, or nearly in longer words;
// across scripts all consonants. ok is false where they do not; thin, where so
// few agree that ordinary words may be meant.
func unvoiced(words []names.Word, n names.Name) (ok, thin bool) {
	letters, enough := 0, 0
	same := false
	for i := range words {
		w := &words[i]
		if !w.Consonants || w.Kind == names.Particle {
			continue
		}
		best, at := 0.0, -1
		for k := range n.Words {
			if l := answers(w, &n, k); l > best {
				best, at = l, k
			}
		}
		if at < 0 {
			continue
		}
		switch x := &n.Words[at]; {
		case x.Consonants && w.Text == x.Text:
			letters, enough, same = letters+len(w.Text), thickWord, true
		case x.Consonants:
			if len(w.Text) < 4 || sound.Likeness(w.Text, x.Text) < spelledLike {
				return false, true
			}
			letters, enough = letters+len(w.Key), thickWord
		default:
			if best < sameConsonants {
				return false, true
			}
			letters, enough = letters+len(w.Key), max(enough, thickKey)
		}
	}
	return same || letters >= min(enough, foundKey), letters < enough
}

// missesTelling reports a distinctive word of a listed name that is not among
// the words.
func missesTelling(sub []names.Word, n names.Name) bool {
	for k, x := range n.Words {
		if !distinctive(x) {
			continue
		}
		held := false
		for i := range sub {
			held = held || answers(&sub[i], &n, k) > 0
		}
		if !held {
			return true
		}
	}
	return false
}

// onlySlip reports that the words are those of the name in their order, one of
// them, of six letters or more, with one slip of the pen that makes it no word.
func onlySlip(sub []names.Word, n names.Name) bool {
	ws := names.Of("", slices.Clone(sub), n.Schema).Words
	if len(ws) != len(n.Words) {
		return false
	}
	slips := 0
	for i, w := range ws {
		switch x := n.Words[i].Text; {
		case w.Text == x:
		case len(w.Text) > 5 && names.Ordinary(w.Text) == 0 && names.Bearers(w.Text) == 0 && runs.OneSlip(w.Text, x):
			slips++
		default:
			return false
		}
	}
	return slips == 1
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
	if joinedByAnd(sub, l.name) || c.score < least(l.name, c.words) && !c.slip {
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
		held := false
		for k := range n.Words {
			held = held || answers(&w, &n, k) > 0
		}
		if !held {
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
	for _, p := range articles {
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
	if !w.Consonants && words[from].Consonants && len(w.Key) < longKey {
		return false
	}
	c.acronym = l.exact != "" && strings.ToUpper(l.exact) == l.exact
	switch {
	case l.name.Person():
		c.slip = c.score < 0.95 && f.mistyped(run[at].Word, l, c.score)
		return !f.neighbours(run, at) && (c.score >= 0.95 || c.slip)
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
	if w.Consonants != words[from].Consonants {
		// Read across scripts: the consonants of one word are those of many.
		c.partial = true
		return len(w.Key) >= longKey
	}
	if c.same = t == w.Text; c.same {
		return true
	}
	if w.Consonants {
		return len(w.Key) >= longKey
	}
	// Hizbullah for Hezbollah, but not Boston for Bastion.
	return len(w.Text) >= 6 && c.score >= leastSingle && names.Ordinary(t) == 0 && names.Bearers(t) == 0 && len(l.name.Extra) == 0
}

// mistyped reports a long word that is one slip away from a name of one word and
// nobody's name itself.
func (f *finder) mistyped(w *runs.Word, l *listed, score float64) bool {
	x := l.name.Words[len(l.name.Words)-1]
	t := w.Folded().Text
	return score >= leastPerson && len(t) > 5 && len(x.Text) > 5 && w.More().Ordinary == 0 && w.More().Bearers == 0 && !identity.IsCountryWord(t) &&
		(score >= leastSingle || runs.OneSlip(t, x.Text) || runs.OneSlip(t, names.Stem(x.Text)))
}

// neighbours reports a word beside a runs.Token of the run that makes it part of a
// longer name.
func (f *finder) neighbours(run []runs.Token, at int) bool {
	return f.ix.namedWith(run, at)
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
	near := f.shipWord(s.Start-nearShip, s.End+nearShip)
	f.context = f.context || near
	f.ships = f.ships || !near
	return near
}

// nearShip are the bytes beside a name that speak of ships.
const nearShip = 120

// shipWord reports a word that speaks of ships in a stretch of the text.
func (f *finder) shipWord(from, to int) bool {
	from, to = max(0, from), min(len(f.text), to)
	for i := from; i < to; {
		if runs.KindOfByte[f.text[i]] == runs.Other {
			i++
			continue
		}
		end := i
		for end < to && runs.KindOfByte[f.text[end]] != runs.Other {
			end++
		}
		if end-i < 2 || end-i > 9 {
			i = end
			continue
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
	f.context = true
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
func (f *finder) settle(cands []candidate) { f.settleAmong(cands, len(f.found)) }

// settleAmong does so beside what was found from base on.
func (f *finder) settleAmong(cands []candidate, base int) {
	slices.SortStableFunc(cands, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(a.name, b.name))
	})
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

package mentions

import (
	"strings"
	"sync/atomic"

	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/translit"
	"github.com/reportedly/reportedly/internal/party"
)

// Index holds parties ready to be found in text. It never changes and is safe
// for use by many goroutines at once; what it keeps of names and entries once
// they were looked at is only a memory of what it would compute again.
type Index struct {
	parties    []party.Party
	names      []entry
	spelt      []spelling  // words of the names
	pairs      runs.Table  // two words of one name -> names
	pairsKnown runs.Filter // their hashes
	singles    runs.Table  // names that are found by one word
	family     runs.Table  // family names -> names
	lex        runs.Lexicon
	native     runs.Table      // first two letters of names written without blanks -> names
	numbers    runs.Table      // hash of an identifying number -> parties
	stale      map[uint64]bool // sounds of words that stand in too many entries to tell them apart
	parsed     []atomic.Pointer[listed]
	facts      []atomic.Pointer[identity.Facts]
	scans      chan *scan // those not in use, with what they remember
}

// entry is what the scan needs of one listed name: sixteen bytes, so that a
// million names stay small.
type entry struct {
	party int32
	from  uint32 // its words in Index.spelt
	at    uint8  // which of the party's names
	n     uint8  // words there
	flags entryFlags
}

// spelling is one word of a listed name, as the scan needs it.
type spelling struct {
	word   uint32 // its number in lex.Words
	tag    uint16 // of its sound, anySound of words of several
	weight uint8  // in hundredths
}

// wordsOf a name.
func (ix *Index) wordsOf(e *entry) []spelling { return ix.spelt[e.from : e.from+uint32(e.n)] }

type entryFlags uint8

const (
	ofPerson entryFlags = 1 << iota
	ofShip
	silent
)

// listed is one name of one party, read in full.
type listed struct {
	party int32
	kind  party.NameKind
	weak  bool
	exact string // must stand in the text letter by letter: acronyms, short words
	// silent: without vowels, of a party that is listed with vowels too. Only
	// words without vowels are compared with it.
	silent bool
	native []rune // writing without blanks
	full   int8   // words that are no particles
	family int8   // index of the family name among name.Words, -1 unknown
	name   names.Name
	hashes []uint64 // of name.Words, to remember likenesses by
}

// New builds the index.
func New(parties []party.Party) *Index {
	b := newBuilder(parties)
	for i := range parties {
		b.party(int32(i), &parties[i])
	}
	return b.finish()
}

// ready finishes an index whose tables are there.
func (ix *Index) ready() *Index {
	ix.parsed = make([]atomic.Pointer[listed], len(ix.names))
	ix.facts = make([]atomic.Pointer[identity.Facts], len(ix.parties))
	ix.lex.Ready()
	ix.lex.Learn = ix.learn
	ix.scans = make(chan *scan, mostScans)
	return ix
}

// mostScans is the number of scans that are kept for their memories. A pool of
// the runtime would drop them with the garbage, and all would be learnt anew.
const mostScans = 16

// borrow gives a scan for one goroutine; it goes back by giveBack.
func (ix *Index) borrow() *scan {
	select {
	case s := <-ix.scans:
		return s
	default:
		return new(scan)
	}
}

func (ix *Index) giveBack(s *scan) {
	select {
	case ix.scans <- s:
	default:
	}
}

// at reads a listed name in full; it is kept.
func (ix *Index) at(id uint32) *listed {
	if l := ix.parsed[id].Load(); l != nil {
		return l
	}
	e := &ix.names[id]
	p := &ix.parties[e.party]
	l := readName(e.party, schemaOf(p), p.Names[e.at])
	l.silent = e.flags&silent != 0
	for i := range l.name.Words {
		l.name.Words[i].Ready()
	}
	l.hashes = hashListed(&l.name)
	ix.parsed[id].Store(l)
	return l
}

// readName parses a name as it is listed; nil if it has no letters.
func readName(i int32, schema party.Schema, n party.Name) *listed {
	parsed := names.Parse(n.Text, schema)
	if parsed.Empty() {
		return nil
	}
	l := &listed{party: i, kind: n.Kind, weak: n.Quality == party.Weak, name: parsed, native: runs.Unspaced(n.Text)}
	l.family = familyOf(parsed, n)
	l.full = int8(countFull(parsed))
	if l.full == 1 {
		l.exact = exactly(n, parsed)
	}
	return l
}

// schemaOf is the type that all names of a party are read as: one word more or
// less does not change what the party is.
func schemaOf(p *party.Party) party.Schema {
	if (p.Schema == party.LegalEntity || p.Schema == "") && len(p.Names) > 0 {
		return names.Parse(p.Names[0].Text, p.Schema).Schema
	}
	return p.Schema
}

// learn adds to a word of a text what the index finds by it alone.
func (ix *Index) learn(w *runs.Word) {
	if w.Looks&runs.Lettered != 0 {
		w.Exact = ix.singles.Find(runs.Hash(w.Raw) ^ runs.ExactSalt)
	}
	if w.Looks&runs.Known == 0 {
		return
	}
	ix.alone(w)
	ix.families(w)
}

// alone sets the names of one word that the word may be. Ordinary words and
// names of many must stand as listed.
func (ix *Index) alone(w *runs.Word) {
	ids := ix.singles.Find(w.Key)
	if w.Looks&runs.Caseless != 0 {
		if w.Kept != 0 && w.Kept != w.Key {
			ids = append(append([]uint32(nil), ids...), ix.singles.Find(w.Kept)...)
		}
		for _, id := range ids {
			if ix.unvoicedSole(w, ix.at(id)) {
				w.Single = append(w.Single, id)
			}
		}
		return
	}
	for _, id := range ids {
		if ix.mayHold(w, id, leastSingle) && ix.soleLike(w, ix.at(id)) {
			w.Single = append(w.Single, id)
		}
	}
}

// mayHold spares reading a name in full whose words of that sound, as the
// lexicon has them, are surely less like the word. Words that the lexicon keeps
// by another stem than their letters are left to the full comparison.
func (ix *Index) mayHold(w *runs.Word, id uint32, least float64) bool {
	t := w.Folded()
	ws := ix.wordsOf(&ix.names[id])
	for k := range ws {
		if ws[k].tag != anySound && ws[k].tag != tagOf(w.Key) {
			continue
		}
		x := &ix.lex.Words[ws[k].word]
		if x.Consonants || x.Text == t.Text || len(x.Text) > 2 && x.Text[0] != t.Text[0] || runs.Stem(t.Text) != t.Text {
			return true
		}
		d := len(x.Text) - len(t.Text)
		if d > 3 || d < -3 {
			continue
		}
		if names.WordLikeness(*t, *x) >= least-0.1 {
			return true
		}
	}
	return false
}

// unvoicedSole is soleLike for words of scripts without capitals: the letters
// must agree, or many consonants where scripts differ.
func (ix *Index) unvoicedSole(w *runs.Word, l *listed) bool {
	f, x := w.Folded(), l.name.Words[len(l.name.Words)-1]
	if !f.Consonants {
		return names.WordLikeness(*f, x) >= leastSingle
	}
	if x.Consonants {
		return f.Text == x.Text || len(f.Text) > 4 && runs.OneSlip(f.Text, x.Text)
	}
	return len(x.Key) >= longKey
}

// soleLike reports that a word may stand for a name of one word. Ordinary words
// and names of many must stand as listed: Hizbullah for Hezbollah, but not
// Boston for Bastion.
func (ix *Index) soleLike(w *runs.Word, l *listed) bool {
	t := w.Folded().Text
	m := w.More()
	x := l.name.Words[len(l.name.Words)-1]
	switch {
	case x.Consonants:
		return !l.silent
	case x.Text == t || strings.TrimSuffix(t, "s") == x.Text:
		return true
	case len(t) < 6 || len(x.Text) < 6 || m.Ordinary > 0 || m.Bearers > 0 || !l.name.Person() && len(l.name.Extra) > 0:
		return false
	}
	return names.WordLikeness(*w.Folded(), x) >= leastSingle
}

// families sets the names whose rare family name the word is.
func (ix *Index) families(w *runs.Word) {
	ids := ix.family.Find(w.Key)
	if len(ids) == 0 || len(ids) > 24 {
		return
	}
	f := w.Folded()
	if m := w.More(); len(f.Text) < 5 || m.Bearers > rareBearers || m.Ordinary > 0 || identity.IsCountryWord(f.Text) {
		return
	}
	var fit []uint32
	seen := map[int32]bool{}
	for _, id := range ids {
		if w.Looks&runs.Caseless == 0 && !ix.mayHold(w, id, familyLike) {
			continue
		}
		l := ix.at(id)
		x := l.name.Words[l.family]
		if f.Consonants && (x.Consonants && f.Text != x.Text || !x.Consonants && len(x.Key) < longKey) || names.WordLikeness(*f, x) < familyLike || l.silent && !f.Consonants || names.Bearers(x.Text) > rareBearers {
			continue
		}
		if !l.name.Person() && (x.Text != f.Text || names.Bearers(x.Text) > 0) {
			continue
		}
		fit = append(fit, id)
		seen[l.party] = true
	}
	if len(seen) <= 3 {
		w.Family = fit
	}
}

// factsOf an entry, kept once they were asked for.
func (ix *Index) factsOf(i int32) *identity.Facts {
	if f := ix.facts[i].Load(); f != nil {
		return f
	}
	f := identity.FactsOf(&ix.parties[i], ix.stale)
	ix.facts[i].Store(f)
	return f
}

// Len is the number of parties.
func (ix *Index) Len() int { return len(ix.parties) }

// Parties are those the index was built from, in their order.
func (ix *Index) Parties() []party.Party { return ix.parties }

// usable reports whether a name of one word can be looked for in text at all:
// forenames, ordinary words and places cannot, unless they are acronyms.
func usable(ix *Index, l *listed) bool {
	w := l.name.Words[len(l.name.Words)-1]
	if w.Consonants {
		return len(w.Key) >= 4 || l.exact != ""
	}
	if l.exact != "" && strings.ToUpper(l.exact) == l.exact && len(l.exact) > 1 && !l.name.Person() {
		return true
	}
	if identity.IsCountryWord(w.Text) || len(w.Text) < 4 {
		return false
	}
	if l.name.Person() {
		return names.Ordinary(w.Text) == 0 && names.Bearers(w.Text) <= rareBearers
	}
	if l.name.Schema == party.Vessel {
		return len(w.Text) > 4
	}
	return names.Ordinary(w.Text) <= 1 && names.Bearers(w.Text) <= 5 && names.Meaning(w.Text) == ""
}

// silentText reports a name in a script without vowels.
func silentText(s string) bool {
	for _, r := range s {
		if translit.Consonantal(r) {
			return true
		}
	}
	return false
}

// exactly gives the spelling that must stand in the text for a name of one
// short word: ISIS, FSB, IS. Names in all capitals by a list's habit are
// longer, or stand beside names in capitals.
func exactly(n party.Name, parsed names.Name) string {
	t := strings.TrimSpace(n.Text)
	if strings.ContainsAny(t, " -") {
		return ""
	}
	w := parsed.Words[0].Text
	if parsed.Words[0].Consonants {
		// A few consonants are many words: only the letters themselves count.
		if len(parsed.Words[0].Key) < 4 && len(t) >= 6 {
			return t
		}
		return ""
	}
	if len(w) <= 4 || n.Kind == party.Short || names.Ordinary(w) > 3 {
		return t
	}
	return ""
}

// familyOf finds the family name: where the list marks it, before a comma,
// first in Chinese, Korean and Vietnamese names, else the last full word.
func familyOf(n names.Name, as party.Name) int8 {
	if len(n.Words) < 2 {
		return -1
	}
	if !n.Person() {
		return soleWord(n)
	}
	mark := as.Surname
	if before, _, ok := strings.Cut(as.Text, ","); ok && mark == "" {
		mark = before
	}
	if mark != "" {
		folded := strings.Fields(names.Fold(mark))
		for i := len(n.Words) - 1; i >= 0 && len(folded) > 0; i-- {
			if n.Words[i].Text == folded[len(folded)-1] {
				return int8(i)
			}
		}
	}
	if eastAsian(n.Words) {
		return 0
	}
	for i := len(n.Words) - 1; i > 0; i-- {
		if k := n.Words[i].Kind; k == names.Plain || k == names.Patronymic && len(n.Words) == 2 {
			return int8(i)
		}
	}
	return -1
}

// soleWord of a body's name: the only one that is neither ordinary nor a name
// of many, as Nusra in Nusra Front.
func soleWord(n names.Name) int8 {
	at := int8(-1)
	if countFull(n) > 3 {
		return at
	}
	for i, w := range n.Words {
		if distinctive(w) && names.Bearers(w.Text) <= rareBearers {
			if at >= 0 {
				return -1
			}
			at = int8(i)
		}
	}
	return at
}

// eastAsian reports a name of two or three short words that begins with a
// Chinese, Korean or Vietnamese family name.
func eastAsian(ws []names.Word) bool {
	if len(ws) < 2 || len(ws) > 3 || !translit.EastAsianSurname(ws[0].Text) {
		return false
	}
	for _, w := range ws[1:] {
		if len(w.Text) > 8 || w.Kind == names.Particle && w.Text != "un" {
			return false
		}
	}
	return len(ws) == 3 || names.Bearers(ws[1].Text) < 60
}

func numbersOf(p *party.Party) []string {
	var out []string
	for _, w := range p.Wallets {
		out = append(out, w.Address)
	}
	for _, d := range p.Documents {
		if len(d.Number) >= 7 {
			out = append(out, d.Number)
		}
	}
	if p.Vessel != nil {
		out = append(out, p.Vessel.IMO)
	}
	if p.Aircraft != nil {
		out = append(out, p.Aircraft.Tail)
	}
	return out
}

// Bytes is the memory that the tables of the index take, parties and what is
// learnt in use left out.
func (ix *Index) Bytes() int {
	n := 12*len(ix.names) + 8*len(ix.parsed) + 8*len(ix.facts) + 8*len(ix.spelt) + 10*len(ix.lex.Sounds) + 8*len(ix.lex.Known.Bits()) + 8*len(ix.pairsKnown.Bits())
	for _, t := range ix.tables() {
		n += t.Bytes()
	}
	for _, w := range ix.lex.Words {
		n += 104 + len(w.Text) + len(w.Key) + len(w.Kept)
	}
	return n
}

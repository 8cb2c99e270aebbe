package mentions

import (
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/names/translit"
	"github.com/reportedly/reportedly/internal/party"
)

// Index holds parties ready to be found in text. It is immutable and safe for
// use by many goroutines at once.
type Index struct {
	parties []party.Party
	names   []listed
	pairs   runs.Table // two words of one name -> names
	singles runs.Table // names that are found by one word
	family  runs.Table // family names -> names
	lex     runs.Lexicon
	near    runs.Table // keys with a letter left out -> keys, by number
	keys    []uint64
	native  runs.Table // first two letters of names written without blanks -> names
	numbers map[string][]int32
	stale   map[string]bool // sounds of words that stand in too many entries to tell them apart
	scans   sync.Pool
}

// listed is one name of one party.
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
}

type builder struct {
	ix                             *Index
	pairs, singles, family, native []runs.Entry
	words                          map[uint64]string // hash -> key
	vocab                          []runs.Entry
	numbers                        map[string]uint32 // word -> its number in Index.words
}

// New builds the index.
func New(parties []party.Party) *Index {
	ix := &Index{parties: parties, numbers: map[string][]int32{}}
	b := builder{ix: ix, words: map[uint64]string{}, numbers: map[string]uint32{}}
	for i := range parties {
		b.party(int32(i), &parties[i])
	}
	ix.lex.Known = runs.NewFilter(len(b.words))
	b.approximate()
	ix.pairs, ix.singles = runs.NewTable(b.pairs), runs.NewTable(b.singles)
	ix.lex.Vocab = runs.NewTable(b.vocab)
	ix.family, ix.native = runs.NewTable(b.family), runs.NewTable(b.native)
	ix.stale = identity.StaleWords(parties)
	ix.scans.New = func() any { return new(runs.Scanner) }
	return ix
}

// Len is the number of parties.
func (ix *Index) Len() int { return len(ix.parties) }

// Parties are those the index was built from, in their order.
func (ix *Index) Parties() []party.Party { return ix.parties }

const mostNames = 200 // names read of one party; more would be an attack

func (b *builder) party(i int32, p *party.Party) {
	seen := map[string]bool{}
	voiced := false
	for _, n := range p.Names {
		voiced = voiced || n.Text != "" && !silentText(n.Text)
	}
	schema := p.Schema
	if (schema == party.LegalEntity || schema == "") && len(p.Names) > 0 {
		// One word more or less does not change what the party is.
		schema = names.Parse(p.Names[0].Text, schema).Schema
	}
	for k, n := range p.Names {
		if k == mostNames {
			break
		}
		if seen[n.Text] {
			continue
		}
		seen[n.Text] = true
		b.name(i, schema, n, voiced)
	}
	for _, d := range numbersOf(p) {
		if k := runs.NumberKey(d); k != "" {
			b.ix.numbers[k] = append(b.ix.numbers[k], i)
		}
	}
}

func (b *builder) name(i int32, schema party.Schema, n party.Name, voiced bool) {
	parsed := names.Parse(n.Text, schema)
	if parsed.Empty() {
		return
	}
	l := listed{party: i, kind: n.Kind, weak: n.Quality == party.Weak, name: parsed, silent: voiced && silentText(n.Text), family: -1}
	id := uint32(len(b.ix.names))
	if r := runs.Unspaced(n.Text); r != nil {
		l.native = r
		b.native = append(b.native, runs.Entry{Key: runs.RunePair(r[0], r[1]), ID: id})
	}
	l.family = familyOf(parsed, n)
	hashes := make([][]uint64, 0, len(parsed.Words))
	for k, w := range parsed.Words {
		if w.Kind == names.Particle && len(parsed.Words) > 1 {
			continue
		}
		hs := runs.WordHashes(w)
		hashes = append(hashes, hs)
		b.spell(w, hs)
		for n, h := range hs {
			if _, had := b.words[h]; !had {
				b.words[h] = ""
			}
			if n == 0 && !w.Consonants {
				b.words[h] = sound.Key(names.Stem(w.Text))
			}
			if int8(k) == l.family {
				b.family = append(b.family, runs.Entry{Key: h, ID: id})
			}
		}
	}
	l.full = int8(len(hashes))
	if len(hashes) == 1 {
		l.exact = exactly(n, parsed)
	}
	switch {
	case len(hashes) != 1 || !usable(&l):
	case l.exact != "":
		h := runs.Hash([]byte(l.exact)) ^ runs.ExactSalt
		b.singles = append(b.singles, runs.Entry{Key: h, ID: id})
		b.words[h] = ""
	default:
		for _, h := range hashes[0] {
			b.singles = append(b.singles, runs.Entry{Key: h, ID: id})
		}
	}
	for x := range hashes {
		for y := x + 1; y < len(hashes) && y-x < runs.Reach; y++ {
			for _, hx := range hashes[x] {
				for _, hy := range hashes[y] {
					b.pairs = append(b.pairs, runs.Entry{Key: runs.Both(hx, hy), ID: id})
				}
			}
		}
	}
	b.ix.names = append(b.ix.names, l)
}

// spell keeps the different spellings of each sound: a word of a text is known
// only if it is like one of them.
func (b *builder) spell(w names.Word, hs []uint64) {
	stem := names.Stem(w.Text)
	key := stem
	if w.Consonants {
		key = "'" + key
	}
	id, ok := b.numbers[key]
	if !ok {
		id = uint32(len(b.ix.lex.Words))
		b.numbers[key] = id
		b.ix.lex.Words = append(b.ix.lex.Words, names.Word{Text: stem, Key: sound.Key(stem), Kept: w.Kept, Consonants: w.Consonants})
	}
	for _, h := range hs {
		b.vocab = append(b.vocab, runs.Entry{Key: h, ID: id})
	}
}

// approximate lets a word with one consonant more, less or other find the
// words it may be a slip of.
func (b *builder) approximate() {
	var entries []runs.Entry
	var hashes []uint64
	for h := range b.words {
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	for _, h := range hashes {
		b.ix.lex.Known.Add(h)
		if len(b.words[h]) < 3 {
			continue
		}
		id := uint32(len(b.ix.keys))
		b.ix.keys = append(b.ix.keys, h)
		for _, d := range runs.Deletions([]byte(b.words[h])) {
			entries = append(entries, runs.Entry{Key: d, ID: id})
		}
	}
	b.ix.near = runs.NewTable(entries)
}

// usable reports whether a name of one word can be looked for in text at all:
// forenames, ordinary words and places cannot, unless they are acronyms.
func usable(l *listed) bool {
	w := l.name.Words[len(l.name.Words)-1]
	if w.Consonants {
		return len(w.Key) >= 4
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

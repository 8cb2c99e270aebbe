package mentions

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	known   filter // hashes of words that stand in any name
	pairs   table  // two words of one name -> names
	singles table  // names that are found by one word
	family  table  // family names -> names
	vocab   table  // hash of a word's sound -> the words of that sound, by number
	words   []names.Word
	near    table // keys with a letter left out -> keys, by number
	keys    []uint64
	native  table // first two letters of names written without blanks -> names
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
	pairs, singles, family, native []pairOf
	words                          map[uint64]string // hash -> key
	vocab                          []pairOf
	numbers                        map[string]uint32 // word -> its number in Index.words
}

// New builds the index.
func New(parties []party.Party) *Index {
	ix := &Index{parties: parties, numbers: map[string][]int32{}}
	b := builder{ix: ix, words: map[uint64]string{}, numbers: map[string]uint32{}}
	for i := range parties {
		b.party(int32(i), &parties[i])
	}
	ix.known = newFilter(len(b.words))
	b.approximate()
	ix.pairs, ix.singles = newTable(b.pairs), newTable(b.singles)
	ix.vocab = newTable(b.vocab)
	ix.family, ix.native = newTable(b.family), newTable(b.native)
	ix.stale = staleWords(parties)
	ix.scans.New = func() any { return new(scan) }
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
		if k := numberKey(d); k != "" {
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
	if r := unspaced(n.Text); r != nil {
		l.native = r
		b.native = append(b.native, pairOf{runePair(r[0], r[1]), id})
	}
	l.family = familyOf(parsed, n)
	hashes := make([][]uint64, 0, len(parsed.Words))
	for k, w := range parsed.Words {
		if w.Kind == names.Particle && len(parsed.Words) > 1 {
			continue
		}
		hs := wordHashes(w)
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
				b.family = append(b.family, pairOf{h, id})
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
		h := hash([]byte(l.exact)) ^ exactSalt
		b.singles = append(b.singles, pairOf{h, id})
		b.words[h] = ""
	default:
		for _, h := range hashes[0] {
			b.singles = append(b.singles, pairOf{h, id})
		}
	}
	for x := range hashes {
		for y := x + 1; y < len(hashes) && y-x < reach; y++ {
			for _, hx := range hashes[x] {
				for _, hy := range hashes[y] {
					b.pairs = append(b.pairs, pairOf{both(hx, hy), id})
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
		id = uint32(len(b.ix.words))
		b.numbers[key] = id
		b.ix.words = append(b.ix.words, names.Word{Text: stem, Key: sound.Key(stem), Kept: w.Kept, Consonants: w.Consonants})
	}
	for _, h := range hs {
		b.vocab = append(b.vocab, pairOf{h, id})
	}
}

// approximate lets a word with one consonant more, less or other find the
// words it may be a slip of.
func (b *builder) approximate() {
	var entries []pairOf
	var hashes []uint64
	for h := range b.words {
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	for _, h := range hashes {
		b.ix.known.add(h)
		if len(b.words[h]) < 3 {
			continue
		}
		id := uint32(len(b.ix.keys))
		b.ix.keys = append(b.ix.keys, h)
		for _, d := range deletions([]byte(b.words[h])) {
			entries = append(entries, pairOf{d, id})
		}
	}
	b.ix.near = newTable(entries)
}

// deletions of a key: its own hash and those with one letter left out. Two
// keys that differ by one edit share one of them.
func deletions(key []byte) []uint64 {
	if len(key) < 3 || len(key) > 14 {
		return nil
	}
	var buf [16]byte
	out := []uint64{hash(key) ^ nearSalt}
	for i := range key {
		if i > 0 && key[i] == key[i-1] {
			continue
		}
		d := append(append(buf[:0], key[:i]...), key[i+1:]...)
		out = append(out, hash(d)^nearSalt)
	}
	return out
}

const (
	nearSalt  = 0x5851f42d4c957f2d
	exactSalt = 0x2545f4914f6cdd1d
)

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
	if isCountryWord(w.Text) || len(w.Text) < 4 {
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

// wordHashes are the hashes under which a word of a listed name is found: its
// sound, and the other readings of it.
func wordHashes(w names.Word) []uint64 {
	var out []uint64
	add := func(k string) {
		if k == "" {
			return
		}
		h := hash([]byte(k))
		for _, o := range out {
			if o == h {
				return
			}
		}
		out = append(out, h)
	}
	stem := names.Stem(w.Text)
	if w.Consonants {
		d, k := sound.ConsonantKey(stem)
		add(d)
		add(k)
		return out
	}
	add(sound.Key(stem))
	if stem != w.Text {
		return out
	}
	for _, k := range sound.Alternatives(stem) {
		add(k)
	}
	if a := translit.SurnameAlias(stem); a != stem && len(stem) < 7 {
		add(sound.Key(a))
	}
	return out
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

// unspaced gives the letters of a name in a script without blanks.
func unspaced(s string) []rune {
	var out []rune
	for _, r := range s {
		switch {
		case translit.Han(r) || translit.Hangul(r) || translit.Kana(r):
			out = append(out, r)
		case r == ' ' || r == '·' || r == '・':
		default:
			return nil
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func runePair(a, b rune) uint64 {
	var buf [8]byte
	n := utf8.EncodeRune(buf[:], a)
	n += utf8.EncodeRune(buf[n:], b)
	return hash(buf[:n])
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

// numberKey keeps letters and digits in lower case. Shorter than five, or
// without a digit, it identifies nobody.
func numberKey(s string) string {
	b := make([]byte, 0, len(s))
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c >= '0' && c <= '9':
			digits++
			b = append(b, c)
		case c >= 'a' && c <= 'z':
			b = append(b, c)
		}
	}
	if len(b) < 5 || digits < 2 {
		return ""
	}
	return string(b)
}

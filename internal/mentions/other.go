package mentions

import (
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"sort"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/translit"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// unspaced finds listed names in a stretch written without blanks: letter by
// letter where the list gives that writing, else Chinese and Korean names by
// the reading of a family name and the letters behind it.
func (f *finder) unspaced(start, end int) {
	var at [3]int // places of the last letters
	prev, n := rune(0), 0
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(f.text[i:])
		at[0], at[1], at[2] = at[1], at[2], i
		if n > 0 {
			f.nativeAt(prev, r, at[1], end)
		}
		prev = r
		n++
		i += size
	}
	for i := start; i < end; {
		_, size := utf8.DecodeRuneInString(f.text[i:])
		f.readFamily(i, end)
		i += size
	}
}

func (f *finder) nativeAt(a, b rune, at, end int) {
	for _, id := range f.ix.native.Find(runs.RunePair(a, b)) {
		l := f.ix.at(id)
		if n := matchRunes(f.text[at:end], l.native); n > 0 && (len(l.native) > 2 || l.name.Person()) {
			c := candidate{name: id, party: l.party, span: story.Span{Start: at, End: at + n}, words: max(2, countFull(l.name)), rarity: 2, score: 1, exact: true}
			f.settle([]candidate{c})
		}
	}
}

// matchRunes is the length in bytes of the letters at the head of s, 0 if they
// do not stand there; dots between parts of a name are skipped.
func matchRunes(s string, want []rune) int {
	i, k := 0, 0
	for i < len(s) && k < len(want) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '·' || r == '・' {
			i += n
			continue
		}
		if r != want[k] {
			return 0
		}
		i += n
		k++
	}
	if k < len(want) {
		return 0
	}
	return i
}

// readFamily tries the two or three letters at i as a family and given name.
func (f *finder) readFamily(i, end int) {
	size := 0
	for n := 1; n <= 3 && i+size < end; n++ {
		_, k := utf8.DecodeRuneInString(f.text[i+size:])
		size += k
		if n == 1 {
			continue
		}
		piece := f.text[i : i+size]
		family, given, ok := translit.FamilyName(piece)
		if !ok {
			return
		}
		a, b := runs.WordHashes(names.Word{Text: family}), runs.WordHashes(names.Word{Text: given})
		for _, x := range a {
			for _, y := range b {
				for _, id := range f.ix.pairs.Find(runs.Both(x, y)) {
					f.tryNative(id, i, size, piece)
				}
			}
		}
	}
}

func (f *finder) tryNative(id uint32, at, size int, piece string) {
	l := f.ix.at(id)
	if len(l.native) > 0 || !l.name.Person() || !eastAsian(l.name.Words) {
		return
	}
	s := names.Compare(names.Parse(piece, l.name.Schema), l.name)
	if s.Value < 0.85 {
		return
	}
	f.settle([]candidate{{name: id, party: l.party, span: story.Span{Start: at, End: at + size}, words: 2, rarity: 1.2, score: min(s.Value, 0.92), parts: s.Parts}})
}

// number finds IMO numbers, tail numbers, wallets and documents.
func (f *finder) number(from, to int) {
	key := runs.NumberKey(f.text[from:to])
	if key == "" || len(f.found) >= mostFound {
		return
	}
	for _, p := range f.ix.numbers.Find(runs.Hash(key)) {
		id := f.ix.nameOfParty(int32(p))
		if id < 0 || !hasNumber(&f.ix.parties[p], key) {
			continue
		}
		c := candidate{name: uint32(id), party: int32(p), span: story.Span{Start: from, End: to}, words: 2, rarity: 3, score: 1, numbered: true, number: f.text[from:to]}
		f.settle([]candidate{c})
	}
}

func hasNumber(p *party.Party, key string) bool {
	for _, n := range numbersOf(p) {
		if runs.NumberKey(n) == key {
			return true
		}
	}
	return false
}

// nameOfParty is the number of a party's first name, -1 if it has none.
func (ix *Index) nameOfParty(p int32) int {
	i := sort.Search(len(ix.names), func(i int) bool { return ix.names[i].party >= p })
	if i < len(ix.names) && ix.names[i].party == p {
		return i
	}
	return -1
}

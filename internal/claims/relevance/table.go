package relevance

import "math/bits"

// table maps words in lower case to values. Most words of a text are none of
// it, and that is told by one look.
type table[V any] struct {
	slots []slot[V] // open addressing; a power of two, at most a quarter full
	shift uint
	full  int
}

type slot[V any] struct {
	word  string
	hash  uint32
	value V
}

// step folds one byte, in lower case, into a hash (32-bit FNV-1a).
func step(h uint32, low byte) uint32 { return (h ^ uint32(low)) * 16777619 }

const start = uint32(2166136261)

func hashOf(word string) uint32 {
	h := start
	for i := range len(word) {
		h = step(h, lowered[word[i]])
	}
	return h
}

// lowered maps capitals of ASCII to small letters, other bytes to themselves.
var lowered = func() (t [256]byte) {
	for c := range t {
		t[c] = byte(c)
		if c >= 'A' && c <= 'Z' {
			t[c] = byte(c) | 0x20
		}
	}
	return t
}()

// inWord holds the lower case of letters and digits, 0 for other bytes; bytes
// beyond ASCII belong to words.
var inWord = func() (t [256]byte) {
	for c := range t {
		if c >= 0x80 || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' {
			t[c] = lowered[c]
		}
	}
	return t
}()

// at gives the slot of a word with that hash, or the empty one where it would
// stand.
func (t *table[V]) at(word string, hash uint32) *slot[V] {
	for i := int(hash * 0x9e3779b1 >> t.shift); ; i = (i + 1) & (len(t.slots) - 1) {
		s := &t.slots[i]
		if s.word == "" || s.hash == hash && same(s.word, word) {
			return s
		}
	}
}

// same compares a word in lower case with one as it stands.
func same(low, word string) bool {
	if len(low) != len(word) {
		return false
	}
	for i := range len(low) {
		if low[i] != lowered[word[i]] {
			return false
		}
	}
	return true
}

// get gives the value of a word, in any case, and the zero value where the
// table has none.
func (t *table[V]) get(word string, hash uint32) (v V) {
	if word == "" || len(t.slots) == 0 {
		return v
	}
	return t.at(word, hash).value
}

// put gives the place for the value of a word in lower case.
func (t *table[V]) put(word string) *V {
	if 4*(t.full+1) > len(t.slots) {
		old := t.slots
		n := max(64, 2*len(old))
		t.slots, t.shift = make([]slot[V], n), uint(32-bits.Len(uint(n-1)))
		for _, s := range old {
			if s.word != "" {
				*t.at(s.word, s.hash) = s
			}
		}
	}
	s := t.at(word, hashOf(word))
	if s.word == "" {
		s.word, s.hash = word, hashOf(word)
		t.full++
	}
	return &s.value
}

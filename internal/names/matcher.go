package names

import (
	"slices"

	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
)

// Side is one name as a Matcher sees it. An index keeps its words once, in a
// vocabulary, and names them by number, so that the likeness of two words is
// worked out once for a query and not once for every listed name.
type Side struct {
	Words  []*Word
	IDs    []int32 // numbers of Words in a vocabulary, or nil
	Given  int     // which word the bearer was given
	Form   string  // class of the legal form
	Fold   uint64  // Name.FoldHash
	Schema party.Schema
}

// Side of a name; the words are put into buf.
func (n *Name) Side(buf []*Word) Side {
	buf = buf[:0]
	for i := range n.Words {
		buf = append(buf, &n.Words[i])
	}
	return Side{Words: buf, Given: givenAt(*n), Form: formOf(*n), Fold: n.FoldHash(), Schema: n.Schema}
}

// FoldHash stands for the folded letters of the name, and of the titles before
// a single word: equal names have equal ones.
func (n *Name) FoldHash() uint64 {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range n.Words {
		t := n.Words[i].Text
		for k := range len(t) {
			h = (h ^ uint64(t[k])) * 1099511628211
		}
	}
	if len(n.Words) == 1 && n.Person() {
		// One word alone is no whole name: Sheikh Omar is not Mullah Omar.
		for i := range n.Extra {
			h = (h ^ uint64(len(n.Extra[i].Key)+i)<<8) * 1099511628211
			for k := range len(n.Extra[i].Key) {
				h = (h ^ uint64(n.Extra[i].Key[k])) * 1099511628211
			}
		}
	}
	return h
}

func (s *Side) person() bool { return s.Schema == party.Person }

func (s *Side) fold(buf []byte) []byte {
	for _, w := range s.Words {
		buf = append(buf, w.Text...)
	}
	return buf
}

func (s *Side) plain() int {
	k := 0
	for _, w := range s.Words {
		if w.Kind != Particle {
			k++
		}
	}
	return k
}

// pairing is a word, or two neighbours, of one name that answer to words of
// the other.
type pairing struct {
	like, weight float64
	rank         float64
	a, b         int8 // index of the first word on each side
	na, nb       int8 // number of words joined
	why          Reason
}

// Matcher compares one name with many. It is made for reuse and not safe for
// use by several goroutines at once.
type Matcher struct {
	a, b     Side
	bufA     []*Word
	nameA    Name
	all      []pairing
	out      []pairing
	usedA    uint64
	usedB    uint64
	memo     [memoSize]memoSlot
	stamp    uint32
	foldA    []byte
	foldB    []byte
	evidence Evidence
}

const memoSize = 1 << 11

// memoSlot remembers the likeness of one word of a to one of a vocabulary.
type memoSlot struct {
	stamp uint32
	word  int8
	why   Reason
	id    int32
	like  float32
}

// Ask sets the name that is compared with others from now on.
func (m *Matcher) Ask(a Name) {
	m.nameA = a
	m.a = m.nameA.Side(m.bufA)
	m.bufA = m.a.Words
	m.stamp++
	if m.stamp == 0 {
		clear(m.memo[:])
		m.stamp = 1
	}
}

// Asked are the words of the name asked.
func (m *Matcher) Asked() []*Word { return m.a.Words }

// Alike is how like word i of the name asked is to a word of the vocabulary,
// and why.
func (m *Matcher) Alike(i int, w *Word, id int32) (float64, Reason) {
	if id < 0 {
		return m.wordLikeness(i, w)
	}
	s := m.slot(i, id)
	if s.stamp == m.stamp && s.id == id && int(s.word) == i {
		return float64(s.like), s.why
	}
	l, why := m.wordLikeness(i, w)
	*s = memoSlot{m.stamp, int8(i), why, id, float32(l)}
	return float64(s.like), why
}

// Recall tells the matcher what Alike has said of the same two words before.
func (m *Matcher) Recall(i int, id int32, like float64, why Reason) {
	*m.slot(i, id) = memoSlot{m.stamp, int8(i), why, id, float32(like)}
}

func (m *Matcher) slot(i int, id int32) *memoSlot {
	return &m.memo[(uint32(id)*2654435761+uint32(i)*40503)>>7%memoSize]
}

func (m *Matcher) wordLikeness(i int, w *Word) (float64, Reason) {
	return wordLikeness(m.a.Words[i], w)
}

// Value is the score of the name asked and b, without its parts.
func (m *Matcher) Value(b Side) float64 {
	if v, done := m.align(b); done {
		return v
	}
	return m.total(nil)
}

// align pairs the words; done is true where the answer is plain already.
func (m *Matcher) align(b Side) (value float64, done bool) {
	m.b = b
	m.evidence = Evidence{Person: m.a.person() && b.person(), Worst: 1}
	switch {
	case len(m.a.Words) == 0 || len(b.Words) == 0:
		return 0, true
	case m.a.Fold == b.Fold && len(m.a.Words) == len(b.Words) && (m.a.Form == b.Form || m.a.Form == "" || b.Form == "") && sameNative(m.a.Words, b.Words):
		m.evidence.Value, m.evidence.Equal, m.evidence.Paired, m.evidence.Matched = 1, true, rareOf(m.a.Words), m.a.plain()
		return 1, true
	}
	m.pair()
	return 0, false
}

func sameNative(a, b []*Word) bool {
	for i, x := range a {
		if y := b[i]; x.native != "" && y.native != "" && x.native != y.native {
			return false
		}
	}
	return true
}

// pair finds which words answer each other, the likest and weightiest first.
func (m *Matcher) pair() {
	m.all = m.all[:0]
	bodies := !m.a.person() && !m.b.person()
	for i, x := range m.a.Words {
		for j, y := range m.b.Words {
			id := int32(-1)
			if m.b.IDs != nil {
				id = m.b.IDs[j]
			}
			l, why := m.Alike(i, y, id)
			if l < alike {
				continue
			}
			if l < 0.96 && bodies {
				if l = m.bodyLikeness(x, y, l, why); l < alike {
					continue
				}
			}
			m.all = append(m.all, pairing{like: l, weight: (x.Weight + y.Weight) / 2, a: int8(i), b: int8(j), na: 1, nb: 1, why: why})
		}
	}
	if len(m.a.Words) != len(m.b.Words) || len(m.a.Words) > 2 {
		m.joins(m.a.Words, m.b.Words, false, !m.evidence.Person)
		m.joins(m.b.Words, m.a.Words, true, !m.evidence.Person)
	}
	if bodies {
		m.acronyms(m.a.Words, m.b.Words, false)
		m.acronyms(m.b.Words, m.a.Words, true)
	}
	for i := range m.all {
		p := &m.all[i]
		p.rank = p.like * p.like * p.weight
	}
	if len(m.all) > 1 {
		slices.SortStableFunc(m.all, func(p, q pairing) int {
			switch {
			case p.rank > q.rank:
				return -1
			case p.rank < q.rank:
				return 1
			}
			return abs(int(p.a)-int(p.b)) - abs(int(q.a)-int(q.b))
		})
	}
	m.out, m.usedA, m.usedB = m.out[:0], 0, 0
	for _, p := range m.all {
		ma, mb := mask(int(p.a), int(p.na)), mask(int(p.b), int(p.nb))
		if m.usedA&ma == 0 && m.usedB&mb == 0 {
			m.usedA |= ma
			m.usedB |= mb
			m.out = append(m.out, p)
		}
	}
}

// bodyLikeness corrects the likeness of two words of names that are not both a
// person's. Bodies and ships choose their names, and nobody transcribes them by
// ear: what is more than a slip of pen is another name, and so are two words of
// the dictionary or two known names.
func (m *Matcher) bodyLikeness(x, y *Word, l float64, why Reason) float64 {
	short := min(len(x.Text), len(y.Text))
	switch {
	case why == oneMeaning || why == sameNumber || why == sameName || x.Kind == Particle || y.Kind == Particle || x.native != "" || x.Consonants || y.Consonants:
		return l
	case m.a.Schema == party.Airplane || m.b.Schema == party.Airplane, short <= 2:
		return 0 // tail numbers and models are one or another
	case dictionary(x, y), why != sameSound && Bearers(x.Text) > known && Bearers(y.Text) > known:
		return l - 0.25
	case min(m.a.plain(), m.b.plain()) > 1 && short > 3:
		return l // the other words speak too
	case short <= 3:
		return 0 // IBM is not IPM
	}
	if edits := sound.Edits(x.Text, y.Text); edits > 1+short/8 {
		if why == sameSound && short > 5 {
			return l - 0.1*float64(edits-1)
		}
		return l - 0.15*float64(edits-1)
	}
	if short <= 4 {
		return l - 0.1
	}
	return l
}

// known is from how many bearers on a word is a name that people know.
const known = 30

// dictionary reports two ordinary words of different meaning.
func dictionary(x, y *Word) bool {
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

// sameHead reports words that begin with one sound.
func sameHead(x, y *Word) bool {
	return sound.Near(x.Text[0], y.Text[0]) || x.Key != "" && y.Key != "" && x.Key[0] == y.Key[0]
}

// acronyms pairs three or more neighbours of a body's name with the word that
// their first letters make.
func (m *Matcher) acronyms(long, short []*Word, turned bool) {
	if len(long) < 3 || peopleOnly(long) {
		return
	}
	for j, w := range short {
		n := len(w.Text)
		if n < 3 || n > 7 || w.Kind != Plain || Ordinary(w.Text) > 5 {
			continue
		}
		for i := range long {
			if used := initials(long[i:], w.Text); used >= 3 {
				weight := w.Weight
				for _, x := range long[i : i+used] {
					weight += x.Weight
				}
				p := pairing{like: 0.88, weight: weight / 2, a: int8(i), b: int8(j), na: int8(used), nb: 1, why: firstLetters}
				if turned {
					p.a, p.b, p.na, p.nb = p.b, p.a, p.nb, p.na
				}
				m.all = append(m.all, p)
				break
			}
		}
	}
}

// peopleOnly reports a name all of whose words people bear: nobody writes it as
// an acronym.
func peopleOnly(ws []*Word) bool {
	for _, w := range ws {
		if w.Kind == Plain && Bearers(w.Text) <= known && w.row == 0 {
			return false
		}
	}
	return true
}

// initials is how many of the words make the acronym, particles among them
// passed over; 0 if they do not.
func initials(ws []*Word, acronym string) int {
	k := 0
	for i, w := range ws {
		switch {
		case w.Text == "":
			return 0
		case w.Text[0] == acronym[k]:
			if k++; k == len(acronym) {
				return i + 1
			}
		case i > 0 && (w.Kind == Particle || len(w.Text) <= 3):
		default:
			return 0
		}
	}
	return 0
}

// leastJoined is how like two words written as one must be to the word that
// answers them: Samuel Landau sounds like Zimulinda and is not he.
const leastJoined = 0.72

// joins pairs two neighbours of one name with one word of the other. Persons'
// names are parted and joined by whoever transcribes them, vowels and all;
// strict asks for the same letters but one.
func (m *Matcher) joins(two, one []*Word, turned, strict bool) {
	for i := 0; i+1 < len(two); i++ {
		x, y := two[i], two[i+1]
		if x.Kind == Initial || y.Kind == Initial && x.Kind != Plain || x.Kind == Number || y.Kind == Number || x.Text == "" {
			continue
		}
		n := len(x.Text) + len(y.Text)
		for j, w := range one {
			if len(w.Text) < 5 || abs(n-len(w.Text)) > 3 || !sameHead(x, w) {
				continue
			}
			text := x.Text + y.Text
			l := sound.Likeness(text, w.Text)
			switch {
			case l < leastJoined, strict && l < 0.93:
				continue
			case l < 0.93:
				if k := sound.Key(text); len(k) < 3 || k != w.Key {
					continue
				}
				l += (1 - l) * soundLift
			}
			p := pairing{like: l - 0.01, weight: (x.Weight + y.Weight + w.Weight) / 2, a: int8(i), b: int8(j), na: 2, nb: 1, why: partedOtherwise}
			if turned {
				p.a, p.b, p.na, p.nb = p.b, p.a, p.nb, p.na
			}
			m.all = append(m.all, p)
		}
	}
}

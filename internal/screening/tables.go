package screening

import (
	"slices"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
)

// lists holds many lists of numbers in one array: list i is
// items[at[i]:at[i+1]].
type lists struct {
	at    []int32
	items []int32
}

func (l *lists) of(i int32) []int32 { return l.items[l.at[i]:l.at[i+1]] }

// newLists sorts pairs (list, item) into n lists; the order of items is kept.
func newLists(n int, pairs []entry) lists {
	l := lists{at: make([]int32, n+1), items: make([]int32, len(pairs))}
	for _, p := range pairs {
		l.at[p.key+1]++
	}
	for i := range n {
		l.at[i+1] += l.at[i]
	}
	next := slices.Clone(l.at[:n])
	for _, p := range pairs {
		l.items[next[p.key]] = p.item
		next[p.key]++
	}
	return l
}

// entry is one item under one key: a hash, or the number of a list.
type entry struct {
	key  uint32
	item int32
}

// table leads from hashed keys to lists of numbers. Two keys of one hash share
// a list: whoever uses it checks what he finds.
type table struct {
	slots []uint32 // hash + 1 of list i-1, open addressing; 0 = free
	list  []int32
	lists lists
}

// newTable builds a table; entries need no order.
func newTable(es []entry) table {
	size := 16
	for size < 2*len(es) {
		size *= 2
	}
	t := table{slots: make([]uint32, size), list: make([]int32, size)}
	n := int32(0)
	for i := range es {
		at := t.slot(es[i].key)
		if t.slots[at] == 0 {
			t.slots[at], t.list[at] = es[i].key|1, n
			n++
		}
		es[i].key = uint32(t.list[at])
	}
	t.lists = newLists(int(n), es)
	return t
}

// slot is where the key stands or would stand. The lowest bit of a key is not
// told apart.
func (t *table) slot(key uint32) uint32 {
	m := uint32(len(t.slots) - 1)
	at := key * 2654435769 >> 3 & m
	for t.slots[at] != 0 && t.slots[at] != key|1 {
		at = (at + 1) & m
	}
	return at
}

func (t *table) find(key uint32) []int32 {
	if at := t.slot(key); t.slots[at] != 0 {
		return t.lists.of(t.list[at])
	}
	return nil
}

// Namespaces of keys.
const (
	byText  = 'T' // the word
	bySound = 'S' // its consonant frame, one of its readings
	byFrame = 'F' // the frame with one consonant left out
	bySlip  = 'L' // the word with one letter left out
	byRow   = 'R' // its row in the table of spellings
)

func hash(space byte, s string) uint32 {
	h := uint32(2166136261) ^ uint32(space)
	h *= 16777619
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return (h ^ h>>15) &^ 1
}

// hashWithout is hash of s without its byte i.
func hashWithout(space byte, s string, skip int) uint32 {
	h := uint32(2166136261) ^ uint32(space)
	h *= 16777619
	for i := range len(s) {
		if i != skip {
			h = (h ^ uint32(s[i])) * 16777619
		}
	}
	return (h ^ h>>15) &^ 1
}

func hashPair(a, b uint32) uint32 {
	if a > b {
		a, b = b, a
	}
	h := (a*2654435761 + b) * 2246822519
	return (h ^ h>>13) &^ 1
}

// Lengths of words that slips are looked for in, and of frames.
const (
	slipFrom, slipTo   = 4, 14
	frameFrom, frameTo = 4, 12
)

// keysOf calls f with each key of a word.
func keysOf(w *names.Word, f func(uint32)) {
	f(hash(byText, w.Text))
	f(hash(bySound, w.Key))
	if row := w.Row(); row != 0 {
		f(hash(byRow, string([]byte{byte(row), byte(row >> 8)})))
	}
	if w.Kept != "" {
		f(hash(bySound, w.Kept))
	}
	if w.Consonants {
		frames(w.Key, f)
		return
	}
	for _, k := range sound.Alternatives(w.Text) {
		f(hash(bySound, k))
	}
	for _, t := range w.OtherTexts() {
		if t != "" {
			f(hash(byText, t))
			f(hash(bySound, sound.Key(t)))
		}
	}
	frames(w.Key, f)
	if n := len(w.Text); n >= slipFrom && n <= slipTo && w.Kind != names.Number {
		f(hash(bySlip, w.Text))
		for i := range n {
			if i == 0 || w.Text[i] != w.Text[i-1] {
				f(hashWithout(bySlip, w.Text, i))
			}
		}
	}
}

func frames(k string, f func(uint32)) {
	if len(k) < frameFrom || len(k) > frameTo || k[0] == '=' {
		return
	}
	f(hash(byFrame, k))
	for i := range len(k) {
		f(hashWithout(byFrame, k, i))
	}
}

// commonClass is in how many names a class of words stands before it counts
// as common.
const commonClass = 512

// tables builds the tables over the vocabulary and the names.
func (b *builder) tables() {
	ix := b.ix
	// Names of few words first: where a list is cut, they are the likelier.
	order := make([]int32, len(ix.names))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int { return int(ix.names[x].n) - int(ix.names[y].n) })

	var es []entry
	for _, i := range order {
		l := &ix.names[i]
		for k, id := range ix.spell[l.at : l.at+int32(l.n)] {
			if !slices.Contains(ix.spell[l.at:l.at+int32(k)], id) {
				es = append(es, entry{uint32(id), i})
			}
		}
	}
	ix.holders = newLists(len(ix.words), es)

	es = es[:0]
	ix.class = make([]uint32, len(ix.words))
	size := map[uint32]int{}
	for id := range ix.words {
		w := &ix.words[id]
		ix.class[id] = classOf(w)
		size[ix.class[id]] += len(ix.holders.of(int32(id)))
		if w.Kind == names.Form {
			continue
		}
		keysOf(w, func(k uint32) { es = append(es, entry{k, int32(id)}) })
	}
	slices.SortFunc(es, func(x, y entry) int {
		if x.key != y.key {
			if x.key < y.key {
				return -1
			}
			return 1
		}
		return int(x.item - y.item)
	})
	ix.keys = newTable(slices.Compact(es))
	ix.common = make([]bool, len(ix.words))
	for id := range ix.words {
		ix.common[id] = size[ix.class[id]] > commonClass
	}
	b.pairTables(order)
}

// classOf is equal for words that are certainly spellings of one name.
func classOf(w *names.Word) uint32 {
	if row := w.Row(); row != 0 {
		return uint32(row)
	}
	if w.Consonants || w.Kind == names.Number || len(w.Key) < 2 {
		return hash(byText, w.Text) | 1<<31
	}
	return hash(bySound, w.Key) | 1<<31
}

func (b *builder) pairTables(order []int32) {
	ix := b.ix
	var ps, js []entry
	var cs []uint32
	for _, i := range order {
		l := &ix.names[i]
		ids := ix.spell[l.at : l.at+int32(l.n)]
		cs = cs[:0]
		for k, id := range ids {
			w := &ix.words[id]
			if ix.common[id] && w.Kind != names.Particle && !slices.Contains(cs, ix.class[id]) && len(cs) < 8 {
				cs = append(cs, ix.class[id])
			}
			if k+1 < len(ids) && len(ids) < 8 {
				if next := &ix.words[ids[k+1]]; len(w.Text)+len(next.Text) >= 5 {
					js = append(js, entry{hash(bySound, sound.Key(w.Text+next.Text)), i})
				}
			}
		}
		for x := range cs {
			for y := range x {
				ps = append(ps, entry{hashPair(cs[x], cs[y]), i})
			}
		}
		if len(cs) == 1 && plainWords(ix, ids) == 1 {
			ps = append(ps, entry{hashPair(cs[0], 0), i})
		}
	}
	ix.pairs, ix.joins = newTable(ps), newTable(js)
}

func plainWords(ix *Index, ids []int32) int {
	n := 0
	for _, id := range ids {
		if ix.words[id].Kind != names.Particle {
			n++
		}
	}
	return n
}

package runs

import "slices"

// Table maps 64-bit hashes to lists of numbers in two flat arrays: a million
// names cost some tens of megabytes and one cache miss a look-up.
type Table struct {
	shift  uint
	starts []uint32 // by the top bits of the hash
	keys   []uint64
	ids    []uint32
}

// Entry is one number under one hash.
type Entry struct {
	Key uint64
	ID  uint32
}

// Sort brings entries into the order of a table.
func Sort(entries []Entry) {
	slices.SortFunc(entries, func(a, b Entry) int {
		if a.Key != b.Key {
			if a.Key < b.Key {
				return -1
			}
			return 1
		}
		return int(int64(a.ID) - int64(b.ID))
	})
}

// NewTable makes a table of entries, which it puts in order.
func NewTable(entries []Entry) Table {
	Sort(entries)
	entries = slices.Compact(entries)
	bits := uint(4)
	for 1<<bits < len(entries) && bits < 30 {
		bits++
	}
	t := Table{shift: 64 - bits, starts: make([]uint32, 1<<bits+1)}
	t.keys = make([]uint64, len(entries))
	t.ids = make([]uint32, len(entries))
	for i, e := range entries {
		t.keys[i], t.ids[i] = e.Key, e.ID
		t.starts[e.Key>>t.shift+1] = uint32(i + 1)
	}
	for i := 1; i < len(t.starts); i++ {
		t.starts[i] = max(t.starts[i], t.starts[i-1])
	}
	return t
}

// Arrays are the table's parts, for writing it down.
func (t *Table) Arrays() (starts []uint32, keys []uint64, ids []uint32) {
	return t.starts, t.keys, t.ids
}

// TableOf is the table of these parts.
func TableOf(starts []uint32, keys []uint64, ids []uint32) Table {
	t := Table{shift: 64, starts: starts, keys: keys, ids: ids}
	for n := 1; n < len(starts)-1; n <<= 1 {
		t.shift--
	}
	return t
}

// Bytes is the memory that the table takes.
func (t *Table) Bytes() int { return 4*len(t.starts) + 8*len(t.keys) + 4*len(t.ids) }

// Find gives the numbers under a key, in ascending order. The zero Table holds
// none.
func (t *Table) Find(key uint64) []uint32 {
	if len(t.starts) == 0 {
		return nil
	}
	b := key >> t.shift
	lo, hi := t.starts[b], t.starts[b+1]
	for lo < hi && t.keys[lo] != key {
		lo++
	}
	end := lo
	for end < hi && t.keys[end] == key {
		end++
	}
	return t.ids[lo:end]
}

// Filter of the keys.
func (t *Table) Filter() Filter {
	f := NewFilter(len(t.keys))
	for _, k := range t.keys {
		f.Add(k)
	}
	return f
}

// Filter answers "surely not" in one look at memory.
type Filter struct {
	mask uint64
	bits []uint64
}

func NewFilter(n int) Filter {
	size := 1 << 12
	for size < n*16 {
		size <<= 1
	}
	return Filter{uint64(size - 1), make([]uint64, size/64)}
}

// FilterOf is the filter of these bits.
func FilterOf(bits []uint64) Filter { return Filter{uint64(len(bits))*64 - 1, bits} }

// Bits of the filter, for writing it down.
func (f *Filter) Bits() []uint64 { return f.bits }

func (f *Filter) Add(h uint64) { i := h & f.mask; f.bits[i>>6] |= 1 << (i & 63) }
func (f *Filter) Has(h uint64) bool {
	i := h & f.mask
	return f.bits[i>>6]&(1<<(i&63)) != 0
}

// Hash is FNV-1a with a finish that spreads to the top bits.
func Hash[T ~string | ~[]byte](b T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(b) {
		h = (h ^ uint64(b[i])) * 1099511628211
	}
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	return h ^ h>>32
}

// Both is the hash of two words in either order.
func Both(a, b uint64) uint64 {
	h := a + b
	h ^= (a ^ b) * 0x9e3779b97f4a7c15
	h ^= h >> 31
	h *= 0x94d049bb133111eb
	return h ^ h>>29
}

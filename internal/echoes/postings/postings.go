package postings

// Table is a table of postings. The zero value is not ready; see New. It is not
// safe for use by several goroutines at once while documents are added.
type Table struct {
	limit  int
	shards [shardCount]shard
	blocks arena
}

const (
	shardBits  = 8
	shardCount = 1 << shardBits
	firstSlots = 64
	// Values of a slot: a document number, or with the high bit a block.
	listBit = 1 << 31
	common  = ^uint32(0)
)

// shard is an open-addressing table with linear probing. A slot is empty where
// its key is 0; the key 0 itself is stored as 1.
type shard struct {
	keys, vals []uint32
	used       int
}

// New makes an empty table; keys with more than limit documents become common.
func New(limit int) *Table { return &Table{limit: limit} }

// place parts a key into its shard and the 32 bits kept there.
func place(key uint64) (int, uint32) {
	k := uint32(key >> shardBits)
	return int(key & (shardCount - 1)), max(k, 1)
}

func (s *shard) slot(k uint32) int {
	mask := uint32(len(s.keys) - 1)
	// Keys are hashes already; the multiplication spreads those that are not.
	i := (k * 0x9E3779B1) & mask
	for s.keys[i] != 0 && s.keys[i] != k {
		i = (i + 1) & mask
	}
	return int(i)
}

func (s *shard) grow() {
	old := *s
	n := max(firstSlots, 2*len(old.keys))
	s.keys, s.vals = make([]uint32, n), make([]uint32, n)
	for i, k := range old.keys {
		if k != 0 {
			j := s.slot(k)
			s.keys[j], s.vals[j] = k, old.vals[i]
		}
	}
}

// Add enters a document under a key. Documents of one key come in order and
// below 1<<31; the same one twice is entered once.
func (t *Table) Add(key uint64, doc uint32) {
	n, k := place(key)
	s := &t.shards[n]
	if 5*(s.used+1) > 4*len(s.keys) {
		s.grow()
	}
	i := s.slot(k)
	if s.keys[i] == 0 {
		s.keys[i], s.vals[i] = k, doc
		s.used++
		return
	}
	switch v := s.vals[i]; {
	case v == common:
	case v&listBit == 0:
		if v != doc {
			b := t.blocks.alloc(2)
			block := t.blocks.at(b)
			block[0], block[1], block[2] = 2, v, doc
			s.vals[i] = b | listBit
		}
	default:
		s.vals[i] = t.extend(v&^listBit, doc)
	}
}

// extend appends to a block, moving it where it is full.
func (t *Table) extend(b, doc uint32) uint32 {
	block := t.blocks.at(b)
	n := int(block[0])
	if block[n] == doc {
		return b | listBit
	}
	if n >= t.limit {
		t.blocks.free(b, len(block)-1)
		return common
	}
	if n+1 >= len(block) {
		wider := t.blocks.alloc(2 * n)
		to := t.blocks.at(wider)
		copy(to, block)
		t.blocks.free(b, len(block)-1)
		b, block = wider, to
	}
	block[n+1] = doc
	block[0]++
	return b | listBit
}

// Of gives the documents of a key; none where it is unknown, or where too many
// have it, which full tells. The slice is valid until the next Add.
func (t *Table) Of(key uint64, single *[1]uint32) (docs []uint32, full bool) {
	n, k := place(key)
	s := &t.shards[n]
	if len(s.keys) == 0 {
		return nil, false
	}
	i := s.slot(k)
	switch v := s.vals[i]; {
	case s.keys[i] == 0:
		return nil, false
	case v == common:
		return nil, true
	case v&listBit == 0:
		single[0] = v
		return single[:], false
	default:
		block := t.blocks.at(v &^ listBit)
		return block[1 : 1+block[0]], false
	}
}

// Bytes is the memory that the table holds.
func (t *Table) Bytes() int {
	n := len(t.blocks.chunks) * chunkWords * 4
	for i := range t.shards {
		n += 8 * len(t.shards[i].keys)
	}
	return n
}

// arena holds blocks of 2, 4, 8 ... words and their length, in chunks that
// never move, so that growth copies nothing.
type arena struct {
	chunks [][]uint32
	next   uint32       // in the last chunk
	spare  [32][]uint32 // free blocks by size
}

const (
	chunkBits  = 20
	chunkWords = 1 << chunkBits
)

// class of the block size that holds n documents: a power of two.
func class(n int) int {
	c := 0
	for 1<<c < n {
		c++
	}
	return c
}

// alloc gives a block with room for at least n documents; its size class stands
// in no header: it is the power of two that its chunk was cut at.
func (a *arena) alloc(n int) uint32 {
	c := class(n)
	if s := a.spare[c]; len(s) > 0 {
		b := s[len(s)-1]
		a.spare[c] = s[:len(s)-1]
		return b
	}
	size := uint32(1<<c) + 2 // class, length, documents
	if len(a.chunks) == 0 || a.next+size > chunkWords {
		a.chunks = append(a.chunks, make([]uint32, chunkWords))
		a.next = 0
	}
	b := uint32(len(a.chunks)-1)<<chunkBits | a.next
	a.chunks[len(a.chunks)-1][a.next] = uint32(c)
	a.next += size
	return b
}

// at gives a block: its length word and its room.
func (a *arena) at(b uint32) []uint32 {
	chunk := a.chunks[b>>chunkBits]
	i := b & (chunkWords - 1)
	size := uint32(1) << chunk[i]
	return chunk[i+1 : i+2+size]
}

func (a *arena) free(b uint32, room int) {
	c := class(room)
	a.spare[c] = append(a.spare[c], b)
}

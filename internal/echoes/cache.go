package echoes

// cache keeps prints that may be asked for again: all of those entered without
// a shelf, and the last of those of a shelf.
type cache struct {
	kept map[uint32]*print // for good
	last map[uint32]*print
	ring []uint32
	next int
}

const cached = 8192

func newCache() cache {
	return cache{kept: map[uint32]*print{}, last: map[uint32]*print{}, ring: make([]uint32, 0, cached)}
}

func (c *cache) get(i uint32) *print {
	if p := c.kept[i]; p != nil {
		return p
	}
	return c.last[i]
}

func (c *cache) keep(i uint32, p *print) { c.kept[i] = p }

func (c *cache) put(i uint32, p *print) {
	if len(c.ring) < cached {
		c.ring = append(c.ring, i)
	} else {
		delete(c.last, c.ring[c.next])
		c.ring[c.next] = i
		c.next = (c.next + 1) % cached
	}
	c.last[i] = p
}

func (c *cache) drop(i uint32) {
	delete(c.kept, i)
	if _, ok := c.last[i]; ok {
		c.last[i] = nil // its place in the ring is used again in turn
	}
}

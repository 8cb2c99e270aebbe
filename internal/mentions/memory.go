package mentions

import (
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"github.com/reportedly/reportedly/internal/mentions/runs"
)

// memory keeps what runs gave: texts say the same names again and again.
type memory struct {
	hash  uint64
	maybe bool
	ships bool        // without a word of ships nearby
	cands []candidate // places count from start
	hints []uint32
}

// Sizes of the memories of one scan.
const (
	memorySize  = 1 << 15
	nothingSize = 1 << 17
	nothingWays = 8 // places where one of them may lie: a line of the processor's memory
)

// hashOf a run takes in all that its candidates depend on: its letters, an
// article before it, a possessive behind it.
func (f *finder) hashOf(run []runs.Token) uint64 {
	start, last := run[0].Start, &run[len(run)-1]
	h := xxh3.HashString(f.text[start:last.End])
	if last.Flags&runs.Closed != 0 {
		h ^= 0xbf58476d1ce4e5b9
	}
	if start < 3 || f.text[start-1] != ' ' && f.text[start-1] != '-' {
		return h
	}
	for i, p := range articles {
		if start >= len(p) && strings.EqualFold(f.text[start-len(p):start], p) {
			h += uint64(i+1) * 0x9e3779b97f4a7c15
		}
	}
	return h
}

// articles may belong to the name behind them.
var articles = []string{"al-", "al ", "el-", "el ", "bin ", "the "}

// recall gives again what an equal run gave before.
func (f *finder) recall(run []runs.Token) bool {
	f.hash = f.hashOf(run)
	for _, h := range f.ways() {
		if h == f.hash {
			return true
		}
	}
	m := &f.memory[f.hash%memorySize]
	if m.hash != f.hash || m.ships && f.shipWord(run[0].Start-nearShip, run[len(run)-1].End+nearShip) {
		return false
	}
	f.maybe = f.maybe || m.maybe
	f.postpone(run, m.hints)
	if len(m.cands) == 0 {
		return true
	}
	f.cands = append(f.cands[:0], m.cands...)
	for i := range f.cands {
		c := &f.cands[i]
		c.span.Start, c.span.End = c.span.Start+run[0].Start, c.span.End+run[0].Start
	}
	f.settle(f.cands)
	return true
}

// ways are where the hash of the run may lie among those that gave nothing.
func (f *finder) ways() []uint64 {
	return f.nothing[f.hash%(nothingSize/nothingWays)*nothingWays:][:nothingWays]
}

// remember keeps what the run gave, unless more of the text than its
// neighbourhood was asked.
func (f *finder) remember(run []runs.Token) {
	if f.context {
		return
	}
	if len(f.cands) == 0 && len(f.hints) == 0 && !f.rare && !f.ships {
		ways := f.ways()
		copy(ways[1:], ways)
		ways[0] = f.hash
		return
	}
	m := &f.memory[f.hash%memorySize]
	m.hash, m.maybe, m.ships, m.cands = f.hash, f.rare, f.ships, nil
	m.hints = slices.Clone(f.hints)
	if len(f.cands) > 0 {
		m.cands = slices.Clone(f.cands)
		for i := range m.cands {
			c := &m.cands[i]
			c.span.Start, c.span.End = c.span.Start-run[0].Start, c.span.End-run[0].Start
		}
	}
}

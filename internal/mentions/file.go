package mentions

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"github.com/reportedly/reportedly/internal/mentions/runs"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
)

// An index as bytes: a head line with the version, then sections, each the
// number of its items and the items as little-endian integers, then the xxh3 of
// all that. The parties are not in it: it is opened beside the same parties in
// the same order, and refused where they, or the craft of names, changed.
const fileHead = "reportedly mentions index 1\n"

// ErrStale is returned for an index of other parties or of another version.
var ErrStale = errors.New("mentions: the index was made of other parties or by another version")

// mostItems of one section; more is no index of ours.
const mostItems = 1 << 30

// WriteTo writes the index.
func (ix *Index) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	b.WriteString(fileHead)
	put := func(v any) {
		binary.Write(&b, binary.LittleEndian, uint64(binary.Size(v)))
		binary.Write(&b, binary.LittleEndian, v)
	}
	put([]uint64{craftOf(ix.parties)})
	ints := make([]uint32, 0, 3*len(ix.names))
	for _, e := range ix.names {
		ints = append(ints, uint32(e.party), e.from, uint32(e.at)|uint32(e.n)<<8|uint32(e.flags)<<16)
	}
	put(ints)
	words, tags, weights := make([]uint32, len(ix.spelt)), make([]uint16, len(ix.spelt)), make([]uint8, len(ix.spelt))
	for i, s := range ix.spelt {
		words[i], tags[i], weights[i] = s.word, s.tag, s.weight
	}
	put(words)
	put(tags)
	put(weights)
	put([]byte(packWords(ix.lex.Words)))
	put(ix.lex.Sounds)
	put(ix.lex.Known.Bits())
	put(ix.pairsKnown.Bits())
	for _, t := range ix.tables() {
		starts, keys, ids := t.Arrays()
		put(starts)
		put(keys)
		put(ids)
	}
	var stale []uint64
	for k := range ix.stale {
		stale = append(stale, k)
	}
	slices.Sort(stale)
	put(stale)
	binary.Write(&b, binary.LittleEndian, xxh3.Hash(b.Bytes()))
	n, err := w.Write(b.Bytes())
	if err != nil {
		err = fmt.Errorf("mentions: index: %w", err)
	}
	return int64(n), err
}

func (ix *Index) tables() []*runs.Table {
	return []*runs.Table{&ix.pairs, &ix.singles, &ix.family, &ix.native, &ix.numbers, &ix.lex.Vocab, &ix.lex.Near}
}

func packWords(ws []names.Word) string {
	var b strings.Builder
	for _, w := range ws {
		b.WriteString(w.Text)
		if w.Consonants {
			b.WriteString("'")
		}
		b.WriteByte('\t')
		b.WriteString(w.Kept)
		b.WriteByte('\n')
	}
	return b.String()
}

func unpackWords(s string) []names.Word {
	out := make([]names.Word, 0, strings.Count(s, "\n"))
	for l := range strings.Lines(s) {
		text, kept, _ := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
		text, consonants := strings.CutSuffix(text, "'")
		out = append(out, names.Word{Text: text, Key: sound.Key(text), Kept: kept, Consonants: consonants})
	}
	return out
}

// craftOf tells parties and versions apart: a hash of every party's ID and
// number of names, and of how some five hundred of the names are read.
func craftOf(parties []party.Party) uint64 {
	h := xxh3.New()
	var buf [8]byte
	number := func(n uint64) {
		binary.LittleEndian.PutUint64(buf[:], n)
		h.Write(buf[:])
	}
	step := max(1, len(parties)/500)
	for i := range parties {
		p := &parties[i]
		h.WriteString(p.ID)
		number(uint64(len(p.Names)))
		if i%step != 0 || len(p.Names) == 0 {
			continue
		}
		for _, w := range names.Parse(p.Names[0].Text, p.Schema).Words {
			number(uint64(w.Kind)<<32 | uint64(w.Weight*1000))
			for _, k := range runs.WordHashes(w) {
				number(k)
			}
		}
	}
	return h.Sum64()
}

// Open reads an index that WriteTo wrote, for the same parties in the same
// order; ErrStale if it is not of them.
func Open(parties []party.Party, file []byte) (*Index, error) {
	body, ok := bytes.CutPrefix(file, []byte(fileHead))
	if !ok {
		return nil, ErrStale
	}
	if len(body) < 8 || xxh3.Hash(file[:len(file)-8]) != binary.LittleEndian.Uint64(file[len(file)-8:]) {
		return nil, errors.New("mentions: the index is damaged: its checksum differs")
	}
	in := &sections{rest: body[:len(body)-8]}
	if craft := in.longs(); len(craft) != 1 || craft[0] != craftOf(parties) {
		return nil, ErrStale
	}
	ix := &Index{parties: parties}
	ints := in.ints()
	ix.names = make([]entry, len(ints)/3)
	for i := range ix.names {
		m := ints[3*i+2]
		ix.names[i] = entry{party: int32(ints[3*i]), from: ints[3*i+1], at: uint8(m), n: uint8(m >> 8), flags: entryFlags(m >> 16)}
	}
	words, tags, weights := in.ints(), in.shorts(), in.next(1)
	if len(tags) != len(words) || len(weights) != len(words) {
		in.fail()
		return nil, in.err
	}
	ix.spelt = make([]spelling, len(words))
	for i := range words {
		ix.spelt[i] = spelling{words[i], tags[i], weights[i]}
	}
	ix.lex.Words = unpackWords(string(in.next(1)))
	ix.lex.Sounds = in.longs()
	for i := range ix.lex.Words {
		ix.lex.Means = append(ix.lex.Means, names.Meaning(ix.lex.Words[i].Text))
	}
	ix.lex.Known, ix.pairsKnown = runs.FilterOf(in.longs()), runs.FilterOf(in.longs())
	for _, t := range ix.tables() {
		*t = runs.TableOf(in.ints(), in.longs(), in.ints())
	}
	ix.stale = map[uint64]bool{}
	for _, k := range in.longs() {
		ix.stale[k] = true
	}
	if in.err != nil {
		return nil, in.err
	}
	return ix.ready(), nil
}

// sections reads sections one after the other; after an error all are empty.
type sections struct {
	rest []byte
	n    int
	err  error
}

func (s *sections) next(size int) []byte {
	s.n++
	if s.err != nil || len(s.rest) < 8 {
		s.fail()
		return nil
	}
	n := binary.LittleEndian.Uint64(s.rest)
	if n > mostItems*8 || int(n) > len(s.rest)-8 || int(n)%size != 0 {
		s.fail()
		return nil
	}
	b := s.rest[8 : 8+n]
	s.rest = s.rest[8+n:]
	return b
}

func (s *sections) fail() {
	if s.err == nil {
		s.err = fmt.Errorf("mentions: the index is damaged: section %d is cut", s.n)
	}
}

func (s *sections) longs() []uint64 {
	b := s.next(8)
	out := make([]uint64, len(b)/8)
	for i := range out {
		out[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return out
}

func (s *sections) ints() []uint32 {
	b := s.next(4)
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

func (s *sections) shorts() []uint16 {
	b := s.next(2)
	out := make([]uint16, len(b)/2)
	for i := range out {
		out[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return out
}

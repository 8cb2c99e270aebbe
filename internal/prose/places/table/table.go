package table

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// Place is one record.
type Place struct {
	ID         int
	Name       string
	Country    string // ISO 3166-1 alpha-2
	Admin1     string // at most eight bytes
	Kind       byte   // the caller's code
	Flags      byte
	Lat, Lon   float64
	Population int
}

// Posting is one reading of a name.
type Posting struct {
	Index int
	Alt   bool // not the main name of the place
}

const (
	magic      = "RGZ1"
	recordSize = 32
	headerSize = 4 + 5*4
	altBit     = 1 << 31
)

// Table is an open image.
type Table struct {
	records, offsets, keys, postings, names []byte
	nKeys                                   int
}

// Open expands and checks an image.
func Open(compressed []byte) (*Table, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("gazetteer table: %w", err)
	}
	defer dec.Close()
	raw, err := dec.DecodeAll(compressed, nil)
	if err != nil {
		return nil, fmt.Errorf("gazetteer table: %w", err)
	}
	return parse(raw)
}

func parse(raw []byte) (*Table, error) {
	if len(raw) < headerSize || !bytes.HasPrefix(raw, []byte(magic)) {
		return nil, fmt.Errorf("gazetteer table: no %s header", magic)
	}
	var n [5]int // places, keys, bytes of keys, postings, bytes of names
	for i := range n {
		n[i] = int(binary.LittleEndian.Uint32(raw[4+4*i:]))
	}
	sizes := [5]int{n[0] * recordSize, (n[1] + 1) * 8, n[2], n[3] * 4, n[4]}
	at := headerSize
	var parts [5][]byte
	for i, size := range sizes {
		if size < 0 || at+size > len(raw) {
			return nil, fmt.Errorf("gazetteer table: section %d runs past the end", i)
		}
		parts[i] = raw[at : at+size : at+size]
		at += size
	}
	t := &Table{records: unshuffle(parts[0]), offsets: parts[1], keys: parts[2], postings: parts[3], names: parts[4], nKeys: n[1]}
	return t, t.check(n)
}

func unshuffle(columns []byte) []byte {
	n := len(columns) / recordSize
	out := make([]byte, len(columns))
	for b := range recordSize {
		for i, v := range columns[b*n : (b+1)*n] {
			out[i*recordSize+b] = v
		}
	}
	return out
}

// check walks offsets once, so that look-ups need no bounds of their own.
func (t *Table) check(n [5]int) error {
	lastKey, lastPost := uint32(0), uint32(0)
	for i := 0; i <= t.nKeys; i++ {
		k, p := t.offset(i)
		if k < lastKey || p < lastPost || int(k) > n[2] || int(p) > n[3] {
			return fmt.Errorf("gazetteer table: name %d has bad offsets", i)
		}
		lastKey, lastPost = k, p
	}
	for i := 0; i < n[3]; i++ {
		if int(binary.LittleEndian.Uint32(t.postings[4*i:])&^altBit) >= n[0] {
			return fmt.Errorf("gazetteer table: posting %d points nowhere", i)
		}
	}
	for i := 0; i < n[0]; i++ {
		off := int(binary.LittleEndian.Uint32(t.records[i*recordSize+4:]))
		if off >= len(t.names) || off+1+int(t.names[off]) > len(t.names) {
			return fmt.Errorf("gazetteer table: place %d has no name", i)
		}
	}
	return nil
}

func (t *Table) offset(i int) (key, posting uint32) {
	return binary.LittleEndian.Uint32(t.offsets[8*i:]), binary.LittleEndian.Uint32(t.offsets[8*i+4:])
}

func (t *Table) key(i int) []byte {
	a, _ := t.offset(i)
	b, _ := t.offset(i + 1)
	return t.keys[a:b]
}

// Len is the number of places, Names that of names.
func (t *Table) Len() int { return len(t.records) / recordSize }

// Names is the number of distinct folded names.
func (t *Table) Names() int { return t.nKeys }

// Place decodes record i.
func (t *Table) Place(i int) Place {
	r := t.records[i*recordSize : (i+1)*recordSize]
	off := int(binary.LittleEndian.Uint32(r[4:]))
	size := int(t.names[off])
	return Place{
		ID:         int(binary.LittleEndian.Uint32(r)),
		Name:       string(t.names[off+1 : off+1+size]),
		Lat:        float64(int32(binary.LittleEndian.Uint32(r[8:]))) / 1e5,
		Lon:        float64(int32(binary.LittleEndian.Uint32(r[12:]))) / 1e5,
		Population: int(binary.LittleEndian.Uint32(r[16:])),
		Country:    string(bytes.TrimRight(r[20:22], "\x00")),
		Kind:       r[22], Flags: r[23],
		Admin1: string(bytes.TrimRight(r[24:32], "\x00")),
	}
}

// Kind gives the kind of record i alone.
func (t *Table) Kind(i int) byte { return t.records[i*recordSize+22] }

// In tells whether record i lies in a country and, unless admin1 is "", in that
// first-level division of it.
func (t *Table) In(i int, country, admin1 string) bool {
	r := t.records[i*recordSize : (i+1)*recordSize]
	if string(bytes.TrimRight(r[20:22], "\x00")) != country {
		return false
	}
	return admin1 == "" || string(bytes.TrimRight(r[24:32], "\x00")) == admin1
}

// Find looks a folded name up. longer tells that the table has names that begin
// with it and a space.
func (t *Table) Find(key []byte, dst []Posting) (found []Posting, longer bool) {
	lo, hi := 0, t.nKeys
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if bytes.Compare(t.key(mid), key) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < t.nKeys && bytes.Equal(t.key(lo), key) {
		_, a := t.offset(lo)
		_, b := t.offset(lo + 1)
		for p := a; p < b; p++ {
			v := binary.LittleEndian.Uint32(t.postings[4*p:])
			dst = append(dst, Posting{Index: int(v &^ altBit), Alt: v&altBit != 0})
		}
		lo++
	}
	// A space sorts before all letters and digits, so longer names come next.
	if lo < t.nKeys {
		k := t.key(lo)
		longer = len(k) > len(key) && bytes.HasPrefix(k, key) && k[len(key)] == ' '
	}
	return dst, longer
}

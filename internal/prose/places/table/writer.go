package table

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// Writer collects places for an image.
type Writer struct {
	places []Place
	names  map[string][]Posting
}

// NewWriter starts an empty image.
func NewWriter() *Writer { return &Writer{names: map[string][]Posting{}} }

// Add takes a place with its main names (as they stand, folded here) and its
// alternative ones.
func (w *Writer) Add(p Place, main, alt []string) {
	i := len(w.places)
	w.places = append(w.places, p)
	seen := map[string]bool{"": true}
	for k, list := range [][]string{main, alt} {
		for _, s := range list {
			key := Fold(s)
			if !seen[key] {
				seen[key] = true
				w.names[key] = append(w.names[key], Posting{Index: i, Alt: k == 1})
			}
		}
	}
}

// Bytes gives the compressed image.
func (w *Writer) Bytes() ([]byte, error) {
	keys := slices.Sorted(maps.Keys(w.names))
	var records, offsets, keyBytes, postings, names []byte
	nameAt := map[string]uint32{}
	for _, p := range w.places {
		off, ok := nameAt[p.Name]
		if !ok {
			if len(p.Name) > 255 {
				return nil, fmt.Errorf("gazetteer table: name of %d too long", p.ID)
			}
			off = uint32(len(names))
			nameAt[p.Name] = off
			names = append(append(names, byte(len(p.Name))), p.Name...)
		}
		records = appendRecord(records, p, off)
	}
	nPost := uint32(0)
	le := binary.LittleEndian
	for _, k := range keys {
		offsets = le.AppendUint32(le.AppendUint32(offsets, uint32(len(keyBytes))), nPost)
		keyBytes = append(keyBytes, k...)
		list := w.names[k]
		slices.SortStableFunc(list, func(a, b Posting) int {
			return cmp.Compare(w.places[b.Index].Population, w.places[a.Index].Population)
		})
		for _, p := range list {
			v := uint32(p.Index)
			if p.Alt {
				v |= altBit
			}
			postings = le.AppendUint32(postings, v)
			nPost++
		}
	}
	offsets = le.AppendUint32(le.AppendUint32(offsets, uint32(len(keyBytes))), nPost)
	raw := []byte(magic)
	for _, n := range []int{len(w.places), len(keys), len(keyBytes), int(nPost), len(names)} {
		raw = le.AppendUint32(raw, uint32(n))
	}
	for _, part := range [][]byte{shuffle(records), offsets, keyBytes, postings, names} {
		raw = append(raw, part...)
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return enc.EncodeAll(raw, nil), nil
}

func appendRecord(dst []byte, p Place, nameOffset uint32) []byte {
	le := binary.LittleEndian
	dst = le.AppendUint32(dst, uint32(p.ID))
	dst = le.AppendUint32(dst, nameOffset)
	dst = le.AppendUint32(dst, uint32(int32(p.Lat*1e5)))
	dst = le.AppendUint32(dst, uint32(int32(p.Lon*1e5)))
	dst = le.AppendUint32(dst, uint32(p.Population))
	var tail [12]byte
	copy(tail[:2], p.Country)
	tail[2], tail[3] = p.Kind, p.Flags
	copy(tail[4:12], p.Admin1)
	return append(dst, tail[:]...)
}

// shuffle turns records into byte columns, which compress better; parse turns
// them back.
func shuffle(records []byte) []byte {
	n := len(records) / recordSize
	out := make([]byte, len(records))
	for i := range n {
		for b := range recordSize {
			out[b*n+i] = records[i*recordSize+b]
		}
	}
	return out
}

package echoes

import (
	"encoding/binary"
	"errors"
	"math"
)

// PrintVersion stands at the head of every stored print; another one is taken
// anew from the article.
const PrintVersion = 2

// ErrPrint is returned for bytes that hold no print of this version.
var ErrPrint = errors.New("echoes: no print of this version")

// ErrNoPrint is what a Shelf returns for an article that it does not hold: it
// was erased, and is copied from no more.
var ErrNoPrint = errors.New("echoes: no print of this article")

// encode gives the compact form of a print: sorted hashes as differences.
func (p *print) encode() []byte {
	w := writer{b: make([]byte, 0, 4*(len(p.five)+len(p.three))+1024)}
	w.uint(PrintVersion)
	w.text(p.id)
	w.text(p.url)
	w.text(p.outlet)
	w.text(p.language)
	w.uint(uint64(len(p.names1)))
	for _, n := range p.names1 {
		w.text(n)
	}
	w.b = binary.AppendVarint(w.b, p.published)
	w.b = binary.LittleEndian.AppendUint64(w.b, p.text)
	w.uint(uint64(p.tokens))
	flags := uint64(0)
	if p.uncased {
		flags |= 1
	}
	if p.update {
		flags |= 2
	}
	w.uint(flags)
	for _, set := range [][]uint32{p.five, p.three, p.quotes, p.credited, p.words} {
		w.set(set)
	}
	for _, list := range [][]item{p.names, p.sound, p.loose, p.numbers, p.rare} {
		w.items(list)
	}
	return w.b
}

type writer struct{ b []byte }

func (w *writer) uint(v uint64) { w.b = binary.AppendUvarint(w.b, v) }

func (w *writer) text(s string) {
	w.uint(uint64(len(s)))
	w.b = append(w.b, s...)
}

func (w *writer) set(s []uint32) {
	w.uint(uint64(len(s)))
	last := uint32(0)
	for _, h := range s {
		w.uint(uint64(h - last))
		last = h
	}
}

func (w *writer) items(list []item) {
	w.uint(uint64(len(list)))
	last := uint32(0)
	for _, i := range list {
		w.uint(uint64(i.hash - last))
		w.uint(uint64(i.at))
		w.uint(uint64(i.size))
		w.uint(uint64(math.Round(float64(i.bits) * bitsKept)))
		last = i.hash
	}
}

// decode reads what encode wrote.
func decode(b []byte) (*print, error) {
	r := reader{b: b}
	if r.uint() != PrintVersion {
		return nil, ErrPrint
	}
	p := &print{id: r.text(), url: r.text(), outlet: r.text(), language: r.text()}
	for range r.count(1) {
		p.names1 = append(p.names1, r.text())
	}
	p.sign()
	p.published = r.int()
	p.text = r.fixed()
	p.tokens = int(r.uint())
	flags := r.uint()
	p.uncased, p.update = flags&1 != 0, flags&2 != 0
	for _, set := range []*[]uint32{&p.five, &p.three, &p.quotes, &p.credited, &p.words} {
		*set = r.set()
	}
	for _, list := range []*[]item{&p.names, &p.sound, &p.loose, &p.numbers, &p.rare} {
		*list = r.items()
	}
	if r.bad || len(r.b) > 0 {
		return nil, ErrPrint
	}
	return p, nil
}

type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) int() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) fixed() uint64 {
	if len(r.b) < 8 {
		r.bad, r.b = true, nil
		return 0
	}
	v := binary.LittleEndian.Uint64(r.b)
	r.b = r.b[8:]
	return v
}

// count reads a number of things of at least each bytes.
func (r *reader) count(each int) int {
	n := r.uint()
	if n > uint64(len(r.b)/each) {
		r.bad, r.b = true, nil
		return 0
	}
	return int(n)
}

func (r *reader) text() string {
	n := r.count(1)
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) set() []uint32 {
	n := r.count(1)
	if n == 0 {
		return nil
	}
	out := make([]uint32, n)
	last := uint32(0)
	for i := range out {
		last += uint32(r.uint())
		out[i] = last
	}
	return out
}

func (r *reader) items() []item {
	n := r.count(4)
	if n == 0 {
		return nil
	}
	out := make([]item, n)
	last := uint32(0)
	for i := range out {
		last += uint32(r.uint())
		out[i] = item{hash: last, at: int32(r.uint()), size: uint16(r.uint()), bits: float32(r.uint()) / bitsKept}
	}
	return out
}

package main

import (
	"math"

	"github.com/reportedly/reportedly/internal/prose/syntax/network"
)

// example is a sentence as numbers.
type example struct {
	in    []network.Input
	tags  [3][]int // -1 where unknown
	heads []int    // of tokens 1..n, 0 is the root
	rels  []int    // -1 where rare
}

// tape is one reading in training: what the way forward leaves for the way
// back. Weights are shared, gradients are the worker's own.
type tape struct {
	p, g *network.Params
	turn *turned
	rng  xorshift
	used map[*network.Tensor]map[int]bool
	buf  []float32
	at   int
	loss float64
	odds []float64 // of keeping each word's vector
}

// turned holds the transposed weights of a step.
type turned struct{ m map[*network.Tensor][]float32 }

func (t *turned) renew(p *network.Params) {
	if t.m == nil {
		t.m = map[*network.Tensor][]float32{}
	}
	for _, w := range p.Tensors() {
		if w.Coarse || w.Rows%8 != 0 {
			continue
		}
		v := t.m[w]
		if v == nil {
			v = make([]float32, len(w.V))
			t.m[w] = v
		}
		transpose(v, w.V, w.Rows, w.Cols)
	}
}

func transpose(dst, src []float32, rows, cols int) {
	for i := range rows {
		for j := range cols {
			dst[j*rows+i] = src[i*cols+j]
		}
	}
}

type xorshift uint64

func (x *xorshift) unit() float32 {
	v := uint64(*x)
	v ^= v << 13
	v ^= v >> 7
	v ^= v << 17
	*x = xorshift(v)
	return float32(v>>40) / (1 << 24)
}

func (t *tape) take(n int) []float32 {
	if t.at+n > len(t.buf) {
		t.buf, t.at = make([]float32, max(2*len(t.buf), n, 1<<20)), 0
	}
	v := t.buf[t.at : t.at+n : t.at+n]
	t.at += n
	clear(v)
	return v
}

// mask gives n factors, 0 with odds p.
func (t *tape) mask(n int, p float32) []float32 {
	m := t.take(n)
	keep := 1 / (1 - p)
	for i := range m {
		if t.rng.unit() >= p {
			m[i] = keep
		}
	}
	return m
}

func times(x, m []float32) {
	k := 0
	for i := range x {
		x[i] *= m[k]
		if k++; k == len(m) {
			k = 0
		}
	}
}

func (t *tape) affine(x []float32, w, b *network.Tensor, n int) []float32 {
	y := t.take(n * w.Cols)
	if b != nil {
		for i := range n {
			copy(y[i*w.Cols:], b.V)
		}
	}
	network.Product(y, x, w.V, n, w.Rows, w.Cols)
	return y
}

// affineBack adds the gradients of an affine map; dx may be nil.
func (t *tape) affineBack(dx, x, dy []float32, w, b *network.Tensor, n int) {
	gw := t.grad(w)
	xt := t.take(n * w.Rows)
	transpose(xt, x, n, w.Rows)
	network.Product(gw.V, xt, dy, w.Rows, n, w.Cols)
	if b != nil {
		gb := t.grad(b)
		for i := range n {
			network.Axpy(gb.V, 1, dy[i*w.Cols:(i+1)*w.Cols])
		}
	}
	if dx != nil {
		network.Product(dx, dy, t.turn.m[w], n, w.Cols, w.Rows)
	}
}

func (t *tape) grad(w *network.Tensor) *network.Tensor { return grads[t][w] }

// grads pairs each tape's weights with its gradients; filled before training.
var grads = map[*tape]map[*network.Tensor]*network.Tensor{}

// memory is what a layer leaves for the way back.
type memory struct {
	x, z, c, tc, out []float32
	in               int
}

func (t *tape) layer(l *network.Layer, x []float32, n, in int) memory {
	H := t.p.Hidden
	m := memory{x: x, z: t.affine(x, l.X, l.B, n), c: t.take(n * 2 * H), tc: t.take(n * 2 * H), out: t.take(n * 2 * H), in: in}
	zero := t.take(H)
	for dir, w := range [2]*network.Tensor{l.Forward, l.Backward} {
		prevH, prevC := zero, zero
		for step := range n {
			i := at(step, n, dir)
			g := m.z[i*6*H+dir*3*H : i*6*H+(dir+1)*3*H]
			network.Product(g, prevH, w.V, 1, H, 3*H)
			o := i*2*H + dir*H
			h, c, tc := m.out[o:o+H], m.c[o:o+H], m.tc[o:o+H]
			network.Sigmoid(g[:2*H])
			network.Tanh(g[2*H:])
			for k := range H {
				c[k] = g[k]*prevC[k] + (1-g[k])*g[2*H+k]
			}
			copy(tc, c)
			network.Tanh(tc)
			for k := range H {
				h[k] = g[H+k] * tc[k]
			}
			prevH, prevC = h, c
		}
	}
	return m
}

func at(step, n, dir int) int {
	if dir == 1 {
		return n - 1 - step
	}
	return step
}

// layerBack takes the gradient of the output and adds that of the input to dx.
func (t *tape) layerBack(l *network.Layer, m memory, dout, dx []float32, n int) {
	H := t.p.Hidden
	dz := t.take(n * 6 * H)
	zero := t.take(H)
	for dir, w := range [2]*network.Tensor{l.Forward, l.Backward} {
		dh, dc := t.take(H), t.take(H)
		prev := t.take(n * H) // outputs before each step, for the weights
		mine := t.take(n * 3 * H)
		for step := n - 1; step >= 0; step-- {
			i := at(step, n, dir)
			o := i*2*H + dir*H
			g := m.z[i*6*H+dir*3*H : i*6*H+(dir+1)*3*H]
			d := dz[i*6*H+dir*3*H : i*6*H+(dir+1)*3*H]
			pc := zero
			if step > 0 {
				j := at(step-1, n, dir)*2*H + dir*H
				pc = m.c[j : j+H]
				copy(prev[step*H:], m.out[j:j+H])
			}
			for k := range H {
				f, og, u, tc := g[k], g[H+k], g[2*H+k], m.tc[o+k]
				gh := dout[o+k] + dh[k]
				gc := dc[k] + gh*og*(1-tc*tc)
				d[k] = gc * (pc[k] - u) * f * (1 - f)
				d[H+k] = gh * tc * og * (1 - og)
				d[2*H+k] = gc * (1 - f) * (1 - u*u)
				dc[k] = gc * f
				dh[k] = 0
			}
			copy(mine[step*3*H:], d)
			network.Product(dh, d, t.turn.m[w], 1, 3*H, H)
		}
		pt := t.take(n * H)
		transpose(pt, prev, n, H)
		network.Product(t.grad(w).V, pt, mine, H, n, 3*H)
	}
	t.affineBack(dx, m.x, dz, l.X, l.B, n)
}

// softmax turns scores into the gradient of the loss of class want and adds
// the loss; weight scales both.
func (t *tape) softmax(s []float32, want int, weight float32) {
	top := s[0]
	for _, v := range s {
		top = max(top, v)
	}
	var sum float64
	for i, v := range s {
		e := math.Exp(float64(v - top))
		s[i] = float32(e)
		sum += e
	}
	t.loss -= float64(weight) * math.Log(max(1e-12, float64(s[want])/sum))
	for i := range s {
		s[i] *= weight / float32(sum)
	}
	s[want] -= weight
}

package network

import "math"

// Levels of quantised numbers. A state of the recurrent layers lies in
// (-1, 1) and becomes a whole number of -63..63, kept with zero at 64 in an
// unsigned byte of seven bits; a weight becomes -127..127 with a scale for its
// column. Two products of such bytes fit in 16 bits, which the instruction
// that all processors with AVX2 have asks for. On the treebanks that only
// measure, LAS moves by less than 0.04.
const (
	stateLevels  = 63
	stateZero    = 64
	weightLevels = 127
)

// blockCols is how many columns one block of a quantised matrix holds, and
// group how many rows of it stand side by side.
const (
	blockCols = 16
	group     = 4
)

// whole is a matrix in whole numbers. w holds, for each group of four rows and
// each block of 16 columns, 16 times four weights. A product with a state is
// x·w + bias in 32 bits, times scale of the column.
type whole struct {
	in, out int // out is padded to blockCols
	w       []int8
	bias    []int32 // takes the zero of the states out
	scale   []float32
}

// newWhole joins matrices of the same input side by side.
func newWhole(parts ...*Tensor) *whole {
	in, out := parts[0].Rows, 0
	for _, t := range parts {
		out += t.Cols
	}
	m := &whole{in: in, out: (out + blockCols - 1) / blockCols * blockCols}
	m.w = make([]int8, m.in*m.out)
	m.bias, m.scale = make([]int32, m.out), make([]float32, m.out)
	at := 0
	for _, t := range parts {
		for c := range t.Cols {
			m.column(at+c, t, c)
		}
		at += t.Cols
	}
	return m
}

func (m *whole) column(col int, t *Tensor, c int) {
	top := 0.0
	for r := range t.Rows {
		top = max(top, math.Abs(float64(t.V[r*t.Cols+c])))
	}
	if top == 0 {
		return
	}
	step := top / weightLevels
	sum := int32(0)
	for r := range t.Rows {
		q := int8(math.RoundToEven(float64(t.V[r*t.Cols+c]) / step))
		m.w[r/group*m.out*group+col*group+r%group] = q
		sum += int32(q)
	}
	m.bias[col] = -stateZero * sum
	m.scale[col] = float32(step / stateLevels)
}

// sums fills acc (n rows of out) with x (n rows of in states) times m.
func (m *whole) sums(acc []int32, x []uint8, n int) {
	for n >= 4 && dotRows4(acc, x, m) {
		acc, x, n = acc[4*m.out:], x[4*m.in:], n-4
	}
	for ; n > 0; n-- {
		dotRow(acc[:m.out], x[:m.in], m)
		acc, x = acc[m.out:], x[m.in:]
	}
}

// affine fills y (n rows of out) with x times m plus b.
func (m *whole) affine(y []float32, x []uint8, b []float32, n int, acc []int32) {
	m.sums(acc, x, n)
	for t := range n {
		scaleAdd(y[t*m.out:(t+1)*m.out], acc[t*m.out:(t+1)*m.out], m.scale, b)
	}
}

func dotRowPlain(acc []int32, x []uint8, m *whole) {
	copy(acc, m.bias)
	for g := 0; g < m.in/group; g++ {
		w := m.w[g*m.out*group : (g+1)*m.out*group]
		a, b, c, d := int32(x[4*g]), int32(x[4*g+1]), int32(x[4*g+2]), int32(x[4*g+3])
		for j := range acc {
			acc[j] += a*int32(w[4*j]) + b*int32(w[4*j+1]) + c*int32(w[4*j+2]) + d*int32(w[4*j+3])
		}
	}
}

func scaleAddPlain(y []float32, acc []int32, scale, b []float32) {
	for j, v := range acc {
		y[j] = float32(float32(v)*scale[j]) + b[j]
	}
}

// cellPlain does one step of a recurrent layer: acc and scale hold the part
// of the last state, z the part of the input, each for the forget, out and
// cell gates. It renews the memory c and gives the new state in q.
func cellPlain(q []uint8, c []float32, acc []int32, z, scale []float32) {
	H := len(q)
	for i := range q {
		f := sigmoid.at(float32(float32(acc[i])*scale[i]) + z[i])
		o := sigmoid.at(float32(float32(acc[H+i])*scale[H+i]) + z[H+i])
		u := tanh.at(float32(float32(acc[2*H+i])*scale[2*H+i]) + z[2*H+i])
		c[i] = float32(f*c[i]) + float32((1-f)*u)
		h := float32(tanh.at(c[i]) * o)
		q[i] = uint8(int(math.RoundToEven(float64(float32(h*stateLevels)))) + stateZero)
	}
}

// Quantised is a network made ready for reading. It does not change and may
// be used by many goroutines at once.
type Quantised struct {
	p      *Params
	back   [2][2]*whole // layer, direction: the part of the last state
	second *whole       // input of the second layer
	tag    *whole
	ends   *whole // arc.dep, arc.head, label.dep, label.head side by side
	tagB   []float32
	endsB  []float32
}

// Quantise makes a network ready for reading. The weights of p are read later
// too and must not change.
func Quantise(p *Params) *Quantised {
	q := &Quantised{p: p}
	for i := range p.Layers {
		q.back[i] = [2]*whole{newWhole(p.Layers[i].Forward), newWhole(p.Layers[i].Backward)}
	}
	q.second, q.tag = newWhole(p.Layers[1].X), newWhole(p.Tag)
	q.ends = newWhole(p.ArcDep, p.ArcHead, p.LabelDep, p.LabelHead)
	q.tagB = padTo(p.TagB.V, q.tag.out)
	none := make([]float32, p.Label)
	q.endsB = padTo(append(append(append(append([]float32(nil), p.ArcDepB.V...), p.ArcHeadB.V...), p.LabelB.V...), none...), q.ends.out)
	return q
}

func padTo(v []float32, n int) []float32 {
	out := make([]float32, n)
	copy(out, v)
	return out
}

package network

import (
	"math/rand/v2"
	"testing"
)

func states(r *rand.Rand, n int) []uint8 {
	v := make([]uint8, n)
	for i := range v {
		v[i] = uint8(1 + r.IntN(127))
	}
	return v
}

// Every path of the processor gives the same numbers, bit for bit, as the
// plain loops; the largest weights and states do not overflow.
func TestWholePathsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	defer func(f, v bool) { fast, vnni = f, v }(fast, vnni)
	wasFast, wasVNNI := fast, vnni
	for _, dims := range [][2]int{{8, 16}, {96, 288}, {192, 240}, {192, 320}, {64, 144}} {
		w := &Tensor{Rows: dims[0], Cols: dims[1], V: noise(r, dims[0]*dims[1])}
		if dims[1] == 16 { // all at their ends
			for i := range w.V {
				w.V[i] = 1
			}
		}
		m := newWhole(w)
		const n = 7
		x := states(r, n*m.in)
		for i := range x[:m.in] {
			x[i] = 127
		}
		want := make([]int32, n*m.out)
		for i := range n {
			dotRowPlain(want[i*m.out:(i+1)*m.out], x[i*m.in:(i+1)*m.in], m)
		}
		for _, path := range [][2]bool{{false, false}, {wasFast, false}, {wasFast, wasVNNI}} {
			fast, vnni = path[0], path[1]
			got := make([]int32, n*m.out)
			m.sums(got, x, n)
			for i := range got {
				if got[i] != want[i] {
					t.Fatalf("%v path %v: sum %d is %d, plain %d", dims, path, i, got[i], want[i])
				}
			}
			y, y0, b := make([]float32, m.out), make([]float32, m.out), noise(r, m.out)
			scaleAdd(y, got[:m.out], m.scale, b)
			scaleAddPlain(y0, got[:m.out], m.scale, b)
			for i := range y {
				if y[i] != y0[i] {
					t.Fatalf("%v path %v: scaled %d is %v, plain %v", dims, path, i, y[i], y0[i])
				}
			}
		}
	}
}

func TestCellPathsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	defer func(f, v bool) { fast, vnni = f, v }(fast, vnni)
	wasFast, wasVNNI := fast, vnni
	for _, H := range []int{8, 16, 96} {
		z, c0, scale := noise(r, 3*H), noise(r, H), make([]float32, 3*H)
		acc := make([]int32, 3*H)
		for i := range acc {
			acc[i], scale[i] = int32(r.IntN(200000)-100000), r.Float32()/20000
		}
		q0, m0 := make([]uint8, H), append([]float32(nil), c0...)
		cellPlain(q0, m0, acc, z, scale)
		for _, path := range [][2]bool{{wasFast, false}, {wasFast, wasVNNI}} {
			fast, vnni = path[0], path[1]
			q, m := make([]uint8, H), append([]float32(nil), c0...)
			cell(q, m, acc, z, scale)
			for i := range q {
				if q[i] != q0[i] || m[i] != m0[i] {
					t.Fatalf("H %d path %v: state %d is %d %v, plain %d %v", H, path, i, q[i], m[i], q0[i], m0[i])
				}
			}
		}
		v, v0 := noise(r, H), make([]float32, H)
		copy(v0, v)
		fast = wasFast
		Rectify(v)
		rectifyPlain(v0)
		for i := range v {
			if v[i] != v0[i] {
				t.Fatalf("rectify %v, plain %v", v[i], v0[i])
			}
		}
	}
}

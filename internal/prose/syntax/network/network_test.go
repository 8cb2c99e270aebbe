package network

import (
	"math"
	"math/rand/v2"
	"testing"
)

func noise(r *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

func TestKernelsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, cols := range []int{8, 24, 32, 64, 104, 288} {
		for _, k := range []int{1, 7, 96} {
			x, w, y := noise(r, k), noise(r, k*cols), noise(r, cols)
			want := append([]float32(nil), y...)
			mulAddPlain(want, x, w, cols)
			mulAdd(y, x, w, cols)
			for i := range y {
				if y[i] != want[i] {
					t.Fatalf("cols %d k %d: column %d: %v, plain %v", cols, k, i, y[i], want[i])
				}
			}
		}
		for _, c := range []*squash{tanh, sigmoid} {
			v := noise(r, cols)
			v[0], v[1] = 30, -30
			plain := append([]float32(nil), v...)
			c.plain(plain)
			c.all(v)
			for i := range v {
				if v[i] != plain[i] {
					t.Fatalf("squash %d: %v, plain %v", i, v[i], plain[i])
				}
			}
		}
		a, b := noise(r, cols), noise(r, cols)
		if d := math.Abs(float64(Dot(a, b) - dotPlain(a, b))); d > 1e-4 {
			t.Errorf("dot of %d differs by %v", cols, d)
		}
	}
}

func TestTanh(t *testing.T) {
	for x := -12.0; x < 12; x += 0.01 {
		if d := math.Abs(float64(tanh.at(float32(x))) - math.Tanh(x)); d > 2e-6 {
			t.Fatalf("tanh(%v) is off by %v", x, d)
		}
	}
}

func TestStore(t *testing.T) {
	d := Dims{Words: 5, WordDim: 8, Affixes: 4, AffixDim: 8, Hidden: 8, Arc: 8, Label: 8, Tags: []int{3, 4}, Rels: 5}
	p, q := New(d), New(d)
	r := rand.New(rand.NewPCG(1, 2))
	for _, x := range p.Tensors() {
		copy(x.V, noise(r, len(x.V)))
	}
	b := p.Append(nil)
	if len(b) != Size(d) {
		t.Errorf("%d bytes, Size says %d", len(b), Size(d))
	}
	if err := q.Fill(b); err != nil {
		t.Fatal(err)
	}
	for i, x := range p.Tensors() {
		for j, v := range x.V {
			if d := math.Abs(float64(v - q.Tensors()[i].V[j])); d > 0.03 {
				t.Fatalf("%s[%d] moved by %v", x.Name, j, d)
			}
		}
	}
	if q.Fill(b[:len(b)-1]) == nil || q.Fill(append(b, 0)) == nil {
		t.Error("weights of the wrong length were taken")
	}
}

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

func TestFormsForgets(t *testing.T) {
	var f forms
	f.open(1)
	for i := range keptForms + 100 {
		f.keep(string(rune(0x4e00+i)), []float32{float32(i)})
		f.find(string(rune(0x4e00))) // in use all the time
	}
	if len(f.slot) != keptForms || len(f.rows) != keptForms {
		t.Errorf("%d forms kept, %d rows", len(f.slot), len(f.rows))
	}
	for form, i := range f.slot {
		row, ok := f.find(form)
		if want := float32([]rune(form)[0] - 0x4e00); !ok || row[0] != want {
			t.Fatalf("slot %d holds %v, want %v", i, row, want)
		}
	}
	if _, ok := f.find(string(rune(0x4e00))); !ok {
		t.Error("a form in use was forgotten")
	}
}

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

func TestFormsForgets(t *testing.T) {
	var f forms
	f.open(1)
	for i := range keptForms + 100 {
		f.keep(string(rune(0x4e00+i)), []float32{float32(i)}, []int32{1})
		f.find(string(rune(0x4e00))) // in use all the time
	}
	if len(f.slot) != keptForms || len(f.rows) != keptForms {
		t.Errorf("%d forms kept, %d rows", len(f.slot), len(f.rows))
	}
	for form, i := range f.slot {
		if want := float32([]rune(form)[0] - 0x4e00); f.find(form) != i || f.row(i)[0] != want {
			t.Fatalf("slot %d holds %v, want %v", i, f.row(i), want)
		}
	}
	for _, r := range []rune{0x4e00, 0x4e01} { // met all the time; in a busy slot
		if f.find(string(r)) < 0 {
			t.Errorf("%q, in use, was forgotten", r)
		}
	}
}

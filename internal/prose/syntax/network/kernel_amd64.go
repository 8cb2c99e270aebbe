package network

import "golang.org/x/sys/cpu"

//go:noescape
func mulAVX(y, x, w *float32, k, stride, cols int)

//go:noescape
func dotAVX(a, b *float32, n int) float32

//go:noescape
func squashAVX(x *float32, n int, c *squash)

//go:noescape
func rectifyAVX(x *float32, n int)

//go:noescape
func scaleAddAVX(y *float32, acc *int32, scale, b *float32, n int)

//go:noescape
func dotRowAVX(acc *int32, x *uint8, w *int8, bias *int32, groups, blocks int)

//go:noescape
func cellAVX(q *uint8, c *float32, acc *int32, z, scale *float32, n int, k *[16]float32)

//go:noescape
func dotRowVNNI(acc *int32, x *uint8, w *int8, bias *int32, groups, blocks int)

//go:noescape
func dotRows4VNNI(acc *int32, x *uint8, w *int8, bias *int32, groups, blocks int)

//go:noescape
func cellAVX512(q *uint8, c *float32, acc *int32, z, scale *float32, n int, k *[16]float32)

var (
	fast = cpu.X86.HasAVX2
	vnni = fast && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VNNI
)

// cellConstants are bounds and coefficients of squash, then half, one and the
// levels of states.
var cellConstants = func() *[16]float32 {
	k := [16]float32(*tanh)
	k[13], k[14], k[15] = 0.5, 1, stateLevels
	return &k
}()

func dotRows4(acc []int32, x []uint8, m *whole) bool {
	if !vnni {
		return false
	}
	_, _ = acc[4*m.out-1], x[4*m.in-1]
	dotRows4VNNI(&acc[0], &x[0], &m.w[0], &m.bias[0], m.in/group, m.out/blockCols)
	return true
}

func dotRow(acc []int32, x []uint8, m *whole) {
	_, _ = acc[m.out-1], x[m.in-1]
	switch {
	case vnni:
		dotRowVNNI(&acc[0], &x[0], &m.w[0], &m.bias[0], m.in/group, m.out/blockCols)
	case fast:
		dotRowAVX(&acc[0], &x[0], &m.w[0], &m.bias[0], m.in/group, m.out/blockCols)
	default:
		dotRowPlain(acc, x, m)
	}
}

func scaleAdd(y []float32, acc []int32, scale, b []float32) {
	if !fast {
		scaleAddPlain(y, acc, scale, b)
		return
	}
	n := len(acc)
	_, _, _ = y[n-1], scale[n-1], b[n-1]
	scaleAddAVX(&y[0], &acc[0], &scale[0], &b[0], n)
}

// cell does one step of a recurrent layer, see cellPlain.
func cell(q []uint8, c []float32, acc []int32, z, scale []float32) {
	n := len(q)
	if !fast {
		cellPlain(q, c, acc, z, scale)
		return
	}
	_, _, _, _ = c[n-1], acc[3*n-1], z[3*n-1], scale[3*n-1]
	if vnni && n%16 == 0 {
		cellAVX512(&q[0], &c[0], &acc[0], &z[0], &scale[0], n, cellConstants)
		return
	}
	cellAVX(&q[0], &c[0], &acc[0], &z[0], &scale[0], n, cellConstants)
}

// Rectify is the leaky rectifier; it is fast where the length is a multiple of
// 8.
func Rectify(x []float32) {
	if !fast || len(x) == 0 || len(x)%8 != 0 {
		rectifyPlain(x)
		return
	}
	rectifyAVX(&x[0], len(x))
}

// mulAdd adds x times the len(x) rows of w (stride apart, len(y) wide) to y.
// len(y) is a multiple of 8.
func mulAdd(y, x, w []float32, stride int) {
	if !fast || len(x) == 0 || len(y) == 0 {
		mulAddPlain(y, x, w, stride)
		return
	}
	_ = w[(len(x)-1)*stride+len(y)-1]
	mulAVX(&y[0], &x[0], &w[0], len(x), stride, len(y))
}

// Dot is the inner product; the order of the sum is not fixed.
func Dot(a, b []float32) float32 {
	if n := len(a); fast && n > 0 && n%8 == 0 {
		_ = b[n-1]
		return dotAVX(&a[0], &b[0], n)
	}
	return dotPlain(a, b)
}

// all applies c to a row; len(x) is a multiple of 8.
func (c *squash) all(x []float32) {
	if !fast || len(x) == 0 {
		c.plain(x)
		return
	}
	squashAVX(&x[0], len(x), c)
}

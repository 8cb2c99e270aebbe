package network

import "golang.org/x/sys/cpu"

//go:noescape
func mulAVX(y, x, w *float32, k, stride, cols int)

//go:noescape
func dotAVX(a, b *float32, n int) float32

//go:noescape
func squashAVX(x *float32, n int, c *squash)

var fast = cpu.X86.HasAVX2

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

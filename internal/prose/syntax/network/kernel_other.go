//go:build !amd64

package network

func mulAdd(y, x, w []float32, stride int) { mulAddPlain(y, x, w, stride) }

func (c *squash) all(x []float32) { c.plain(x) }

// Dot is the inner product; the order of the sum is not fixed.
func Dot(a, b []float32) float32 { return dotPlain(a, b) }

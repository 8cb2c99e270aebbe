//go:build !amd64

package network

func mulAdd(y, x, w []float32, stride int) { mulAddPlain(y, x, w, stride) }

func (c *squash) all(x []float32) { c.plain(x) }

// Dot is the inner product; the order of the sum is not fixed.
func Dot(a, b []float32) float32 { return dotPlain(a, b) }

// Rectify is the leaky rectifier.
func Rectify(x []float32) { rectifyPlain(x) }

func dotRows4([]int32, []uint8, *whole) bool { return false }

func dotRow(acc []int32, x []uint8, m *whole) { dotRowPlain(acc, x, m) }

func scaleAdd(y []float32, acc []int32, scale, b []float32) { scaleAddPlain(y, acc, scale, b) }

func cell(q []uint8, c []float32, acc []int32, z, scale []float32) { cellPlain(q, c, acc, z, scale) }

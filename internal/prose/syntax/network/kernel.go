package network

// mulAddPlain sums in the same order as the assembly; the conversion keeps
// compilers of other machines from fusing the product into the sum.
func mulAddPlain(y, x, w []float32, stride int) {
	for i, v := range x {
		row := w[i*stride : i*stride+len(y)]
		for j := range y {
			y[j] += float32(v * row[j])
		}
	}
}

func dotPlain(a, b []float32) float32 {
	var s float32
	b = b[:len(a)]
	for i, v := range a {
		s += v * b[i]
	}
	return s
}

// strip is the number of columns done at a time, so that a strip of a matrix
// stays in the first cache while all tokens pass over it.
const strip = 64

// Product adds X (n rows of in) times W (in rows of out) to Y (n rows of out).
// out is a multiple of 8.
func Product(y, x, w []float32, n, in, out int) {
	for c := 0; c < out; c += strip {
		width := min(strip, out-c)
		for t := range n {
			mulAdd(y[t*out+c:t*out+c+width], x[t*in:t*in+in], w[c:], out)
		}
	}
}

// Axpy adds a*x to y.
func Axpy(y []float32, a float32, x []float32) {
	if len(y)%8 == 0 && len(y) > 0 {
		one := [1]float32{a}
		mulAdd(y, one[:], x, len(y))
		return
	}
	for i, v := range x[:len(y)] {
		y[i] += a * v
	}
}

// Tanh is the rational approximation of Eigen's ptanh; its error is below
// 1e-6. Each product is rounded by itself, the same on every machine.
func Tanh(x float32) float32 {
	if x > 7.9 {
		return 1
	}
	if x < -7.9 {
		return -1
	}
	s := float32(x * x)
	p := float32(s*-2.76076847742355e-16) + 2.00018790482477e-13
	p = float32(s*p) + -8.60467152213735e-11
	p = float32(s*p) + 5.12229709037114e-08
	p = float32(s*p) + 1.48572235717979e-05
	p = float32(s*p) + 6.37261928875436e-04
	p = float32(s*p) + 4.89352455891786e-03
	q := float32(s*1.19825839466702e-06) + 1.18534705686654e-04
	q = float32(s*q) + 2.26843463243900e-03
	q = float32(s*q) + 4.89352518554385e-03
	return float32(x*p) / q
}

// Sigmoid by way of Tanh.
func Sigmoid(x float32) float32 { return 0.5 + float32(0.5*Tanh(float32(0.5*x))) }

// slope of the rectifier left of zero.
const slope = 0.1

// Rectify is the leaky rectifier.
func Rectify(x []float32) {
	for i, v := range x {
		if v < 0 {
			x[i] = float32(slope * v)
		}
	}
}

// RectifyBack turns the gradient of the output y of Rectify into that of its
// input.
func RectifyBack(dy, y []float32) {
	for i, v := range y {
		if v < 0 {
			dy[i] *= slope
		}
	}
}

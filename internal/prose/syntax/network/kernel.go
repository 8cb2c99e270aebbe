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

// squash holds the bounds and coefficients of a rational approximation of tanh
// (Eigen's ptanh, error below 1e-6), then the factor inside, the factor
// outside and what is added. The odd part has seven coefficients, the even
// part four.
type squash [16]float32

func newSquash(in, out, add float32) *squash {
	return &squash{
		-7.9, 7.9,
		-2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08,
		1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03,
		1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03,
		in, out, add,
	}
}

var (
	tanh    = newSquash(1, 1, 0)
	sigmoid = newSquash(0.5, 0.5, 0.5)
)

// at applies c to one number; each product is rounded by itself, the same on
// every machine.
func (c *squash) at(x float32) float32 {
	x = min(max(float32(x*c[13]), c[0]), c[1])
	s := float32(x * x)
	p := c[2]
	for _, k := range c[3:9] {
		p = float32(s*p) + k
	}
	q := c[9]
	for _, k := range c[10:13] {
		q = float32(s*q) + k
	}
	return float32(float32(float32(x*p)/q)*c[14]) + c[15]
}

func (c *squash) plain(x []float32) {
	for i, v := range x {
		x[i] = c.at(v)
	}
}

// Tanh replaces each x; the length is a multiple of 8.
func Tanh(x []float32) { tanh.all(x) }

// Sigmoid replaces each x; the length is a multiple of 8.
func Sigmoid(x []float32) { sigmoid.all(x) }

// slope of the rectifier left of zero.
const slope = 0.1

// rectifyPlain is the leaky rectifier.
func rectifyPlain(x []float32) {
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

package network

// Input is what the network sees of a token.
type Input struct {
	Word    int
	Affixes []int
}

// Scratch holds the arrays of one reading, for use again.
type Scratch struct {
	buf []float32
	at  int
	// Results, valid until the next Read. Rows are tokens 1..n, row 0 is the
	// root; Heads is (n+1) rows of Wide scores, a column a possible head.
	Tags  []float32
	Heads []float32
	Wide  int
	dep   []float32
	head  []float32
	out   []float32
}

func (s *Scratch) take(n int) []float32 {
	if s.at+n > len(s.buf) {
		s.buf, s.at = make([]float32, max(2*len(s.buf), n, 1<<16)), 0
	}
	v := s.buf[s.at : s.at+n : s.at+n]
	s.at += n
	clear(v)
	return v
}

// Read runs the network over a sentence.
func (p *Params) Read(in []Input, s *Scratch) {
	s.at = 0
	n := len(in) + 1
	width := p.WordDim + p.AffixDim
	x := s.take(n * width)
	copy(x, p.Root.V)
	for t, tok := range in {
		p.Embed(x[(t+1)*width:(t+2)*width], tok)
	}
	h1 := p.layer(&p.Layers[0], x, n, width, s)
	h2 := p.layer(&p.Layers[1], h1, n, 2*p.Hidden, s)
	s.Tags = affine(h1, p.Tag, p.TagB, n, s)
	dep := affine(h2, p.ArcDep, p.ArcDepB, n, s)
	head := affine(h2, p.ArcHead, p.ArcHeadB, n, s)
	Rectify(dep)
	Rectify(head)
	p.arcs(dep, head, n, s)
	s.dep = affine(h2, p.LabelDep, p.LabelB, n, s)
	s.head = s.take(n * p.Label)
	Product(s.head, h2, p.LabelHead.V, n, 2*p.Hidden, p.Label)
	s.out = s.take(p.Label + Padded(p.Rels))
}

// Embed writes the token's vector to x.
func (p *Params) Embed(x []float32, tok Input) {
	copy(x, p.Word.Row(tok.Word))
	a := x[p.WordDim:]
	for _, f := range tok.Affixes {
		for i, v := range p.Affix.Row(f) {
			a[i] += v
		}
	}
}

func affine(x []float32, w, b *Tensor, n int, s *Scratch) []float32 {
	y := s.take(n * w.Cols)
	for t := range n {
		copy(y[t*w.Cols:], b.V)
	}
	Product(y, x, w.V, n, w.Rows, w.Cols)
	return y
}

func (p *Params) layer(l *Layer, x []float32, n, in int, s *Scratch) []float32 {
	H := p.Hidden
	z := affine(x, l.X, l.B, n, s)
	out := s.take(n * 2 * H)
	for dir, w := range [2]*Tensor{l.Forward, l.Backward} {
		c := s.take(H)
		var prev []float32
		for step := range n {
			t := step
			if dir == 1 {
				t = n - 1 - step
			}
			g := z[t*6*H+dir*3*H : t*6*H+(dir+1)*3*H]
			if prev != nil {
				mulAdd(g, prev, w.V, 3*H)
			}
			h := out[t*2*H+dir*H : t*2*H+(dir+1)*H]
			cell(h, c, g)
			prev = h
		}
	}
	return out
}

// cell does one step: g holds the sums of forget, out and cell gates.
func cell(h, c, g []float32) {
	H := len(h)
	Sigmoid(g[:2*H])
	Tanh(g[2*H : 3*H])
	f, o, u := g[:H], g[H:2*H], g[2*H:3*H]
	for i := range h {
		c[i] = float32(f[i]*c[i]) + float32((1-f[i])*u[i])
		h[i] = c[i]
	}
	Tanh(h)
	for i := range h {
		h[i] *= o[i]
	}
}

// arcs fills Heads.
func (p *Params) arcs(dep, head []float32, n int, s *Scratch) {
	u := affine(dep, p.ArcU, p.ArcUB, n, s)
	s.Wide = Padded(n)
	turned := s.take(p.Arc * s.Wide)
	for t := range n {
		for k := range p.Arc {
			turned[k*s.Wide+t] = head[t*p.Arc+k]
		}
	}
	s.Heads = s.take(n * s.Wide)
	Product(s.Heads, u, turned, n, p.Arc, s.Wide)
}

// Relation gives the scores of the relations between dependent d and head h
// (0 is the root).
func (p *Params) Relation(d, h int, s *Scratch) []float32 {
	hid, out := s.out[:p.Label], s.out[p.Label:]
	a, b := s.dep[d*p.Label:(d+1)*p.Label], s.head[h*p.Label:(h+1)*p.Label]
	for i := range hid {
		hid[i] = a[i] + b[i]
	}
	Rectify(hid)
	copy(out, p.LabelV.V)
	mulAdd(out, hid, p.LabelOut.V, len(out))
	return out[:p.Rels]
}

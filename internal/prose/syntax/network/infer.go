package network

// Input is what the network sees of a token.
type Input struct {
	Word    int
	Affixes []int
}

// Words turns forms into what the network sees. A form always gives the same;
// the affixes are appended to buf.
type Words interface {
	Input(form string, buf []int) (Input, []int)
}

// Scratch holds the arrays of one reading, for use again, and what the first
// layer makes of forms met lately.
type Scratch struct {
	buf    []float32
	at     int
	states []uint8
	acc    []int32
	rows   []int
	x      []float32
	inputs [][]float32 // by token: the input part of the first layer
	known  forms
	// Slots tell for each token, from 1 on, where its form is kept, -1 if it is
	// not. Another form may take the slot later.
	Slots []int32
	// Results, valid until the next Read. Rows are tokens 1..n, row 0 is the
	// root; Tags is rows of TagWide scores, Heads of Wide scores, a column a
	// possible head.
	Tags    []float32
	TagWide int
	Heads   []float32
	Wide    int
	ends    []float32 // rows of the four reduced vectors
	wide    int
	out     []float32
}

func (s *Scratch) take(n int) []float32 {
	if s.at+n > len(s.buf) {
		s.buf, s.at = make([]float32, max(2*len(s.buf), n, 1<<16)), 0
	}
	v := s.buf[s.at : s.at+n : s.at+n]
	s.at += n
	return v
}

func bytesOf(v []uint8, n int) []uint8 {
	if cap(v) < n {
		return make([]uint8, n, 2*n)
	}
	return v[:n]
}

func wholeOf(v []int32, n int) []int32 {
	if cap(v) < n {
		return make([]int32, n, 2*n)
	}
	return v[:n]
}

// Read runs the network over a sentence.
func (q *Quantised) Read(tokens []string, words Words, s *Scratch) {
	p := q.p
	s.at = 0
	n := len(tokens) + 1
	s.acc = wholeOf(s.acc, n*max(q.second.out, q.tag.out, q.ends.out))
	q.first(tokens, words, s)
	state := 2 * p.Hidden
	s.states = bytesOf(s.states, 2*n*state)
	h1, h2 := s.states[:n*state], s.states[n*state:]
	q.layer(0, h1, s.inputs, s)
	z := s.take(n * 6 * p.Hidden)
	q.second.affine(z, h1, p.Layers[1].B.V, n, s.acc)
	for t := range n {
		s.inputs[t] = z[t*6*p.Hidden : (t+1)*6*p.Hidden]
	}
	q.layer(1, h2, s.inputs, s)
	s.TagWide = q.tag.out
	s.Tags = s.take(n * s.TagWide)
	q.tag.affine(s.Tags, h1, q.tagB, n, s.acc)
	s.wide = q.ends.out
	s.ends = s.take(n * s.wide)
	q.ends.affine(s.ends, h2, q.endsB, n, s.acc)
	q.arcs(n, s)
	s.out = s.take(p.Label + Padded(p.Rels))
}

// first fills inputs with the input part of the first layer. A row that is
// kept is not copied: none is written over before thousands of others came.
func (q *Quantised) first(tokens []string, words Words, s *Scratch) {
	p := q.p
	wide := 6 * p.Hidden
	s.known.open(wide)
	s.inputs, s.Slots = s.inputs[:0], s.Slots[:0]
	slot := s.known.find("")
	if slot < 0 {
		row := s.take(wide)
		copy(row, p.Layers[0].B.V)
		Product(row, p.Root.V, p.Layers[0].X.V, 1, p.Layers[0].X.Rows, wide)
		slot = s.known.keep("", row, nil)
	}
	s.inputs, s.Slots = append(s.inputs, s.known.row(slot)), append(s.Slots, slot)
	for _, form := range tokens {
		slot := s.known.find(form)
		var row []float32
		if slot < 0 {
			var in Input
			in, s.rows = words.Input(form, s.rows[:0])
			if width := p.WordDim + p.AffixDim; len(s.x) != width {
				s.x = make([]float32, width)
			}
			p.Embed(s.x, in)
			row = s.take(wide)
			copy(row, p.Layers[0].B.V)
			Product(row, s.x, p.Layers[0].X.V, 1, p.Layers[0].X.Rows, wide)
			slot = s.known.keep(form, row, s.Slots)
		}
		if slot >= 0 {
			row = s.known.row(slot)
		}
		s.inputs, s.Slots = append(s.inputs, row), append(s.Slots, slot)
	}
}

// Embed writes the token's vector to x.
func (p *Params) Embed(x []float32, tok Input) {
	copy(x, p.Word.Row(tok.Word))
	a := x[p.WordDim:]
	clear(a)
	for _, f := range tok.Affixes {
		for i, v := range p.Affix.Row(f) {
			a[i] += v
		}
	}
}

// layer reads the input parts z in both directions and writes the states of the
// tokens to h, forward beside backward.
func (q *Quantised) layer(k int, h []uint8, z [][]float32, s *Scratch) {
	H, n := q.p.Hidden, len(z)
	for dir, w := range q.back[k] {
		c := s.take(H)
		clear(c)
		acc := s.acc[:w.out]
		clear(acc) // the product with the state of zeros
		for step := range n {
			t := step
			if dir == 1 {
				t = n - 1 - step
			}
			state := h[t*2*H+dir*H : t*2*H+(dir+1)*H]
			cell(state, c, acc, z[t][dir*3*H:(dir+1)*3*H], w.scale)
			if step < n-1 {
				dotRow(acc, state, w)
			}
		}
	}
}

// arcs fills Heads: a head scores (dep U + UB) . head.
func (q *Quantised) arcs(n int, s *Scratch) {
	p := q.p
	u := s.take(n * p.Arc)
	s.Wide = Padded(n)
	turned := s.take(p.Arc * s.Wide)
	for k := range p.Arc {
		clear(turned[k*s.Wide+n : (k+1)*s.Wide])
	}
	for t := range n {
		ends := s.ends[t*s.wide : t*s.wide+2*p.Arc]
		Rectify(ends)
		copy(u[t*p.Arc:], p.ArcUB.V)
		mulAdd(u[t*p.Arc:(t+1)*p.Arc], ends[:p.Arc], p.ArcU.V, p.Arc)
		for k, v := range ends[p.Arc:] {
			turned[k*s.Wide+t] = v
		}
	}
	s.Heads = s.take(n * s.Wide)
	clear(s.Heads)
	Product(s.Heads, u, turned, n, p.Arc, s.Wide)
}

// Relation gives the scores of the relations between dependent d and head h
// (0 is the root).
func (q *Quantised) Relation(d, h int, s *Scratch) []float32 {
	p := q.p
	hid, out := s.out[:p.Label], s.out[p.Label:]
	a, b := s.ends[d*s.wide+2*p.Arc:][:p.Label], s.ends[h*s.wide+2*p.Arc+p.Label:][:p.Label]
	for i := range hid {
		hid[i] = a[i] + b[i]
	}
	Rectify(hid)
	copy(out, p.LabelV.V)
	mulAdd(out, hid, p.LabelOut.V, len(out))
	return out[:p.Rels]
}

package main

import "github.com/reportedly/reportedly/internal/prose/syntax/network"

// Chances of dropping.
const (
	dropIn    = 0.15
	dropLayer = 0.30
	dropHead  = 0.30
	tagWeight = 0.4
)

// learn reads one example and adds its gradients.
func (t *tape) learn(e example) {
	t.at = 0
	p := t.p
	n, width, H2 := len(e.in)+1, p.WordDim+p.AffixDim, 2*p.Hidden
	x := t.take(n * width)
	copy(x, p.Root.V)
	in := make([]network.Input, len(e.in))
	for i, tok := range e.in {
		if float64(t.rng.unit()) > t.odds[tok.Word] {
			tok.Word = 0
		}
		in[i] = tok
		p.Embed(x[(i+1)*width:(i+2)*width], tok)
	}
	xm := t.mask(n*width, dropIn)
	times(x, xm)
	m1 := t.layer(&p.Layers[0], x, n, width)
	k1 := t.mask(H2, dropLayer)
	h1 := t.take(n * H2)
	copy(h1, m1.out)
	times(h1, k1)
	m2 := t.layer(&p.Layers[1], h1, n, H2)
	k2 := t.mask(H2, dropLayer)
	h2 := t.take(n * H2)
	copy(h2, m2.out)
	times(h2, k2)

	d1, d2 := t.take(n*H2), t.take(n*H2)
	t.tags(e, h1, d1, n)
	t.arcs(e, h2, d2, n)
	t.labels(e, h2, d2, n)

	times(d2, k2)
	t.layerBack(&p.Layers[1], m2, d2, d1, n)
	times(d1, k1)
	dx := t.take(n * width)
	t.layerBack(&p.Layers[0], m1, d1, dx, n)
	times(dx, xm)
	t.embedBack(in, dx, width)
}

func (t *tape) embedBack(in []network.Input, dx []float32, width int) {
	p := t.p
	network.Axpy(t.grad(p.Root).V, 1, dx[:width])
	for i, tok := range in {
		d := dx[(i+1)*width : (i+2)*width]
		network.Axpy(t.row(p.Word, tok.Word), 1, d[:p.WordDim])
		for _, f := range tok.Affixes {
			network.Axpy(t.row(p.Affix, f), 1, d[p.WordDim:])
		}
	}
}

// row gives the gradient row of an embedding and notes that it was used.
func (t *tape) row(w *network.Tensor, i int) []float32 {
	if t.used[w] == nil {
		t.used[w] = map[int]bool{}
	}
	t.used[w][i] = true
	return t.grad(w).Row(i)
}

func (t *tape) tags(e example, h, dh []float32, n int) {
	p := t.p
	s := t.affine(h, p.Tag, p.TagB, n)
	w := p.Tag.Cols
	d := t.take(n * w)
	copy(d[w:], s[w:])
	for i := 1; i < n; i++ {
		from := i * w
		for k, size := range p.Tags {
			v := d[from : from+size]
			if want := e.tags[k][i-1]; want >= 0 {
				t.softmax(v, want, tagWeight)
			} else {
				clear(v)
			}
			from += size
		}
		clear(d[from : (i+1)*w])
	}
	t.affineBack(dh, h, d, p.Tag, p.TagB, n)
}

func (t *tape) arcs(e example, h, dh []float32, n int) {
	p := t.p
	A := p.Arc
	dep, head := t.affine(h, p.ArcDep, p.ArcDepB, n), t.affine(h, p.ArcHead, p.ArcHeadB, n)
	network.Rectify(dep)
	network.Rectify(head)
	md, mh := t.mask(A, dropHead), t.mask(A, dropHead)
	times(dep, md)
	times(head, mh)
	u := t.affine(dep, p.ArcU, p.ArcUB, n)
	wide := network.Padded(n)
	ht := t.take(A * wide)
	for i := range n {
		for k := range A {
			ht[k*wide+i] = head[i*A+k]
		}
	}
	s := t.take(n * wide)
	network.Product(s, u, ht, n, A, wide)
	clear(s[:wide])
	for i := 1; i < n; i++ {
		row := s[i*wide : i*wide+n]
		row[i] = -1e9
		t.softmax(row, e.heads[i-1], 1)
		row[i] = 0
		clear(s[i*wide+n : (i+1)*wide])
	}
	// s now holds the gradient of the scores.
	du, dhead, ddep := t.take(n*A), t.take(n*A), t.take(n*A)
	tight, turn := t.take(n*n), t.take(n*n)
	for i := range n {
		copy(tight[i*n:], s[i*wide:i*wide+n])
	}
	transpose(turn, tight, n, n)
	network.Product(du, tight, head, n, n, A)
	network.Product(dhead, turn, u, n, n, A)
	t.affineBack(ddep, dep, du, p.ArcU, p.ArcUB, n)
	times(ddep, md)
	times(dhead, mh)
	network.RectifyBack(ddep, dep)
	network.RectifyBack(dhead, head)
	t.affineBack(dh, h, ddep, p.ArcDep, p.ArcDepB, n)
	t.affineBack(dh, h, dhead, p.ArcHead, p.ArcHeadB, n)
}

func (t *tape) labels(e example, h, dh []float32, n int) {
	p := t.p
	L := p.Label
	dep, head := t.affine(h, p.LabelDep, p.LabelB, n), t.affine(h, p.LabelHead, nil, n)
	hid := t.take(n * L)
	for i := 1; i < n; i++ {
		row, a, b := hid[i*L:(i+1)*L], dep[i*L:(i+1)*L], head[e.heads[i-1]*L:(e.heads[i-1]+1)*L]
		for k := range row {
			row[k] = a[k] + b[k]
		}
	}
	network.Rectify(hid)
	m := t.mask(L, dropHead)
	times(hid, m)
	s := t.affine(hid, p.LabelOut, p.LabelV, n)
	w := p.LabelOut.Cols
	clear(s[:w])
	for i := 1; i < n; i++ {
		v := s[i*w : i*w+p.Rels]
		if want := e.rels[i-1]; want >= 0 {
			t.softmax(v, want, 1)
		} else {
			clear(v)
		}
		clear(s[i*w+p.Rels : (i+1)*w])
	}
	dhid := t.take(n * L)
	t.affineBack(dhid, hid, s, p.LabelOut, p.LabelV, n)
	times(dhid, m)
	network.RectifyBack(dhid, hid)
	dhead := t.take(n * L)
	for i := 1; i < n; i++ {
		network.Axpy(dhead[e.heads[i-1]*L:(e.heads[i-1]+1)*L], 1, dhid[i*L:(i+1)*L])
	}
	clear(dhid[:L])
	t.affineBack(dh, h, dhid, p.LabelDep, p.LabelB, n)
	t.affineBack(dh, h, dhead, p.LabelHead, nil, n)
}

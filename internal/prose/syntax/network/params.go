package network

// Dims are the sizes of a network. Out widths are padded to multiples of 8.
type Dims struct {
	Words, WordDim    int
	Affixes, AffixDim int
	Hidden            int // of each direction
	Arc, Label        int
	Tags              []int // classes of each tag column
	Rels              int
}

// Padded is n rounded up to a multiple of 8.
func Padded(n int) int { return (n + 7) &^ 7 }

// TagWidth is the padded sum of the tag columns.
func (d Dims) TagWidth() int {
	n := 0
	for _, c := range d.Tags {
		n += c
	}
	return Padded(n)
}

// Tensor is a matrix by rows.
type Tensor struct {
	Name       string
	Rows, Cols int
	V          []float32
	// Coarse matrices (embeddings) are stored in 8 bits, others in 16.
	Coarse bool
}

// Row is row i.
func (t *Tensor) Row(i int) []float32 { return t.V[i*t.Cols : (i+1)*t.Cols] }

// Layer is one bidirectional layer. Columns of X: forward then backward, each
// with forget, out and cell thirds.
type Layer struct{ X, B, Forward, Backward *Tensor }

// Params are all weights of a network.
type Params struct {
	Dims
	Word, Affix, Root        *Tensor
	Layers                   [2]Layer
	Tag, TagB                *Tensor
	ArcDep, ArcDepB          *Tensor
	ArcHead, ArcHeadB        *Tensor
	ArcU, ArcUB              *Tensor // head score = (dep U + UB) . head
	LabelDep, LabelHead      *Tensor
	LabelB, LabelOut, LabelV *Tensor
}

// New lays out a network of zeros.
func New(d Dims) *Params {
	p := &Params{Dims: d}
	for _, s := range p.plan() {
		*s.at = &Tensor{Name: s.name, Rows: s.rows, Cols: s.cols, V: make([]float32, s.rows*s.cols), Coarse: s.coarse}
	}
	return p
}

type slot struct {
	name       string
	at         **Tensor
	rows, cols int
	coarse     bool
}

func (p *Params) plan() []slot {
	d, h := p.Dims, 2*p.Hidden
	in := d.WordDim + d.AffixDim
	return []slot{
		{"word", &p.Word, d.Words, d.WordDim, true},
		{"affix", &p.Affix, d.Affixes, d.AffixDim, true},
		{"root", &p.Root, 1, in, false},
		{"1.x", &p.Layers[0].X, in, 6 * d.Hidden, false},
		{"1.b", &p.Layers[0].B, 1, 6 * d.Hidden, false},
		{"1.forward", &p.Layers[0].Forward, d.Hidden, 3 * d.Hidden, false},
		{"1.backward", &p.Layers[0].Backward, d.Hidden, 3 * d.Hidden, false},
		{"2.x", &p.Layers[1].X, h, 6 * d.Hidden, false},
		{"2.b", &p.Layers[1].B, 1, 6 * d.Hidden, false},
		{"2.forward", &p.Layers[1].Forward, d.Hidden, 3 * d.Hidden, false},
		{"2.backward", &p.Layers[1].Backward, d.Hidden, 3 * d.Hidden, false},
		{"tag", &p.Tag, h, d.TagWidth(), false},
		{"tag.b", &p.TagB, 1, d.TagWidth(), false},
		{"arc.dep", &p.ArcDep, h, d.Arc, false},
		{"arc.dep.b", &p.ArcDepB, 1, d.Arc, false},
		{"arc.head", &p.ArcHead, h, d.Arc, false},
		{"arc.head.b", &p.ArcHeadB, 1, d.Arc, false},
		{"arc.u", &p.ArcU, d.Arc, d.Arc, false},
		{"arc.u.b", &p.ArcUB, 1, d.Arc, false},
		{"label.dep", &p.LabelDep, h, d.Label, false},
		{"label.head", &p.LabelHead, h, d.Label, false},
		{"label.b", &p.LabelB, 1, d.Label, false},
		{"label.out", &p.LabelOut, d.Label, Padded(d.Rels), false},
		{"label.v", &p.LabelV, 1, Padded(d.Rels), false},
	}
}

// Tensors gives all weights in a fixed order.
func (p *Params) Tensors() []*Tensor {
	var out []*Tensor
	for _, s := range p.plan() {
		out = append(out, *s.at)
	}
	return out
}

package syntax

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax/network"
)

// Parser reads sentences. It may be used by many goroutines at once.
type Parser struct {
	model *Model
	net   *network.Quantised
	root  int // index of the relation "root"
	roles []role
	mu    sync.Mutex
	idle  []*workspace // not a sync.Pool: what a workspace knows of words must outlive a collection
}

// workspace is what one reading needs.
type workspace struct {
	net    network.Scratch
	forms  []string
	lemmas []lemmaOf // by slot of the form
	heads  []int
	rels   []int
	blamed []int
	tree   arborescence
	// for hangMarks
	mark []bool
	pair []int
	open []int
}

// NewParser makes a parser of a model.
func NewParser(m *Model) *Parser {
	p := &Parser{
		model: m, net: network.Quantise(m.Net), root: slices.Index(m.Rels, "root"),
	}
	for _, rel := range m.Rels {
		p.roles = append(p.roles, roleOf(rel))
	}
	return p
}

// Name of the model, to be shown with results.
func (p *Parser) Name() string { return p.model.Name }

// longest sentence read whole; attention of heads grows with its square.
const longest = 220

// Parse tags a sentence and gives its tree. A sentence too long to read whole
// is read in pieces, each hung on the first as parataxis.
func (p *Parser) Parse(sentence prose.Sentence) Tree {
	toks := sentence.Tokens
	t := Tree{Words: make([]Word, len(toks))}
	if len(toks) == 0 {
		return t
	}
	w := p.take()
	defer p.give(w)
	first, margin := -1, 0.0
	for from := 0; from < len(toks); {
		to := pieceEnd(toks, from)
		root, m := p.piece(toks[from:to], t.Words[from:to], w)
		for i := from; i < to; i++ {
			if t.Words[i].Head >= 0 {
				t.Words[i].Head += from
			}
		}
		root += from
		if first < 0 {
			first = root
		} else {
			t.Words[root].Head, t.Words[root].Deprel = first, "parataxis"
		}
		margin += m
		from = to
	}
	t.Score = margin / float64(len(toks))
	return t
}

// mostIdle bounds the workspaces that are kept, some 20 MB each when full.
var mostIdle = runtime.GOMAXPROCS(0)

func (p *Parser) take() *workspace {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		w := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return w
	}
	return &workspace{}
}

func (p *Parser) give(w *workspace) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) < mostIdle {
		p.idle = append(p.idle, w)
	}
}

// pieceEnd gives the end of the piece that starts at from.
func pieceEnd(toks []prose.Token, from int) int {
	if len(toks)-from <= longest {
		return len(toks)
	}
	for _, marks := range []string{".;!?:|", ",–—-", ""} {
		for to := from + longest; to > from+longest/2; to-- {
			if s := toks[to-1].Text; marks == "" || slices.Contains([]byte(marks), s[0]) {
				return to
			}
		}
	}
	return from + longest
}

// piece reads toks into words and gives the root and the sum of margins.
func (p *Parser) piece(toks []prose.Token, words []Word, w *workspace) (int, float64) {
	m := p.model
	w.forms = w.forms[:0]
	for _, tok := range toks {
		w.forms = append(w.forms, tok.Text)
	}
	p.net.Read(w.forms, m, &w.net)
	margin := p.arcs(len(toks), w)
	root := 0
	for i := range toks {
		word := &words[i]
		word.Form = toks[i].Text
		r := m.Reading(w.net.Tags[(i+1)*w.net.TagWide:])
		word.UPOS, word.XPOS, word.Feats = m.UPOS[r[0]], m.XPOS[r[1]], m.Feats[r[2]]
		word.Lemma = w.lemma(m, w.net.Slots[i+1], word.Form, r)
		word.Head, word.Deprel = w.heads[i], "root"
		if word.Head < 0 {
			root = i
		} else {
			word.Deprel = m.Rels[w.rels[i]]
		}
	}
	w.hangMarks(words)
	return root, margin
}

// lemmaOf is the lemma that a form had when last met, with its tags.
type lemmaOf struct {
	form, lemma string
	upos, xpos  int
}

// lemma of a form with its reading; slot is where the network keeps the form.
func (w *workspace) lemma(m *Model, slot int32, form string, r [3]int) string {
	if slot < 0 {
		return m.Lemmas.Lemma(form, m.UPOS[r[0]], m.XPOS[r[1]])
	}
	for int(slot) >= len(w.lemmas) {
		w.lemmas = append(w.lemmas, lemmaOf{})
	}
	k := &w.lemmas[slot]
	if k.form != form || k.upos != r[0] || k.xpos != r[1] {
		form = strings.Clone(form) // not the whole article that it is cut from
		*k = lemmaOf{form, m.Lemmas.Lemma(form, m.UPOS[r[0]], m.XPOS[r[1]]), r[0], r[1]}
	}
	return k.lemma
}

// arcs fills heads (-1 for the root) and rels of n words and gives the sum of
// margins.
func (p *Parser) arcs(n int, w *workspace) float64 {
	margin := w.tree.heads(w.net.Heads, w.net.Wide, n)
	w.heads, w.rels = resize(w.heads, n), resize(w.rels, n)
	for i := range n {
		w.heads[i], w.rels[i] = w.tree.best[i+1]-1, max(0, p.root)
		if w.heads[i] < 0 {
			continue
		}
		scores := p.net.Relation(i+1, w.heads[i]+1, &w.net)
		if p.root >= 0 {
			scores[p.root] = -1e9
		}
		w.rels[i] = argmax(scores)
	}
	p.settle(w, w.heads, w.rels)
	p.uncross(w.heads, w.rels)
	return margin
}

// Reading is the triple of tags with the best sum of scores. Each column's
// scores differ from log-likelihoods by a constant only, so sums may be
// compared.
func (m *Model) Reading(tags []float32) [3]int {
	u, x := tags[:len(m.UPOS)], tags[len(m.UPOS):len(m.UPOS)+len(m.XPOS)]
	f := tags[len(u)+len(x) : len(u)+len(x)+len(m.Feats)]
	highest := highestOf(f)
	best, top := -1, never
	try := func(p *pair) {
		ux := u[p.upos] + x[p.xpos]
		if ux+highest < top { // no features can lift it
			return
		}
		for k, i := range p.readings {
			if s := ux + f[p.feats[k]]; s > top || s == top && i < best {
				best, top = i, s
			}
		}
	}
	// The best tags by themselves are nearly always those of the best reading.
	if k := m.pairAt[argmax(u)*len(x)+argmax(x)]; k > 0 {
		try(&m.pairs[k-1])
	}
	for k := range m.pairs {
		try(&m.pairs[k])
	}
	if best < 0 {
		return [3]int{}
	}
	return m.Readings[best]
}

// highestOf four columns at a time; compared rather than by max, which minds
// NaN and takes three times as long.
func highestOf(v []float32) float32 {
	a, b, c, d := v[0], v[0], v[0], v[0]
	for len(v) >= 4 {
		if v[0] > a {
			a = v[0]
		}
		if v[1] > b {
			b = v[1]
		}
		if v[2] > c {
			c = v[2]
		}
		if v[3] > d {
			d = v[3]
		}
		v = v[4:]
	}
	for _, x := range v {
		if x > a {
			a = x
		}
	}
	return max(a, b, c, d)
}

// pair is a pair of tags with the readings that have it.
type pair struct {
	upos, xpos int
	readings   []int // indices into Readings
	feats      []int
}

// pairsOf groups readings by their tags.
func pairsOf(readings [][3]int) []pair {
	var out []pair
	at := map[[2]int]int{}
	for i, r := range readings {
		k, ok := at[[2]int{r[0], r[1]}]
		if !ok {
			k = len(out)
			at[[2]int{r[0], r[1]}] = k
			out = append(out, pair{upos: r[0], xpos: r[1]})
		}
		out[k].readings, out[k].feats = append(out[k].readings, i), append(out[k].feats, r[2])
	}
	return out
}

func argmax(v []float32) int {
	best := 0
	for i, x := range v {
		if x > v[best] {
			best = i
		}
	}
	return best
}

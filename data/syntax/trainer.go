package main

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/eval/parseeval"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/prose/syntax/network"
)

// trainer runs Adam over the examples and keeps a running average of the
// weights, which is what is stored.
type trainer struct {
	o            options
	m            *syntax.Model
	gold, silver []example
	tapes        []*tape
	turn         turned
	first        map[*network.Tensor][]float32 // running mean of gradients
	second       map[*network.Tensor][]float32 // of their squares
	mean         *network.Params
	step, steps  int
	lastRate     float64
	rng          *rand.Rand
}

func newTrainer(m *syntax.Model, gold, silver []parseeval.Sentence, o options) *trainer {
	t := &trainer{o: o, m: m, rng: rand.New(rand.NewPCG(o.seed, 7)), mean: network.New(m.Dims),
		first: map[*network.Tensor][]float32{}, second: map[*network.Tensor][]float32{}}
	counts := make([]int, len(m.Words))
	t.gold = examples(m, gold, counts)
	t.silver = examples(m, silver, counts)
	odds := make([]float64, len(counts))
	for i, c := range counts {
		odds[i] = 1 - 0.25/(0.25+float64(c))
	}
	for _, w := range m.Net.Tensors() {
		t.start(w)
		t.first[w], t.second[w] = make([]float32, len(w.V)), make([]float32, len(w.V))
	}
	for i := range max(1, o.workers) {
		tp := &tape{p: m.Net, g: network.New(m.Dims), turn: &t.turn, rng: xorshift(o.seed*977 + uint64(i) + 1), odds: odds, used: map[*network.Tensor]map[int]bool{}}
		grads[tp] = map[*network.Tensor]*network.Tensor{}
		for k, w := range tp.g.Tensors() {
			grads[tp][m.Net.Tensors()[k]] = w
		}
		t.tapes = append(t.tapes, tp)
	}
	perGold := (len(t.gold) + o.batch - 1) / o.batch
	perWarm := (len(t.gold)*o.goldTimes + len(t.silver) + o.batch - 1) / o.batch
	t.steps = o.epochs*perGold + o.warm*perWarm
	return t
}

// start draws the first weights.
func (t *trainer) start(w *network.Tensor) {
	limit := math.Sqrt(6 / float64(w.Rows+w.Cols))
	switch {
	case w.Coarse || w.Name == "root":
		limit = 0.1
	case w.Rows == 1:
		limit = 0
	}
	for i := range w.V {
		w.V[i] = float32((2*t.rng.Float64() - 1) * limit)
	}
	if w.Name == "1.b" || w.Name == "2.b" { // remember at first
		H := t.m.Dims.Hidden
		for k := range H {
			w.V[k], w.V[3*H+k] = 0.5, 0.5
		}
	}
}

func (t *trainer) size() int {
	n := 0
	for _, w := range t.m.Net.Tensors() {
		n += len(w.V)
	}
	return n
}

func examples(m *syntax.Model, all []parseeval.Sentence, counts []int) []example {
	var out []example
	tables := [3]map[string]int{number(m.UPOS), number(m.XPOS), number(m.Feats)}
	rels := number(m.Rels)
	find := func(t map[string]int, k string) int {
		if i, ok := t[k]; ok {
			return i
		}
		return -1
	}
	for _, s := range all {
		var e example
		for _, w := range s.Words {
			in, _ := m.Input(w.Form, nil)
			counts[in.Word]++
			e.in = append(e.in, in)
			for k, v := range []string{w.UPOS, w.XPOS, w.Feats} {
				i := find(tables[k], v)
				if v == "_" || k == 2 && v == "?" {
					i = -1 // silver text may leave a column out
				}
				e.tags[k] = append(e.tags[k], i)
			}
			e.heads = append(e.heads, w.Head+1)
			e.rels = append(e.rels, find(rels, w.Deprel))
		}
		out = append(out, e)
	}
	return out
}

func number(list []string) map[string]int {
	m := map[string]int{}
	for i, s := range list {
		m[s] = i
	}
	return m
}

// epoch passes once over the examples and gives the mean loss a token.
func (t *trainer) epoch(e int) float64 {
	order := slices.Clone(t.gold)
	if e < t.o.warm {
		for range t.o.goldTimes - 1 {
			order = append(order, t.gold...)
		}
		order = append(order, t.silver...)
	}
	t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	tokens := 0
	loss := 0.0
	for len(order) > 0 {
		batch := order[:min(t.o.batch, len(order))]
		order = order[len(batch):]
		t.turn.renew(t.m.Net)
		n := 0
		for _, x := range batch {
			n += len(x.in)
		}
		t.spread(batch)
		for _, tp := range t.tapes {
			loss += tp.loss
			tp.loss = 0
		}
		tokens += n
		t.update(float32(n) / 16)
	}
	return loss / float64(max(1, tokens))
}

// spread shares the batch among the workers.
func (t *trainer) spread(batch []example) {
	var wg sync.WaitGroup
	for i, tp := range t.tapes {
		wg.Go(func() {
			for k := i; k < len(batch); k += len(t.tapes) {
				tp.learn(batch[k])
			}
		})
	}
	wg.Wait()
}

const (
	beta1, beta2 = 0.9, 0.98
	clip         = 5.0
	averageLast  = 0.998
)

// update does one step of Adam; rows of embeddings that no token used rest.
func (t *trainer) update(scale float32) {
	t.step++
	progress := float64(t.step) / float64(t.steps)
	rate := t.o.rate * max(0.05, 1-progress)
	if t.step < 200 {
		rate *= float64(t.step) / 200
	}
	t.lastRate = rate
	t.gather(scale)
	lead := t.tapes[0]
	rate *= math.Sqrt(1-math.Pow(beta2, float64(t.step))) / (1 - math.Pow(beta1, float64(t.step)))
	for _, w := range t.m.Net.Tensors() {
		g := lead.grad(w)
		if !w.Coarse {
			adam(w.V, g.V, t.first[w], t.second[w], float32(rate))
			continue
		}
		for i := range lead.used[w] {
			a, b := i*w.Cols, (i+1)*w.Cols
			adam(w.V[a:b], g.V[a:b], t.first[w][a:b], t.second[w][a:b], float32(rate))
		}
		clear(lead.used[w])
	}
	t.average()
}

// gather sums the workers' gradients into the first, scales and clips.
func (t *trainer) gather(scale float32) {
	lead := t.tapes[0]
	for _, tp := range t.tapes[1:] {
		for _, w := range t.m.Net.Tensors() {
			if !w.Coarse {
				network.Axpy(lead.grad(w).V, 1, tp.grad(w).V)
				clear(tp.grad(w).V)
				continue
			}
			for i := range tp.used[w] {
				network.Axpy(lead.row(w, i), 1, tp.grad(w).Row(i))
				clear(tp.grad(w).Row(i))
			}
			clear(tp.used[w])
		}
	}
	var sum float64
	each := func(v []float32) {
		for i := range v {
			v[i] /= scale
			sum += float64(v[i]) * float64(v[i])
		}
	}
	t.eachGrad(each)
	if norm := math.Sqrt(sum); norm > clip {
		f := float32(clip / norm)
		t.eachGrad(func(v []float32) {
			for i := range v {
				v[i] *= f
			}
		})
	}
}

func (t *trainer) eachGrad(f func([]float32)) {
	lead := t.tapes[0]
	for _, w := range t.m.Net.Tensors() {
		if !w.Coarse {
			f(lead.grad(w).V)
			continue
		}
		for i := range lead.used[w] {
			f(lead.grad(w).Row(i))
		}
	}
}

func adam(w, g, m, v []float32, rate float32) {
	for i := range w {
		m[i] = beta1*m[i] + (1-beta1)*g[i]
		v[i] = beta2*v[i] + (1-beta2)*g[i]*g[i]
		w[i] -= rate * m[i] / (float32(math.Sqrt(float64(v[i]))) + 1e-8)
		g[i] = 0
	}
}

// average moves the running mean, in steps of eight to save time.
func (t *trainer) average() {
	const every = 8
	if t.step%every != 0 {
		return
	}
	keep := float32(math.Pow(min(averageLast, 1-1/(1+float64(t.step)/10)), every))
	for i, w := range t.m.Net.Tensors() {
		mean := t.mean.Tensors()[i].V
		for k, v := range w.V {
			mean[k] = keep*mean[k] + (1-keep)*v
		}
	}
}

// averaged is the model to store.
func (t *trainer) averaged() *syntax.Model {
	m := *t.m
	m.Net = t.mean
	return &m
}

// measure prints the scores on the files; FILE@PREFIX narrows to documents.
func (t *trainer) measure(files []string) error {
	for _, name := range files {
		if name == "" {
			continue
		}
		name, docs, _ := strings.Cut(name, "@")
		b, err := content(name)
		if err != nil {
			return err
		}
		r, err := parseeval.Score(bytes.NewReader(b), syntax.NewParser(t.averaged()), parseeval.Options{Docs: docs})
		if err != nil {
			return err
		}
		fmt.Printf("  %-28s upos %.2f xpos %.2f feats %.2f lemma %.2f uas %.2f las %.2f sub %.2f  raw las %.2f  %.0f tokens/s\n",
			tail(name)+docs, r.UPOS, r.XPOS, r.Feats, r.Lemma, r.UAS, r.LAS, r.LASSubtypes, r.Raw.LAS, r.TokensPerSecond)
	}
	return nil
}

func tail(name string) string {
	p := strings.Split(name, "/")
	return strings.Join(p[max(0, len(p)-2):], "/")
}

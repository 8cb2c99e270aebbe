package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/prose/syntax/network"
)

// teach reads texts (JSON lines with "text", or "sentences" of tokens), parses
// them with several models together and writes CoNLL-U for -silver.
func teach(models []string, texts []string, out string) error {
	var teachers []*syntax.Model
	for _, name := range models {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		m, err := syntax.ReadModel(b)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		teachers = append(teachers, m)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	z, err := zstd.NewWriter(f)
	if err != nil {
		return err
	}
	e := &ensemble{models: teachers, scratch: make([]network.Scratch, len(teachers))}
	for _, m := range teachers {
		e.nets = append(e.nets, network.Quantise(m.Net))
	}
	n := 0
	for _, name := range texts {
		b, err := content(name)
		if err != nil {
			return err
		}
		k, err := e.file(b, z)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		n += k
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Printf("%d sentences\n", n)
	return f.Close()
}

type ensemble struct {
	models  []*syntax.Model
	nets    []*network.Quantised
	scratch []network.Scratch
}

func (e *ensemble) file(b []byte, out io.Writer) (int, error) {
	n := 0
	sc := bufio.NewScanner(strings.NewReader(string(b)))
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var d struct {
			Text      string     `json:"text"`
			Sentences [][]string `json:"sentences"`
		}
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			if json.Unmarshal(sc.Bytes(), &struct {
				Text *string `json:"text"`
			}{&d.Text}) != nil {
				return n, err
			}
		}
		if d.Text == "" {
			var lines []string
			for _, s := range d.Sentences {
				lines = append(lines, strings.Join(s, " "))
			}
			d.Text = strings.Join(lines, "\n")
		}
		for _, s := range prose.Split(d.Text, "en").Sentences {
			if s.Kind == prose.Boilerplate || len(s.Tokens) < 4 || len(s.Tokens) > 80 {
				continue
			}
			n++
			if err := e.write(s, out); err != nil {
				return n, err
			}
		}
	}
	return n, sc.Err()
}

// write adds the log-likelihoods of all models: heads first, then tags and
// the relations of the heads chosen together.
func (e *ensemble) write(s prose.Sentence, out io.Writer) error {
	n := len(s.Tokens)
	wide := network.Padded(n + 1)
	heads := make([]float32, (n+1)*wide)
	lead := e.models[0]
	tags := make([][3][]float32, n)
	forms := make([]string, n)
	for i, t := range s.Tokens {
		forms[i] = t.Text
	}
	for k, m := range e.models {
		net := &e.scratch[k]
		e.nets[k].Read(forms, m, net)
		for d := 1; d <= n; d++ {
			addLog(heads[d*wide:d*wide+n+1], net.Heads[d*net.Wide:d*net.Wide+n+1])
			from := d * net.TagWide
			for k, size := range m.Dims.Tags {
				if tags[d-1][k] == nil {
					tags[d-1][k] = make([]float32, size)
				}
				addLog(tags[d-1][k], net.Tags[from:from+size])
				from += size
			}
		}
	}
	best := syntax.BestTree(heads, wide, n)
	rels := make([][]float32, n)
	for k, m := range e.models {
		for d := 1; d <= n; d++ {
			if rels[d-1] == nil {
				rels[d-1] = make([]float32, len(m.Rels))
			}
			addLog(rels[d-1], e.nets[k].Relation(d, best[d], &e.scratch[k]))
		}
	}
	var b strings.Builder
	for i, t := range s.Tokens {
		u, x, f := lead.UPOS[top(tags[i][0])], lead.XPOS[top(tags[i][1])], lead.Feats[top(tags[i][2])]
		rel := lead.Rels[top(rels[i])]
		if best[i+1] == 0 {
			rel = "root"
		}
		if f == "" {
			f = "_"
		}
		fmt.Fprintf(&b, "%d\t%s\t_\t%s\t%s\t%s\t%d\t%s\t_\t_\n", i+1, t.Text, u, x, f, best[i+1], rel)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(out, b.String())
	return err
}

// addLog adds the logarithm of the softmax of scores to sum.
func addLog(sum, scores []float32) {
	m := float64(scores[top(scores)])
	var z float64
	for _, v := range scores {
		z += math.Exp(float64(v) - m)
	}
	z = m + math.Log(z)
	for i, v := range scores {
		sum[i] += v - float32(z)
	}
}

func top(v []float32) int {
	best := 0
	for i, x := range v {
		if x > v[best] {
			best = i
		}
	}
	return best
}

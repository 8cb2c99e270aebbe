package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/eval/parseeval"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/prose/syntax/network"
)

// readAll reads comma-separated CoNLL-U files, plain, .gz or .zst.
func readAll(names string) ([]parseeval.Sentence, error) {
	var out []parseeval.Sentence
	for _, name := range strings.Split(names, ",") {
		if name == "" {
			continue
		}
		b, err := content(name)
		if err != nil {
			return nil, err
		}
		for s, err := range parseeval.Read(bytes.NewReader(b)) {
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			if len(s.Words) <= 120 {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

func content(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	switch {
	case strings.HasSuffix(name, ".gz"):
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	case strings.HasSuffix(name, ".zst"):
		d, err := zstd.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		defer d.Close()
		r = d
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

// vocabularies makes an untrained model for the sentences.
func vocabularies(gold, silver []parseeval.Sentence, o options) *syntax.Model {
	words := map[string]int{}
	var upos, xpos, feats, rels counter
	for _, s := range gold {
		for _, w := range s.Words {
			words[syntax.WordKey(w.Form)] += 2
			upos.add(w.UPOS)
			xpos.add(w.XPOS)
			feats.add(w.Feats)
			rels.add(w.Deprel)
		}
	}
	for _, s := range silver {
		for _, w := range s.Words {
			words[syntax.WordKey(w.Form)]++
		}
	}
	var keys []string
	for k, n := range words {
		if n >= 2*o.keep {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(words[b]-words[a], cmp.Compare(a, b)) })
	keys = keys[:min(len(keys), o.words)]
	m := &syntax.Model{
		Name: o.name, Words: append([]string{""}, keys...), Affixes: 1 << 13,
		UPOS: upos.keys(1), XPOS: xpos.keys(1), Feats: feats.keys(3), Rels: rels.keys(3),
		Lemmas: learnLemmas(gold, silver),
	}
	m.Dims = network.Dims{
		Words: len(m.Words), WordDim: 64, Affixes: m.Affixes, AffixDim: 48,
		Hidden: o.hidden, Arc: 64, Label: 96,
		Tags: []int{len(m.UPOS), len(m.XPOS), len(m.Feats)}, Rels: len(m.Rels),
	}
	m.Readings = readings(gold, m)
	m.Net = network.New(m.Dims)
	m.Index()
	return m
}

// readings are the triples of tags of the gold sentences.
func readings(gold []parseeval.Sentence, m *syntax.Model) [][3]int {
	tables := [3]map[string]int{number(m.UPOS), number(m.XPOS), number(m.Feats)}
	seen := map[[3]int]bool{}
	var out [][3]int
	for _, s := range gold {
		for _, w := range s.Words {
			var r [3]int
			ok := true
			for k, v := range []string{w.UPOS, w.XPOS, w.Feats} {
				i, known := tables[k][v]
				r[k], ok = i, ok && known
			}
			if ok && !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	slices.SortFunc(out, func(a, b [3]int) int { return slices.Compare(a[:], b[:]) })
	return out
}

type counter map[string]int

func (c *counter) add(s string) {
	if *c == nil {
		*c = counter{}
	}
	(*c)[s]++
}

// keys seen at least so often, in order.
func (c counter) keys(least int) []string {
	var out []string
	for k, n := range c {
		if n >= least {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

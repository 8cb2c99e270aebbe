// Command screenmodel learns how likely a listed person is meant by a name,
// from what a comparison of names finds. See README.md.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"

	"github.com/reportedly/reportedly/internal/eval/screeningeval"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

const (
	unList   = "un/un_consolidated_2026-02-27.xml.gz"
	ofacList = "us_ofac/sdn_2024-05-03.csv.gz"
	// Made names: the first devNames are those that the tests ask, of which every
	// second serves for scaling here; learning uses the others.
	devNames, allNames = 4000, 40000
	knownOfFile        = 12000
	knownWeight        = 0.3
	// leastAlias is how like an alias must be to teach: less alike it is another
	// name, which no comparison can find.
	leastAlias     = 0.45
	ridge          = 3.0 // of standardised weights
	negativeWeight = 0.2
	// strangerShare weighs the made names against the queries where scores are
	// scaled: as if every second name asked were that of a listed person.
	strangerShare = 0.1
)

// row is one comparison: figures, and whether one party is meant.
type row struct {
	x      []float64
	right  bool
	weight float64
}

func main() {
	shared := flag.String("shared", "../shared", "folder with the source data")
	out := flag.String("o", "internal/screening/persons.tsv", "file to write")
	flag.Parse()
	if err := run(*shared, *out); err != nil {
		log.Fatal(err)
	}
}

func run(shared, out string) error {
	un, err := load(filepath.Join(shared, "data/lists", unList))
	if err != nil {
		return err
	}
	ofac, err := load(filepath.Join(shared, "data/lists", ofacList))
	if err != nil {
		return err
	}
	made, err := madeNames(shared)
	if err != nil {
		return err
	}
	unIndex, ofacIndex := screening.New(un), screening.New(ofac)
	rows := append(aliases(ofac), neighbours(ofacIndex, ofac)...)
	rows = append(rows, strangers(unIndex, made[devNames:], 1)...)
	rows = append(rows, strangers(ofacIndex, made[devNames:devNames+8000], 1)...)
	known, err := knownNames(shared)
	if err != nil {
		return err
	}
	log.Printf("%d rows of aliases, neighbours, made names", len(rows))
	rows = append(rows, strangers(unIndex, known, knownWeight)...)
	rows = append(rows, strangers(ofacIndex, known[:len(known)/2], knownWeight)...)
	label, sign, _ := screening.Features(names.Evidence{})
	w := learn(rows, sign)
	scaling, err := devRows(shared, unIndex, made[:devNames])
	if err != nil {
		return err
	}
	slope, shift := scale(scaling, w)
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Weights, in log-odds, of the model of persons' names. Made by: go run ./data/screenmodel\n")
	fmt.Fprintf(&b, "# %d comparisons, scaled on %d of the development rows by z' = %.3f z %+.3f. Version 1.\n", len(rows), len(scaling), slope, shift)
	for i, l := range label {
		v := w[i] * slope
		if i == 0 {
			v += shift
		}
		fmt.Fprintf(&b, "%s\t%.4f\n", l, v)
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

func load(path string) ([]party.Party, error) {
	l, _, err := lists.Load(context.Background(), []snapshot.Input{snapshot.Path(path)}, lists.Options{})
	if err != nil {
		return nil, err
	}
	var out []party.Party
	for _, s := range l {
		out = append(out, s.Parties...)
	}
	return out, nil
}

func madeNames(shared string) ([]string, error) {
	dir := filepath.Join(shared, "data/names/ordinary")
	fore, err := os.ReadFile(filepath.Join(dir, "common-forenames-by-country.csv"))
	if err != nil {
		return nil, err
	}
	sur, err := os.ReadFile(filepath.Join(dir, "common-surnames-by-country.csv"))
	if err != nil {
		return nil, err
	}
	return screeningeval.Negatives(bytes.NewReader(fore), bytes.NewReader(sur), allNames)
}

// knownNames are names of persons whom Wikipedia knows, every second by its
// hash: the others are for measuring. Few are listed.
func knownNames(shared string) ([]string, error) {
	var out []string
	for _, file := range []string{"en_hebrew_fullnames.tsv.gz", "en_korean_fullnames.tsv.gz"} {
		f, err := os.Open(filepath.Join(shared, "data/names/translit", file))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		ns, err := screeningeval.Known(f, true)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, ns[:min(len(ns), knownOfFile)]...)
	}
	return out, nil
}

// add appends a comparison if the model speaks about such.
func add(rows []row, a, b string, right bool, weight float64) []row {
	var m names.Matcher
	m.Ask(names.Parse(a, party.Person))
	n := names.Parse(b, party.Person)
	m.Value(n.Side(nil))
	if e := m.Evidence(); screening.Modelled(e) {
		_, _, x := screening.Features(e)
		rows = append(rows, row{x, right, weight})
	}
	return rows
}

// aliases pairs each name that a list gives to a person with the likest of his
// others, as a search would.
func aliases(ps []party.Party) (rows []row) {
	var m names.Matcher
	for _, p := range ps {
		if p.Schema != party.Person {
			continue
		}
		for i := 1; i < min(len(p.Names), 8); i++ {
			m.Ask(names.Parse(p.Names[i].Text, party.Person))
			best, likest := 0.0, ""
			for k, n := range p.Names {
				other := names.Parse(n.Text, party.Person)
				if v := m.Value(other.Side(nil)); k != i && v > best && v < 1 {
					best, likest = v, n.Text
				}
			}
			if best >= leastAlias {
				rows = add(rows, p.Names[i].Text, likest, true, 1)
			}
		}
	}
	return rows
}

// neighbours pairs every third person with the likest of the others.
func neighbours(ix *screening.Index, ps []party.Party) (rows []row) {
	for i, p := range ps {
		if p.Schema != party.Person || i%3 != 0 {
			continue
		}
		name := p.Names[i%len(p.Names)].Text
		for _, h := range ix.Find(screening.Query{Name: name, Schema: party.Person, Limit: 6, Floor: 1e-9}) {
			if h.Party.ID != p.ID {
				rows = add(rows, name, h.Matched, false, negativeWeight)
			}
		}
	}
	return rows
}

// strangers pairs made names with the likest listed ones.
func strangers(ix *screening.Index, made []string, weight float64) (rows []row) {
	for _, n := range made {
		for _, h := range ix.Find(screening.Query{Name: n, Schema: party.Person, Limit: 3, Floor: 1e-9}) {
			rows = add(rows, n, h.Matched, false, weight)
		}
	}
	return rows
}

// devRows are every second query and made name of the development data, with
// the likest listed name of each.
func devRows(shared string, ix *screening.Index, made []string) (rows []row, err error) {
	f, err := os.Open(filepath.Join(shared, "data/names_bench/queries_dev.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	qs, err := screeningeval.Read(f, "query", "reference")
	if err != nil {
		return nil, err
	}
	for i := range qs {
		if screeningeval.Held(qs[i][1]) {
			continue
		}
		for _, h := range ix.Find(screening.Query{Name: qs[i][0], Schema: party.Person, Limit: 1, Floor: 1e-9}) {
			rows = add(rows, qs[i][0], h.Matched, h.Party.ID == "un:"+qs[i][1], 1)
		}
	}
	for i := 0; i < len(made); i += 2 {
		for _, h := range ix.Find(screening.Query{Name: made[i], Schema: party.Person, Limit: 1, Floor: 1e-9}) {
			rows = add(rows, made[i], h.Matched, false, strangerShare)
		}
	}
	return rows, nil
}

// learn fits a logistic regression with a ridge on standardised figures. A
// figure whose weight comes out with the wrong sign is left out, the worst
// first, and the rest fitted again.
func learn(rows []row, sign []int) []float64 {
	n := len(rows[0].x)
	mean, dev := make([]float64, n), make([]float64, n)
	for _, r := range rows {
		for i, x := range r.x {
			mean[i] += x / float64(len(rows))
		}
	}
	for _, r := range rows {
		for i, x := range r.x {
			dev[i] += (x - mean[i]) * (x - mean[i]) / float64(len(rows))
		}
	}
	z := make([]row, len(rows))
	for k, r := range rows {
		z[k] = row{make([]float64, n), r.right, r.weight}
		z[k].x[0] = 1
		for i := 1; i < n; i++ {
			if dev[i] > 0 {
				z[k].x[i] = (r.x[i] - mean[i]) / math.Sqrt(dev[i])
			}
		}
	}
	w := newton(z, ridge)
	for {
		worst := 0
		for i := 1; i < n; i++ {
			if wrong := w[i] * float64(sign[i]); wrong < 0 && wrong < w[worst]*float64(sign[worst]) {
				worst = i
			}
		}
		if worst == 0 {
			break
		}
		for k := range z {
			z[k].x[worst] = 0
		}
		w = newton(z, ridge)
	}
	for i := 1; i < n; i++ {
		if dev[i] > 0 {
			w[i] /= math.Sqrt(dev[i])
			w[0] -= w[i] * mean[i]
		}
	}
	return w
}

// scale finds slope and shift of the log-odds that fit the rows best (Platt
// 1999).
func scale(rows []row, w []float64) (slope, shift float64) {
	z := make([]row, len(rows))
	for k, r := range rows {
		z[k] = row{[]float64{1, dot(w, r.x)}, r.right, r.weight}
	}
	s := newton(z, 0.01)
	return s[1], s[0]
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// newton maximises the likelihood of a logistic regression; the first figure
// of each row is the bias and bears no ridge.
func newton(rows []row, ridge float64) []float64 {
	n := len(rows[0].x)
	w := make([]float64, n)
	for range 30 {
		grad, hess := make([]float64, n), make([][]float64, n)
		for i := range hess {
			hess[i] = make([]float64, n)
			if i > 0 {
				grad[i], hess[i][i] = -ridge*w[i], ridge
			} else {
				hess[i][i] = 1e-6
			}
		}
		for _, r := range rows {
			p := 1 / (1 + math.Exp(-dot(w, r.x)))
			d := -p
			if r.right {
				d = 1 - p
			}
			for i, x := range r.x {
				grad[i] += r.weight * d * x
				for j := range i + 1 {
					hess[i][j] += r.weight * p * (1 - p) * x * r.x[j]
				}
			}
		}
		for i := range n {
			for j := range i {
				hess[j][i] = hess[i][j]
			}
		}
		step := solve(hess, grad)
		size := 0.0
		for i := range w {
			w[i] += step[i]
			size += step[i] * step[i]
		}
		if size < 1e-12 {
			break
		}
	}
	return w
}

// solve is Gauss's elimination with pivots.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		p := i
		for k := i + 1; k < n; k++ {
			if math.Abs(a[k][i]) > math.Abs(a[p][i]) {
				p = k
			}
		}
		a[i], a[p], b[i], b[p] = a[p], a[i], b[p], b[i]
		if a[i][i] == 0 {
			continue
		}
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < n; j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for j := i + 1; j < n; j++ {
			x[i] -= a[i][j] * x[j]
		}
		if a[i][i] != 0 {
			x[i] /= a[i][i]
		}
	}
	return x
}

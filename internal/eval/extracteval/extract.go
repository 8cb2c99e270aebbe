package extracteval

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/articles"
)

// Result of a run. Text figures are zero where the gold states no bodies, date
// figures where it states no dates.
type Result struct {
	Pages     int     `json:"pages"`
	F1        float64 `json:"f1"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	// DateAccuracy counts a missing date as wrong; DateF1 is that of dates found.
	Dates        int     `json:"dates"`
	DateAccuracy float64 `json:"date_accuracy"`
	DateF1       float64 `json:"date_f1"`
	Misses       []Miss  `json:"misses,omitempty"`
}

// Miss is a page whose text shares less than nine tenths with the gold, or
// whose date is another.
type Miss struct {
	Page      string  `json:"page"`
	URL       string  `json:"url"`
	Precision float64 `json:"precision,omitempty"`
	Recall    float64 `json:"recall,omitempty"`
	Date      string  `json:"date,omitempty"`
	Gold      string  `json:"gold,omitempty"`
	Problem   string  `json:"problem,omitempty"`
}

type gold struct {
	ID   string  `json:"id"`
	File string  `json:"file"`
	URL  string  `json:"url"`
	Body *string `json:"article_body"`
	Date string  `json:"date"`
}

func (g gold) page() string {
	if g.File != "" {
		return g.File
	}
	return g.ID + ".html"
}

// got is one page as the program read it.
type got struct {
	gold
	text, date, problem string
}

// Measure reads a folder.
func Measure(dir string) (Result, error) {
	golds, err := readGold(dir)
	if err != nil {
		return Result{}, err
	}
	pages := map[string][]byte{}
	if err := walk(dir, func(name string, r io.Reader) error {
		if !strings.HasSuffix(name, ".html") {
			return nil
		}
		b, err := io.ReadAll(io.LimitReader(r, articles.DefaultMaxArticle))
		pages[name] = b
		return err
	}); err != nil {
		return Result{}, err
	}
	out := make([]got, len(golds))
	var work sync.WaitGroup
	for i, g := range golds {
		b, ok := pages[g.page()]
		if !ok {
			return Result{}, fmt.Errorf("extract: page %s of the gold file is not in %s", g.page(), dir)
		}
		work.Go(func() {
			out[i].gold = g
			a, problem, _ := articles.FromPage(b, g.URL, "text/html")
			out[i].text, out[i].date, out[i].problem = a.Text, a.Day().String(), problem
		})
	}
	work.Wait()
	return score(out), nil
}

func score(all []got) Result {
	r := Result{Pages: len(all)}
	var ps, rs []float64
	found, right := 0, 0
	for _, g := range all {
		m := Miss{Page: g.page(), URL: g.URL, Problem: g.problem}
		bad := false
		if g.Body != nil {
			p, rec, hasP, hasR := overlap(*g.Body, g.text)
			if hasP {
				ps = append(ps, p)
			}
			if hasR {
				rs = append(rs, rec)
			}
			m.Precision, m.Recall = p, rec
			bad = p < 0.9 || rec < 0.9
		}
		if g.Date != "" {
			r.Dates++
			if g.date != "" {
				found++
			}
			if g.date == g.Date {
				right++
			} else {
				m.Date, m.Gold, bad = g.date, g.Date, true
			}
		}
		if bad {
			r.Misses = append(r.Misses, m)
		}
	}
	r.Precision, r.Recall = mean(ps), mean(rs)
	r.F1 = f1(r.Precision, r.Recall)
	if r.Dates > 0 {
		r.DateAccuracy = float64(right) / float64(r.Dates)
		if found > 0 {
			r.DateF1 = f1(float64(right)/float64(found), r.DateAccuracy)
		}
	}
	return r
}

func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func mean(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// word is \w+ of Python's re with Unicode.
var word = regexp.MustCompile(`[\p{L}\p{N}\p{Mn}\p{Mc}_]+`)

func shingles(text string) map[string]int {
	tokens := word.FindAllString(text, -1)
	out := map[string]int{}
	for i := range max(1, len(tokens)-3) {
		if s := strings.Join(tokens[min(i, len(tokens)):min(i+4, len(tokens))], " "); s != "" {
			out[s]++
		}
	}
	return out
}

// overlap gives precision and recall of one page over shingles of four words,
// and whether each counts in the mean (evaluate.py of the benchmark: a page
// without a prediction has no precision, one without gold no recall).
func overlap(gold, pred string) (p, r float64, hasP, hasR bool) {
	a, b := shingles(gold), shingles(pred)
	tp, fp, fn := 0, 0, 0
	for s, n := range a {
		tp += min(n, b[s])
		fn += max(0, n-b[s])
	}
	for s, n := range b {
		fp += max(0, n-a[s])
	}
	if tp > 0 {
		p, r = float64(tp)/float64(tp+fp), float64(tp)/float64(tp+fn)
	}
	return p, r, tp+fp > 0, tp+fn > 0
}

func readGold(dir string) ([]gold, error) {
	var out []gold
	err := walk(dir, func(name string, r io.Reader) error {
		if !strings.HasSuffix(name, ".jsonl") {
			return nil
		}
		sc := bufio.NewScanner(r)
		sc.Buffer(nil, 16<<20)
		for n := 1; sc.Scan(); n++ {
			var g gold
			// Python writes NaN where no day is known; such a page does not count.
			if err := json.Unmarshal(bytes.ReplaceAll(sc.Bytes(), []byte(": NaN"), []byte(": null")), &g); err != nil {
				return fmt.Errorf("extract: %s line %d: %w", name, n, err)
			}
			out = append(out, g)
		}
		return sc.Err()
	})
	if err == nil && len(out) == 0 {
		err = errors.New("extract: no gold file (.jsonl) in " + dir)
	}
	slices.SortFunc(out, func(a, b gold) int { return strings.Compare(a.page(), b.page()) })
	return out, err
}

// walk gives every file of a folder by its last name, unpacked, and the
// members of tar archives.
func walk(dir string, give func(name string, r io.Reader) error) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		r, name, done, err := unpack(f, d.Name())
		if err != nil {
			return fmt.Errorf("extract: %s: %w", p, err)
		}
		defer done()
		if !strings.HasSuffix(name, ".tar") {
			return give(name, r)
		}
		for t := tar.NewReader(r); ; {
			h, err := t.Next()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return fmt.Errorf("extract: %s: %w", p, err)
			}
			if err := give(filepath.Base(h.Name), t); err != nil {
				return err
			}
		}
	})
}

func unpack(f io.Reader, name string) (io.Reader, string, func(), error) {
	r := bufio.NewReader(f)
	head, _ := r.Peek(4)
	none := func() {}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(r)
		return z, strings.TrimSuffix(name, ".gz"), none, err
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(r)
		if err != nil {
			return nil, "", none, err
		}
		return z, strings.TrimSuffix(name, ".zst"), z.Close, nil
	}
	return r, name, none, nil
}

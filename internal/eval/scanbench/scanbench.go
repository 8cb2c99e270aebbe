package scanbench

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/coregx/ahocorasick"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Result holds the figures. Rates are millions of bytes a second of processor
// time of one goroutine, since machines are shared; wall figures stand beside.
type Result struct {
	Parties  int `json:"parties"`
	Names    int `json:"names"`
	Articles int `json:"articles"` // measured, warm-up left out
	Bytes    int `json:"bytes"`
	Named    int `json:"named"` // articles that name somebody who may be listed

	MBPerS       float64 `json:"mb_per_s"`
	MBPerSWall   float64 `json:"mb_per_s_wall"`
	ArticlesPerS float64 `json:"articles_per_s"`
	ColdMBPerS   float64 `json:"cold_mb_per_s"`  // of the warm-up, from an empty memory
	AgainMBPerS  float64 `json:"again_mb_per_s"` // of the measured half read once more: nothing is left to learn
	LearnShare   float64 `json:"learn_share"`    // of the measured time that the second reading saves
	ExactMBPerS  float64 `json:"exact_mb_per_s"`
	ExactWall    float64 `json:"exact_mb_per_s_wall"`
	ExactBuild   float64 `json:"exact_build_s"`
	Ratio        float64 `json:"ratio"` // of mb_per_s to exact_mb_per_s
	Growth10     float64 `json:"growth_10x"`
	Growth100    float64 `json:"growth_100x"`
	MillionMB    float64 `json:"million_names_mb"` // resident, parties included
	IndexBytes   int     `json:"index_bytes"`
	FileBytes    int     `json:"file_bytes"`
	Build        float64 `json:"build_s"`
	BuildCPU     float64 `json:"build_cpu_s"`
	Open         float64 `json:"open_s"`
	OpenCPU      float64 `json:"open_cpu_s"`
	RSS          float64 `json:"rss_mb"` // of the program with the lists' index alone
}

// Meter tells what a measure costs: processor time of the process and its
// resident megabytes.
type Meter struct {
	CPU      func() time.Duration
	Resident func() float64
	// Profile, which may be nil, is started for the measured half of the texts.
	Profile func() (stop func(), err error)
}

// Measure reads the texts with an index of the parties. Growth is measured too
// unless quick: it builds an index of a million names.
func Measure(parties []party.Party, texts []story.Article, m Meter, quick bool) (Result, error) {
	var r Result
	if len(texts) < 2 {
		return r, fmt.Errorf("scan bench: %d texts: at least two are needed, one to warm up", len(texts))
	}
	r.Parties = len(parties)
	for i := range parties {
		r.Names += len(parties[i].Names)
	}
	ix, err := r.index(parties, m)
	if err != nil {
		return r, err
	}
	warm, measured := halves(texts)
	size := sizeOf(measured)
	r.Articles, r.Bytes = len(measured), size
	r.ColdMBPerS = rate(sizeOf(warm), m.spend(func() { read(ix, warm) }).cpu)
	stop := func() {}
	if m.Profile != nil {
		if stop, err = m.Profile(); err != nil {
			return r, fmt.Errorf("scan bench: %w", err)
		}
	}
	c := m.spend(func() { r.Named = read(ix, measured) })
	stop()
	again := m.spend(func() { read(ix, measured) })
	r.AgainMBPerS, r.LearnShare = rate(size, again.cpu), max(0, 1-again.cpu.Seconds()/c.cpu.Seconds())
	r.MBPerS, r.MBPerSWall, r.ArticlesPerS = rate(size, c.cpu), rate(size, c.wall), float64(len(measured))/c.cpu.Seconds()
	r.RSS = settled(m)
	if err := r.exact(parties, measured, m); err != nil {
		return r, err
	}
	runtime.KeepAlive(ix)
	if !quick {
		r.growth(parties, texts, m)
	}
	return r, nil
}

type cost struct{ cpu, wall time.Duration }

// spend measures work, after the garbage of the work before is gone.
func (m Meter) spend(work func()) cost {
	runtime.GC()
	c, w := m.CPU(), time.Now()
	work()
	return cost{m.CPU() - c, time.Since(w)}
}

func rate(size int, d time.Duration) float64 { return float64(size) / 1e6 / max(d.Seconds(), 1e-9) }

func settled(m Meter) float64 {
	debug.FreeOSMemory()
	return m.Resident()
}

// halves parts texts by turns, so that both halves are of one kind.
func halves(texts []story.Article) (even, odd []story.Article) {
	for i, t := range texts {
		if i%2 == 0 {
			even = append(even, t)
		} else {
			odd = append(odd, t)
		}
	}
	return even, odd
}

func sizeOf(texts []story.Article) int {
	n := 0
	for i := range texts {
		n += len(texts[i].Text)
	}
	return n
}

// read finds who is named, as the command mentions does.
func read(ix *mentions.Index, texts []story.Article) int {
	n := 0
	for _, a := range texts {
		if len(ix.FindIn(a, func() prose.Document { return prose.Split(a.Text, a.Language) }).Mentions) > 0 {
			n++
		}
	}
	return n
}

// index builds, writes and opens the index.
func (r *Result) index(parties []party.Party, m Meter) (*mentions.Index, error) {
	var ix *mentions.Index
	c := m.spend(func() { ix = mentions.New(parties) })
	r.Build, r.BuildCPU, r.IndexBytes = c.wall.Seconds(), c.cpu.Seconds(), ix.Bytes()
	var b bytes.Buffer
	if _, err := ix.WriteTo(&b); err != nil {
		return nil, err
	}
	r.FileBytes = b.Len()
	dir, err := os.MkdirTemp("", "reportedly-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "index")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		return nil, err
	}
	b = bytes.Buffer{}
	c = m.spend(func() {
		var raw []byte
		if raw, err = os.ReadFile(file); err == nil {
			ix, err = mentions.Open(parties, raw)
		}
	})
	r.Open, r.OpenCPU = c.wall.Seconds(), c.cpu.Seconds()
	return ix, err
}

// exact measures the exact matcher on the names as listed, from four letters.
func (r *Result) exact(parties []party.Party, texts []story.Article, m Meter) error {
	b := ahocorasick.NewBuilder()
	seen := map[string]bool{}
	for i := range parties {
		for _, n := range parties[i].Names {
			if len(n.Text) >= 4 && !seen[n.Text] {
				seen[n.Text] = true
				b.AddPattern([]byte(n.Text))
			}
		}
	}
	var a *ahocorasick.Automaton
	var err error
	c := m.spend(func() { a, err = b.Build() })
	if err != nil {
		return fmt.Errorf("scan bench: exact matcher: %w", err)
	}
	r.ExactBuild = c.wall.Seconds()
	raw := make([][]byte, len(texts))
	for i := range texts {
		raw[i] = []byte(texts[i].Text)
	}
	c = m.spend(func() {
		for _, t := range raw {
			a.FindAll(t, -1)
		}
	})
	r.ExactMBPerS, r.ExactWall = rate(r.Bytes, c.cpu), rate(r.Bytes, c.wall)
	r.Ratio = r.MBPerS / r.ExactMBPerS
	return nil
}

// Names of the growth measure: the first is a sample of the lists, the others
// add names made of halves of listed ones, which share their words and sounds
// with the lists as new entries would.
var sizes = []int{10_000, 100_000, 1_000_000}

func (r *Result) growth(parties []party.Party, texts []story.Article, m Meter) {
	warm, measured := halves(texts)
	var first time.Duration
	for i, n := range sizes {
		debug.FreeOSMemory()
		before := m.Resident()
		ix := mentions.New(Grown(parties, n))
		read(ix, warm)
		c := m.spend(func() { read(ix, measured) })
		switch i {
		case 0:
			first = c.cpu
		case 1:
			r.Growth10 = c.cpu.Seconds() / first.Seconds()
		default:
			r.Growth100 = c.cpu.Seconds() / first.Seconds()
			r.MillionMB = settled(m) - before
		}
		runtime.KeepAlive(ix)
	}
}

// Grown gives parties with n names in all, one to four each: those listed,
// drawn with a fixed seed, then halves of two listed names of one type joined.
func Grown(parties []party.Party, n int) []party.Party {
	rnd := rand.New(rand.NewPCG(1, 2))
	var out []party.Party
	have := 0
	for _, i := range rnd.Perm(len(parties)) {
		if have >= n {
			break
		}
		p := parties[i]
		p.Names = p.Names[:min(len(p.Names), 4, n-have)]
		have += len(p.Names)
		out = append(out, p)
	}
	bySchema := map[party.Schema][]string{}
	for i := range parties {
		for _, name := range parties[i].Names {
			bySchema[parties[i].Schema] = append(bySchema[parties[i].Schema], name.Text)
		}
	}
	for have < n {
		like := parties[rnd.IntN(len(parties))]
		all := bySchema[like.Schema]
		if len(all) == 0 {
			continue
		}
		p := party.Party{ID: fmt.Sprintf("grown:%d", len(out)), Schema: like.Schema}
		for range min(1+rnd.IntN(4), n-have) {
			a, b := strings.Fields(all[rnd.IntN(len(all))]), strings.Fields(all[rnd.IntN(len(all))])
			p.Names = append(p.Names, party.Name{Text: strings.Join(append(a[:(len(a)+1)/2:(len(a)+1)/2], b[len(b)/2:]...), " ")})
		}
		have += len(p.Names)
		out = append(out, p)
	}
	return out
}

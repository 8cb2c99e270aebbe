package speech

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// language is the table of one language without trees (data/lang/XX.tsv).
type language struct {
	that  map[string]bool
	cues  []foreignCue
	kinds []stem
}

type foreignCue struct {
	form      string
	words     []string
	act       Act
	certainty Certainty
}

type stem struct {
	text   string
	prefix bool
	kind   HolderKind
}

var loadLanguages = sync.OnceValues(func() (map[string]*language, error) {
	out := map[string]*language{}
	names, err := fs.Glob(files, "data/lang/*.tsv")
	if err != nil {
		return out, fmt.Errorf("speech: %w", err)
	}
	for _, path := range names {
		code := strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".tsv")
		l := &language{that: map[string]bool{}}
		if err := eachRow(path, l.row); err != nil {
			return out, err
		}
		out[code] = l
	}
	return out, nil
})

func (l *language) row(f []string) error {
	if f[0] == "that" {
		l.that = set(f[1], "|")
		return nil
	}
	for _, w := range strings.Split(f[1], "|") {
		if kind, ok := strings.CutPrefix(f[0], "kind:"); ok {
			if !kindsClosed[HolderKind(kind)] {
				return fmt.Errorf("unknown kind %q", kind)
			}
			text, prefix := strings.CutSuffix(w, "*")
			l.kinds = append(l.kinds, stem{text, prefix, HolderKind(kind)})
			continue
		}
		c := foreignCue{f[0], strings.Fields(w), Act(f[2]), Certainty(f[3])}
		if _, ok := rank[c.certainty]; !ok || !acts[c.act] || len(c.words) == 0 {
			return fmt.Errorf("cue %q: unknown act or certainty", w)
		}
		l.cues = append(l.cues, c)
	}
	return nil
}

// foreign reads a text in a language that has a table, by the order of words.
func (r *reader) foreign() []Attribution {
	all, _ := loadLanguages()
	l := all[r.doc.Language]
	if l == nil {
		return nil
	}
	for i, s := range r.doc.Sentences {
		if s.Kind == prose.Boilerplate || s.Kind == prose.DatelineOnly || len(s.Tokens) < 3 {
			continue
		}
		f := &phrase{reader: r, lang: l, idx: i, toks: s.Tokens}
		f.low = make([]string, len(f.toks))
		for k, t := range f.toks {
			f.low[k] = strings.ToLower(t.Text)
		}
		f.read()
	}
	r.order()
	r.nest()
	r.resolve()
	return r.out
}

// phrase is a sentence read by word order alone.
type phrase struct {
	*reader
	lang *language
	idx  int
	toks []prose.Token
	low  []string
}

func (f *phrase) read() {
	main := -1
	for i := 0; i < len(f.toks); i++ {
		c, n := f.cueAt(i)
		if c == nil {
			continue
		}
		h, content := f.parts(c, i, i+n)
		if a, ok := f.make(c, i, i+n, h, content); ok {
			if c.form == "citing" && main >= 0 {
				a.Content = f.out[main].Content
				f.parentOf[len(f.out)] = main
			} else if c.form != "citing" {
				main = len(f.out)
			}
			f.out = append(f.out, a)
			i += n - 1
		}
	}
}

// cueAt gives the longest cue at token i and its number of tokens.
func (f *phrase) cueAt(i int) (*foreignCue, int) {
	var best *foreignCue
	size := 0
	for k := range f.lang.cues {
		c := &f.lang.cues[k]
		n := f.lies(c.words, i)
		if n > size {
			best, size = c, n
		}
	}
	return best, size
}

// lies reports how many tokens from i the words take, 0 if they do not match;
// an apostrophe may part a word into two tokens.
func (f *phrase) lies(words []string, i int) int {
	at := i
	for _, w := range words {
		if at >= len(f.low) {
			return 0
		}
		got := f.low[at]
		k := at + 1
		for got != w && len(got) < len(w) && strings.HasPrefix(w, got) && k < len(f.low) && !f.toks[k-1].SpaceAfter {
			got += f.low[k]
			k++
		}
		if got != w {
			return 0
		}
		at = k
	}
	return at - i
}

// run is a range of tokens [a, b).
type run struct{ a, b int }

// parts finds holder and content of the cue in tokens [i, j).
func (f *phrase) parts(c *foreignCue, i, j int) (run, []run) {
	end := len(f.toks)
	switch c.form {
	case "before":
		stop := f.stop(j, end)
		h := run{j, stop}
		if i == 0 || stop < end && f.strictStart(i) {
			return h, []run{{stop, end}}
		}
		return h, []run{{0, i}, {stop, end}}
	case "citing":
		return run{j, f.stop(j, end)}, []run{{0, i}}
	case "adverb":
		return run{}, []run{{0, i}, {j, end}}
	case "nocomment":
		return run{f.start(i), i}, []run{{j, end}}
	case "said-verb-first":
		if t := f.that(j, end); t > j {
			return run{j, t}, []run{{t, end}}
		}
		if f.closesBefore(i) {
			return run{j, f.stop(j, end)}, []run{{0, i}}
		}
		stop := f.stop(j, end)
		return run{j, stop}, []run{{stop, end}}
	}
	// verb
	if f.closesBefore(i) {
		// "..., verb HOLDER": but "HOLDER, who ..., verb that" has a clause behind.
		if t := f.that(j, min(end, j+3)); t < 0 {
			return run{j, f.stop(j, end)}, []run{{0, i}}
		}
	}
	t := f.that(j, end)
	h := run{f.start(i), i}
	if t >= 0 {
		if h.b-h.a < 1 {
			h = run{j, t}
		}
		return h, []run{{t, end}}
	}
	return h, []run{{j, end}}
}

func (f *phrase) strictStart(i int) bool { return i <= 1 }

func (f *phrase) that(a, b int) int {
	for k := a; k < b && k < a+20; k++ {
		if f.lang.that[f.low[k]] {
			return k
		}
	}
	return -1
}

// stop is the end of a noun phrase from a on: a mark, or the next cue.
func (f *phrase) stop(a, b int) int {
	for k := a; k < b; k++ {
		switch f.toks[k].Text {
		case ",", "،", ".", ";", ":", "—", "–", "-", "؛", "!", "?":
			if k > a {
				return k
			}
		}
		if k > a {
			if c, _ := f.cueAt(k); c != nil && (c.form == "citing" || c.form == "verb") {
				return k
			}
		}
	}
	return b
}

// start is where the noun phrase before token i begins.
func (f *phrase) start(i int) int {
	for k := i - 1; k >= 0; k-- {
		switch t := f.toks[k].Text; {
		case t == ",", t == "،", t == ";", t == ":", t == "—", t == "–", isQuoteMark(t) && k < i-1 && !f.opens(k):
			return k + 1
		}
	}
	return 0
}

func (f *phrase) opens(k int) bool { return f.toks[k].Text == "«" || f.toks[k].Text == "“" }

// closesBefore: a comma, dash or closing quotation mark stands before token i,
// and enough before it to be what is said.
func (f *phrase) closesBefore(i int) bool {
	if i < 3 {
		return false
	}
	switch t := f.toks[i-1].Text; t {
	case ",", "،", "—", "–", "-", "»", "”", "\"":
		return true
	}
	return false
}

func (f *phrase) span(r run) (story.Span, bool) {
	a, b := r.a, r.b
	mark := func(k int) bool {
		t := f.toks[k].Text
		return strings.ContainsAny(t, ".,;:!?—–،؛") && len(t) <= 3 || t == "-" || t == "…"
	}
	for a < b && (mark(a) || f.lang.that[f.low[a]]) {
		a++
	}
	for b > a && mark(b-1) {
		b--
	}
	if a >= b || b > len(f.toks) {
		return story.Span{}, false
	}
	return story.Span{Start: f.toks[a].Start, End: f.toks[b-1].End}, true
}

func (f *phrase) make(c *foreignCue, i, j int, h run, content []run) (Attribution, bool) {
	a := Attribution{
		Cue: story.Span{Start: f.toks[i].Start, End: f.toks[j-1].End}, Class: Statement, Act: c.act, Certainty: c.certainty,
		Parent: -1, Sentence: f.idx,
	}
	a.CueText = strings.ToLower(a.Cue.Of(f.doc.Text))
	if c.form != "adverb" {
		s, ok := f.span(h)
		if !ok || h.b-h.a > 25 {
			return a, false
		}
		a.Holder = Holder{Span: s, Text: s.Of(f.doc.Text), Head: s}
		f.kind(&a.Holder, h)
	}
	for _, r := range content {
		if s, ok := f.span(r); ok {
			a.Content = append(a.Content, s)
		}
	}
	if len(a.Content) == 0 && c.form != "nocomment" {
		return a, false
	}
	a.Content = f.widen(a.Cue, a.Content)
	a.Directness = f.directness(a.Content)
	return a, true
}

// widen takes in the whole of quotations that content begins or ends in.
func (r *reader) widen(cue story.Span, pieces []story.Span) []story.Span {
	for k := range pieces {
		for _, q := range r.quotes {
			if q.Overlaps(pieces[k]) && !q.Contains(cue) && !q.Overlaps(cue) {
				pieces[k].Start, pieces[k].End = min(pieces[k].Start, q.Start), max(pieces[k].End, q.End)
			}
		}
	}
	return merge(pieces)
}

// kind reads the holder's words from the first on: a known name, else the stem
// that comes first.
func (f *phrase) kind(h *Holder, r run) {
	for k := r.a; k < r.b; k++ {
		for n := min(4, r.b-k); n > 0; n-- {
			name := f.doc.Text[f.toks[k].Start:f.toks[k+n-1].End]
			if got, ok := f.lex.known[name]; ok && len(name) > 2 {
				h.Kind, h.Name, h.Country = got.kind, name, got.country
				h.Head = story.Span{Start: f.toks[k].Start, End: f.toks[k+n-1].End}
				return
			}
		}
	}
	for k := r.a; k < r.b; k++ {
		for _, s := range f.lang.kinds {
			if f.low[k] == s.text || s.prefix && strings.HasPrefix(f.low[k], s.text) {
				h.Kind, h.Head = s.kind, f.toks[k].Span
				return
			}
		}
	}
	h.Kind, h.Name = PersonH, h.Text
}

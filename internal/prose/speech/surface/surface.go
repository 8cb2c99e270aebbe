package surface

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/quotation"
	"github.com/reportedly/reportedly/internal/prose/speech/stance"
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
	act       stance.Act
	certainty stance.Certainty
}

type stem struct {
	text   string
	prefix bool
	kind   stance.HolderKind
}

//go:embed lang
var files embed.FS

var loadLanguages = sync.OnceValues(func() (map[string]*language, error) {
	out := map[string]*language{}
	names, err := fs.Glob(files, "lang/*.tsv")
	if err != nil {
		return out, fmt.Errorf("surface: %w", err)
	}
	for _, path := range names {
		code := strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".tsv")
		l := &language{that: map[string]bool{}}
		if err := lexicon.EachRow(files, path, l.row); err != nil {
			return out, err
		}
		out[code] = l
	}
	return out, nil
})

func (l *language) row(f []string) error {
	if f[0] == "that" {
		l.that = lexicon.Set(f[1], "|")
		return nil
	}
	for _, w := range strings.Split(f[1], "|") {
		if kind, ok := strings.CutPrefix(f[0], "kind:"); ok {
			if !stance.HolderKind(kind).Known() {
				return fmt.Errorf("unknown kind %q", kind)
			}
			text, prefix := strings.CutSuffix(w, "*")
			l.kinds = append(l.kinds, stem{text, prefix, stance.HolderKind(kind)})
			continue
		}
		c := foreignCue{f[0], strings.Fields(w), stance.Act(f[2]), stance.Certainty(f[3])}
		if !c.certainty.Known() || !c.act.Known() || len(c.words) == 0 {
			return fmt.Errorf("cue %q: unknown act or certainty", w)
		}
		l.cues = append(l.cues, c)
	}
	return nil
}

// Saying is one piece of reported speech as the order of words shows it.
type Saying struct {
	Holder, Head, Cue story.Span // Holder is empty where nobody is named
	Content           []story.Span
	Kind              stance.HolderKind
	Name, Country     string
	Act               stance.Act
	Certainty         stance.Certainty
	Sentence          int
	// Under is the index of the saying that this one stands behind ("citing
	// X"), -1 if none.
	Under int
}

// Read gives what is said in a text whose language has a table; ok is false
// where it has none.
func Read(doc prose.Document, quotes []quotation.Quote) (out []Saying, ok bool) {
	all, _ := loadLanguages()
	l := all[doc.Language]
	if l == nil {
		return nil, false
	}
	for i, s := range doc.Sentences {
		if s.Kind == prose.Boilerplate || s.Kind == prose.DatelineOnly || len(s.Tokens) < 3 {
			continue
		}
		f := &phrase{text: doc.Text, quotes: quotes, lang: l, lex: lexicon.English(), idx: i, toks: s.Tokens, out: out}
		f.low = make([]string, len(f.toks))
		for k, t := range f.toks {
			f.low[k] = strings.ToLower(t.Text)
		}
		f.read()
		out = f.out
	}
	return out, true
}

// phrase is a sentence read by word order alone.
type phrase struct {
	text   string
	quotes []quotation.Quote
	lang   *language
	lex    *lexicon.Lexicon
	idx    int
	toks   []prose.Token
	low    []string
	out    []Saying
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
				a.Under = main
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
		case t == ",", t == "،", t == ";", t == ":", t == "—", t == "–", clause.IsQuoteMark(t) && k < i-1 && !f.opens(k):
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

func (f *phrase) make(c *foreignCue, i, j int, h run, content []run) (Saying, bool) {
	a := Saying{
		Cue: story.Span{Start: f.toks[i].Start, End: f.toks[j-1].End}, Act: c.act, Certainty: c.certainty, Sentence: f.idx, Under: -1,
	}
	if c.form != "adverb" {
		s, ok := f.span(h)
		if !ok || h.b-h.a > 25 {
			return a, false
		}
		a.Holder, a.Head = s, s
		f.kind(&a, h)
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
	return a, true
}

// widen takes in the whole of quotations that content begins or ends in.
func (f *phrase) widen(cue story.Span, pieces []story.Span) []story.Span {
	for k := range pieces {
		for _, q := range f.quotes {
			if q.Overlaps(pieces[k]) && !q.Overlaps(cue) {
				pieces[k].Start, pieces[k].End = min(pieces[k].Start, q.Start), max(pieces[k].End, q.End)
			}
		}
	}
	return quotation.Merge(pieces)
}

// kind reads the holder's words from the first on: a known name, else the stem
// that comes first.
func (f *phrase) kind(a *Saying, r run) {
	for k := r.a; k < r.b; k++ {
		for n := min(4, r.b-k); n > 0; n-- {
			name := f.text[f.toks[k].Start:f.toks[k+n-1].End]
			if got, ok := f.lex.Known[name]; ok && len(name) > 2 {
				a.Kind, a.Name, a.Country = got.Kind, name, got.Country
				a.Head = story.Span{Start: f.toks[k].Start, End: f.toks[k+n-1].End}
				return
			}
		}
	}
	for k := r.a; k < r.b; k++ {
		for _, s := range f.lang.kinds {
			if f.low[k] == s.text || s.prefix && strings.HasPrefix(f.low[k], s.text) {
				a.Kind, a.Head = s.kind, f.toks[k].Span
				return
			}
		}
	}
	a.Kind, a.Name = stance.PersonH, a.Holder.Of(f.text)
}

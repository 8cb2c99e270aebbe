package speecheval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"sort"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// Read turns a text into a document, its trees and its attributions.
type Read func(text, outlet string) (prose.Document, []syntax.Tree, []speech.Attribution)

// Score is one measure.
type Score struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Found     int     `json:"found"`
	Gold      int     `json:"gold"`
	System    int     `json:"system"`
}

// Miss is an attribution of one side without a partner.
type Miss struct {
	Article string `json:"article"`
	Kind    string `json:"kind"` // "missed", "extra", "source"
	Cue     string `json:"cue"`
	Class   string `json:"class,omitempty"`
	Source  string `json:"source"`
	Other   string `json:"other,omitempty"` // the system's source where only that is wrong
	Content string `json:"content"`
}

// Result of a run.
type Result struct {
	Articles   int              `json:"articles"`
	Relaxed    Score            `json:"relaxed"`
	Strict     Score            `json:"strict"`
	SourceHead float64          `json:"source_head"`
	SameCue    int              `json:"same_cue"`
	ByType     map[string]Score `json:"by_type"`
	Misses     []Miss           `json:"misses"`
	// ByCue counts for each cue of the lexicon how many attributions it made
	// and how many of them were right.
	ByCue map[string]Hits `json:"by_cue,omitempty"`
}

// Hits of one cue.
type Hits struct {
	System int `json:"system"`
	Right  int `json:"right"`
}

type goldSpan story.Span

// UnmarshalJSON reads [start, end, "words"].
func (g *goldSpan) UnmarshalJSON(b []byte) error {
	var f []json.RawMessage
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	if len(f) < 2 {
		return fmt.Errorf("span of %d fields", len(f))
	}
	if err := json.Unmarshal(f[0], &g.Start); err != nil {
		return err
	}
	return json.Unmarshal(f[1], &g.End)
}

type goldItem struct {
	Source  []goldSpan `json:"source"`
	Cue     []goldSpan `json:"cue"`
	Content []goldSpan `json:"content"`
}

type article struct {
	ID           string     `json:"id"`
	Publisher    string     `json:"publisher"`
	Text         string     `json:"text"`
	Attributions []goldItem `json:"attributions"`
}

// item is an attribution of either side in the same form.
type item struct {
	source, cue, content []story.Span
	heads                []story.Span
	kind                 speech.Directness
	class                speech.Class
	name                 string // of the cue in the lexicon
}

// Attribution scores read on the articles of in.
func Attribution(in io.Reader, read Read) (Result, error) {
	t := tally{cues: map[string]Hits{}}
	t.types = map[speech.Directness]*[4]int{speech.Direct: {}, speech.Indirect: {}, speech.Mixed: {}}
	sc := bufio.NewScanner(in)
	sc.Buffer(make([]byte, 1<<20), 1<<26)
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var a article
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			return Result{}, fmt.Errorf("speecheval: line %d: %w", n, err)
		}
		t.article(a, read)
	}
	if err := sc.Err(); err != nil {
		return Result{}, fmt.Errorf("speecheval: %w", err)
	}
	return t.result(), nil
}

type tally struct {
	articles, gold, system, relaxed, strict, sameCue, sameHead int
	// types: gold, system, gold found, system found
	types  map[speech.Directness]*[4]int
	misses []Miss
	cues   map[string]Hits
}

func (t *tally) article(a article, read Read) {
	doc, trees, found := read(a.Text, a.Publisher)
	quotes := speech.Quotes(doc)
	var gold, system []item
	for _, g := range a.Attributions {
		it := item{source: spans(g.Source), cue: spans(g.Cue), content: spans(g.Content)}
		if len(it.content) == 0 {
			continue
		}
		it.heads = goldHeads(doc, trees, it.source)
		it.kind = directness(it.content, quotes)
		gold = append(gold, it)
	}
	for _, f := range found {
		if f.Via || f.Quoted || len(f.Content) == 0 {
			continue
		}
		it := item{cue: []story.Span{f.Cue}, content: f.Content, kind: directness(f.Content, quotes), class: f.Class, name: string(f.Class) + ":" + f.CueText}
		if f.Holder.Text != "" {
			it.source = []story.Span{f.Holder.Span}
			it.heads = []story.Span{f.Holder.Head}
			if f.Holder.Local.Len() > 0 {
				it.heads = append(it.heads, f.Holder.Local)
			}
		}
		system = append(system, it)
	}
	t.count(a, gold, system)
}

func (t *tally) count(a article, gold, system []item) {
	t.articles++
	t.gold += len(gold)
	t.system += len(system)
	goldOf, sysOf := pair(gold, system, func(g, s item) bool { return sameHead(g, s) })
	for i, g := range gold {
		t.types[g.kind][0]++
		if goldOf[i] >= 0 {
			t.relaxed++
			t.types[g.kind][2]++
		}
	}
	for i, s := range system {
		t.types[s.kind][1]++
		h := t.cues[s.name]
		h.System++
		if sysOf[i] >= 0 {
			h.Right++
		}
		t.cues[s.name] = h
		if sysOf[i] >= 0 {
			t.types[s.kind][3]++
		}
	}
	strictGold, _ := pair(gold, system, func(g, s item) bool {
		return equal(g.source, s.source) && equal(g.content, s.content) && overlap(g.cue, s.cue) > 0
	})
	for _, k := range strictGold {
		if k >= 0 {
			t.strict++
		}
	}
	cueGold, _ := pair(gold, system, func(g, s item) bool { return overlap(g.cue, s.cue) > 0 })
	for i, k := range cueGold {
		if k >= 0 {
			t.sameCue++
			if sameHead(gold[i], system[k]) {
				t.sameHead++
			} else {
				t.miss(a, "source", gold[i], words(a.Text, system[k].source))
			}
		}
	}
	for i, g := range gold {
		if goldOf[i] < 0 && cueGold[i] < 0 {
			t.miss(a, "missed", g, "")
		}
	}
	for i, s := range system {
		if sysOf[i] < 0 {
			t.miss(a, "extra", s, "")
		}
	}
}

func (t *tally) miss(a article, kind string, it item, other string) {
	t.misses = append(t.misses, Miss{Article: a.ID, Kind: kind, Cue: words(a.Text, it.cue), Class: string(it.class), Source: words(a.Text, it.source), Other: other, Content: words(a.Text, it.content)})
}

func (t *tally) result() Result {
	out := Result{Articles: t.articles, ByType: map[string]Score{}, Misses: t.misses, SameCue: t.sameCue, ByCue: t.cues}
	out.Relaxed = score(t.relaxed, t.relaxed, t.gold, t.system)
	out.Strict = score(t.strict, t.strict, t.gold, t.system)
	if t.sameCue > 0 {
		out.SourceHead = float64(t.sameHead) / float64(t.sameCue)
	}
	for k, n := range t.types {
		out.ByType[string(k)] = score(n[2], n[3], n[0], n[1])
	}
	return out
}

func score(foundGold, foundSystem, gold, system int) Score {
	s := Score{Found: foundGold, Gold: gold, System: system}
	if system > 0 {
		s.Precision = float64(foundSystem) / float64(system)
	}
	if gold > 0 {
		s.Recall = float64(foundGold) / float64(gold)
	}
	if s.Precision+s.Recall > 0 {
		s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
	}
	return s
}

// pair takes pairs whose contents overlap and that ok allows one to one, those
// with overlapping cues and the greatest common part first.
func pair(gold, system []item, ok func(g, s item) bool) (goldOf, sysOf []int) {
	type cand struct {
		g, s  int
		score float64
	}
	var cands []cand
	for i, g := range gold {
		for j, s := range system {
			common := overlap(g.content, s.content)
			if common == 0 || !ok(g, s) {
				continue
			}
			sc := float64(common) / float64(length(g.content)+length(s.content)-common)
			if overlap(g.cue, s.cue) > 0 {
				sc += 10
			}
			cands = append(cands, cand{i, j, sc})
		}
	}
	sort.SliceStable(cands, func(a, b int) bool { return cands[a].score > cands[b].score })
	goldOf, sysOf = none(len(gold)), none(len(system))
	for _, c := range cands {
		if goldOf[c.g] < 0 && sysOf[c.s] < 0 {
			goldOf[c.g], sysOf[c.s] = c.s, c.g
		}
	}
	return goldOf, sysOf
}

func none(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

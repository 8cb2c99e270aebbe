package speech

import (
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/story"

	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
)

// withhold finds the phrases by which a holder gives no support: "could not
// confirm", "declined to comment". They go before the plain cues, and the words
// they take are no cues of their own.
func (v *view) withhold() {
	starts := map[int][]int{} // words by phrase
	var order []int
	for i := range v.Words {
		note := func(k int) {
			if w := starts[k]; len(w) == 0 {
				order = append(order, k)
			} else if w[len(w)-1] == i {
				return
			}
			starts[k] = append(starts[k], i)
		}
		for _, k := range v.lex.Openings[v.Lemma(i)] {
			note(k)
		}
		for _, k := range v.lex.Openings[v.Lower(i)] {
			note(k)
		}
	}
	sort.Ints(order)
	for _, k := range order {
		for _, i := range starts[k] {
			if at := v.match(&v.lex.Refusals[k], i); at != nil {
				v.refuse(&v.lex.Refusals[k], at)
			}
		}
	}
}

// match lays a phrase over the words from i on and gives the word of each part.
func (v *view) match(f *lexicon.Refusal, i int) []int {
	at := make([]int, 0, len(f.Parts))
	w := i
	for n, alts := range f.Parts {
		found := -1
		for gap := 0; w < len(v.Words) && gap <= 3; gap, w = gap+1, w+1 {
			if !v.used[w] && v.isPart(w, alts) {
				found = w
				break
			}
			if n == 0 || !v.between(w) {
				break
			}
		}
		if found < 0 {
			return nil
		}
		at = append(at, found)
		w = found + 1
	}
	return at
}

func (v *view) isPart(w int, alts []string) bool {
	l, form := v.Lemma(w), v.Lower(w)
	for _, a := range alts {
		if a == "NOT" && lexicon.Negations[form] || a == l || a == form {
			return true
		}
	}
	return false
}

// between tells words that may stand inside a phrase: adverbs, articles,
// "immediately", "independently", "any", "requests for".
func (v *view) between(w int) bool {
	switch v.Words[w].UPOS {
	case "ADV", "DET", "ADJ", "PRON", "PART", "AUX", "NUM":
		return !lexicon.Negations[v.Lower(w)]
	}
	switch v.Lower(w) {
	case "phone", "telephone", "repeated", "several", "media", "press", "news":
		return true
	}
	return false
}

func (v *view) refuse(f *lexicon.Refusal, at []int) {
	first, last := at[0], at[len(at)-1]
	a := Attribution{
		Cue: story.Span{Start: v.Toks[first].Start, End: v.Toks[last].End}, CueText: v.cueText(at),
		Class: Statement, Act: f.Act, Certainty: Uncommitted, Parent: -1, Sentence: v.Idx, Directness: Indirect,
	}
	holder, content := v.withheldBy(f, at)
	if f.Holder == "subject" && holder.Head < 0 {
		return
	}
	for _, w := range at {
		v.used[w] = true
	}
	if holder.Head >= 0 {
		a.Holder = v.holder(holder, v.Phrase(holder.Head, first))
	} else {
		a.byAuthor = true
	}
	a.Content = v.Spans(content)
	a.Directness = v.directness(a.Content)
	v.out = append(v.out, a)
}

func (v *view) cueText(at []int) string {
	var out []string
	for _, w := range at {
		l := v.Lemma(w)
		if lexicon.Negations[v.Lower(w)] {
			l = "not"
			if t := v.Lower(w); t == "no" || t == "neither" || t == "nor" {
				l = t
			}
		}
		out = append(out, l)
	}
	return strings.Join(out, " ")
}

// withheldBy gives the holder and the matter of a phrase matched at the words.
func (v *view) withheldBy(f *lexicon.Refusal, at []int) (clause.Source, []int) {
	last := at[len(at)-1]
	var after []int
	top := at[0]
	for _, w := range at {
		if !v.Under(w, top) && v.Under(top, w) {
			top = w
		}
	}
	for _, w := range v.Sub(top) {
		if w > last && !v.conjoined(w, top) {
			after = append(after, w)
		}
	}
	switch f.Holder {
	case "author":
		for _, w := range at {
			if s := v.Kid(w, "nsubj:pass", "nsubj", "csubj"); s >= 0 {
				agent := clause.Nobody
				if g := v.Agent(w); g >= 0 {
					agent.Head = g
				}
				if v.Words[s].UPOS != "PRON" && v.Lower(s) != "it" {
					return agent, v.Sub(v.Relative(s, w).Head)
				}
				return agent, after
			}
		}
		return clause.Nobody, after
	case "object":
		for w := last + 1; w < len(v.Words) && w < last+8; w++ {
			if u := v.Words[w].UPOS; u == "NOUN" || u == "PROPN" || u == "PRON" {
				for v.Words[w].Head > w && (v.Rel(w) == "compound" || v.Rel(w) == "flat" || v.Rel(w) == "nmod" || v.Rel(w) == "amod" || v.Rel(w) == "det") {
					w = v.Words[w].Head
				}
				return clause.Headed(w), nil
			}
		}
		return clause.Nobody, nil
	}
	for _, w := range at {
		if s := v.Kid(w, "nsubj", "nsubj:pass", "expl"); s >= 0 {
			return v.Relative(s, w), after
		}
	}
	for _, w := range at {
		if u := v.Words[w].UPOS; u != "VERB" && u != "ADJ" && u != "NOUN" {
			continue
		}
		if s := v.Subject(w); s.Head >= 0 {
			return s, after
		}
	}
	return clause.Nobody, after
}

// conjoined reports whether w belongs to a clause joined to top.
func (v *view) conjoined(w, top int) bool {
	for n := 0; w >= 0 && w != top && n <= len(v.Words); n++ {
		if v.Rel(w) == "conj" && (v.Words[w].Head == top) {
			return true
		}
		w = v.Words[w].Head
	}
	return false
}

// citing reads "X reported, citing Y": Y stands behind what X reports.
func (v *view) citing() {
	for i := range v.Words {
		if t := v.Lower(i); t != "citing" && t != "quoting" {
			continue
		}
		o := v.Kid(i, "obj")
		if o < 0 || v.Words[i].Head < 0 {
			continue
		}
		main := v.mainOf(i)
		if main < 0 {
			continue
		}
		// What "citing" had been read as on its own goes.
		inner := v.out[main]
		for k := range v.out {
			if v.out[k].Cue == v.Toks[i].Span {
				v.drop(k)
				if k < main {
					main--
				}
				break
			}
		}
		v.cutOff(main, i)
		inner.Content = v.out[main].Content
		src := clause.Headed(o)
		inner.Holder = v.holder(src, v.Phrase(o, i))
		inner.Cue, inner.CueText, inner.Act, inner.Class = v.Toks[i].Span, v.Lower(i), Assert, Statement
		inner.Certainty, inner.Directness, inner.Via = Certain, Indirect, false
		v.out = append(v.out, inner)
		v.parentOf[len(v.out)-1] = main
	}
}

// cutOff takes "citing Y ..." out of what main says, unless it is quoted.
func (v *view) cutOff(main, i int) {
	at := v.Toks[i].Start
	if v.QuotedNear(i) {
		return
	}
	var kept []story.Span
	for _, c := range v.out[main].Content {
		if c.Start >= at && c.Start < v.Toks[len(v.Toks)-1].End {
			continue
		}
		if c.Start < at && c.End > at {
			c.End = at
			for c.End > c.Start && (v.doc.Text[c.End-1] == ' ' || v.doc.Text[c.End-1] == ',') {
				c.End--
			}
		}
		kept = append(kept, c)
	}
	if len(kept) > 0 {
		v.out[main].Content = kept
	}
}

// mainOf is the attribution of this sentence whose cue governs word i, else the
// one whose cue stands nearest.
func (v *view) mainOf(i int) int {
	best, near := -1, 1<<30
	for k, a := range v.out {
		if a.Sentence != v.Idx || a.Cue == v.Toks[i].Span || a.Class != Statement && a.Class != Finding || len(a.Content) == 0 || a.Via {
			continue
		}
		d := a.Cue.Start - v.Toks[i].Start
		if d < 0 {
			d = -d
		}
		if h := v.Words[i].Head; h >= 0 && v.Toks[h].Span == a.Cue {
			d = -1
		}
		if d < near {
			best, near = k, d
		}
	}
	return best
}

// drop takes out[k] away and moves the marks of parents.
func (r *reader) drop(k int) {
	r.out = append(r.out[:k], r.out[k+1:]...)
	moved := map[int]int{}
	for a, b := range r.parentOf {
		if a == k || b == k {
			continue
		}
		if a > k {
			a--
		}
		if b > k {
			b--
		}
		moved[a] = b
	}
	r.parentOf = moved
}

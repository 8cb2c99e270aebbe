package speech

import (
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/story"
)

// withhold finds the phrases by which a holder gives no support: "could not
// confirm", "declined to comment". They go before the plain cues, and the words
// they take are no cues of their own.
func (v *view) withhold() {
	order := make([]int, len(v.lex.refusals))
	for k := range order {
		order[k] = k
	}
	// The longest phrase first: "confirm or deny" before "confirm".
	sort.SliceStable(order, func(a, b int) bool {
		return len(v.lex.refusals[order[a]].parts) > len(v.lex.refusals[order[b]].parts)
	})
	for _, k := range order {
		f := &v.lex.refusals[k]
		for i := range v.words {
			if at := v.match(f, i); at != nil {
				v.refuse(f, at)
			}
		}
	}
}

// match lays a phrase over the words from i on and gives the word of each part.
func (v *view) match(f *refusal, i int) []int {
	at := make([]int, 0, len(f.parts))
	w := i
	for n, alts := range f.parts {
		found := -1
		for gap := 0; w < len(v.words) && gap <= 3; gap, w = gap+1, w+1 {
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
	l, form := v.lemma(w), v.lower(w)
	for _, a := range alts {
		if a == "NOT" && negations[form] || a == l || a == form {
			return true
		}
	}
	return false
}

// between tells words that may stand inside a phrase: adverbs, articles,
// "immediately", "independently", "any", "requests for".
func (v *view) between(w int) bool {
	switch v.words[w].UPOS {
	case "ADV", "DET", "ADJ", "PRON", "PART", "AUX", "NUM":
		return !negations[v.lower(w)]
	}
	switch v.lower(w) {
	case "phone", "telephone", "repeated", "several", "media":
		return true
	}
	return false
}

func (v *view) refuse(f *refusal, at []int) {
	first, last := at[0], at[len(at)-1]
	a := Attribution{
		Cue: story.Span{Start: v.toks[first].Start, End: v.toks[last].End}, CueText: v.cueText(at),
		Class: Statement, Act: f.act, Certainty: Uncommitted, Parent: -1, Sentence: v.idx, Directness: Indirect,
	}
	holder, content := v.withheldBy(f, at)
	if f.holder == "subject" && holder.head < 0 {
		return
	}
	for _, w := range at {
		v.used[w] = true
	}
	if holder.head >= 0 {
		a.Holder = v.holder(holder, v.phrase(holder.head, first))
	} else {
		a.byAuthor = true
	}
	a.Content = v.spans(content)
	a.Directness = v.directness(a.Content)
	v.out = append(v.out, a)
}

func (v *view) cueText(at []int) string {
	var out []string
	for _, w := range at {
		l := v.lemma(w)
		if negations[v.lower(w)] {
			l = "not"
			if t := v.lower(w); t == "no" || t == "neither" || t == "nor" {
				l = t
			}
		}
		out = append(out, l)
	}
	return strings.Join(out, " ")
}

// withheldBy gives the holder and the matter of a phrase matched at the words.
func (v *view) withheldBy(f *refusal, at []int) (source, []int) {
	last := at[len(at)-1]
	var after []int
	top := at[0]
	for _, w := range at {
		if !v.under(w, top) && v.under(top, w) {
			top = w
		}
	}
	for _, w := range v.sub(top) {
		if w > last && !v.conjoined(w, top) {
			after = append(after, w)
		}
	}
	switch f.holder {
	case "author":
		for _, w := range at {
			if s := v.kid(w, "nsubj:pass", "nsubj", "csubj"); s >= 0 {
				agent := nobody
				if g := v.agent(w); g >= 0 {
					agent.head = g
				}
				if v.words[s].UPOS != "PRON" && v.lower(s) != "it" {
					return agent, v.sub(v.relative(s, w).head)
				}
				return agent, after
			}
		}
		return nobody, after
	case "object":
		for w := last + 1; w < len(v.words) && w < last+8; w++ {
			if u := v.words[w].UPOS; u == "NOUN" || u == "PROPN" || u == "PRON" {
				for v.words[w].Head > w && (v.rel(w) == "compound" || v.rel(w) == "flat" || v.rel(w) == "nmod" || v.rel(w) == "amod" || v.rel(w) == "det") {
					w = v.words[w].Head
				}
				return headed(w), nil
			}
		}
		return nobody, nil
	}
	for _, w := range at {
		if s := v.kid(w, "nsubj", "nsubj:pass", "expl"); s >= 0 {
			return v.relative(s, w), after
		}
	}
	for _, w := range at {
		if u := v.words[w].UPOS; u != "VERB" && u != "ADJ" && u != "NOUN" {
			continue
		}
		if s := v.subject(w); s.head >= 0 {
			return s, after
		}
	}
	return nobody, after
}

// conjoined reports whether w belongs to a clause joined to top.
func (v *view) conjoined(w, top int) bool {
	for n := 0; w >= 0 && w != top && n <= len(v.words); n++ {
		if v.rel(w) == "conj" && (v.words[w].Head == top) {
			return true
		}
		w = v.words[w].Head
	}
	return false
}

// citing reads "X reported, citing Y": Y stands behind what X reports.
func (v *view) citing() {
	for i := range v.words {
		if t := v.lower(i); t != "citing" && t != "quoting" {
			continue
		}
		o := v.kid(i, "obj")
		if o < 0 || v.words[i].Head < 0 {
			continue
		}
		main := v.mainOf(i)
		if main < 0 {
			continue
		}
		// What "citing" had been read as on its own goes.
		inner := v.out[main]
		for k := range v.out {
			if v.out[k].Cue == v.toks[i].Span {
				v.drop(k)
				if k < main {
					main--
				}
				break
			}
		}
		src := headed(o)
		inner.Holder = v.holder(src, v.phrase(o, i))
		inner.Cue, inner.CueText, inner.Act, inner.Class = v.toks[i].Span, v.lower(i), Assert, Statement
		inner.Certainty, inner.Directness, inner.Via = Certain, Indirect, false
		v.out = append(v.out, inner)
		v.parentOf[len(v.out)-1] = main
	}
}

// mainOf is the attribution of this sentence whose cue governs word i, else the
// one whose cue stands nearest.
func (v *view) mainOf(i int) int {
	best, near := -1, 1<<30
	for k, a := range v.out {
		if a.Sentence != v.idx || a.Cue == v.toks[i].Span || a.Class != Statement && a.Class != Finding || len(a.Content) == 0 || a.Via {
			continue
		}
		d := a.Cue.Start - v.toks[i].Start
		if d < 0 {
			d = -d
		}
		if h := v.words[i].Head; h >= 0 && v.toks[h].Span == a.Cue {
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

package speech

import (
	"strings"

	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/frames"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/quotation"
	"github.com/reportedly/reportedly/internal/story"
)

// emit turns a reading into an attribution, with the wire that was told above it.
func (v *view) emit(i int, c *lexicon.Cue, rd frames.Reading) {
	for _, w := range rd.Cue {
		v.used[w] = true
	}
	but := i
	inCue := map[int]bool{}
	for _, w := range rd.Cue {
		inCue[w] = true
	}
	a := Attribution{
		Cue: v.Toks[i].Span, CueText: c.Lemma, Class: c.Class, Act: c.Act, Certainty: c.Certainty,
		Parent: -1, Sentence: v.Idx,
	}
	if last := rd.Cue[len(rd.Cue)-1]; c.POS == "prep" {
		a.Cue.End = v.Toks[last].End
	}
	var sourceWords []int
	if rd.Source.Head >= 0 {
		if sourceWords = rd.Source.Words; sourceWords == nil {
			sourceWords = v.Phrase(rd.Source.Head, but)
		}
		a.Holder = v.holder(rd.Source, sourceWords)
	}
	content := make([]int, 0, len(rd.Content))
	own := map[int]bool{}
	for _, w := range sourceWords {
		own[w] = true
	}
	for _, w := range rd.Content {
		if !own[w] && !inCue[w] {
			content = append(content, w)
		}
	}
	a.Content = v.wholeQuotes(i, v.Spans(content))
	if len(a.Content) == 0 {
		return
	}
	a.Directness = v.directness(a.Content)
	a.Quoted = v.QuotedNear(i)
	if c.Class == Attitude && a.Holder.Kind == DocumentH && a.Holder.Name == "" && !v.isDocument(a.Holder) || c.Class == Attitude && c.POS == "noun" && a.Holder.Text == "" {
		return // things want nothing
	}
	if len(sourceWords) > 0 && lexicon.Negations[v.Lower(sourceWords[0])] {
		a.Negated = true // "no official has confirmed"
	}
	v.soften(i, c, &a)
	v.out = append(v.out, a)
	at := len(v.out) - 1
	v.told(i, c, rd, at)
	if c.Frames["from"] {
		v.learnedFrom(i, at)
	}
}

// learnedFrom puts X below "has learned from X that": X knows it.
func (v *view) learnedFrom(i, at int) {
	for _, k := range v.Kids[i] {
		if v.Rel(k) != "obl" || !v.Cased(k, "from") {
			continue
		}
		inner := v.out[at]
		var words []int
		for _, w := range v.Phrase(k, i) {
			if v.Toks[w].End <= inner.Content[0].Start || v.Toks[w].Start >= inner.Content[len(inner.Content)-1].End {
				words = append(words, w)
			}
		}
		if len(words) == 0 {
			return
		}
		inner.Holder = v.holder(clause.Headed(k), words)
		inner.Cue, inner.CueText, inner.Class, inner.Act = v.Toks[k-1].Span, "from", Statement, Assert
		v.parentOf[len(v.out)] = at
		v.out = append(v.out, inner)
		return
	}
}

// soften reads negation and modals at the cue: "did not confirm", "may say".
func (v *view) soften(i int, c *lexicon.Cue, a *Attribution) {
	neg := v.Negated(i) || a.Negated
	able := true
	for _, k := range v.Kids[i] {
		if v.Rel(k) == "aux" && (v.Lemma(k) == "may" || v.Lemma(k) == "might" || v.Lemma(k) == "could") {
			a.Certainty = a.Certainty.Weaker(Possible)
		}
		if v.Rel(k) == "aux" && (v.Lemma(k) == "can" || v.Lemma(k) == "could") {
			able = false // read only under a negation: "could not say"
		}
	}
	if h := v.Words[i].Head; h >= 0 && v.Words[i].Deprel == "xcomp" {
		if l := v.Lemma(h); l == "refuse" || l == "decline" || l == "fail" {
			neg = true
		}
	}
	if !neg {
		return
	}
	a.Negated = true
	switch {
	case c.Act == Confirm:
		a.Act, a.Certainty = CannotConfirm, Uncommitted
	case c.Act == Deny:
		a.Act, a.Certainty = NeitherNor, Uncommitted
	case c.Class == Statement && !able:
		a.Act, a.Certainty = CannotConfirm, Uncommitted
	case c.Class == Statement:
		a.Act, a.Certainty = NoComment, Uncommitted
	default:
		a.Certainty = Uncommitted
	}
}

// wholeQuotes widens pieces of content to the quotation they stand in, also
// beyond the sentence, unless the cue stands in the same quotation.
func (v *view) wholeQuotes(i int, pieces []story.Span) []story.Span {
	cue := v.Toks[i].Span
	for k, p := range pieces {
		for _, q := range v.quotes {
			if q.Contains(cue) || !q.Overlaps(p) {
				continue
			}
			inside := story.Span{Start: max(p.Start, q.Start), End: min(p.End, q.End)}
			if inside.Len()*2 < min(p.Len(), q.Len()) {
				continue
			}
			pieces[k].Start = min(pieces[k].Start, q.Start)
			pieces[k].End = max(pieces[k].End, q.End)
		}
	}
	return quotation.Merge(pieces)
}

// directness: all of it between marks, some of it, none.
func (r *reader) directness(pieces []story.Span) Directness {
	quoted, total := 0, 0
	for _, p := range pieces {
		total += p.Len()
		for _, q := range r.quotes {
			if q.Overlaps(p) {
				quoted += min(p.End, q.End) - max(p.Start, q.Start)
			}
		}
	}
	switch {
	case quoted == 0:
		return Indirect
	case total-quoted <= 3*len(pieces):
		return Direct
	}
	return Mixed
}

// told makes the outlet or agency that a speaker told the parent of what the
// speaker says: "told Reuters", "in an interview with the paper".
func (v *view) told(i int, c *lexicon.Cue, rd frames.Reading, at int) {
	hearer := rd.Hearer
	if hearer < 0 {
		for _, k := range v.Kids[i] {
			if v.Rel(k) == "obl" && (v.Cased(k, "with") || v.Cased(k, "to")) || v.Rel(k) == "obl" && v.interview(k) >= 0 {
				hearer = k
				if w := v.interview(k); w >= 0 {
					hearer = w
				}
			}
		}
	}
	if hearer < 0 {
		return
	}
	h := v.holder(clause.Headed(hearer), v.Phrase(hearer, i))
	if h.Kind != Wire && h.Kind != Outlet || v.ownOutlet(h) {
		return
	}
	via := v.out[at]
	via.Holder, via.Via, via.Act, via.Certainty, via.Negated = h, true, Assert, Certain, false
	via.Class = Statement
	via.Content = quotation.Merge(append([]story.Span{v.out[at].Holder.Span, v.out[at].Cue}, via.Content...))
	if v.out[at].Holder.Text == "" {
		via.Content = v.out[at].Content
	}
	v.out = append(v.out, via)
	v.parentOf[at] = len(v.out) - 1
}

// interview gives X of "in an interview with X", -1 if i is no such noun.
func (v *view) interview(i int) int {
	switch v.Lemma(i) {
	case "interview", "comment", "remark", "statement", "conversation", "email", "message":
	default:
		return -1
	}
	for _, k := range v.Kids[i] {
		if v.Rel(k) == "nmod" && (v.Cased(k, "with") || v.Cased(k, "to") || v.Cased(k, "by")) {
			return k
		}
	}
	return -1
}

// ownOutlet: "told this newspaper" and the article's own name make no link.
func (r *reader) ownOutlet(h Holder) bool {
	low := strings.ToLower(h.Text)
	if strings.HasPrefix(low, "this ") || strings.HasPrefix(low, "our ") {
		return true
	}
	return r.outlet != "" && plainName(h.Text) == plainName(r.outlet)
}

func plainName(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, cut := range []string{"the ", "a ", "an "} {
		s = strings.TrimPrefix(s, cut)
	}
	for _, cut := range []string{" news", ".com", " newspaper", " news agency"} {
		s = strings.TrimSuffix(s, cut)
	}
	return s
}

package speech

import (
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// reader carries what is known of one article while it is read.
type reader struct {
	doc    prose.Document
	trees  []syntax.Tree
	outlet string
	lex    *lexicon
	quotes []Quote
	people *roster
	out    []Attribution
	// from tells, for an attribution just found, the cue word above it that is
	// its parent by construction ("told Reuters", "citing X"), by index.
	parentOf map[int]int
}

// Find gives all attributions of an article in the order of the text. trees
// hold one tree a sentence, and may be short or empty: then only forms that
// show on the surface are found. outlet is the article's own publication, ""
// if unknown.
func Find(doc prose.Document, trees []syntax.Tree, outlet string) []Attribution {
	r := &reader{doc: doc, trees: trees, outlet: outlet, lex: lex(), quotes: Quotes(doc), parentOf: map[int]int{}}
	if doc.Language != "" && doc.Language != "en" {
		return r.foreign()
	}
	r.people = r.readRoster()
	for i, s := range doc.Sentences {
		if s.Kind == prose.Boilerplate || s.Kind == prose.DatelineOnly || len(s.Tokens) == 0 {
			continue
		}
		v := r.view(i)
		v.read()
	}
	r.quoteOn()
	r.order()
	r.nest()
	r.resolve()
	return r.out
}

// read finds the attributions of one sentence.
func (v *view) read() {
	if v.headline() {
		return
	}
	v.withhold()
	for i := range v.words {
		if v.used[i] {
			continue
		}
		c := v.cueAt(i)
		if c == nil {
			continue
		}
		var rd reading
		ok := false
		switch c.pos {
		case "verb":
			rd, ok = v.verb(i, c)
		case "noun":
			rd, ok = v.noun(i, c)
		case "adj":
			rd, ok = v.adjective(i, c)
		case "adv":
			rd, ok = v.adverb(i)
		case "amod":
			rd, ok = v.attributive(i)
		case "prep":
			rd, ok = v.preposition(i, c)
		}
		if ok {
			v.emit(i, c, rd)
		}
	}
	v.citing()
}

// cueAt looks word i up in the table of its word class.
func (v *view) cueAt(i int) *cue {
	for _, c := range v.lex.preps {
		if v.starts(i, c.words) {
			return c
		}
	}
	lemma := v.lemma(i)
	switch v.words[i].UPOS {
	case "VERB":
		if v.rel(i) == "amod" {
			return v.lex.amods[v.lower(i)]
		}
		for _, c := range v.lex.phrases[lemma] {
			if v.particle(i, c.words[1:]) {
				return c
			}
		}
		// "took back", "blasted off": another verb than the bare one.
		if prt := v.kid(i, "compound:prt"); prt >= 0 && v.lower(prt) != "out" {
			return nil
		}
		return v.lex.verbs[lemma]
	case "NOUN":
		return v.lex.nouns[lemma]
	case "ADJ":
		if c := v.lex.amods[v.lower(i)]; c != nil && v.rel(i) == "amod" {
			return c
		}
		return v.lex.adjs[lemma]
	case "ADV":
		return v.lex.advs[v.lower(i)]
	}
	return nil
}

func (v *view) starts(i int, words []string) bool {
	if i+len(words) > len(v.toks) {
		return false
	}
	for k, w := range words {
		if v.lower(i+k) != w {
			return false
		}
	}
	return true
}

// particle asks for "out" of "point out", "clear" of "make clear": a child of
// the verb with that form.
func (v *view) particle(i int, rest []string) bool {
	for _, w := range rest {
		found := false
		for _, k := range v.kids[i] {
			if v.lower(k) == w && k > i && k < i+5 {
				found = true
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// preposition reads "according to X" and its like: X speaks, the clause it
// hangs in is what is said.
func (v *view) preposition(i int, c *cue) (reading, bool) {
	rd := reading{source: nobody, hearer: -1}
	last := i + len(c.words) - 1
	for w := i; w <= last; w++ {
		rd.cue = append(rd.cue, w)
	}
	head := -1
	// The noun is the governor of the preposition, or (in trees that take
	// "according" for a verb) the next noun below it.
	for j := last; j >= 0 && head < 0; j = v.words[j].Head {
		if h := v.words[j].Head; h > last && (v.rel(j) == "case" || v.rel(j) == "fixed" || v.rel(j) == "mark") {
			head = h
		} else if h < 0 || h < i && v.rel(j) != "fixed" {
			break
		}
	}
	if head < 0 {
		if k := v.kid(i, "obl", "nmod"); k > last {
			head = k
		}
	}
	if head < 0 {
		return rd, false
	}
	if c.avoid[v.lemma(head)] || c.avoid[v.lower(head)] {
		return rd, false
	}
	rd.source = v.relative(head, head)
	rd.clause = true
	top := v.words[head].Head
	if top < 0 {
		top = head
	}
	if v.under(i, head) {
		rd.content = v.sub(top, head)
	} else {
		rd.content = v.sub(top, i)
	}
	rd.content = v.clauseOf(top, head, rd.content)
	return rd, len(rd.content) > 0
}

// clauseOf widens what "according to X" covers to the clause around it, where
// the tree hung the phrase on a noun, and cuts clauses joined before it.
func (v *view) clauseOf(top, head int, words []int) []int {
	for n := 0; v.words[top].UPOS != "VERB" && v.words[top].Head >= 0 && n < 6 && v.rel(top) != "conj" && v.rel(top) != "ccomp"; n++ {
		top = v.words[top].Head
	}
	words = v.sub(top, head)
	var out []int
	for _, w := range words {
		if !v.under(w, head) {
			out = append(out, w)
		}
	}
	return out
}

// emit turns a reading into an attribution, with the wire that was told above it.
func (v *view) emit(i int, c *cue, rd reading) {
	for _, w := range rd.cue {
		v.used[w] = true
	}
	but := i
	inCue := map[int]bool{}
	for _, w := range rd.cue {
		inCue[w] = true
	}
	a := Attribution{
		Cue: v.toks[i].Span, CueText: c.lemma, Class: c.class, Act: c.act, Certainty: c.certainty,
		Parent: -1, Sentence: v.idx,
	}
	if last := rd.cue[len(rd.cue)-1]; c.pos == "prep" {
		a.Cue.End = v.toks[last].End
	}
	var sourceWords []int
	if rd.source.head >= 0 {
		if sourceWords = rd.source.words; sourceWords == nil {
			sourceWords = v.phrase(rd.source.head, but)
		}
		a.Holder = v.holder(rd.source, sourceWords)
	}
	content := make([]int, 0, len(rd.content))
	own := map[int]bool{}
	for _, w := range sourceWords {
		own[w] = true
	}
	for _, w := range rd.content {
		if !own[w] && !inCue[w] {
			content = append(content, w)
		}
	}
	a.Content = v.wholeQuotes(i, v.spans(content))
	if len(a.Content) == 0 {
		return
	}
	a.Directness = v.directness(a.Content)
	a.Quoted = v.quotedNear(i)
	if c.class == Attitude && a.Holder.Kind == DocumentH && a.Holder.Name == "" && !v.isDocument(a.Holder) || c.class == Attitude && c.pos == "noun" && a.Holder.Text == "" {
		return // things want nothing
	}
	if len(sourceWords) > 0 && negations[v.lower(sourceWords[0])] {
		a.Negated = true // "no official has confirmed"
	}
	v.soften(i, c, &a)
	v.out = append(v.out, a)
	at := len(v.out) - 1
	v.told(i, c, rd, at)
	if c.frames["from"] {
		v.learnedFrom(i, at)
	}
}

// learnedFrom puts X below "has learned from X that": X knows it.
func (v *view) learnedFrom(i, at int) {
	for _, k := range v.kids[i] {
		if v.rel(k) != "obl" || !v.cased(k, "from") {
			continue
		}
		inner := v.out[at]
		var words []int
		for _, w := range v.phrase(k, i) {
			if v.toks[w].End <= inner.Content[0].Start || v.toks[w].Start >= inner.Content[len(inner.Content)-1].End {
				words = append(words, w)
			}
		}
		if len(words) == 0 {
			return
		}
		inner.Holder = v.holder(headed(k), words)
		inner.Cue, inner.CueText, inner.Class, inner.Act = v.toks[k-1].Span, "from", Statement, Assert
		v.parentOf[len(v.out)] = at
		v.out = append(v.out, inner)
		return
	}
}

// soften reads negation and modals at the cue: "did not confirm", "may say".
func (v *view) soften(i int, c *cue, a *Attribution) {
	neg := v.negated(i) || a.Negated
	able := true
	for _, k := range v.kids[i] {
		if v.rel(k) == "aux" && (v.lemma(k) == "may" || v.lemma(k) == "might" || v.lemma(k) == "could") {
			a.Certainty = a.Certainty.Weaker(Possible)
		}
		if v.rel(k) == "aux" && (v.lemma(k) == "can" || v.lemma(k) == "could") {
			able = false // read only under a negation: "could not say"
		}
	}
	if h := v.words[i].Head; h >= 0 && v.words[i].Deprel == "xcomp" {
		if l := v.lemma(h); l == "refuse" || l == "decline" || l == "fail" {
			neg = true
		}
	}
	if !neg {
		return
	}
	a.Negated = true
	switch {
	case c.act == Confirm:
		a.Act, a.Certainty = CannotConfirm, Uncommitted
	case c.act == Deny:
		a.Act, a.Certainty = NeitherNor, Uncommitted
	case c.class == Statement && !able:
		a.Act, a.Certainty = CannotConfirm, Uncommitted
	case c.class == Statement:
		a.Act, a.Certainty = NoComment, Uncommitted
	default:
		a.Certainty = Uncommitted
	}
}

// wholeQuotes widens pieces of content to the quotation they stand in, also
// beyond the sentence, unless the cue stands in the same quotation.
func (v *view) wholeQuotes(i int, pieces []story.Span) []story.Span {
	cue := v.toks[i].Span
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
	return merge(pieces)
}

// merge joins pieces that overlap.
func merge(pieces []story.Span) []story.Span {
	sort.Slice(pieces, func(a, b int) bool { return pieces[a].Start < pieces[b].Start })
	var out []story.Span
	for _, p := range pieces {
		if n := len(out); n > 0 && p.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, p.End)
			continue
		}
		out = append(out, p)
	}
	return out
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
func (v *view) told(i int, c *cue, rd reading, at int) {
	hearer := rd.hearer
	if hearer < 0 {
		for _, k := range v.kids[i] {
			if v.rel(k) == "obl" && (v.cased(k, "with") || v.cased(k, "to")) || v.rel(k) == "obl" && v.interview(k) >= 0 {
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
	h := v.holder(headed(hearer), v.phrase(hearer, i))
	if h.Kind != Wire && h.Kind != Outlet || v.ownOutlet(h) {
		return
	}
	via := v.out[at]
	via.Holder, via.Via, via.Act, via.Certainty, via.Negated = h, true, Assert, Certain, false
	via.Class = Statement
	via.Content = merge(append([]story.Span{v.out[at].Holder.Span, v.out[at].Cue}, via.Content...))
	if v.out[at].Holder.Text == "" {
		via.Content = v.out[at].Content
	}
	v.out = append(v.out, via)
	v.parentOf[at] = len(v.out) - 1
}

// interview gives X of "in an interview with X", -1 if i is no such noun.
func (v *view) interview(i int) int {
	switch v.lemma(i) {
	case "interview", "comment", "remark", "statement", "conversation", "email", "message":
	default:
		return -1
	}
	for _, k := range v.kids[i] {
		if v.rel(k) == "nmod" && (v.cased(k, "with") || v.cased(k, "to") || v.cased(k, "by")) {
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

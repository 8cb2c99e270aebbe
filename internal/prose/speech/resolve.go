package speech

import (
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/story"

	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/people"
	"github.com/reportedly/reportedly/internal/prose/speech/quotation"
)

// order sorts by place in the text and moves the marks of parents along.
func (r *reader) order() {
	idx := make([]int, len(r.out))
	for i := range idx {
		idx[i] = i
	}
	sort.SliceStable(idx, func(a, b int) bool {
		x, y := r.out[idx[a]], r.out[idx[b]]
		if x.Cue.Start != y.Cue.Start {
			return x.Cue.Start < y.Cue.Start
		}
		return x.Via && !y.Via
	})
	to := make([]int, len(idx))
	out := make([]Attribution, len(idx))
	for n, i := range idx {
		to[i] = n
		out[n] = r.out[i]
	}
	moved := map[int]int{}
	for a, b := range r.parentOf {
		moved[to[a]] = to[b]
	}
	r.out, r.parentOf = out, moved
}

// quoteOn gives quotations that no cue reached to the speaker of the quotation
// before them: the same paragraph, or one speech over several paragraphs.
func (r *reader) quoteOn() {
	for n, q := range r.quotes {
		if strings.Count(q.Of(r.doc.Text), " ") < 2 || r.attributed(q) {
			continue
		}
		if k := r.speakerBefore(n, q); k >= 0 {
			r.out[k].Content = quotation.Merge(append(r.out[k].Content, q.Span))
			continue
		}
		if k := r.speakerAfter(q); k >= 0 {
			r.out[k].Content = quotation.Merge(append(r.out[k].Content, q.Span))
		}
	}
}

func (r *reader) attributed(q Quote) bool {
	for _, a := range r.out {
		if q.Contains(a.Cue) && !a.Cue.Overlaps(story.Span{Start: q.End, End: q.End}) {
			continue // a cue inside the quotation says nothing of its speaker
		}
		for _, c := range a.Content {
			if c.Overlaps(q.Span) {
				return true
			}
		}
	}
	return false
}

func (r *reader) paragraphOf(at int) int {
	k := sort.Search(len(r.doc.Paragraphs), func(i int) bool { return r.doc.Paragraphs[i].End > at })
	return k
}

// speakerBefore is the attribution whose quoted content comes last before q in
// q's paragraph, or in the paragraph before where q goes on with a speech.
func (r *reader) speakerBefore(n int, q Quote) int {
	par := r.paragraphOf(q.Start)
	best := -1
	for k, a := range r.out {
		if a.Class == Attitude || a.Class == Appearance || a.Directness == Indirect || a.Via || len(a.Content) == 0 {
			continue
		}
		end := a.Content[len(a.Content)-1].End
		if end > q.Start {
			continue
		}
		p := r.paragraphOf(max(0, end-1))
		near := p == par && strings.TrimSpace(r.doc.Text[max(end, a.Cue.End):max(q.Start, end, a.Cue.End)]) != ""
		if p == par || q.Continues && p == par-1 {
			if best < 0 || end > r.out[best].Content[len(r.out[best].Content)-1].End {
				best = k
			}
		}
		_ = near
	}
	return best
}

// speakerAfter: a cue with a colon in the paragraph or at the end of the one
// before ("He went on:") that found nothing but a stub.
func (r *reader) speakerAfter(q Quote) int { return -1 }

// nest sets each attribution's parent: the smallest other content that holds
// its cue, unless its making named one.
func (r *reader) nest() {
	for i := range r.out {
		if p, ok := r.parentOf[i]; ok {
			r.out[i].Parent = p
			continue
		}
		best, size := -1, 1<<30
		for j := range r.out {
			if j == i || r.descends(j, i) || r.out[j].Class == Attitude {
				continue
			}
			if n := r.holds(j, i); n > 0 && n < size {
				best, size = j, n
			}
		}
		r.out[i].Parent = best
	}
}

// holds gives the size of the piece of j's content that holds i's cue and, if
// it lies in the same sentence, its holder; 0 if none does.
func (r *reader) holds(j, i int) int {
	for _, c := range r.out[j].Content {
		if !c.Contains(r.out[i].Cue) {
			continue
		}
		h := r.out[i].Holder.Span
		if h.Len() > 0 && !r.holdsSpan(j, h) && r.out[i].Holder.Local.Len() == 0 && r.out[j].Cue != r.out[i].Cue {
			// "X, who said Y, denied Z": the holder stands outside.
			continue
		}
		return c.Len()
	}
	return 0
}

func (r *reader) holdsSpan(j int, s story.Span) bool {
	for _, c := range r.out[j].Content {
		if c.Contains(s) {
			return true
		}
	}
	return false
}

// descends reports whether j already stands below i.
func (r *reader) descends(j, i int) bool {
	for n := 0; j >= 0 && n <= len(r.out); n++ {
		if j == i {
			return true
		}
		if p, ok := r.parentOf[j]; ok {
			j = p
			continue
		}
		j = r.out[j].Parent
	}
	return false
}

// memory is who spoke last, by what a later word can point back to.
type memory struct {
	person, singular, plural, body *Holder
	byHead                         map[string]*Holder
	outlets                        []*Holder
}

// longName finds the outlet whose full name ends in the short one: "the Times"
// after The New York Times.
func (m *memory) longName(short string) *Holder {
	short = strings.TrimPrefix(strings.TrimPrefix(short, "The "), "the ")
	for _, h := range m.outlets {
		if strings.HasSuffix(h.Name, " "+short) && len(short) > 2 && !strings.EqualFold(h.Name, "the "+short) {
			return h
		}
	}
	return nil
}

// resolve fills in who "he", "Kirby", "the source" are, in order of the text.
func (r *reader) resolve() {
	m := memory{byHead: map[string]*Holder{}}
	done := make([]bool, len(r.out))
	for i := range r.out {
		r.resolveOne(i, &m, done, 0)
	}
}

// resolveOne takes the parent first: the "I" of a quotation waits for the "he"
// of the "he said" behind it.
func (r *reader) resolveOne(i int, m *memory, done []bool, depth int) {
	if done[i] || depth > len(r.out) {
		return
	}
	done[i] = true
	a := &r.out[i]
	if a.Parent >= 0 {
		r.resolveOne(a.Parent, m, done, depth+1)
	}
	if a.byAuthor {
		a.Self = a.Parent < 0
		if a.Self {
			a.Holder.Kind, a.Holder.Name = Outlet, r.outlet
		}
		return
	}
	if a.Holder.Text == "" {
		return
	}
	kind := lexicon.Pronouns[lowered(&a.Holder)]
	r.pointBack(a, m)
	a.Self = r.ownOutlet(a.Holder) && (a.Holder.Kind == Outlet || a.Holder.Kind == Wire || r.outlet != "" && plainName(a.Holder.Text) == plainName(r.outlet))
	if kind != 'i' && kind != 'w' {
		r.remember(&a.Holder, m)
	}
}

// lowered is the text of a holder in small letters.
func lowered(h *Holder) string { return strings.ToLower(h.Text) }

func (r *reader) remember(h *Holder, m *memory) {
	head := strings.ToLower(h.Head.Of(r.doc.Text))
	switch h.Kind {
	case PersonH, Official, Anonymous:
		if h.Plural {
			m.plural = h
		} else {
			m.singular = h
			m.person = h
		}
	case Public:
		m.plural = h
	default:
		if h.Kind == Outlet && h.Name != "" {
			m.outlets = append(m.outlets, h)
		}
		m.body = h
		if h.Plural {
			m.plural = h
		}
	}
	if _, pronoun := lexicon.Pronouns[strings.ToLower(h.Text)]; !pronoun && !strings.HasPrefix(strings.ToLower(h.Text), "the ") {
		m.byHead[head] = h
	}
}

// pointBack takes name, kind and country over from whom the words point to.
func (r *reader) pointBack(a *Attribution, m *memory) {
	h := &a.Holder
	low := strings.ToLower(h.Text)
	var to *Holder
	if k, ok := lexicon.Pronouns[low]; ok {
		to = r.antecedent(k, a, m)
	} else if h.Kind == Outlet && m.longName(h.Text) != nil {
		to = m.longName(h.Text)
		h.Name = ""
	} else if strings.HasPrefix(low, "the ") || strings.HasPrefix(low, "that ") || strings.HasPrefix(low, "this ") {
		to = r.sameOne(h, low, m)
	}
	if to == nil || to == h {
		return
	}
	if h.Name == "" {
		h.Name = to.Name
	}
	h.Kind, h.Country = to.Kind, firstOf(to.Country, h.Country)
	h.Stated, h.Plural = to.Stated, to.Plural
	if h.Reason == "" {
		h.Reason = to.Reason
	}
	// The same unnamed source keeps the words it was brought in with.
	if to.Name == "" {
		h.Text = to.Text
	}
}

func (r *reader) antecedent(kind byte, a *Attribution, m *memory) *Holder {
	above := func() *Holder {
		for p, n := a.Parent, 0; p >= 0 && n <= len(r.out); p, n = r.out[p].Parent, n+1 {
			if r.out[p].Holder.Text != "" && !r.out[p].Via {
				return &r.out[p].Holder
			}
		}
		return nil
	}
	switch kind {
	case 'i', 'w':
		return above()
	case 'p':
		if up := above(); up != nil && !up.Plural && (up.Kind == Official || up.Kind == PersonH || up.Kind == Anonymous) && a.Directness == Indirect {
			return up
		}
		if p, at := r.people.LastSubject(a.Cue.Start); p != nil && (m.person == nil || at > m.person.Start) {
			return asHolder(p)
		}
		return m.person
	case 't':
		if up := above(); up != nil && up.Plural {
			return up
		}
		return m.plural
	case 'b':
		if up := above(); up != nil && (up.Kind != Official && up.Kind != PersonH) {
			return up
		}
		return m.body
	}
	return nil
}

// sameOne: "the official" after "a U.S. official", "the spokesman" after a
// person so introduced, "the agency" after a wire.
func (r *reader) sameOne(h *Holder, low string, m *memory) *Holder {
	if h.Name != "" && h.Kind != PersonH && h.Kind != Official {
		return nil
	}
	head := strings.ToLower(h.Head.Of(r.doc.Text))
	if strings.Count(low, " ") > 2 {
		return nil // "the official in charge of ports" is somebody of his own
	}
	if to := m.byHead[head]; to != nil {
		return to
	}
	if p := r.people.InRole(head, h.Start); p != nil {
		return asHolder(p)
	}
	kind, _ := r.lex.HeadKind(head)
	switch {
	case kind == Anonymous && m.singular != nil && m.singular.Kind == Anonymous:
		return m.singular
	case kind == Outlet && m.body != nil && (m.body.Kind == Outlet || m.body.Kind == Wire):
		return m.body
	case head == "agency" && m.body != nil && m.body.Kind == Wire:
		return m.body
	}
	return nil
}

func asHolder(p *people.Person) *Holder {
	h := &Holder{Name: p.Name, Text: p.Name, Kind: PersonH, Country: p.Country}
	if p.Official {
		h.Kind = Official
	}
	return h
}

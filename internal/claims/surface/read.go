package surface

import (
	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/dates"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// Input is an article as the rooms below have read it.
type Input struct {
	Document prose.Document
	Mentions mentions.Result
	Dates    []dates.Expression
	Places   []places.Toponym
	Speech   []speech.Attribution
	// Person reports a mention that can travel and meet; nil takes all for one.
	Person func(mention int) bool
	// Only tells which sentences are read; nil reads all.
	Only func(sentence int) bool
}

// Spot is a place in a deed: a toponym by index, -1 where only the words are
// known ("the capital of ...").
type Spot struct {
	Toponym int
	Span    story.Span
}

// Holder is who withholds or denies, where no attribution names him.
type Holder struct {
	story.Span
	Kind speech.HolderKind
	Cue  string
}

// Deed is one thing told.
type Deed struct {
	Activity        activity.Code
	Aspect          string
	Act             speech.Act
	Polarity        string
	Certainty       speech.Certainty
	Scope           string
	Role            string
	Mention         int        // index of the party's mention
	Surface         story.Span // the words that stand for the party here
	From, To, Place *Spot
	Date            int // index, -1
	Items           []story.Span
	Attribution     int // index, -1 = nobody's, or Holder's
	Holder          *Holder
	Said            *Holder // the attribution's holder without day and addressee, nil = as it is
	Evidence        story.Span
	Trigger         story.Span
	Sentence        int
	Rule            string
}

type reader struct {
	in    Input
	lang  *language
	lines []*line // nil where not asked for yet
	cut   []bool
	found []Deed
}

// Read gives the deeds of a text in order; ok is false where its language has
// no tables. The error can only be one of the embedded files.
func Read(in Input) (out []Deed, ok bool, err error) {
	all, err := languages()
	if err != nil {
		return nil, false, err
	}
	r := &reader{in: in, lang: all[in.Document.Language]}
	if r.lang == nil {
		return nil, false, nil
	}
	r.lines, r.cut = make([]*line, len(in.Document.Sentences)), make([]bool, len(in.Document.Sentences))
	for n := range in.Document.Sentences {
		if in.Only != nil && !in.Only(n) {
			continue
		}
		s := r.line(n)
		if s == nil || s.question() {
			continue
		}
		r.deeds(s)
		r.answers(s)
	}
	return r.found, true, nil
}

// line gives sentence n, nil where it is no running text.
func (r *reader) line(n int) *line {
	if s := r.in.Document.Sentences[n]; !r.cut[n] && (s.Kind == prose.Body || s.Kind == prose.ListItem) && len(s.Tokens) > 2 {
		r.lines[n] = r.newLine(n, s)
	}
	r.cut[n] = true
	return r.lines[n]
}

// deeds tries every place of a sentence.
func (r *reader) deeds(s *line) {
	for i := 0; i < len(s.low); {
		best, size := Deed{}, 0
		for k := range r.lang.deeds {
			row := &r.lang.deeds[k]
			n := s.match(row.trigger, i)
			if n <= size {
				continue
			}
			if d, ok := r.deed(s, row, i, i+n); ok {
				best, size = d, n
			}
		}
		if size > 0 {
			r.found = append(r.found, best)
		}
		i += max(size, 1)
	}
}

// deed fits a row to the trigger at tokens [i, j).
func (r *reader) deed(s *line, row *deedRow, i, j int) (Deed, bool) {
	p, ok := r.party(s, row, i, j)
	if !ok || !r.moodFits(row, p.mood) {
		return Deed{}, false
	}
	if f := row.code.Family(); r.in.Person != nil && (f == "TRV" || f == "MET") && !r.in.Person(p.mention) {
		return Deed{}, false
	}
	d := Deed{
		Activity: row.code, Aspect: row.aspect, Act: speech.Assert, Polarity: "+", Certainty: speech.Certain, Role: row.role,
		Mention: p.mention, Surface: p.span, Date: -1, Evidence: s.src.Span, Trigger: s.span(i, j), Sentence: s.n, Rule: row.key,
	}
	from, to := r.clause(s, min(i, p.from), max(j, p.to))
	if r.conditional(s, from) {
		return d, false
	}
	if row.needs != nil {
		k := r.needed(s, row, from, to)
		if k < 0 {
			return d, false
		}
		if row.item {
			d.Items = append(d.Items, s.src.Tokens[k].Span)
		}
	}
	if !r.placing(s, row, &d, j, to) && row.placed && !(d.From != nil && r.remembered(&d)) {
		return d, false
	}
	d.Date = r.date(s, from, i, to)
	r.apply(&d, p.mood)
	d.Attribution = r.says(s, &d)
	if d.Attribution < 0 {
		d.Holder = r.shown(s, i)
	} else {
		d.Said = r.speaker(r.in.Speech[d.Attribution])
	}
	return d, true
}

// needed finds the word that a row asks for in the clause, -1 if none.
func (r *reader) needed(s *line, row *deedRow, from, to int) int {
	for k := from; k < to; k++ {
		if row.needs.MatchString(s.low[k]) && s.mention[k] < 0 {
			return k
		}
	}
	return -1
}

// clause is the stretch of tokens around [i, j) up to the next mark or word
// that opens another clause.
func (r *reader) clause(s *line, i, j int) (int, int) {
	for i > 0 && !ends(s.low[i-1]) && !isComma(s.low[i-1]) && !r.lang.is("that", s.low[i-1]) {
		i--
	}
	for k := 0; j < len(s.low) && k < 16 && !ends(s.low[j]) && !isComma(s.low[j]) && !r.lang.any(s.low[j], "stop", "relative", "that") && !s.cue[j]; k++ {
		j++
	}
	return i, j
}

// conditional reports a clause that opens with "if".
func (r *reader) conditional(s *line, from int) bool {
	for k := from; k < from+3 && k < len(s.low); k++ {
		if r.lang.is("if", s.low[k]) {
			return true
		}
	}
	return from > 0 && r.lang.is("if", s.low[from-1])
}

// date of a deed: the first behind the trigger in its clause, else the last
// before it, else one that opens the sentence.
func (r *reader) date(s *line, from, i, to int) int {
	for k := i; k < to; k++ {
		if s.date[k] >= 0 {
			return s.date[k]
		}
	}
	for k := i - 1; k >= from; k-- {
		if s.date[k] >= 0 {
			return s.date[k]
		}
	}
	for k := 0; k < 2 && k < from; k++ {
		if d := s.date[k]; d >= 0 {
			for k < from && (s.date[k] == d || isComma(s.low[k])) {
				k++
			}
			if k == from {
				return d
			}
		}
	}
	return -1
}

// says finds the narrowest attribution whose content holds the trigger.
func (r *reader) says(s *line, d *Deed) int {
	best, width := -1, 0
	for k, a := range r.in.Speech {
		if a.Sentence < s.n-1 || a.Sentence > s.n+1 || a.Cue.Overlaps(d.Trigger) || r.lang.is("notcue", a.CueText) {
			continue
		}
		w, holds := 0, false
		for _, c := range a.Content {
			w, holds = w+c.Len(), holds || c.Contains(d.Trigger)
		}
		if holds && !a.Holder.Contains(d.Trigger) && (best < 0 || w < width || w == width && a.Parent == best) {
			best, width = k, w
		}
	}
	return best
}

// speaker cuts the day and the addressee off a holder behind his verb: "told
// the agency on Tuesday two diplomats" stands in some languages for "two
// diplomats told the agency on Tuesday". It gives nil where neither is there.
func (r *reader) speaker(a speech.Attribution) *Holder {
	if a.Sentence >= len(r.lines) || r.line(a.Sentence) == nil || a.Holder.Start < a.Cue.End {
		return nil
	}
	s := r.line(a.Sentence)
	from, to := -1, -1
	for k, t := range s.src.Tokens {
		if a.Holder.Contains(t.Span) {
			if from < 0 {
				from = k
			}
			to = k + 1
		}
	}
	first := from
	for from >= 0 && from < to && s.date[from] >= 0 {
		from++
	}
	if from >= 0 && from+1 < to && r.lang.is("addressing", s.low[from]) {
		k := from + 2
		for k < to && !r.lang.any(s.low[k], "article", "count") {
			k++
		}
		if k < to {
			from = k
		}
	}
	if from <= first || from >= to {
		return nil
	}
	return &Holder{Span: s.span(from, to), Kind: r.kindOf(s, from, to), Cue: a.CueText}
}

// shown finds a document that shows the deed: "an extract showed that ...".
func (r *reader) shown(s *line, i int) *Holder {
	for k := i - 1; k >= 0; k-- {
		if !r.lang.is("shows", s.low[k]) {
			continue
		}
		a, b := k+1, k+1
		if !r.lang.flags["verb-first"] {
			b = k
			if c := b - 2; b > 0 && isComma(s.low[b-1]) { // ", which the paper has seen, shows"
				for ; c > 0 && !isComma(s.low[c]) && !ends(s.low[c]); c-- {
				}
				b = c
			}
			for a = b; a > 0 && !ends(s.low[a-1]) && !isComma(s.low[a-1]); a-- {
			}
		} else {
			for b < i && !ends(s.low[b]) && !isComma(s.low[b]) && !r.lang.is("that", s.low[b]) {
				b++
			}
		}
		that := false
		for n := k; n < i; n++ {
			that = that || r.lang.is("that", s.low[n])
		}
		if that && b > a && b-a <= 12 {
			return &Holder{s.span(a, b), speech.DocumentH, s.src.Tokens[k].Text}
		}
	}
	return nil
}

// remembered takes the goal of a journey from the last deed of the same
// traveller, told as one of travel within three sentences.
func (r *reader) remembered(d *Deed) bool {
	for n := len(r.found) - 1; n >= 0; n-- {
		o := r.found[n]
		if o.Sentence < d.Sentence-3 {
			return false
		}
		if o.Activity.Family() == "TRV" && r.cluster(o.Mention) == r.cluster(d.Mention) && !o.Act.IsDenialOrNone() {
			if o.To == nil && o.Place == nil {
				continue
			}
			if d.To = o.To; d.To == nil {
				d.To = o.Place
			}
			return true
		}
	}
	return false
}

func (r *reader) cluster(mention int) int { return r.in.Mentions.Mentions[mention].Cluster }

package whom

import (
	"iter"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/claims/goods"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// Sentence is one sentence with what the rooms found in it, by token.
type Sentence struct {
	N       int // index in the document
	Src     prose.Sentence
	Cl      *clause.Sentence
	Mention []int // token -> index into Mentions, -1
	Toponym []int // token -> index into Places, -1
	Date    []int // token -> index into Dates, -1
	Goods   *goods.Reader
	refs    map[int]Referent
	speech  []int // attributions whose content or cue touches the sentence
	heard   bool  // speech is worked out
}

// Text is an article as the rooms below have read it. Trees and speech are
// dear, so that they are asked for only where they matter.
type Text struct {
	Document prose.Document
	Mentions mentions.Result
	Places   []places.Toponym
	Party    func(id string) (party.Party, bool) // nil where no list is at hand
	// Grow reads a sentence when it is first asked for, nil where it is not
	// worth a tree.
	Grow func(n int) *Sentence
	// Hear finds the speech of the article when it is first asked for; nil for
	// none.
	Hear func() []speech.Attribution
	// Resolved tells that the mentions room has resolved pronouns.
	Resolved bool

	sentences []*Sentence
	grown     []bool
	holding   []bool // by sentence: a mention stands in it
	said      []speech.Attribution
	heard     bool
	quotes    []speech.Quote // nil until asked for
}

// At is sentence n with what the rooms found in it, nil where it is not read.
func (r *Text) At(n int) *Sentence {
	if n < 0 || n >= len(r.Document.Sentences) {
		return nil
	}
	if r.grown == nil {
		r.grown, r.sentences = make([]bool, len(r.Document.Sentences)), make([]*Sentence, len(r.Document.Sentences))
	}
	if !r.grown[n] {
		r.grown[n], r.sentences[n] = true, r.Grow(n)
	}
	return r.sentences[n]
}

// Within gives the sentences that one of the spans touches, in order.
func (r *Text) Within(spans []story.Span) iter.Seq[*Sentence] {
	return func(yield func(*Sentence) bool) {
		if len(spans) == 0 {
			return
		}
		from, to := spans[0].Start, spans[0].End
		for _, s := range spans[1:] {
			from, to = min(from, s.Start), max(to, s.End)
		}
		all := r.Document.Sentences
		n, _ := slices.BinarySearchFunc(all, from, func(s prose.Sentence, at int) int { return s.End - at })
		for ; n < len(all) && all[n].Start <= to; n++ {
			if slices.ContainsFunc(spans, func(s story.Span) bool { return s.Overlaps(all[n].Span) }) {
				if s := r.At(n); s != nil && !yield(s) {
					return
				}
			}
		}
	}
}

// Speech gives all attributions of the article.
func (r *Text) Speech() []speech.Attribution {
	if !r.heard {
		r.heard = true
		if r.Hear != nil {
			r.said = r.Hear()
		}
	}
	return r.said
}

// quoted reports a word within quotation marks, which costs less to tell than
// who speaks.
func (r *Text) quoted(word story.Span) bool {
	if r.quotes == nil {
		r.quotes = append([]speech.Quote{}, speech.Quotes(r.Document)...)
	}
	return slices.ContainsFunc(r.quotes, func(q speech.Quote) bool { return q.Span.Overlaps(word) })
}

// SpeechIn gives the indices of the attributions whose content or cue touches
// the sentence.
func (r *Text) SpeechIn(s *Sentence) []int {
	if s.heard {
		return s.speech
	}
	s.heard = true
	for i, a := range r.Speech() {
		if a.Sentence == s.N || a.Cue.Overlaps(s.Src.Span) || slices.ContainsFunc(a.Content, s.Src.Span.Overlaps) {
			s.speech = append(s.speech, i)
		}
	}
	return s.speech
}

// holds reports a sentence in which a mention stands.
func (r *Text) holds(n int) bool {
	if r.holding == nil {
		r.holding = make([]bool, len(r.Document.Sentences))
		for _, m := range r.Mentions.Mentions {
			all := r.Document.Sentences
			k, _ := slices.BinarySearchFunc(all, m.Start, func(s prose.Sentence, at int) int { return s.End - at })
			for ; k < len(all) && all[k].Start <= m.End; k++ {
				r.holding[k] = r.holding[k] || all[k].Overlaps(m.Span)
			}
		}
	}
	return r.holding[n]
}

// Referent is whom a nominal speaks of: a mention cluster, -1 for none, or a
// State by its ISO code.
type Referent struct {
	Cluster int
	Country string
}

var nobody = Referent{Cluster: -1}

// Refer finds whom the nominal headed by i speaks of: a mention on the head or
// an apposition of it, the group whose members the nominal names, a State or
// its organ, or the antecedent of a pronoun.
func (r *Text) Refer(s *Sentence, i int) Referent {
	if s.refs == nil {
		s.refs = map[int]Referent{}
	}
	if x, ok := s.refs[i]; ok {
		return x
	}
	s.refs[i] = nobody // ends a circle of pronouns
	x := nobody
	if c := r.ClusterAt(s, i); c >= 0 {
		x.Cluster = c
	} else if c := r.named(s, i); c >= 0 {
		x.Cluster = c
	} else if r.IsClass(s, i, "member") {
		x.Cluster = r.groupOf(s, i)
	}
	if x.Cluster < 0 {
		if of := s.Cl.Part(i); of >= 0 {
			x = r.Refer(s, of)
		}
	}
	if x.Cluster < 0 && x.Country == "" {
		x.Country = r.stateOf(s, i)
	}
	if x == nobody {
		x = r.antecedent(s, i)
	}
	s.refs[i] = x
	return x
}

func (r *Text) ClusterOf(s *Sentence, i int) int { return r.Refer(s, i).Cluster }

func (r *Text) CountryOf(s *Sentence, i int) string { return r.Refer(s, i).Country }

// ClusterAt is the accepted or open cluster of a mention on token i; a mention
// inside a hyphened word ("ISIS-linked") names nobody who acts.
func (r *Text) ClusterAt(s *Sentence, i int) int {
	m := s.Mention[i]
	if m < 0 {
		return -1
	}
	mention := r.Mentions.Mentions[m]
	if r.hyphened(s, i, mention.Span) {
		return -1
	}
	if mention.Cluster < 0 || mention.Cluster >= len(r.Mentions.Clusters) || r.Mentions.Clusters[mention.Cluster].Status == mentions.Rejected {
		return -1
	}
	if mention.Form == mentions.Role && r.Plural(s, i) && r.IsPerson(mention.Cluster) {
		return -1 // "the militants" are not their leader
	}
	return mention.Cluster
}

func (r *Text) Plural(s *Sentence, i int) bool {
	w := s.Cl.Tree.Words[i]
	return w.UPOS == "NOUN" && (w.XPOS == "NNS" || strings.Contains(w.Feats, "Number=Plur") || w.XPOS == "" && strings.HasSuffix(w.Form, "s") && s.Cl.Lemma(i) != strings.ToLower(w.Form))
}

// hyphened reports a mention that is part of a longer word: "ISIS-linked",
// "anti-ISIS"; the tokens of such a word stand without space between them.
func (r *Text) hyphened(s *Sentence, i int, span story.Span) bool {
	text := r.Document.Text
	if tok := s.Src.Tokens[i]; tok.Start < span.Start || tok.End > span.End {
		return strings.ContainsAny(tok.Text, "-–‑")
	}
	after, before := text[span.End:], text[:span.Start]
	if rest, ok := strings.CutPrefix(after, "-"); ok {
		return rest != "" && rest[0] >= 'a' && rest[0] <= 'z'
	}
	return strings.HasSuffix(before, "anti-") || strings.HasSuffix(before, "Anti-") || strings.HasSuffix(before, "pro-")
}

// named looks for the name beside a title or description: flat and appositive
// words, and a name that follows a noun of a person as its compound.
func (r *Text) named(s *Sentence, i int) int {
	for _, c := range s.Cl.Related(i, "flat", "appos") {
		if k := r.ClusterAt(s, c); k >= 0 {
			return k
		}
		for _, d := range s.Cl.Related(c, "flat") {
			if k := r.ClusterAt(s, d); k >= 0 {
				return k
			}
		}
	}
	for _, c := range s.Cl.Related(i, "compound") {
		if c > i {
			if k := r.ClusterAt(s, c); k >= 0 {
				return k
			}
		}
	}
	return -1
}

// groupOf finds the group in "Boko Haram leaders", "members of the group",
// "the group's leadership".
func (r *Text) groupOf(s *Sentence, i int) int {
	for _, c := range s.Cl.Related(i, "compound", "amod", "nmod") {
		if k := s.Cl.Case(c); k != "" && k != "of" && k != "for" && k != "from" {
			continue
		}
		if k := r.ClusterAt(s, c); k >= 0 {
			return k
		}
		for _, d := range s.Cl.Related(c, "compound", "flat", "appos") {
			if k := r.ClusterAt(s, d); k >= 0 {
				return k
			}
		}
		if r.IsClass(s, c, "anaphor") {
			if k := r.Refer(s, c).Cluster; k >= 0 {
				return k
			}
		}
		if s.Cl.Case(c) == "of" && r.IsClass(s, c, "member") {
			if k := r.groupOf(s, c); k >= 0 {
				return k
			}
		}
	}
	return -1
}

// speaker gives who says I or we: the holder of the direct speech around it.
func (r *Text) speaker(s *Sentence, i int) Referent {
	if !r.heard && !r.quoted(s.Src.Tokens[i].Span) {
		return nobody
	}
	for _, k := range r.SpeechIn(s) {
		a := r.said[k]
		if a.Directness == speech.Indirect || !covers(a.Content, s.Src.Tokens[i].Span) {
			continue
		}
		for t := range r.Within([]story.Span{a.Holder.Span}) {
			for j, tok := range t.Src.Tokens {
				if a.Holder.Span.Contains(tok.Span) && r.ClusterAt(t, j) >= 0 {
					return Referent{Cluster: r.ClusterAt(t, j)}
				}
			}
		}
	}
	return nobody
}

// IsPerson reports a cluster of a person: by the list, or named by a surname, a
// title or "he".
func (r *Text) IsPerson(c int) bool {
	k := r.Mentions.Clusters[c]
	for _, m := range k.Mentions {
		switch x := r.Mentions.Mentions[m]; x.Form {
		case mentions.Surname, mentions.Title:
			return true
		case mentions.Pronoun:
			switch strings.ToLower(x.Text) {
			case "he", "him", "his", "she", "her":
				return true
			}
		}
	}
	best, ok := k.Best()
	if !ok || best.Party == "" || r.Party == nil {
		return false
	}
	p, ok := r.Party(best.Party)
	return ok && p.Schema == party.Person
}

// stateOf gives the ISO code of the State or organ of a State that the
// nominal names: "Iran", "the Russian military", "Syria's government", "Moscow
// said".
func (r *Text) stateOf(s *Sentence, i int) string {
	if t := s.Toponym[i]; t >= 0 {
		p := r.Places[t]
		subject := strings.HasPrefix(s.Cl.Tree.Words[i].Deprel, "nsubj") || s.Cl.Tree.Words[i].Deprel == "obl:agent"
		switch s.Cl.Case(i) {
		case "from", "to", "with", "between":
			subject = true // who buys from Tehran buys from Iran
		}
		if p.Place != nil && (p.Place.Kind == places.Country || p.Place.Capital && (p.Use == places.Government || subject) || p.Use == places.Demonym) {
			return p.Place.Country
		}
		return ""
	}
	if !r.IsClass(s, i, "organ") {
		return ""
	}
	for _, c := range s.Cl.Related(i, "amod", "compound", "nmod") {
		if k := s.Cl.Case(c); k != "" && k != "of" {
			continue
		}
		if t := s.Toponym[c]; t >= 0 && r.Places[t].Place != nil && r.Places[t].Use != places.Embedded {
			return r.Places[t].Place.Country
		}
	}
	return ""
}

// CountryName is the State as the article names it, for "North Korean",
// "Pyongyang" or "it"; else as the table of territories does.
func (r *Text) CountryName(code, surface string) string {
	for _, p := range r.Places {
		if p.Place != nil && p.Place.Kind == places.Country && p.Place.Country == code && p.Use != places.Demonym {
			return p.Text
		}
	}
	if t, ok := frames.TerritoryOf(code); ok {
		return t.Name
	}
	return surface
}

func (r *Text) IsClass(s *Sentence, i int, class string) bool { return s.Goods.Class(i, class) }

// Schema is what the list says that the party at word i is, "" if nobody is
// named there.
func (r *Text) Schema(s *Sentence, i int) party.Schema {
	c := r.ClusterOf(s, i)
	if c < 0 || r.Party == nil {
		return ""
	}
	best, ok := r.Mentions.Clusters[c].Best()
	if !ok {
		return ""
	}
	p, _ := r.Party(best.Party)
	return p.Schema
}

// IsPlace reports a nominal that names somewhere a deed can happen.
func (r *Text) IsPlace(s *Sentence, i int) bool { return r.ToponymOf(s, i) >= 0 }

// ToponymOf gives the literal toponym of the nominal headed by i, -1 if none:
// on the head, or beside it ("the Qatari capital Doha", "the town of Banki").
func (r *Text) ToponymOf(s *Sentence, i int) int {
	ok := r.Literal
	if t := s.Toponym[i]; ok(t) {
		return t
	}
	if w := s.Cl.Tree.Words[i]; w.UPOS != "NOUN" && w.UPOS != "PROPN" {
		return -1
	}
	if s.Mention[i] >= 0 {
		return -1
	}
	for _, c := range s.Cl.Related(i, "appos", "flat", "compound", "nmod", "conj") {
		k := s.Cl.Case(c)
		if k != "" && k != "of" && k != "in" && k != "near" {
			continue
		}
		if t := s.Toponym[c]; ok(t) && (r.IsClass(s, i, "facility") || k == "of" && r.IsClass(s, i, "portion") || k == "" && c > i || s.Cl.Tree.Words[i].UPOS == "PROPN") {
			return t
		}
	}
	// "the Qatari capital Doha": whatever the tree makes of the name.
	if next := i + 1; next < len(s.Toponym) && r.IsClass(s, i, "facility") && ok(s.Toponym[next]) && s.Cl.Case(next) == "" {
		return s.Toponym[next]
	}
	return -1
}

// Literal reports a toponym that can be where something happens.
func (r *Text) Literal(t int) bool {
	return t >= 0 && (r.Places[t].Use == places.Literal || r.Places[t].Use == places.Government)
}

func covers(spans []story.Span, t story.Span) bool {
	return slices.ContainsFunc(spans, func(s story.Span) bool { return s.Contains(t) })
}

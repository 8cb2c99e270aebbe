package places

import (
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places/table"
	"github.com/reportedly/reportedly/internal/story"
)

// Find gives the toponyms of a document in order. Home is the ISO code of the
// outlet's country, "" where unknown.
func (g *Gazetteer) Find(doc prose.Document, home string) []Toponym {
	f := g.start(&doc, home)
	for si := range doc.Sentences {
		if doc.Sentences[si].Kind != prose.Boilerplate {
			f.scan(si)
		}
	}
	f.nest()
	f.people()
	kept := f.keep()
	f.settle(kept)
	out := make([]Toponym, 0, len(kept))
	for _, s := range kept {
		out = append(out, f.toponym(s))
	}
	return out
}

// Resolve gives the places of spans that are already known to be toponyms, in
// the order of the spans. It is how the choice of place is measured apart from
// recognition. A name that the gazetteer lacks takes the place named beside it, as
// a Facility with a score of zero.
func (g *Gazetteer) Resolve(doc prose.Document, spans []story.Span, home string) []Toponym {
	f := g.start(&doc, home)
	for _, sp := range spans {
		f.spots = append(f.spots, f.given(sp))
	}
	f.nest()
	var all []*spot
	for i := range f.spots {
		all = append(all, &f.spots[i])
	}
	f.settle(all)
	f.borrow(all)
	out := make([]Toponym, 0, len(all))
	for _, s := range all {
		out = append(out, f.toponym(s))
	}
	return out
}

func (g *Gazetteer) start(doc *prose.Document, home string) *finder {
	f := &finder{g: g, doc: doc, home: home, classes: make([][]wordClass, len(doc.Sentences))}
	total := 0
	for i := range doc.Sentences {
		total += len(doc.Sentences[i].Tokens)
	}
	all := make([]wordClass, 0, total)
	for i := range doc.Sentences {
		from := len(all)
		for _, t := range doc.Sentences[i].Tokens {
			all = append(all, f.classOf(t.Text))
		}
		f.classes[i] = all[from:len(all):len(all)]
	}
	return f
}

// given builds the spot of a span from outside.
func (f *finder) given(sp story.Span) spot {
	s := spot{Span: sp, text: f.doc.Text[sp.Start:sp.End], chosen: -1}
	for si := range f.doc.Sentences {
		sent := &f.doc.Sentences[si]
		if !sent.Span.Overlaps(sp) {
			continue
		}
		s.sentence = si
		s.from = len(sent.Tokens)
		for i, t := range sent.Tokens {
			if t.Span.Overlaps(sp) {
				s.from, s.to = min(s.from, i), i+1
			}
		}
		break
	}
	s.key = table.Fold(s.text)
	if r, ok := f.g.words.abbreviations[s.text]; ok {
		s.readings, s.abbreviation = []reading{r}, true
	} else if d, ok := f.g.words.demonyms[s.key]; ok {
		s.readings, s.demonym = []reading{d}, true
	} else {
		s.readings, _ = f.g.readings([]byte(s.key))
		if len(s.readings) == 0 {
			f.approximate(&s)
		}
	}
	return s
}

// approximate looks for a place inside a name that the table does not have:
// "Saint Marys" for "St. Marys", "Oconee County" for "Oconee", "Manila" for
// "Manila Cathedral", "Venezuela" for "South Venezuela".
func (f *finder) approximate(s *spot) {
	toks := f.doc.Sentences[s.sentence].Tokens
	if s.to > len(toks) || s.from >= s.to {
		return
	}
	if x, ok := f.unabbreviated(s.sentence, toks[:s.to], s.from); ok {
		s.readings, s.key = x.readings, x.key
		return
	}
	if rs, _ := f.g.readings([]byte(s.key + " county")); len(rs) > 0 {
		s.readings = rs
		return
	}
	var best spot
	for i := s.from; i < s.to; i++ {
		if x, ok := f.longest(s.sentence, toks[:s.to], i); ok && x.to-x.from > best.to-best.from && nameScore(&x) > 0 &&
			f.classOf(x.text)&(wCommon|wFeature|wOrgHead|wDirection) == 0 {
			best = x
		}
	}
	if best.to > best.from {
		s.readings, s.key, s.demonym = best.readings, best.key, best.demonym
	}
}

// nest joins "Mosul, Iraq" and "Springfield, Ill.": the second is a country,
// province or county that holds a reading of the first.
func (f *finder) nest() {
	for i := 0; i+1 < len(f.spots); i++ {
		a, b := &f.spots[i], &f.spots[i+1]
		if a.sentence != b.sentence || b.demonym || a.demonym || len(a.readings) == 0 {
			continue
		}
		gap := f.doc.Text[min(a.End, b.Start):b.Start]
		if gap != ", " && gap != "," && gap != " (" && gap != ", in " && gap != ", northern " && gap != ", southern " && gap != " in " {
			continue
		}
		if !wide(b) || !f.anyInside(a, b) || gap == " in " && !f.inside(&a.readings[0], b) {
			continue
		}
		a.within = b
		b.narrower = a
	}
}

func wide(s *spot) bool {
	for i := range s.readings {
		if s.readings[i].Kind != City {
			return true
		}
	}
	return false
}

func (f *finder) anyInside(a, b *spot) bool {
	for i := range a.readings {
		if f.inside(&a.readings[i], b) {
			return true
		}
	}
	return false
}

// keep judges the spots; a name that is surely a place once is one elsewhere.
func (f *finder) keep() []*spot {
	sure := map[string]float64{}
	for i := range f.spots {
		s := &f.spots[i]
		s.score = f.judge(s)
		sure[s.key] = max(sure[s.key], s.score)
	}
	var out []*spot
	for i := range f.spots {
		s := &f.spots[i]
		if sure[s.key] >= 2 {
			s.score++
		}
		if s.score >= least {
			out = append(out, s)
		}
	}
	return out
}

func (f *finder) toponym(s *spot) Toponym {
	t := Toponym{Span: s.Span, Text: s.text, Sentence: s.sentence, Use: f.useOf(s), Score: s.score, Rivals: s.rivals}
	if s.chosen >= 0 {
		p := s.readings[s.chosen].Place
		t.Place = &p
	}
	if s.within != nil {
		t.Within = s.within.text
	}
	return t
}

package speech

import (
	"strings"

	"github.com/reportedly/reportedly/internal/prose/speech/surface"
)

// foreign takes over what the order of words shows in a language without trees.
func (r *reader) foreign() []Attribution {
	said, ok := surface.Read(r.doc, r.quotes)
	if !ok {
		return nil
	}
	for n, s := range said {
		a := Attribution{
			Cue: s.Cue, CueText: strings.ToLower(s.Cue.Of(r.doc.Text)), Content: s.Content, Directness: r.directness(s.Content),
			Class: Statement, Act: s.Act, Certainty: s.Certainty, Parent: -1, Sentence: s.Sentence,
			Holder: Holder{Span: s.Holder, Text: s.Holder.Of(r.doc.Text), Head: s.Head, Name: s.Name, Kind: s.Kind, Country: s.Country},
		}
		if s.Under >= 0 {
			r.parentOf[n] = s.Under
		}
		r.out = append(r.out, a)
	}
	r.order()
	r.nest()
	r.resolve()
	return r.out
}

package places

import (
	"strings"

	"github.com/reportedly/reportedly/internal/prose/places/table"
)

// useOf tells what a toponym does in its sentence.
func (f *finder) useOf(s *spot) Use {
	if s.demonym {
		return Demonym
	}
	if s.abbreviation || s.within != nil {
		return Literal
	}
	prev, prevClass := f.token(s, -1)
	_, before := f.token(s, -2)
	next, nextClass := f.token(s, 0)
	nextUpper, _ := upper(next)
	prevUpper, _ := upper(prev)
	switch {
	case nextUpper && nextClass&wOrgHead != 0 && nextClass&wFeature == 0:
		return Embedded
	case prev == "of" && before&wOrgOf != 0:
		return Embedded
	case nextUpper && f.orgAhead(s):
		return Embedded
	}
	if !f.canGovern(s) || prevClass&wLocative != 0 && !prevUpper {
		return Literal
	}
	if f.subject(s) && f.verbAhead(s) {
		return Government
	}
	if next == "'s" || next == "’s" {
		if _, after := f.token(s, 1); after&wStatecraft != 0 {
			return Government
		}
	}
	return Literal
}

// orgAhead: "Moscow State University", "Kansas City Star": an organisation's head
// ends the run of capitals.
func (f *finder) orgAhead(s *spot) bool {
	toks := f.doc.Sentences[s.sentence].Tokens
	for i := s.to; i < len(toks) && i < s.to+4; i++ {
		if isUpper, _ := upper(toks[i].Text); !isUpper {
			return false
		}
		if c := f.classes[s.sentence][i]; c&wOrgHead != 0 && c&wFeature == 0 {
			return true
		}
	}
	return false
}

// canGovern: a country or the capital of one.
func (f *finder) canGovern(s *spot) bool {
	if _, ok := f.g.words.capitals[table.Fold(s.text)]; ok {
		return true
	}
	for i := range s.readings {
		if s.readings[i].Kind == Country {
			return true
		}
	}
	return false
}

// verbAhead: a finite verb follows, also after "and Syria" ("Russia and Syria
// signed"): who acts is a government, not ground.
func (f *finder) verbAhead(s *spot) bool {
	toks := f.doc.Sentences[s.sentence].Tokens
	i := s.to
	for i+1 < len(toks) && (toks[i].Text == "and" || toks[i].Text == ",") {
		isUpper, _ := upper(toks[i+1].Text)
		if !isUpper || !f.placeAt(s.sentence, i+1) {
			break
		}
		i++
		for i < len(toks) {
			if isUpper, _ := upper(toks[i].Text); !isUpper {
				break
			}
			i++
		}
	}
	if i >= len(toks) {
		return false
	}
	w := toks[i].Text
	isUpper, _ := upper(w)
	return !isUpper && (f.classes[s.sentence][i]&(wSpeech|wSays|wActs) != 0 || len(w) > 4 && strings.HasSuffix(w, "ed"))
}

// subject: what stands at the head of its clause and before a verb speaks; after
// a preposition it does not ("fighters in Iraq said").
func (f *finder) subject(s *spot) bool {
	for i := s.from - 1; i >= max(0, s.from-3); i-- {
		if f.classes[s.sentence][i]&wLocative != 0 {
			return false
		}
	}
	return true
}

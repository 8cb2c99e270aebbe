package places

import (
	"cmp"
	"math"
	"slices"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places/table"
)

// least is the score from which a spot counts as a place.
const least = 0.5

// people collects the surnames of persons named in full, so that "Warden" after
// "Darryl Keith Warden" is read as the man, and the words of the text that also
// stand in lower case.
func (f *finder) people() {
	f.surnames, f.lower = map[string]bool{}, map[string]bool{}
	for si := range f.doc.Sentences {
		toks := f.doc.Sentences[si].Tokens
		for i := range toks {
			if isUpper, _ := upper(toks[i].Text); !isUpper {
				if f.classes[si][i]&wCommon != 0 {
					f.lower[toks[i].Text] = true
				}
				continue
			}
			if f.classes[si][i]&(wGiven|wTitle) == 0 || i+1 >= len(toks) {
				continue
			}
			f.surnameAfter(si, i, toks)
		}
	}
}

// surnameAfter takes the last capitalised word of a run that begins with a
// given name or title.
func (f *finder) surnameAfter(si, i int, toks []prose.Token) {
	j := i + 1
	for j < len(toks) && j < i+4 {
		if isUpper, _ := upper(toks[j].Text); !isUpper || f.classes[si][j]&(wOrgHead|wFeature|wNever) != 0 {
			break
		}
		j++
	}
	if j == i+1 || allCaps(toks[i].Text) {
		return
	}
	last := table.Fold(toks[j-1].Text)
	rs, _ := f.g.readings([]byte(last))
	for _, r := range rs {
		if r.Kind == Country || r.Kind == Region && !r.alt {
			return
		}
	}
	f.surnames[last] = true
}

// judge scores how sure it is that a spot names a place.
func (f *finder) judge(s *spot) float64 {
	if s.abbreviation {
		return 3
	}
	if s.demonym {
		return 3
	}
	score := nameScore(s)
	score += f.contextScore(s)
	if f.nonLatin(s) {
		return score + 0.5
	}
	return score + f.personScore(s) + f.commonScore(s)
}

// nameScore: how likely the name alone is that of a place.
func nameScore(s *spot) float64 {
	best := -5.0
	for i := range s.readings {
		r := &s.readings[i]
		v := 0.0
		switch r.Kind {
		case Country:
			v = 4
		case Area:
			v = 3
		case Region:
			v = 2.5
			if r.county {
				v = 1.5
			}
		default:
			v = math.Log10(float64(r.Population)+1) - 4
			if r.Capital {
				v += 2
			} else if r.seat {
				v += 0.5
			}
			if r.section {
				v -= 0.5
			}
		}
		if r.alt {
			v -= 0.8
		}
		best = max(best, v)
	}
	if s.to-s.from > 1 {
		best++
	}
	return best
}

// contextScore reads the words beside the spot.
func (f *finder) contextScore(s *spot) float64 {
	score := 0.0
	prev, prevClass := f.token(s, -1)
	_, before := f.token(s, -2)
	switch {
	case prevClass&wLocative != 0:
		score += 1.5
	case prev == "of" && before&wPlaceOf != 0:
		score += 2
	case prev == "of":
		score += 0.3
	}
	if s.within != nil {
		score += 3
	}
	if s.narrower != nil {
		score += 1.5
	}
	next, nextClass := f.token(s, 0)
	if nextClass&wRole != 0 || next == "'s" || next == "’s" || next == "-" {
		score += 0.4
	}
	return score
}

// token gives the token at an offset from the spot: -1 the one before, 0 the one
// after; the empty string beyond the sentence.
func (f *finder) token(s *spot, off int) (string, wordClass) {
	toks := f.doc.Sentences[s.sentence].Tokens
	i := s.from + off
	if off >= 0 {
		i = s.to + off
	}
	if i < 0 || i >= len(toks) {
		return "", 0
	}
	return toks[i].Text, f.classes[s.sentence][i]
}

func (f *finder) nonLatin(s *spot) bool {
	_, caseless := upper(s.text)
	return caseless || s.text[0] >= 0xd0 && s.text[0] <= 0xd3
}

// personScore: "Jordan Smith", "Mr. Paris", "Denzel Washington", and surnames of
// persons named elsewhere in the text.
func (f *finder) personScore(s *spot) float64 {
	big := s.readings[0].Kind == Country || s.to-s.from > 1
	score := 0.0
	prev, prevClass := f.token(s, -1)
	prevUpper, _ := upper(prev)
	toks := f.doc.Sentences[s.sentence].Tokens
	shouting := allCaps(s.text) || f.titleCase(s.sentence)
	switch {
	case prevClass&wTitle != 0 && prevUpper:
		score -= 4
	case prevUpper && prevClass&wGiven != 0 && prevClass&(wLocative|wCommon) == 0 && !shouting:
		if s.from > 1 && s.to-s.from == 1 {
			return -12 // "Michael Jordan": not even a country, unless the name opens the sentence
		}
		score -= 4
	case prevUpper && s.from > 1 && !shouting && prevClass&(wNever|wLocative|wDirection|wRole|wFeature|wCommon) == 0 && !f.placeAt(s.sentence, s.from-1):
		score -= 2.5
	case len(prev) == 2 && prev[1] == '.' && prevUpper: // "J. Lansing"
		score -= 3
	}
	next, nextClass := f.token(s, 0)
	nextUpper, _ := upper(next)
	if nextUpper && !shouting && s.to < len(toks) && nextClass&(wRole|wOrgHead|wFeature|wTitle|wNever) == 0 && !f.placeAt(s.sentence, s.to) {
		score -= 2.2
		if f.classOf(s.text)&wGiven != 0 && s.to-s.from == 1 && prevClass&wLocative == 0 {
			return -12 // "Jordan Smith"
		}
	}
	if nextClass&wSays != 0 && !shouting && !big && !f.canGovern(s) {
		score -= 2.5 // "Nelson said": towns do not speak, capitals and countries do
	}
	if f.surnames[s.key] && prevClass&wLocative == 0 && s.within == nil {
		score -= 3
	}
	if f.classOf(s.text)&wGiven != 0 && prevClass&wLocative == 0 && s.within == nil && !big {
		score -= 2
	}
	if big {
		score *= 0.7
	}
	return score
}

// commonScore: words that are names of places by accident (Of, Reading, Mobile).
func (f *finder) commonScore(s *spot) float64 {
	if s.to-s.from > 1 || len(s.text) <= 4 && allCaps(s.text) {
		return 0 // "US", "U.S." are no form of "us"
	}
	class := f.classOf(s.text)
	if class&wNever != 0 {
		return -10
	}
	score := 0.0
	_, prevClass := f.token(s, -1)
	if class&(wCommon|wRole|wOrgHead|wTitle|wFeature|wSpeech|wDirection) != 0 {
		score -= 3
		if s.within != nil || prevClass&wLocative != 0 {
			score++
		}
		if s.from == 0 {
			score--
		}
		if f.lower[s.key] {
			score -= 2
		}
	}
	return score
}

// placeAt tells whether a likely place covers a token.
func (f *finder) placeAt(sentence, i int) bool {
	at, _ := slices.BinarySearchFunc(f.spots, sentence, func(s spot, n int) int { return cmp.Compare(s.sentence, n) })
	for ; at < len(f.spots) && f.spots[at].sentence == sentence; at++ {
		s := &f.spots[at]
		if s.from <= i && i < s.to {
			return s.readings != nil && nameScore(s) > 0.5 && !f.surnames[s.key]
		}
	}
	return false
}

func allCaps(s string) bool {
	n := 0
	for _, r := range s {
		if r >= 'a' && r <= 'z' {
			return false
		}
		if r >= 'A' && r <= 'Z' {
			n++
		}
	}
	return n > 1
}

// titleCase: headlines capitalise every word, so capitals prove nothing there.
func (f *finder) titleCase(sentence int) bool {
	toks := f.doc.Sentences[sentence].Tokens
	up, low := 0, 0
	for i := range toks {
		isUpper, _ := upper(toks[i].Text)
		switch {
		case isUpper:
			up++
		case len(toks[i].Text) > 2 && f.classes[sentence][i]&wNever == 0 && f.classes[sentence][i]&wLocative == 0:
			low++
		}
	}
	return up >= 4 && up > 3*low
}

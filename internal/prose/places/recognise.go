package places

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places/table"
	"github.com/reportedly/reportedly/internal/story"
)

// spot is a stretch of text that may name a place.
type spot struct {
	story.Span
	sentence, from, to int // tokens [from, to)
	text, key          string
	readings           []reading
	demonym            bool
	abbreviation       bool
	score              float64
	within             *spot // a wider place told after a comma
	narrower           *spot // the place before the comma
	chosen             int   // index into readings, -1 for none
	rivals             []Rival
}

// maxWords bounds the words of one name.
const maxWords = 6

// finder holds the work on one document.
type finder struct {
	g        *Gazetteer
	doc      *prose.Document
	home     string
	classes  [][]wordClass // by sentence and token
	spots    []spot
	surnames map[string]bool
	lower    map[string]bool // words that stand in lower case somewhere in the text
	key      []byte
}

// scan collects the longest name at each token of a sentence.
func (f *finder) scan(si int) {
	toks := f.doc.Sentences[si].Tokens
	for i := 0; i < len(toks); {
		s, ok := f.longest(si, toks, i)
		if !ok {
			i++
			continue
		}
		f.spots = append(f.spots, s)
		i = s.to
	}
}

func (f *finder) longest(si int, toks []prose.Token, i int) (best spot, ok bool) {
	isUpper, caseless := upper(toks[i].Text)
	if !isUpper && !caseless {
		return best, false
	}
	for j := min(i+2, len(toks)); j > i; j-- { // "W. Va." is two tokens
		r, found := f.g.words.abbreviations[f.doc.Text[toks[i].Start:toks[j-1].End]]
		if found && f.abbreviated(toks, i) {
			return f.spotOf(si, toks, i, j, []reading{r}, true), true
		}
	}
	f.key = f.key[:0]
	for j := i; j < len(toks) && j < i+maxWords; j++ {
		if j > i && !joins(toks, j) {
			break
		}
		f.key = table.AppendFold(f.key[:0], f.doc.Text[toks[i].Start:toks[j].End])
		if len(f.key) < 2 {
			break
		}
		rs, longer := f.g.readings(f.key)
		if d, found := f.g.words.demonyms[string(f.key)]; found && isUpper && wordy(toks[j].Text) {
			s := f.spotOf(si, toks, i, j+1, []reading{d}, false)
			s.demonym = true
			best, ok = s, true
		} else if len(rs) > 0 && f.allowed(toks, i, j+1, rs) {
			best, ok = f.spotOf(si, toks, i, j+1, rs, false), true
		}
		// Demonyms of two words ("North Korean") are not in the table.
		if !longer && !f.g.words.firstOfTwo[string(f.key)] {
			break
		}
	}
	if !ok {
		if s, found := f.unabbreviated(si, toks, i); found {
			return s, true
		}
		return f.inflected(si, toks, i)
	}
	return best, ok
}

// longForms are what news shortens before a name.
var longForms = map[string]string{"St.": "Saint", "Ste.": "Sainte", "Mt.": "Mount", "Ft.": "Fort", "Pt.": "Port",
	"N.": "North", "S.": "South", "E.": "East", "W.": "West"}

// unabbreviated reads "St. Marys" as "Saint Marys".
func (f *finder) unabbreviated(si int, toks []prose.Token, i int) (best spot, ok bool) {
	long := longForms[toks[i].Text]
	if long == "" {
		return best, false
	}
	for j := i + 1; j < len(toks) && j < i+4 && joins(toks, j); j++ {
		f.key = table.AppendFold(f.key[:0], long+" "+f.doc.Text[toks[i+1].Start:toks[j].End])
		if rs, _ := f.g.readings(f.key); len(rs) > 0 {
			best, ok = f.spotOf(si, toks, i, j+1, rs, false), true
			best.key = string(f.key)
		}
	}
	return best, ok
}

// joins tells whether token j can go on a name.
func joins(toks []prose.Token, j int) bool {
	t := toks[j].Text
	switch t {
	case "-", "'", "’", "of", "the", "de", "del", "la", "le", "al", "el", "ez", "and", "y", "upon", "on", "sur", "da", "do", "di", "en", "es", "az", "ad", "bin":
		return true
	}
	isUpper, caseless := upper(t)
	return isUpper || caseless
}

// allowed refuses short keys unless they are written as codes ("US", "UK") and
// names that end in a joining word.
func (f *finder) allowed(toks []prose.Token, i, j int, rs []reading) bool {
	text := f.doc.Text[toks[i].Start:toks[j-1].End]
	if _, caseless := upper(text); caseless {
		return len([]rune(text)) > 2
	}
	if last, _ := upper(toks[j-1].Text); !last {
		return false
	}
	if j-i > 1 && f.classOf(toks[i].Text)&wNever != 0 && allAlternative(rs) {
		return false // "The Bank" is no name but that of a hamlet
	}
	if len(f.key) <= 3 && strings.ToUpper(text) != text {
		return len(f.key) == 3 && !strings.Contains(text, ".") && f.g.words.classes[string(f.key)]&(wNever|wCommon) == 0
	}
	return true
}

func allAlternative(rs []reading) bool {
	for _, r := range rs {
		if !r.alt {
			return false
		}
	}
	return true
}

// abbreviated: "Ill.", "Pa." with a stop stand after a comma; "D.C." and "B.C."
// anywhere; postal codes only after a comma.
func (f *finder) abbreviated(toks []prose.Token, i int) bool {
	t := toks[i].Text
	if strings.Count(t, ".") > 1 || len(t) == 3 && strings.ToUpper(t) == t {
		return true
	}
	if strings.HasSuffix(t, ".") && i > 0 && (toks[i-1].Text == "(" || toks[i-1].Text == "-") {
		return true
	}
	return i > 0 && toks[i-1].Text == ","
}

// wordy tells a word from a mark.
func wordy(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return unicode.IsLetter(r)
}

func (f *finder) spotOf(si int, toks []prose.Token, i, j int, rs []reading, abbreviation bool) spot {
	text := f.doc.Text[toks[i].Start:toks[j-1].End]
	rs = f.watersOnly(toks[i:j], rs)
	return spot{
		Span:     story.Span{Start: toks[i].Start, End: toks[j-1].End},
		sentence: si, from: i, to: j, text: text, key: table.Fold(text), readings: rs,
		abbreviation: abbreviation, chosen: -1,
	}
}

// watersOnly keeps the sea where a province has its name too (the state of Red Sea
// in Sudan).
func (f *finder) watersOnly(name []prose.Token, rs []reading) []reading {
	if len(name) < 2 || len(rs) < 2 || f.classOf(name[len(name)-1].Text)&wFeature == 0 {
		return rs
	}
	for i := range rs {
		if rs[i].Kind == Area && !rs[i].alt {
			return rs[i : i+1]
		}
	}
	return rs
}

func (f *finder) classOf(word string) wordClass {
	var buf [48]byte
	return f.g.words.classes[string(table.AppendFold(buf[:0], word))]
}

package sources

import (
	"regexp"
	"strings"
)

// Credit is a source named in a credit line or dateline, with the bytes of the
// line that name it.
type Credit struct {
	Source     Source
	Form       string // "parenthesis", "dash", "byline", "copyright", "via", "dateline"
	Start, End int
}

// creditForms are the shapes of a credit line. Group 1 holds the name; the
// shapes are those of the AP and Reuters style guides and of captions as papers
// print them.
var creditForms = []struct {
	name string
	// may tells at a look that no line without these marks has the form.
	may func(line string) bool
	re  *regexp.Regexp
}{
	{"copyright", holding("copyright", "©", "(c)"), regexp.MustCompile(`(?i)(?:copyright|©|\(c\))\s*(?:\d{4})?\s*(?:by\s+)?(?:the\s+)?([^.,|;]+)`)},
	{"byline", byFirst, regexp.MustCompile(`^\s*(?i:by)\s+[^,|]{2,60}[,|]\s*(?i:for\s+|of\s+)?(?i:the\s+)?([^,|(]+?)(?:\s+(?i:writer|correspondent|staff))?\s*(?:[|,(].*)?$`)},
	{"byline", byFirst, regexp.MustCompile(`^\s*(?i:by)\s+(?i:the\s+)?([\p{L}' .-]{2,40})\s*$`)},
	{"via", holding("via", "source:", "credit:", "photo:", "picture:", "courtesy of"), regexp.MustCompile(`\b(?i:via|source:|credit:|photo:|picture:|courtesy of)\s+(?i:the\s+)?([^.,;|()\[\]]+)`)},
	{"parenthesis", holding("(", "["), regexp.MustCompile(`[(\[]\s*([^()\[\]]{2,50}?)\s*[)\]]`)},
	{"dash", holding("—", "–", "-"), regexp.MustCompile(`[—–-]\s*([^—–-]{2,40})\s*$`)},
	{"byline", onlyLetters, regexp.MustCompile(`^\s*([\p{Lu}][\p{L}. ]{1,40}?)\s*$`)},
}

// holding asks for one of the marks, in any case of ASCII letters.
func holding(marks ...string) func(string) bool {
	return func(line string) bool {
		for _, m := range marks {
			if indexFold(line, m) >= 0 {
				return true
			}
		}
		return false
	}
}

// indexFold is strings.Index for a mark in lower case and a line in any case of
// ASCII letters.
func indexFold(line, mark string) int {
	first := mark[0]
	upper := first
	if first >= 'a' && first <= 'z' {
		upper = first &^ 0x20
	}
	for i := 0; i+len(mark) <= len(line); i++ {
		if (line[i] == first || line[i] == upper) && strings.EqualFold(line[i:i+len(mark)], mark) {
			return i
		}
	}
	return -1
}

func byFirst(line string) bool {
	line = strings.TrimLeft(line, "\t\n\f\r ")
	return len(line) > 2 && strings.EqualFold(line[:2], "by")
}

// onlyLetters asks that all ASCII of the line be letters, stops and space.
func onlyLetters(line string) bool {
	for i := range len(line) {
		if c := line[i]; c < 0x80 && c != '.' && c > ' ' && !(c|0x20 >= 'a' && c|0x20 <= 'z') {
			return false
		}
	}
	return len(line) <= 4*42 || len(strings.TrimSpace(line)) <= 4*42
}

// CreditOf asks the register that ships.
func CreditOf(line string) (Credit, bool) { return Default().CreditOf(line) }

// CreditOf recognises the source in a credit line: "(Reuters)", "— AFP", "By
// Jo Roe, Associated Press", "Copyright 2016 AP", "via TASS", "Reuters/AFP"
// (the first counts). Give it a short line (a credit, byline or caption), not
// running text.
func (r *Register) CreditOf(line string) (Credit, bool) {
	if len(line) > 400 {
		return Credit{}, false
	}
	for _, f := range creditForms {
		if !f.may(line) {
			continue
		}
		for _, m := range f.re.FindAllStringSubmatchIndex(line, -1) {
			if s, a, b, ok := r.inside(line, m[2], m[3]); ok {
				return Credit{s, f.name, a, b}, true
			}
		}
	}
	return Credit{}, false
}

// signOff is how agencies end a dispatch: who reported, wrote and edited it.
// Papers print it with the dispatch; their own stories have no such line.
var signOff = regexp.MustCompile(`(?i)\((?:additional )?reporting by [^()]{3,200};\s*(?:additional reporting|writing|editing) by [^()]{3,200}\)`)

// SignOff finds the sign-off of an agency's dispatch in the end of a text, ""
// if there is none. It tells that a story is agency copy, not whose.
func SignOff(text string) string {
	end := text[max(0, len(text)-600):]
	if indexFold(end, "reporting by") < 0 {
		return ""
	}
	return signOff.FindString(end)
}

// inside finds a source that fills line[a:b], or one of the parts that a slash,
// comma or "and" makes of it, or its beginning ("AFP Photo", "Reuters in Cairo").
func (r *Register) inside(line string, a, b int) (Source, int, int, bool) {
	for _, part := range parts(line, a, b) {
		text := line[part[0]:part[1]]
		words := strings.Fields(text)
		for n := min(len(words), r.maxWords); n > 0; n-- {
			head := strings.Join(words[:n], " ")
			// Only a caption word may follow the name, else "(AP exams)" is a credit.
			if n < len(words) && !captionWord[strings.ToLower(words[n])] {
				continue
			}
			if s, ok := r.credited(head); ok {
				end := strings.Index(line[part[0]:], words[n-1]) + len(words[n-1])
				return s, part[0], min(part[0]+end, part[1]), true
			}
		}
	}
	return Source{}, 0, 0, false
}

var captionWord = map[string]bool{"photo": true, "photos": true, "file": true, "images": true, "pictures": true, "staff": true,
	"in": true, "all": true, "news": true, "writer": true, "contributed": true, "reporter": true, "video": true, "handout": true, "pool": true}

var partBreak = regexp.MustCompile(`\s*(?:/|,|;|\||\band\b|&)\s*`)

func parts(line string, a, b int) [][2]int {
	out := [][2]int{}
	at := a
	for _, m := range partBreak.FindAllStringIndex(line[a:b], -1) {
		out = append(out, [2]int{at, a + m[0]})
		at = a + m[1]
	}
	out = append(out, [2]int{at, b})
	// The whole comes first: a name may itself hold "and" ("Mail and Guardian").
	return append([][2]int{{a, b}}, out...)
}

func (r *Register) credited(name string) (Source, bool) {
	if i, ok := r.byCredit[fold(name)]; ok {
		return r.sources[i], true
	}
	s, ok := r.Lookup(name)
	if ok && (s.Kind == Government || s.Kind == Organisation) {
		return Source{}, false
	}
	return s, ok
}

// datelineRE: a place in capitals or title case, perhaps a date, the wire in
// brackets, a dash. "MOSCOW, April 15 (Reuters) -", "BEIRUT (AP) —".
var datelineRE = regexp.MustCompile(`^\s*[\p{Lu}][\p{L}' ./,0-9-]{1,60}?\s*\(([^()]{2,40})\)\s*(?:[-—–:]{1,2}|\.\s*-)`)

// slashRE: "MOSCOW, April 15. /TASS/.", the habit of Russian agencies.
var slashRE = regexp.MustCompile(`^[^!?\n/]{0,50}?/\s*([\p{L} ]{2,25}?)\s*/`)

// DatelineWire asks the register that ships.
func DatelineWire(line string) (Credit, bool) { return Default().DatelineWire(line) }

// DatelineWire finds the agency in the dateline at the head of a story's first
// paragraph.
func (r *Register) DatelineWire(line string) (Credit, bool) {
	if len(line) > 200 {
		cut := 200
		for cut > 0 && line[cut]&0xC0 == 0x80 {
			cut--
		}
		line = line[:cut]
	}
	for i, re := range []*regexp.Regexp{datelineRE, slashRE} {
		if strings.IndexByte(line, "(/"[i]) < 0 {
			continue
		}
		m := re.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		if s, a, b, ok := r.inside(line, m[2], m[3]); ok {
			return Credit{s, "dateline", a, b}, true
		}
	}
	return Credit{}, false
}

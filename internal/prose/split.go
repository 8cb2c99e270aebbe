package prose

import (
	"strings"

	"github.com/reportedly/reportedly/internal/story"
)

// Split cuts text into paragraphs, sentences and tokens. Language is an ISO
// 639-1 code; "" is read as English. Any bytes are fine.
func Split(text, language string) Document {
	lang, _, _ := strings.Cut(strings.ToLower(language), "-")
	if lang == "" {
		lang = "en"
	}
	lex := load()
	c := &cutter{text: text, lex: lex, lang: lang, short: lex.short[lang]}
	if c.short == nil {
		c.short = lex.short["en"]
	}
	c.out = make([]Token, 0, len(text)/5+8)
	d := Document{Text: text, Language: language, Paragraphs: paragraphs(text)}
	d.Sentences = make([]Sentence, 0, len(text)/120+4)
	for i, p := range d.Paragraphs {
		from := len(c.out)
		c.span(p.Start, p.End)
		d.Sentences = c.sentences(d.Sentences, c.out[from:len(c.out):len(c.out)], i)
	}
	label(&d, lex)
	return d
}

// wrapped limits: a line of this length may have been broken for its width
// alone. Wires of the 1980s break at 60 to 80 columns.
// A text of few lines is judged line by line, from lineMin.
const wrapMin, wrapMax, lineMin = 45, 100, 30

// paragraphs cuts at line breaks, but heals lines broken for their width.
func paragraphs(text string) []story.Span {
	wrap := hardWrapped(text)
	var out []story.Span
	broken := false // the line before may go on
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		next := len(text)
		if end < 0 {
			end = len(text)
		} else {
			end, next = at+end, at+end+1
		}
		a, b := trim(text, at, end)
		if a == b {
			broken = false
			at = next
			continue
		}
		if broken && goesOn(text, out[len(out)-1], a, b, wrap) {
			out[len(out)-1].End = b
		} else {
			out = append(out, story.Span{Start: a, End: b})
		}
		broken = true
		at = next
	}
	return out
}

// trim takes white space off both ends.
func trim(text string, a, b int) (int, int) {
	for a < b {
		n := spaceAt(text, a)
		if n == 0 {
			break
		}
		a += n
	}
	for b > a {
		k := b - 1
		for k > a && text[k]&0xc0 == 0x80 {
			k--
		}
		if n := spaceAt(text, k); n == 0 || k+n != b {
			break
		}
		b = k
	}
	return a, b
}

// hardWrapped judges the whole text: most lines are of one width and end
// without a mark.
func hardWrapped(text string) bool {
	lines, full, closed := 0, 0, 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		if len(line) > wrapMax {
			return false
		}
		if len(line) >= wrapMin {
			full++
			if strings.ContainsRune(".!?\"”", lastRune(line)) {
				closed++
			}
		}
	}
	return lines >= 4 && full*3 >= lines*2 && closed*3 < full
}

func lastRune(s string) rune {
	var last rune
	for _, r := range s[max(0, len(s)-4):] {
		last = r
	}
	return last
}

// goesOn tells whether the line text[a:b] continues the paragraph before it.
func goesOn(text string, p story.Span, a, b int, wrap bool) bool {
	before := text[p.Start:p.End]
	if k := strings.LastIndexByte(before, '\n'); k >= 0 {
		before = before[k+1:]
	}
	if strings.ContainsRune("•·*-–—▪●■", firstRune(text[a:b])) {
		return false
	}
	if wrap {
		return len(before) >= wrapMin || strings.ContainsRune(",;", lastRune(before))
	}
	if len(before) < lineMin || len(before) > wrapMax || strings.ContainsRune(".!?:\"”", lastRune(before)) {
		return false
	}
	last := before[strings.LastIndexByte(before, ' ')+1:]
	return text[a] >= 'a' && text[a] <= 'z' || load().class["unfinished"][last]
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

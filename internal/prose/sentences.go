package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/story"
)

// sentences cuts the tokens of one paragraph and appends the sentences.
func (c *cutter) sentences(out []Sentence, toks []Token, paragraph int) []Sentence {
	if len(toks) == 0 {
		return out
	}
	add := func(a, b int, k SentenceKind) {
		if a < b {
			out = append(out, Sentence{
				Span:   story.Span{Start: toks[a].Start, End: toks[b-1].End},
				Tokens: toks[a:b:b], Kind: k, Paragraph: paragraph,
			})
		}
	}
	from := 0
	if n := dateline(toks, c.lex); n > 0 {
		add(0, n, DatelineOnly)
		from = n
	}
	quoted := false
	for i := from; i < len(toks); {
		quoted = track(toks[i].Text, quoted)
		if a, b := glued(toks, from, i, c.lex); b > 0 {
			k := Body
			if from == 0 {
				k = Headline
			}
			add(from, a, k)
			add(a, b, DatelineOnly)
			from, i, quoted = b, b, false
			continue
		}
		e := i + 1
		if c.closes(toks, i) {
			if e = closers(toks, i, quoted); e > i+1 && quoted {
				quoted = false
			}
			if c.ends(toks, i, e) {
				add(from, e, Body)
				from = e
			}
		}
		i = e
	}
	add(from, len(toks), Body)
	return out
}

// track keeps whether a quotation is open after a token.
func track(token string, quoted bool) bool {
	switch token {
	case `"`, "''", "``":
		return !quoted
	case "“", "„", "«":
		return true
	case "”", "»":
		return false
	}
	return quoted
}

// closes tells whether token i can be the last word of a sentence.
func (c *cutter) closes(toks []Token, i int) bool {
	t := toks[i].Text
	if i+1 == len(toks) {
		return false // the paragraph ends here anyway
	}
	switch last := t[len(t)-1]; last {
	case '.', '!', '?':
		return true
	}
	if strings.Contains(t, "://") { // a web address by itself, then a new line of thought
		return unicode.IsUpper(firstRune(toks[i+1].Text)) || strings.Contains(toks[i+1].Text, "://")
	}
	switch lastRune(t) {
	case '…', '؟', '。', '！', '？', '۔', '।', '։':
		return true
	}
	return false
}

// closers gives the token after the quotation marks and brackets that belong
// to the sentence closed by token i.
func closers(toks []Token, i int, quoted bool) int {
	e := i + 1
	for e < len(toks) {
		t := toks[e].Text
		joined := toks[e-1].End == toks[e].Start
		switch t {
		case ")", "]", "”", "’", "»", "’’", "」", "』", "）":
			if !joined && t != "»" && t != "”" {
				return e
			}
		case `"`, "''", "'":
			// A straight mark closes where it sticks to the word before, or
			// stands free while a quotation is open.
			after := e+1 < len(toks) && toks[e].End == toks[e+1].Start
			if after && !joined || !joined && !quoted {
				return e
			}
			if joined && after && !quoted && t != "'" {
				return e // word."Next: the mark opens
			}
			quoted = false
		default:
			return e
		}
		e++
	}
	return e
}

// ends decides whether the sentence closed by token i (closers up to e) ends.
func (c *cutter) ends(toks []Token, i, e int) bool {
	if e >= len(toks) {
		return true
	}
	mark, next := toks[i].Text, toks[e].Text
	r, _ := utf8.DecodeRuneInString(next)
	lower := unicode.IsLower(r)
	if mark != "." && len(mark) > 1 && strings.HasSuffix(mark, ".") && strings.Trim(mark, ".!?…") != "" {
		return c.afterShort(toks, i, e)
	}
	if strings.ContainsRune(",;:%", r) || strings.ContainsRune(")]”’»", r) {
		return false
	}
	if i == 0 || isDigits(toks[i-1].Text) && i == 1 { // "1. First item", ". . ."
		return false
	}
	ellipsis := strings.HasPrefix(mark, "..") || mark == "…"
	if lower {
		return e == i+1 && !ellipsis && toks[i].End < toks[e].Start && c.lowerOpens(toks, i, next)
	}
	if ellipsis && e == i+1 && !unicode.IsUpper(r) && !strings.ContainsRune("\"“'‘", r) {
		return false
	}
	if e > i+1 && mark != "." && c.speechFollows(toks, e) {
		return false
	}
	if (r == '-' || r == '–' || r == '—') && e > i+1 {
		return false
	}
	if mark == "!" && toks[i].End == toks[e].Start && e == i+1 && !strings.ContainsRune("\"“'‘([", r) && !unicode.IsUpper(r) {
		return false
	}
	return true
}

// lowerOpens decides whether a word in lower case after a mark opens a
// sentence, as in letters and posts: after a question yes, after a stop where
// the word before is no shortened word unknown to us ("approx. five").
func (c *cutter) lowerOpens(toks []Token, i int, next string) bool {
	if mark := toks[i].Text; mark != "." {
		return true
	}
	if c.lex.class["opener"][next] {
		return true
	}
	before := toks[i-1].Text
	if len(before) < 4 || toks[i-1].SpaceAfter {
		return false
	}
	for k := range len(before) {
		if b := before[k]; b < 'a' || b > 'z' {
			return false
		}
	}
	return true
}

// afterShort decides for a shortened word: "Gen. Smith" goes on, "in the U.S.
// The" does not.
func (c *cutter) afterShort(toks []Token, i, e int) bool {
	w := strings.ToLower(strings.TrimSuffix(toks[i].Text, "."))
	next := toks[e].Text
	r, _ := utf8.DecodeRuneInString(next)
	if e > i+1 {
		return unicode.IsUpper(r) || strings.ContainsRune("\"“‘'", r)
	}
	if k := c.short[w]; k == title || k == number {
		return false
	}
	if utf8.RuneCountInString(w) == 1 { // an initial, unless it closes "Plan B."
		return false
	}
	if strings.ContainsRune("\"“‘", r) {
		return toks[e].Start > toks[i].End
	}
	if !unicode.IsUpper(r) {
		return false
	}
	return c.lex.class["opener"][strings.ToLower(next)] && !(w == "u.s" && e+1 < len(toks) && next == "President")
}

// speechFollows reads `!" President X said`: the quotation is part of the
// sentence of its speaker.
func (c *cutter) speechFollows(toks []Token, e int) bool {
	verbs := c.lex.class["speech"]
	for k := e; k < len(toks) && k < e+6; k++ {
		t := toks[k].Text
		if verbs[strings.ToLower(t)] {
			return k > e || unicode.IsLower(rune(t[0]))
		}
		r, _ := utf8.DecodeRuneInString(t)
		pronoun := k == e && (t == "He" || t == "She" || t == "They" || t == "I" || t == "We")
		if !unicode.IsUpper(r) && !strings.HasSuffix(t, ".") || k == e && c.lex.class["opener"][strings.ToLower(t)] && !pronoun && t != "President" {
			return false
		}
	}
	return false
}

func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// datelineMost is the longest dateline in tokens, the dash counted.
const datelineMost = 18

// dateline gives the number of tokens of a dateline at the head of a
// paragraph, the dash included, 0 where there is none.
//
//	BEIRUT, Sept 13 (Reuters) -     place, date, wire
//	MOSCOW —                        place in capitals
//	Tehran (IRNA) --                wire in brackets
//	(CNN) -- , (CNN)Iran            wire alone
func dateline(toks []Token, lex *lexicon) int {
	caps, wire, date, names := false, false, false, 0
	if lex.class["heading"][strings.ToLower(toks[0].Text)] {
		return 0
	}
	for i := 0; i < len(toks) && i < datelineMost; i++ {
		t := toks[i].Text
		low := strings.ToLower(t)
		switch {
		case t == "-" || t == "--" || t == "–" || t == "—" || t == "---":
			spaced := i > 0 && (toks[i-1].SpaceAfter || toks[i].SpaceAfter)
			// "Al-Qaeda" and "UN-backed" also open paragraphs.
			if !spaced && t == "-" {
				if i+1 < len(toks) && names > 0 {
					continue
				}
				return 0
			}
			if i > 0 && i+1 < len(toks) && (wire || caps && names > 0 || date && names > 0) && plausible(toks[i+1]) {
				return i + 1
			}
			return 0
		case t == "(" && i+2 < len(toks):
			n := wireIn(toks, i, lex)
			if n == 0 && (caps || date) {
				n = agencyIn(toks, i)
			}
			if n == 0 {
				return 0
			}
			wire, i = true, n
			if i+1 < len(toks) && !strings.ContainsRune("-–—", firstRune(toks[i+1].Text)) {
				if unicode.IsUpper(firstRune(toks[i+1].Text)) {
					return i + 1
				}
				return 0
			}
		case t == ",", t == "/", t == "'", t == "’", t == "’s", t == "'s", t == ".", t == "|":
		case isDigits(t) && len(t) <= 4:
			if names == 0 {
				return 0
			}
		case lex.class["month"][strings.TrimSuffix(low, ".")] && i > 0:
			date = true
		default:
			r, _ := utf8.DecodeRuneInString(t)
			if !unicode.IsUpper(r) && !(names > 0 && (low == "of" || low == "de" || low == "al" || low == "and" || low == "the")) {
				return 0
			}
			if i == 0 {
				caps = utf8.RuneCountInString(t) > 2 && strings.ToUpper(t) == t
			}
			names++
		}
	}
	return 0
}

// glued finds a dateline that follows a headline or sentence without a break:
// "Sides reach truce MUNICH, Germany, Feb 15 (Reuters) - The two". It gives the
// first token of the dateline and the one behind its dash where token i opens
// the bracket of its wire, 0, 0 else.
func glued(toks []Token, from, i int, lex *lexicon) (int, int) {
	if toks[i].Text != "(" || i < from+2 {
		return 0, 0
	}
	n := wireIn(toks, i, lex)
	if n == 0 {
		n = agencyIn(toks, i)
	}
	if n == 0 || n+2 >= len(toks) || !strings.ContainsRune("-–—", firstRune(toks[n+1].Text)) || !plausible(toks[n+2]) {
		return 0, 0
	}
	start := 0
	for k := i - 1; k > from && k > i-datelineMost; k-- {
		t := toks[k].Text
		low := strings.ToLower(t)
		switch {
		case t == "," || t == "/", isDigits(t) && len(t) <= 4, lex.class["month"][strings.TrimSuffix(low, ".")]:
			continue
		case !unicode.IsUpper(firstRune(t)):
			return start, behind(start, n)
		}
		if utf8.RuneCountInString(t) > 2 && strings.ToUpper(t) == t {
			start = k
		} else if start > 0 {
			break
		}
	}
	return start, behind(start, n)
}

// behind is the token after the dash of a dateline whose bracket ends at n.
func behind(start, n int) int {
	if start == 0 {
		return 0
	}
	return n + 2
}

// plausible tells a sentence's first word from the second half of a compound
// or of a score ("LIVERPOOL - 2").
func plausible(t Token) bool {
	r := firstRune(t.Text)
	return unicode.IsUpper(r) || strings.ContainsRune("\"“'‘", r) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// wireIn reads "(Reuters)" or "(AFP, Xinhua)" at i and gives its bracket.
func wireIn(toks []Token, i int, lex *lexicon) int {
	known := false
	for k := i + 1; k < len(toks) && k < i+8; k++ {
		if toks[k].Text == ")" {
			if known {
				return k
			}
			return 0
		}
		known = known || lex.class["wire"][strings.ToLower(toks[k].Text)]
	}
	return 0
}

// agencyIn reads a bracket of capitalised words with a dash after it, for an
// agency that no table knows: "OSLO, May 4 (Fjord News Service) -". It gives
// the place of the closing bracket, 0 where there is none.
func agencyIn(toks []Token, i int) int {
	for k := i + 1; k+1 < len(toks) && k < i+7; k++ {
		if toks[k].Text == ")" {
			if k > i+1 && strings.ContainsRune("-–—", firstRune(toks[k+1].Text)) {
				return k
			}
			return 0
		}
		if !unicode.IsUpper(firstRune(toks[k].Text)) {
			return 0
		}
	}
	return 0
}

// label gives kinds to sentences that are not running text.
func label(d *Document, lex *lexicon) {
	for i := 0; i < len(d.Sentences); {
		j := i + 1
		for j < len(d.Sentences) && d.Sentences[j].Paragraph == d.Sentences[i].Paragraph {
			j++
		}
		labelParagraph(d, i, j, lex)
		i = j
	}
}

func labelParagraph(d *Document, i, j int, lex *lexicon) {
	first := &d.Sentences[i]
	closed := ended(d.Sentences[j-1].Tokens)
	if first.Kind == Body {
		switch {
		case bullet(first.Tokens):
			setKind(d.Sentences[i:j], ListItem)
		case j == i+1 && !closed && headline(first.Tokens, d, first.Paragraph):
			first.Kind = Headline
		}
	}
	for k := i; k < j; k++ {
		s := &d.Sentences[k]
		if s.Kind == DatelineOnly {
			continue
		}
		if kind, ok := matched(s.Tokens, lex, k == i && j-i == 1 && !closed); ok {
			s.Kind = kind
			if kind == Caption && k == i { // the whole line belongs to it
				setKind(d.Sentences[i:j], Caption)
			}
		}
	}
}

func setKind(s []Sentence, k SentenceKind) {
	for i := range s {
		s[i].Kind = k
	}
}

// matched looks the tokens up among the patterns; line tells a paragraph of
// one open sentence.
func matched(toks []Token, lex *lexicon, line bool) (SentenceKind, bool) {
	for k := 0; k < min(2, len(toks)); k++ {
		for _, p := range lex.first[strings.ToLower(toks[k].Text)] {
			if k > 0 && !strings.ContainsRune("•·*-–—>|([", firstRune(toks[0].Text)) {
				continue
			}
			if p.where == "whole" && len(p.words) != len(toks)-k || p.where == "line" && !line && len(toks) > 12 {
				continue
			}
			if same(toks[k:], p.words) {
				return p.kind, true
			}
		}
	}
	for _, p := range lex.ending[strings.ToLower(toks[len(toks)-1].Text)] {
		if n := len(toks) - len(p.words); n >= 0 && same(toks[n:], p.words) {
			return p.kind, true
		}
	}
	return Body, false
}

// same compares lower-cased tokens; clitics of a pattern are written as one
// word ("don't"), tokens are not, so joined tokens are tried as one.
func same(toks []Token, words []string) bool {
	k := 0
	for _, w := range words {
		if k >= len(toks) {
			return false
		}
		t := toks[k].Text
		if len(t) < len(w) && !toks[k].SpaceAfter && k+1 < len(toks) {
			t += toks[k+1].Text
			k++
		}
		digit := isDigits(w) && isDigits(t) && strings.HasPrefix(t, w) // "copyright 2" for 2016
		if !digit && !strings.EqualFold(strings.ReplaceAll(t, "’", "'"), w) {
			return false
		}
		k++
	}
	return true
}

// ended tells a closed sentence from a bare line.
func ended(toks []Token) bool {
	for i := len(toks) - 1; i >= 0; i-- {
		t := toks[i].Text
		if strings.ContainsRune("\"”’')]»", firstRune(t)) {
			continue
		}
		return strings.ContainsRune(".!?:…,;؟。！？", lastRune(t))
	}
	return false
}

func bullet(toks []Token) bool {
	t := toks[0].Text
	if len(toks) < 3 {
		return false
	}
	switch t {
	case "•", "·", "▪", "●", "■", "*", "◦", "‣", "–", "-", "—":
		return toks[0].SpaceAfter
	}
	return isDigits(t) && len(t) <= 2 && (toks[1].Text == "." || toks[1].Text == ")") && toks[1].SpaceAfter
}

// headline reads a bare line as a heading: the first line, or one in capitals,
// or one most of whose words are capitalised.
func headline(toks []Token, d *Document, paragraph int) bool {
	if len(toks) > 30 || len(d.Paragraphs) < 2 || paragraph == len(d.Paragraphs)-1 {
		return false
	}
	if paragraph == 0 {
		return true
	}
	words, upper := 0, 0
	for _, t := range toks {
		if r := firstRune(t.Text); unicode.IsLetter(r) && (len(t.Text) > 3 || unicode.IsUpper(r)) {
			words++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return words > 0 && len(toks) <= 16 && upper*10 >= words*8
}

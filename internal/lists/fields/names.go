package fields

import (
	"strings"
	"unicode"
)

// scripts maps Unicode tables to ISO 15924, commonest in lists first.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin}, {"Arab", unicode.Arabic}, {"Cyrl", unicode.Cyrillic}, {"Hani", unicode.Han},
	{"Hang", unicode.Hangul}, {"Kana", unicode.Katakana}, {"Hira", unicode.Hiragana}, {"Hebr", unicode.Hebrew},
	{"Grek", unicode.Greek}, {"Mymr", unicode.Myanmar}, {"Deva", unicode.Devanagari}, {"Beng", unicode.Bengali},
	{"Geor", unicode.Georgian}, {"Armn", unicode.Armenian}, {"Thai", unicode.Thai}, {"Taml", unicode.Tamil},
	{"Ethi", unicode.Ethiopic}, {"Khmr", unicode.Khmer}, {"Laoo", unicode.Lao}, {"Sinh", unicode.Sinhala},
}

// Script is the ISO 15924 code of most letters of a text, "" without letters.
func Script(text string) string {
	latin := true
	for i := range len(text) {
		if text[i] >= 0x80 {
			latin = false
			break
		}
	}
	if latin {
		if strings.IndexFunc(text, unicode.IsLetter) < 0 {
			return ""
		}
		return "Latn"
	}
	var n [32]int
	best := -1
	for _, u := range text {
		if !unicode.IsLetter(u) {
			continue
		}
		for i, s := range scripts {
			if unicode.Is(s.table, u) {
				n[i]++
				if best < 0 || n[i] > n[best] {
					best = i
				}
				break
			}
		}
	}
	if best < 0 {
		return ""
	}
	return scripts[best].code
}

// SplitNames parts several names that stand in one field with ";" between
// them. A name in lists holds no semicolon of its own; commas and slashes do
// occur in names and part nothing.
func SplitNames(text string) []string {
	if !strings.Contains(text, ";") {
		if t := TrimName(text); t != "" {
			return []string{t}
		}
		return nil
	}
	var out []string
	for _, part := range strings.Split(text, ";") {
		if t := TrimName(part); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// TrimName takes off blanks and the punctuation that packed fields leave at
// the ends; a full stop stays, because "Co. Ltd." ends in one.
func TrimName(text string) string {
	return strings.Trim(text, " ,;:\t\u00a0\u200e\u200f\ufeff")
}

// Unquote strips quotation marks that OFAC puts round weak aliases.
func Unquote(text string) string {
	text = strings.TrimSpace(text)
	if len(text) >= 2 && (text[0] == '\'' || text[0] == '"') && text[len(text)-1] == text[0] {
		return text[1 : len(text)-1]
	}
	return text
}

// SplitScripts parts a name that is given in Latin letters and again in
// another script, as in "Agha Jan (اغا جان)": the Latin form first. A name in
// one script comes back alone.
func SplitScripts(text string) []string {
	ascii := true
	for i := range len(text) {
		if text[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return []string{text}
	}
	var latin, other strings.Builder
	inOther, otherLetters, latinLetters := false, 0, 0
	for _, u := range text {
		if unicode.IsLetter(u) {
			inOther = !unicode.Is(unicode.Latin, u) && !unicode.Is(unicode.Common, u)
			if inOther {
				otherLetters++
			} else {
				latinLetters++
			}
		}
		if inOther {
			other.WriteRune(u)
		} else {
			latin.WriteRune(u)
		}
	}
	if otherLetters < 2 || latinLetters < 2 {
		return []string{text}
	}
	var out []string
	for _, s := range []string{latin.String(), other.String()} {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "()", ""), "( )", "")
		if strings.Count(s, "(") != strings.Count(s, ")") {
			s = strings.NewReplacer("(", " ", ")", " ").Replace(s)
		}
		if s = TrimName(strings.Join(strings.Fields(s), " ")); s != "" {
			out = append(out, s)
		}
	}
	return out
}

package names

import (
	"strings"

	"github.com/reportedly/reportedly/internal/names/sound"
)

// compose makes one word of the Arabic compounds that some writers part and
// others join: Abd al-Rahman, Abdul Rahman, Abdurrahman; Saif al-Din,
// Saifuddin; Nasr Allah, Nasrallah; Abu Bakr, Abubakar.
func compose(ws []Word) []Word {
	out := ws[:0]
	for i := 0; i < len(ws); i++ {
		w := ws[i]
		switch {
		case servant(w.Text) && i+1 < len(ws):
			n := i + 1
			if ws[n].Text == "al" || ws[n].Text == "el" || ws[n].Text == "ul" || n+1 < len(ws) && assimilated(ws[n].Text, ws[n+1].Text) {
				n++
			}
			if n < len(ws) && len(ws[n].Text) > 2 {
				w = merge(w, ws[n], "abd"+stripAl(ws[n].Text))
				i = n
			}
		case strings.HasPrefix(w.Text, "abd") && len(w.Text) > 6:
			w = rename(w, "abd"+servantRest(w.Text[3:]))
		case w.Text == "abu" && i+1 < len(ws) && sound.Key(ws[i+1].Text) == "BKR":
			w = merge(w, ws[i+1], "abubakr")
			i++
		case faith(w.Text) && len(out) > 0 && w.Text != "aldin" || w.Text == "din" && len(out) > 0:
			out = dropArticle(out)
			if n := len(out); n > 0 && len(out[n-1].Text) > 2 {
				out[n-1] = merge(out[n-1], w, out[n-1].Text+"addin")
				continue
			}
		case (w.Text == "allah" || w.Text == "ullah") && len(out) > 0:
			if n := len(out); len(out[n-1].Text) > 2 {
				out[n-1] = merge(out[n-1], w, out[n-1].Text+"allah")
				continue
			}
		default:
			if rest, ok := cutFaith(w.Text); ok {
				w = rename(w, rest+"addin")
			}
		}
		out = append(out, w)
	}
	return out
}

// servant reports the head of "servant of ..." names written alone.
func servant(s string) bool {
	switch s {
	case "abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdu", "abdur", "abdus", "abdil", "abdool", "aabd", "abid al":
		return true
	}
	return false
}

// servantRest takes the article, in whatever sound it has taken on, off the
// rest of a joined Abd- name: elkader, urrahman, ullah.
func servantRest(s string) string {
	t := strings.TrimLeft(s, "aeiou")
	switch {
	case t == s || len(t) < 3:
		return t
	case t[0] == t[1]:
		return t[1:]
	case t[0] == 'l':
		return t[1:]
	}
	return t
}

// assimilated reports the article whose l has become the sound that follows it:
// ar-Rahman, as-Salam, ash-Shakur.
func assimilated(article, word string) bool {
	if len(article) < 2 || len(article) > 3 || !vowelEnd(article[:1]) {
		return false
	}
	return strings.ContainsRune("dnrstz", rune(article[1])) && strings.HasPrefix(word, article[1:])
}

func stripAl(s string) string {
	if len(s) >= 5 && (strings.HasPrefix(s, "al") || strings.HasPrefix(s, "el") || strings.HasPrefix(s, "ul")) {
		s = s[2:]
	}
	return s
}

// faith reports "of the faith" written alone.
func faith(s string) bool {
	switch s {
	case "addin", "eddin", "eddine", "uddin", "aldin", "addeen", "uddeen", "deen", "dine", "eldin", "aldeen", "eldeen", "ulddin", "ouddine":
		return true
	}
	return false
}

// cutFaith takes "of the faith" off a joined name.
func cutFaith(s string) (string, bool) {
	t := strings.TrimSuffix(s, "e")
	for _, end := range []string{"ddin", "ddeen", "ldin", "ldeen"} {
		if rest, ok := strings.CutSuffix(t, end); ok && len(rest) >= 4 {
			rest = strings.TrimRight(rest, "aeiou")
			if len(rest) >= 3 {
				return rest, true
			}
		}
	}
	// Salahidin, Nouridine: only where the rest is a given name.
	for _, end := range []string{"din", "deen"} {
		if rest, ok := strings.CutSuffix(t, end); ok && len(rest) >= 4 {
			if rest = strings.TrimRight(rest, "aeiou"); variants()[rest] != 0 {
				return rest, true
			}
		}
	}
	return "", false
}

func dropArticle(out []Word) []Word {
	if n := len(out); n > 1 {
		switch out[n-1].Text {
		case "al", "el", "ul", "ud", "ed", "ad":
			return out[:n-1]
		}
	}
	return out
}

func merge(a, b Word, text string) Word {
	w := Word{Start: a.Start, End: b.End, Text: text, Consonants: a.Consonants || b.Consonants}
	w.Key, w.Kept = sound.Key(text), ""
	if w.Consonants {
		w.Key, w.Kept = sound.ConsonantKey(text)
	}
	return w
}

func rename(w Word, text string) Word {
	w.Text, w.Key = text, sound.Key(text)
	if w.Consonants {
		w.Key, w.Kept = sound.ConsonantKey(text)
	}
	return w
}

// servantOf is whose servant a word of Abd's kind calls its bearer (abdmanan:
// manan), "" for other words.
func servantOf(w string) string {
	if len(w) > 5 && strings.HasPrefix(w, "abd") {
		if rest := servantRest(w[3:]); len(rest) > 2 {
			return rest
		}
	}
	return ""
}

// Stem is the part of a word by which a scan finds the names that hold it: of
// Abdurrahman and of Abdul Rahman it is rahman, of Saifuddin saif, so that
// joined and parted writings meet. Other words are their own stem.
func Stem(w string) string {
	if rest := servantOf(w); rest != "" {
		return rest
	}
	if rest, ok := strings.CutSuffix(w, "addin"); ok && len(rest) > 2 {
		return rest
	}
	if rest, ok := cutFaith(w); ok {
		return rest
	}
	return w
}

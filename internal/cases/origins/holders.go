package origins

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/prose/speech"
)

// emptyWords of a holder's description tell nobody from anybody.
var emptyWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a an the this that these those one two three four five six several some various many few other another
		of in on at for from by with to and or who which was were is are be been his her its their
		unnamed anonymous unidentified undisclosed source sources person persons people familiar matter issue condition anonymity
		un une des deux trois le la les l d du de et qui ce ces cet cette source sources sous couvert anonymat
		el los las una uno dos tres del fuente fuentes bajo condicion
		источник источники источника собеседник неназванный
		مصدر مصادر لم يكشف`) {
		m[w] = true
	}
	return m
}()

// backWords stand for a source named just before: "one of them", "the source".
var backWords = []string{"one of them", "both", "l un d eux", "lun deux", "один из них", "he", "she", "they", "it", "il", "elle", "ils"}

// HolderWords are the words of a holder's description that tell him apart.
func HolderWords(s string) []string {
	out := contentWords(bare(s))
	if len(out) == 0 {
		out = contentWords(s)
	}
	return out
}

func contentWords(s string) []string {
	var out []string
	for _, w := range strings.Fields(Fold(s)) {
		if emptyWords[w] || len([]rune(w)) < 2 {
			continue
		}
		out = append(out, Singular(w))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Singular is enough for descriptors: "officials" and "official" are one.
func Singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 5:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return w[:len(w)-1]
	}
	return w
}

// outletWords leaves out what half of all outlets are called.
func outletWords(s string) []string {
	var out []string
	for _, w := range strings.Fields(Fold(s)) {
		switch w {
		case "the", "news", "agency", "agence", "newspaper", "paper", "daily", "press", "service", "network", "online", "website", "of", "al", "report", "wire":
			continue
		}
		out = append(out, w)
	}
	if len(out) == 0 {
		out = strings.Fields(Fold(s))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// outletNoun: "the agency", "the paper": the outlet cited before, by its kind.
func outletNoun(s string) bool {
	words := strings.Fields(Fold(s))
	if len(words) == 0 || !definite(s) && len(words) > 1 {
		return false
	}
	for _, w := range words {
		switch w {
		case "the", "this", "that", "news", "agency", "newspaper", "paper", "daily", "broadcaster", "channel", "station", "outlet", "website", "magazine", "weekly", "wire",
			"l", "le", "la", "agence", "journal", "agencia", "diario", "агентство", "агентства", "издание", "издания", "газета", "газеты", "وكالة", "الوكالة", "الصحيفة", "صحيفة":
		default:
			return false
		}
	}
	return true
}

func subset(a, b []string) bool {
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

// NameWithin: one name is part of the other.
func NameWithin(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && (subset(a, b) || subset(b, a))
}

// anonymousKind: holders whom a name does not fix.
func anonymousKind(k speech.HolderKind) bool {
	return k == speech.Anonymous || k == speech.Public || k == ""
}

// bare takes the relative clause and the plea for anonymity off a description:
// "the official, who would not be named" is "the official".
func bare(text string) string {
	for _, cut := range []string{",", " who ", " which ", " whom ", " on condition", " speaking ", " qui ", " sous couvert", " que ", " который", " которая", " которые", "، ", " الذي", " الذين", " que pidi"} {
		if i := strings.Index(text, cut); i > 0 {
			text = text[:i]
		}
	}
	return text
}

// definite: the description leans on one given before in the same text.
func definite(text string) bool {
	f := Fold(bare(text))
	if slices.Contains(backWords, f) {
		return true
	}
	first, _, _ := strings.Cut(f, " ")
	switch first {
	case "the", "this", "that", "these", "those", "both", "his", "her", "le", "la", "les", "ce", "ces", "cet", "cette", "el", "los", "las", "собеседник", "собеседника":
		return true
	}
	return strings.HasPrefix(f, "l ") || strings.HasPrefix(strings.ToLower(text), "l'") || strings.HasPrefix(strings.ToLower(text), "l’")
}

// nameless: the holder is kept back, not merely introduced before he is named.
func nameless(text string) bool {
	f := Fold(text)
	for _, w := range []string{"source", "unnamed", "anonym", "unidentified", "named", "источник", "неназван", "مصدر", "fuente"} {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}

// mediaHolder: "local media", "press reports": somebody else's stories, not
// named.
func mediaHolder(text string) bool {
	for _, w := range strings.Fields(Fold(text)) {
		switch Singular(w) {
		case "media", "press", "report", "сми", "medias", "presse":
			return true
		}
	}
	return false
}

// statement: the paper by which somebody speaks: his words, no evidence beside
// them.
func statement(text string) bool {
	for _, w := range strings.Fields(Fold(bare(text))) {
		switch Singular(w) {
		case "statement", "release", "communique", "declaracion", "comunicado", "заявление", "заявлении", "بيان":
			return true
		}
	}
	return false
}

// firstHand bases (UN-6): seen, done, recorded, documented.
func firstHand(basis string) bool {
	switch basis {
	case "witnessed", "participant", "official record", "document", "image-video", "technical track":
		return true
	}
	return false
}

// basisFrom reads from the words what the reader of claims did not tell.
func basisFrom(stated string, kind speech.HolderKind, words string) string {
	if stated != "" && !(stated == "document" && kind == speech.DocumentH) {
		return stated
	}
	if kind == speech.DocumentH {
		for _, k := range []string{"technical track", "image-video"} {
			if _, ok := Says(words, k); ok {
				return k
			}
		}
		return "document"
	}
	for _, k := range []string{"witnessed", "participant", "document", "image-video", "technical track", "intelligence"} {
		if _, ok := Says(words, k); ok {
			return k
		}
	}
	return "unstated"
}

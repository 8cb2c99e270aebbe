package names

import (
	_ "embed" // tables
	"strings"
	"sync"
)

//go:embed forms.tsv
var formFile string

//go:embed shortforms.txt
var shortFormFile string

//go:embed symbols.tsv
var symbolFile string

//go:embed variants.tsv
var variantFile string

//go:embed nicknames.tsv
var nicknameFile string

func pairs(file string) map[string]string {
	out := map[string]string{}
	for l := range strings.Lines(file) {
		a, b, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
		if ok && !strings.HasPrefix(l, "#") {
			out[a] = b
		}
	}
	return out
}

var (
	shortForms = sync.OnceValue(func() map[string]bool {
		out := map[string]bool{}
		for l := range strings.Lines(shortFormFile) {
			if !strings.HasPrefix(l, "#") {
				out[strings.TrimSpace(l)] = true
			}
		}
		return out
	})
	formTable   = sync.OnceValue(func() map[string]string { return pairs(formFile) })
	symbolTable = sync.OnceValue(func() map[string]string { return pairs(symbolFile) })
	nicknames   = sync.OnceValue(func() map[string][]string {
		out := map[string][]string{}
		for a, b := range pairs(nicknameFile) {
			for _, n := range strings.Fields(b) {
				out[a] = append(out[a], n)
				out[n] = append(out[n], a)
			}
		}
		return out
	})
)

// variants gives each spelling of variants.tsv the number of its row.
var variants = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	row := 0
	for l := range strings.Lines(variantFile) {
		if strings.HasPrefix(l, "#") {
			continue
		}
		row++
		for _, w := range strings.Fields(l) {
			if _, twice := out[w]; !twice {
				out[w] = row
			}
		}
	}
	return out
})

// nickname reports that one word is a known short form of the other, or that
// both are short forms of one name.
func nickname(a, b string) bool {
	for _, n := range nicknames()[a] {
		if n == b {
			return true
		}
	}
	return false
}

// meaning is the class of a word that organisations write in many ways
// (company, corp, compagnie), "" for others.
func meaning(w string) string { return symbolTable()[w] }

// Meaning is the class of a word that organisations write in many ways
// (company, corp, compagnie: "co"), "" for others.
func Meaning(w string) string { return meaning(w) }

// markForms finds legal forms among the words of an organisation's name, the
// longest first, and folds each into one word whose Text is the form's class.
func markForms(ws []Word) []Word {
	out := ws[:0:0]
	for i := 0; i < len(ws); {
		n, class := formAt(ws, i)
		// A form is not the whole name, nor does a lone ordinary word count as
		// one unless it stands at an end of the name.
		if n == 0 || n == len(ws) || n == 1 && i > 0 && i+1 < len(ws) && len(ws[i].Text) < 3 || n == 1 && doubtfulForm(ws, i) {
			out = append(out, ws[i])
			i++
			continue
		}
		w := ws[i]
		w.End, w.Text, w.Key, w.Kind = ws[i+n-1].End, class, class, Form
		out = append(out, w)
		i += n
	}
	return out
}

// doubtfulForm reports a short form that is rather the other word of a name of
// two: Sara Ong, Daniel Go.
func doubtfulForm(ws []Word, i int) bool {
	return len(ws) == 2 && len(ws[i].Text) <= 3 && !shortForms()[ws[i].Text]
}

func formAt(ws []Word, i int) (n int, class string) {
	text := ""
	for k := i; k < len(ws) && k < i+7; k++ {
		if k > i {
			text += " "
		}
		text += ws[k].Text
		if c, ok := formTable()[text]; ok {
			n, class = k-i+1, c
		}
	}
	return n, class
}

// Varied reports a word with spellings in variants.tsv or with short forms:
// such words are alike whatever their letters.
func Varied(w string) bool {
	if _, ok := variants()[w]; ok {
		return true
	}
	return len(nicknames()[w]) > 0
}

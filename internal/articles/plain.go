package articles

import (
	"strings"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/story"
)

// fromText makes an article of a text file. The text stays as it is, a
// headline included; problem is a reason to refuse it.
func fromText(body []byte) (a story.Article, problem string) {
	text, enc, ok := decode(body, "")
	if !ok {
		return a, "has an encoding that was not recognised (tried UTF-8, UTF-16 and the web's 8-bit ones)"
	}
	a.Text = text
	a.Title = headline(text)
	a.Captures = []story.Capture{{MediaType: "text/plain", Encoding: enc}}
	return a, ""
}

// maxHeadline is generous: long headlines run to some 30 words.
const maxHeadline = 200

// headline takes a first line that stands apart, is short and does not end as
// a sentence of running text does.
func headline(text string) string {
	first, rest, found := strings.Cut(strings.TrimLeft(text, "\r\n \t"), "\n")
	first = strings.TrimSpace(first)
	if !found || first == "" || utf8.RuneCountInString(first) > maxHeadline {
		return ""
	}
	if strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0]) != "" || strings.HasSuffix(first, ".") {
		return ""
	}
	return first
}

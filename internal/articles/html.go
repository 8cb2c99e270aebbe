package articles

import (
	"strings"
	"unicode"

	trafilatura "github.com/markusmobius/go-trafilatura"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

// fromHTML extracts the article of a web page: body text, headline, by-line,
// outlet, date, language. Extraction is go-trafilatura's, the best of the Go
// libraries measured on the article-extraction benchmark (see ARCHITECTURE.md).
func fromHTML(body []byte) (a story.Article, problem string) {
	page, enc, ok := decode(body, "text/html")
	if !ok {
		return a, "has an encoding that was not recognised"
	}
	res, err := trafilatura.Extract(strings.NewReader(page), trafilatura.Options{
		EnableFallback:  true,
		ExcludeComments: true,
	})
	if err != nil {
		return a, "holds no article text: " + err.Error()
	}
	a.Text = tidy(res.ContentText)
	// An empty page comes back as its own title.
	if a.Text == "" || a.Text == strings.TrimSpace(res.Metadata.Title) {
		return a, "holds no article text"
	}
	m := res.Metadata
	a.Title, a.Byline, a.Outlet, a.URL, a.Language = m.Title, m.Author, m.Sitename, m.URL, m.Language
	if !m.Date.IsZero() {
		a.Published, a.PublishedPrecision = m.Date, calendar.Day
	}
	a.Captures = []story.Capture{{MediaType: "text/html", Encoding: enc}}
	return a, ""
}

// tidy trims the blank tails that extraction leaves on lines.
func tidy(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRightFunc(l, unicode.IsSpace)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

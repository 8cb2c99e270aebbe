package articles

import (
	"net/url"
	"strings"
	"unicode"

	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

// fromHTML extracts the article of a web page: body text, headline, by-line,
// outlet, date, language. Extraction is go-trafilatura's, the best of the Go
// libraries measured on the article-extraction benchmark (see ARCHITECTURE.md).
// address is where the page was found, contentType what the server said of it;
// both may be "".
func fromHTML(body []byte, address, contentType string) (a story.Article, problem string) {
	if contentType == "" {
		contentType = "text/html"
	}
	page, enc, ok := decode(body, contentType)
	if !ok {
		return a, "has an encoding that was not recognised"
	}
	opts := trafilatura.Options{EnableFallback: true, ExcludeComments: true}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		opts.OriginalURL = u
	}
	res, err := trafilatura.Extract(strings.NewReader(page), opts)
	if err != nil {
		return a, "holds no article text: " + err.Error()
	}
	m := res.Metadata
	a.Title, a.Byline, a.Outlet, a.URL, a.Language = m.Title, m.Author, m.Sitename, m.URL, m.Language
	if !m.Date.IsZero() {
		a.Published, a.PublishedPrecision = m.Date, calendar.Day
	}
	a.Text = tidy(res.ContentText)
	if res.ContentNode != nil {
		a.Text = tidy(squeeze(paragraphs(res.ContentNode)))
	}
	// An empty page comes back as its own title.
	if a.Text == "" || a.Text == strings.TrimSpace(m.Title) {
		return a, "holds no article text"
	}
	if address != "" {
		a.URL = address
	}
	a.Captures = []story.Capture{{MediaType: "text/html", Encoding: enc}}
	return a, ""
}

// paragraphs gives the text below a node with each block on lines of its own,
// which the extractor's own text does not keep.
func paragraphs(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
			return
		}
		block := n.Type == html.ElementNode && blocks[n.Data]
		if block {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			b.WriteByte('\n')
		}
	}
	walk(n)
	return b.String()
}

// tidy trims the blank tails that extraction leaves on lines.
func tidy(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRightFunc(l, unicode.IsSpace)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

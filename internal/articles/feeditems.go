package articles

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"github.com/reportedly/reportedly/internal/articles/feed"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

// feed reads the entries of a feed as articles: what the feed itself holds of
// them. The pages behind them are fetched by whoever follows the feed.
func (s *stream) feed(r io.Reader) {
	body, ok := s.all(r, min(s.opts.MaxTotal, feed.MaxBytes))
	if !ok {
		return
	}
	f, err := feed.Parse(body, "")
	if err != nil {
		at := &feed.Error{}
		fd := story.Finding{Severity: story.Refused, File: s.name, Offset: -1, Text: err.Error()}
		if errors.As(err, &at) {
			fd.Line, fd.Text = at.Line, at.Text
		}
		s.yield(Item{Finding: &fd})
		return
	}
	for n, it := range f.Items {
		a, problem := FromEntry(f, it)
		if problem != "" {
			if !s.yield(Item{Finding: &story.Finding{Severity: story.Note, File: s.name, Offset: -1, Record: fmt.Sprintf("entry %d", n+1), Text: problem}}) {
				return
			}
			continue
		}
		s.finish(&a, []byte(it.Content+it.Summary))
		if !s.yield(Item{Article: a}) {
			return
		}
	}
}

// FromEntry makes an article of what a feed says in one entry.
func FromEntry(f feed.Feed, it feed.Item) (a story.Article, problem string) {
	content := it.Content
	if len(it.Summary) > len(content) {
		content = it.Summary
	}
	a = story.Article{URL: it.URL, Title: plainText(it.Title), Byline: it.Byline, Outlet: plainText(f.Title), Language: f.Language, Text: plainText(content)}
	if !it.Published.IsZero() {
		a.Published, a.PublishedPrecision = it.Published, calendar.Day
	}
	if a.Text == "" {
		if a.Text = a.Title; a.Text == "" {
			return a, "the entry holds no text"
		}
	}
	a.Captures = []story.Capture{{MediaType: "text/html", Encoding: "utf-8"}}
	return a, ""
}

// blocks end a line of text.
var blocks = map[string]bool{"p": true, "div": true, "br": true, "li": true, "ul": true, "ol": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true,
	"h6": true, "blockquote": true, "tr": true, "table": true, "section": true, "article": true, "pre": true, "hr": true, "figcaption": true, "figure": true, "td": true}

// hidden hold no text for readers.
var hidden = map[string]bool{"script": true, "style": true, "noscript": true, "template": true, "iframe": true, "svg": true}

// plainText takes the marks out of a piece of HTML; blocks become lines.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return tidy(s)
	}
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	skip := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tidy(squeeze(b.String()))
		case html.TextToken:
			if skip == 0 {
				b.WriteString(strings.ReplaceAll(string(z.Text()), "\n", " "))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			if hidden[string(name)] {
				skip++
			}
			if blocks[string(name)] {
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if hidden[string(name)] && skip > 0 {
				skip--
			}
			if blocks[string(name)] {
				b.WriteByte('\n')
			}
		}
	}
}

// squeeze joins runs of white space and drops empty lines.
func squeeze(s string) string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

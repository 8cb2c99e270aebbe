package report

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"github.com/reportedly/reportedly/internal/story"
)

//go:embed pages/*.html
var pages embed.FS

var page1 = template.Must(template.New("case.html").Funcs(Words()).ParseFS(pages, "pages/case.html"))

// HTML writes the case files as one self-contained page: no script, no
// request to anywhere, styles inside, made to be printed.
func HTML(w io.Writer, title string, files []File) error {
	err := page1.Execute(w, struct {
		Title string
		Files []File
	}{title, files})
	if err != nil {
		return fmt.Errorf("report: page: %w", err)
	}
	return nil
}

func orElse(s, t string) string {
	if s == "" {
		return t
	}
	return s
}

// markedArticle is an article with its evidence set off.
type markedArticle struct {
	Label, Title, Language string
	Pieces                 []piece
}

type piece struct {
	Text string
	Mark bool
}

// marked gives the articles of the case with the sentences that carry claims.
func (f File) marked() []markedArticle {
	var out []markedArticle
	for _, ref := range f.Case.Articles {
		a, ok := f.Articles[ref.ID]
		if !ok {
			continue
		}
		var spans []story.Span
		for _, c := range f.Case.Claims {
			if c.Article == ref.ID {
				spans = append(spans, story.Span{Start: c.Start, End: c.End})
			}
		}
		out = append(out, markedArticle{Label: articleLabel(ref), Title: a.Title, Language: a.Language, Pieces: cut(a.Text, spans)})
	}
	return out
}

// cut splits a text at the ends of spans, which may overlap.
func cut(text string, spans []story.Span) []piece {
	slices.SortFunc(spans, func(a, b story.Span) int { return a.Start - b.Start })
	var out []piece
	at := 0
	for _, s := range spans {
		if s.End > len(text) || s.End <= at || s.Start < 0 {
			continue
		}
		s.Start = max(s.Start, at)
		if s.Start > at {
			out = append(out, piece{Text: text[at:s.Start]})
		}
		out = append(out, piece{Text: s.Of(text), Mark: true})
		at = s.End
	}
	if at < len(text) {
		out = append(out, piece{Text: text[at:]})
	}
	return out
}

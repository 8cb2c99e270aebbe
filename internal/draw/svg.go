package draw

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// svg gathers the elements of one drawing.
type svg struct {
	strings.Builder
	height float64
}

const width = 860.0

// style serves all drawings. Colours are those of the page where it has them.
const style = `<style>.d-line{stroke:var(--soft,#57606a);fill:none;stroke-width:1.2}.d-box{fill:var(--box,#f6f8fa);stroke:var(--soft,#57606a)}.d-for{stroke:var(--for,#1a6c3b);stroke-width:2}.d-against{stroke:var(--against,#b42318);stroke-width:2;stroke-dasharray:5 3}.d-out{stroke-dasharray:2 3;fill:none}.d-t{font:12px system-ui,sans-serif;fill:var(--ink,#1b1f24)}.d-s{font:10.5px system-ui,sans-serif;fill:var(--soft,#57606a)}.d-land{fill:var(--box,#eef1f4);stroke:var(--line,#b6bec7);stroke-width:.5}.d-here{fill:var(--mark,#fff3b0)}.d-dot{fill:var(--ink,#1b1f24);stroke:var(--paper,#fff);stroke-width:1.5}</style>`

// close gives the drawing with its frame; alt is what it shows, in words.
func (s *svg) close(alt string) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="100%%" role="img" aria-label="%s">%s<title>%s</title>%s</svg>`,
		width, s.height, html.EscapeString(alt), style, html.EscapeString(alt), s.String())
}

func (s *svg) put(format string, args ...any) { fmt.Fprintf(&s.Builder, format, args...) }

func (s *svg) text(x, y float64, class, anchor, words string) {
	s.put(`<text x="%.1f" y="%.1f" class="%s" text-anchor="%s">%s</text>`, x, y, class, anchor, html.EscapeString(words))
}

// shorten cuts words to about n letters.
func shorten(words string, n int) string {
	words = strings.Join(strings.Fields(words), " ")
	if utf8.RuneCountInString(words) <= n {
		return words
	}
	return string([]rune(words)[:n-1]) + "…"
}

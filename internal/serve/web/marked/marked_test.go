package marked

import (
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/story"
)

func whole(ps [][]Piece) string {
	var lines []string
	for _, p := range ps {
		var b strings.Builder
		for _, piece := range p {
			b.WriteString(piece.Text)
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

func TestPiecesCarryTheirSpans(t *testing.T) {
	text := "Ana met Ben.\nBen said so."
	spans := []story.Span{{Start: 0, End: 12}, {Start: 8, End: 11}, {Start: 4, End: 16}, {Start: 5, End: 5}, {Start: 20, End: 99}}
	ps := Paragraphs(text, spans)
	if got := whole(ps); got != text {
		t.Fatalf("put together: %q", got)
	}
	if len(ps) != 2 {
		t.Fatalf("%d paragraphs", len(ps))
	}
	begins, ends := map[int]string{}, map[int]string{}
	for _, p := range ps {
		for _, piece := range p {
			for _, n := range piece.Begins {
				begins[n] += piece.Text + "|"
			}
			for _, n := range piece.Ends {
				ends[n] += piece.Text + "|"
			}
		}
	}
	if begins[0] != "Ana |" || begins[1] != "Ben|" || begins[2] != "met |" || ends[2] != "Ben|" || ends[1] != "Ben|" {
		t.Errorf("begins %v, ends %v", begins, ends)
	}
	if _, ok := begins[4]; ok {
		t.Error("a span outside the text is shown")
	}
}

func TestAround(t *testing.T) {
	b, at, a := Around("one two three four five six", story.Span{Start: 8, End: 13}, 5)
	if b != "… two " || at != "three" || a != " four …" {
		t.Errorf("%q %q %q", b, at, a)
	}
}

func FuzzParagraphs(f *testing.F) {
	f.Add("a b\nc", 0, 3, 2, 5)
	f.Add("", -1, 2, 0, 0)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		spans := []story.Span{{Start: a, End: b}, {Start: c, End: d}}
		ps := Paragraphs(text, spans)
		if got := whole(ps); got != text {
			t.Fatalf("%q became %q", text, got)
		}
		var begun, ended []int
		for _, p := range ps {
			for _, piece := range p {
				begun, ended = append(begun, piece.Begins...), append(ended, piece.Ends...)
			}
		}
		slices.Sort(begun)
		slices.Sort(ended)
		if !slices.Equal(begun, ended) || len(begun) != len(slices.Compact(slices.Clone(begun))) {
			t.Fatalf("begun %v, ended %v", begun, ended)
		}
		Around(text, spans[0], 4)
	})
}

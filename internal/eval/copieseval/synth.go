package copieseval

import (
	"fmt"
	"math/rand"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/story"
)

// Stream makes articles without end for measures of speed: each a text of a
// corpus in which half the words are replaced by words of other texts, so that
// it is nobody's copy, and every eighth a copy of one of the last thousand:
// verbatim, cut by a third, or with one word in twelve changed.
type Stream struct {
	rng    *rand.Rand
	base   [][]string
	vocab  [2][]string // small letters, capitals; each as often as the corpus has it
	recent []story.Article
	n      int
	every  time.Duration
	// Planted is the source of each copy made.
	Planted map[string]string
}

const remembered = 1000

// NewStream takes the texts of a corpus; span is the time over which n articles
// are spread. Texts are cut at most words.
func NewStream(texts []string, n, most int, span time.Duration, seed int64) *Stream {
	s := &Stream{rng: rand.New(rand.NewSource(seed)), every: span / time.Duration(max(n, 1)), Planted: map[string]string{}}
	for _, t := range texts {
		words := strings.Fields(t)
		if len(words) < 60 {
			continue
		}
		words = words[:min(len(words), most)]
		s.base = append(s.base, words)
		for _, w := range words {
			s.vocab[kind(w)] = append(s.vocab[kind(w)], w)
		}
	}
	return s
}

// Texts is the number of texts of the corpus that serve.
func (s *Stream) Texts() int { return len(s.base) }

func kind(w string) int {
	if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
		return 1
	}
	return 0
}

// Next gives the next article.
func (s *Stream) Next() story.Article {
	s.n++
	a := story.Article{ID: fmt.Sprintf("s%07d", s.n), Outlet: fmt.Sprintf("Outlet %d", s.rng.Intn(800)), Language: "en",
		Published: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(s.n) * s.every)}
	if len(s.recent) > 50 && s.n%8 == 0 {
		of := s.recent[s.rng.Intn(len(s.recent))]
		a.Text = s.copyOf(of.Text)
		for a.Outlet == of.Outlet {
			a.Outlet = fmt.Sprintf("Outlet %d", s.rng.Intn(800))
		}
		s.Planted[a.ID] = of.ID
		return a
	}
	a.Text = s.fresh()
	if len(s.recent) < remembered {
		s.recent = append(s.recent, a)
	} else {
		s.recent[s.rng.Intn(remembered)] = a
	}
	return a
}

func (s *Stream) fresh() string {
	var b strings.Builder
	for i, w := range s.base[s.rng.Intn(len(s.base))] {
		if s.rng.Intn(2) == 0 {
			v := s.vocab[kind(w)]
			w = v[s.rng.Intn(len(v))]
		}
		part(&b, i, w)
	}
	return b.String()
}

func (s *Stream) copyOf(text string) string {
	words := strings.Fields(text)
	var b strings.Builder
	how := s.rng.Intn(3)
	if how == 1 {
		words = words[:len(words)*2/3]
	}
	for i, w := range words {
		if how == 2 && s.rng.Intn(12) == 0 {
			v := s.vocab[kind(w)]
			w = v[s.rng.Intn(len(v))]
		}
		part(&b, i, w)
	}
	return b.String()
}

// part breaks the text into paragraphs of forty words.
func part(b *strings.Builder, i int, w string) {
	switch {
	case i == 0:
	case i%40 == 0:
		b.WriteString("\n\n")
	default:
		b.WriteByte(' ')
	}
	b.WriteString(w)
}

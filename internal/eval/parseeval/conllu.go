package parseeval

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// Sentence is one gold sentence.
type Sentence struct {
	ID  string
	Doc string // id of the document it is in
	// NewPar tells that a paragraph (or document) opens with it.
	NewPar bool
	Words  []syntax.Word
	// Surface are the written tokens: a multiword token ("don't") is one
	// surface and several words.
	Surface []Surface
}

// Surface is a written token and the words it stands for.
type Surface struct {
	Text       string
	From, To   int // words [From, To)
	SpaceAfter bool
}

// Read gives the sentences of a CoNLL-U stream. Empty nodes are left out.
func Read(r io.Reader) iter.Seq2[Sentence, error] {
	return func(yield func(Sentence, error) bool) {
		sc := bufio.NewScanner(r)
		sc.Buffer(make([]byte, 1<<16), 1<<24)
		b := &builder{}
		for n := 1; sc.Scan(); n++ {
			line := strings.TrimRight(sc.Text(), "\r")
			if line != "" {
				if err := b.line(line); err != nil {
					yield(Sentence{}, fmt.Errorf("conllu: line %d: %w", n, err))
					return
				}
				continue
			}
			if s, ok := b.take(); ok && !yield(s, nil) {
				return
			}
		}
		if err := sc.Err(); err != nil {
			yield(Sentence{}, fmt.Errorf("conllu: %w", err))
			return
		}
		if s, ok := b.take(); ok {
			yield(s, nil)
		}
	}
}

type builder struct {
	s    Sentence
	doc  string
	upTo int // the open multiword token covers words below this
}

func (b *builder) take() (Sentence, bool) {
	s := b.s
	s.Doc = b.doc
	if len(s.Words) == 0 {
		b.s.Words = nil // keep newpar of comments before
		return s, false
	}
	b.s, b.upTo = Sentence{}, 0
	return s, true
}

func (b *builder) line(line string) error {
	if strings.HasPrefix(line, "#") {
		key, value, _ := strings.Cut(strings.TrimSpace(line[1:]), "=")
		switch value = strings.TrimSpace(value); strings.TrimSpace(key) {
		case "newdoc id":
			b.doc, b.s.NewPar = value, true
		case "newdoc", "newpar", "newpar id":
			b.s.NewPar = true
		case "sent_id":
			b.s.ID = value
		}
		return nil
	}
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d columns, want 10", len(f))
	}
	space := !strings.Contains(f[9], "SpaceAfter=No")
	if strings.Contains(f[0], ".") {
		return nil
	}
	if from, to, ok := strings.Cut(f[0], "-"); ok {
		a, err1 := strconv.Atoi(from)
		z, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || a != len(b.s.Words)+1 || z < a || z > a+100 {
			return fmt.Errorf("range %q", f[0])
		}
		b.s.Surface = append(b.s.Surface, Surface{f[1], a - 1, z, space})
		b.upTo = z
		return nil
	}
	id, err := strconv.Atoi(f[0])
	if err != nil || id != len(b.s.Words)+1 {
		return fmt.Errorf("id %q", f[0])
	}
	head, err := strconv.Atoi(f[6])
	if err != nil && f[6] != "_" {
		return fmt.Errorf("head %q", f[6])
	}
	if id > b.upTo {
		b.s.Surface = append(b.s.Surface, Surface{f[1], id - 1, id, space})
	}
	b.s.Words = append(b.s.Words, syntax.Word{
		Form: f[1], Lemma: f[2], UPOS: f[3], XPOS: f[4], Feats: none(f[5]), Head: head - 1, Deprel: f[7],
	})
	return nil
}

func none(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

// Prose builds the sentence as the splitter would have given it, with the gold
// tokens. Spans are of the sentence alone.
func (s Sentence) Prose() prose.Sentence {
	out := prose.Sentence{Tokens: make([]prose.Token, 0, len(s.Words))}
	at := 0
	for _, u := range s.Surface {
		for w := u.From; w < u.To && w < len(s.Words); w++ {
			form := s.Words[w].Form
			last := w == u.To-1
			out.Tokens = append(out.Tokens, prose.Token{
				Span: story.Span{Start: at, End: at + len(form)}, Text: form, SpaceAfter: last && u.SpaceAfter,
			})
			at += len(form)
		}
		if u.SpaceAfter {
			at++
		}
	}
	out.End = at
	return out
}

// placed is a gold word with its place in the rebuilt raw text.
type placed struct {
	story.Span
	sentence, word int
}

// rawText rebuilds the text that the sentences were cut from, with a blank
// line before each paragraph, and places the words in it. Words of a
// multiword token share it out where they spell it, else each has it whole.
func rawText(all []Sentence) (string, []story.Span, []placed) {
	var b strings.Builder
	var spans []story.Span
	var words []placed
	for i, s := range all {
		if s.NewPar && i > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		end := start
		for _, u := range s.Surface {
			at := b.Len()
			b.WriteString(u.Text)
			end = b.Len()
			words = append(words, share(s, i, u, at)...)
			if u.SpaceAfter {
				b.WriteByte(' ')
			}
		}
		spans = append(spans, story.Span{Start: start, End: end})
	}
	return b.String(), spans, words
}

func share(s Sentence, sentence int, u Surface, at int) []placed {
	size := 0
	for w := u.From; w < u.To && w < len(s.Words); w++ {
		size += len(s.Words[w].Form)
	}
	var out []placed
	from := at
	for w := u.From; w < u.To && w < len(s.Words); w++ {
		p := placed{story.Span{Start: at, End: at + len(u.Text)}, sentence, w}
		if size == len(u.Text) {
			p.Span = story.Span{Start: from, End: from + len(s.Words[w].Form)}
			from = p.End
		}
		out = append(out, p)
	}
	return out
}

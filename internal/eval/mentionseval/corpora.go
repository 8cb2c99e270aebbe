package mentionseval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// Inflected reads texts whose entities carry base forms (bsnlp2021: lemma, type
// PER, name forms) and gives the persons as a list of base forms, and every
// form that a text uses. Kinds are languages; a form that is the base form is of
// the kind "base".
func Inflected(r io.Reader) ([]party.Party, []Planted, error) {
	var parties []party.Party
	var out []Planted
	ids := map[string]string{}
	err := eachLine(r, func(line []byte) error {
		var d struct {
			Text, Lang string
			Entities   []struct{ Form, Lemma, Type, ID string }
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		for _, e := range d.Entities {
			base := strings.TrimSpace(e.Lemma)
			if e.Type != "PER" || !fullName(base) {
				continue
			}
			at := indexFold(d.Text, e.Form)
			if at < 0 {
				continue
			}
			key := d.Lang + " " + strings.ToLower(base)
			id, ok := ids[key]
			if !ok {
				id = fmt.Sprintf("base:%d", len(parties))
				ids[key] = id
				parties = append(parties, party.Party{ID: id, Schema: party.Person, Names: []party.Name{{Text: titled(base)}}})
			}
			kind := d.Lang
			if strings.EqualFold(e.Form, base) {
				kind = "base"
			}
			text, span := sentenceAbout(d.Text, story.Span{Start: at, End: at + len(e.Form)})
			out = append(out, Planted{Text: text, Language: d.Lang, Span: span, Spelling: e.Form, Party: id, Kind: kind})
		}
		return nil
	})
	return parties, out, err
}

// OnlyInflected leaves out forms that are base forms.
func OnlyInflected(all []Planted) []Planted {
	return slices.DeleteFunc(slices.Clone(all), func(p Planted) bool { return p.Kind == "base" })
}

// fullName reports a name of two words or more.
func fullName(s string) bool { return len(names.Words(s)) > 1 && !strings.ContainsAny(s, "0123456789") }

// indexFold finds a form whatever its case, -1 if lowering changes lengths.
func indexFold(text, form string) int {
	if i := strings.Index(text, form); i >= 0 {
		return i
	}
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return -1
	}
	return strings.Index(lower, strings.ToLower(form))
}

func titled(s string) string {
	ws := strings.Fields(s)
	for i, w := range ws {
		if r := []rune(w); len(r) > 0 && strings.ToLower(w) == w {
			ws[i] = strings.ToUpper(string(r[0])) + string(r[1:])
		}
	}
	return strings.Join(ws, " ")
}

// sentenceAbout cuts the line of a text that holds a span.
func sentenceAbout(text string, s story.Span) (string, story.Span) {
	from := strings.LastIndexByte(text[:s.Start], '\n') + 1
	to := len(text)
	if n := strings.IndexByte(text[s.End:], '\n'); n >= 0 {
		to = s.End + n
	}
	return text[from:to], story.Span{Start: s.Start - from, End: s.End - from}
}

// Tagged reads sentences cut into tokens with BIO tags and gives as a list the
// names of persons that occur twice or more, and every place where one occurs.
// Unspaced joins the tokens without blanks.
func Tagged(r io.Reader, language string, unspaced bool) ([]party.Party, []Planted, error) {
	blank := " "
	if unspaced {
		blank = ""
	}
	count := map[string]int{}
	var all []Planted
	err := eachLine(r, func(line []byte) error {
		var d struct{ Tokens, Tags []string }
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		if len(d.Tokens) != len(d.Tags) {
			return fmt.Errorf("%d tokens, %d tags", len(d.Tokens), len(d.Tags))
		}
		text := strings.Join(d.Tokens, blank)
		at := 0
		var starts []int
		for _, t := range d.Tokens {
			starts = append(starts, at)
			at += len(t) + len(blank)
		}
		for i := 0; i < len(d.Tags); i++ {
			if !strings.HasPrefix(strings.ToUpper(d.Tags[i]), "B-PER") {
				continue
			}
			j := i + 1
			for j < len(d.Tags) && strings.HasPrefix(strings.ToUpper(d.Tags[j]), "I-PER") {
				j++
			}
			name := strings.Join(d.Tokens[i:j], blank)
			count[name]++
			all = append(all, Planted{Text: text, Language: language, Span: story.Span{Start: starts[i], End: starts[i] + len(name)}, Spelling: name})
			i = j - 1
		}
		return nil
	})
	var parties []party.Party
	ids := map[string]string{}
	var out []Planted
	for _, p := range all {
		if count[p.Spelling] < 2 || len(names.Words(p.Spelling)) == 0 {
			continue
		}
		id, ok := ids[p.Spelling]
		if !ok {
			id = fmt.Sprintf("tagged:%d", len(parties))
			ids[p.Spelling] = id
			parties = append(parties, party.Party{ID: id, Schema: party.Person, Names: []party.Name{{Text: p.Spelling}}})
		}
		p.Party, p.Kind = id, "one word"
		switch {
		case unspaced && utf8.RuneCountInString(p.Spelling) == 1:
			p.Kind = "one letter" // a surname of one letter, as in Mr Li
		case len(names.Words(p.Spelling)) > 1 || unspaced:
			p.Kind = "full"
		}
		out = append(out, p)
	}
	return parties, out, err
}

func eachLine(r io.Reader, do func([]byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 64<<20)
	for n := 1; s.Scan(); n++ {
		if len(strings.TrimSpace(s.Text())) == 0 {
			continue
		}
		if err := do(s.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}

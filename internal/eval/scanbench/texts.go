package scanbench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/reportedly/reportedly/internal/story"
)

// longestLine of a file of texts; longer ones are an error.
const longestLine = 64 << 20

// Texts reads the texts of a file: of JSON lines the fields id, title, text and
// language, whatever else the lines hold; of any other file all of it is one
// text.
func Texts(r io.Reader, name string) ([]story.Article, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	head, _ := b.Peek(512)
	if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) {
		all, err := io.ReadAll(b)
		return []story.Article{{ID: name, Text: strings.ToValidUTF8(string(all), "\ufffd")}}, err
	}
	var out []story.Article
	s := bufio.NewScanner(b)
	s.Buffer(nil, longestLine)
	for n := 1; s.Scan(); n++ {
		if len(bytes.TrimSpace(s.Bytes())) == 0 {
			continue
		}
		var a struct {
			ID                    any
			Title, Text, Language string
			Tokens                []string
		}
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			return out, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		text := a.Text
		if text == "" {
			text = strings.Join(a.Tokens, " ")
		}
		if a.Title != "" {
			text = a.Title + "\n\n" + text
		}
		out = append(out, story.Article{ID: fmt.Sprint(a.ID), Text: text, Language: a.Language})
	}
	if err := s.Err(); errors.Is(err, bufio.ErrTooLong) {
		return out, fmt.Errorf("%s: a line of more than %d bytes", name, longestLine)
	} else if err != nil {
		return out, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

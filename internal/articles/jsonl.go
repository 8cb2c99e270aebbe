package articles

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

// record is the JSONL form of DESIGN.md section 4; all but text optional.
// Several corpora call the day "date" and the outlet "publisher".
type record struct {
	ID        json.RawMessage `json:"id"`
	URL       string          `json:"url"`
	Outlet    string          `json:"outlet"`
	Publisher string          `json:"publisher"`
	Title     string          `json:"title"`
	Byline    string          `json:"byline"`
	Credit    string          `json:"credit"`
	Published string          `json:"published"`
	Date      string          `json:"date"`
	Language  string          `json:"language"`
	Text      *string         `json:"text"`
}

// lines reads one article a line. A line that is too long or no article is
// lost with a finding; the rest goes on.
func (s *stream) lines(r *bufio.Reader) {
	var offset int64
	for n := 1; ; n++ {
		line, size, err := readLine(r, s.opts.MaxArticle)
		at := offset
		offset += size
		switch {
		case err != nil && err != io.EOF:
			s.refuse(offset, describe(err))
			return
		case line == nil && size > 0:
			if !s.lost(n, at, fmt.Sprintf("line of %d bytes is longer than one article may be (%d bytes)", size, s.opts.MaxArticle)) {
				return
			}
		case len(bytes.TrimSpace(line)) > 0:
			if !s.line(n, at, line) {
				return
			}
		}
		if err == io.EOF {
			return
		}
	}
}

func (s *stream) line(n int, at int64, line []byte) bool {
	a, err := fromJSON(line)
	if err != nil {
		return s.lost(n, at, err.Error())
	}
	s.finish(&a, bytes.Clone(bytes.TrimSpace(line)))
	a.Captures[0].Location = fmt.Sprintf("%s:%d", s.name, n)
	return s.yield(Item{Article: a})
}

func (s *stream) lost(line int, offset int64, text string) bool {
	return s.yield(Item{Finding: &story.Finding{Severity: story.Lost, File: s.name, Line: line, Offset: offset, Text: text}})
}

// readLine gives a line without its end. A line over max comes back nil with
// its size: it is skipped without being held.
func readLine(r *bufio.Reader, max int64) (line []byte, size int64, err error) {
	over := false
	for {
		part, err := r.ReadSlice('\n')
		size += int64(len(part))
		if over = over || size > max; !over {
			line = append(line, part...)
		} else {
			line = nil
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if line == nil && !over {
			line = []byte{}
		}
		return line, size, err
	}
}

func fromJSON(line []byte) (story.Article, error) {
	var rec record
	if err := json.Unmarshal(bytes.TrimPrefix(line, []byte{0xef, 0xbb, 0xbf}), &rec); err != nil {
		return story.Article{}, fmt.Errorf("is no JSON article: %w", err)
	}
	if rec.Text == nil {
		return story.Article{}, errors.New(`has no field "text"`)
	}
	a := story.Article{ID: idText(rec.ID), URL: rec.URL, Outlet: first(rec.Outlet, rec.Publisher), Title: rec.Title,
		Byline: rec.Byline, Credit: rec.Credit, Language: rec.Language, Text: *rec.Text,
		Captures: []story.Capture{{MediaType: "application/json", Encoding: "utf-8"}}}
	if when := first(rec.Published, rec.Date); when != "" {
		t, p, err := moment(when)
		if err != nil {
			return story.Article{}, fmt.Errorf("published: %w", err)
		}
		a.Published, a.PublishedPrecision = t, p
	}
	return a, nil
}

// idText takes strings and numbers alike as an id.
func idText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if t := strings.TrimSpace(string(raw)); t != "null" {
		return t
	}
	return ""
}

// moment reads an ISO 8601 date or time.
func moment(s string) (time.Time, calendar.Precision, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, calendar.Day, nil
	}
	d, err := calendar.Parse(s)
	if err != nil {
		return time.Time{}, calendar.Unknown, err
	}
	return d.Time(), d.Precision(), nil
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

package story

import (
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/calendar"
)

// Article is one publication of one story by one outlet.
type Article struct {
	ID       string
	URL      string
	Outlet   string
	Title    string
	Byline   string
	Credit   string // credit line as given: "(Reuters)", "AP", "Copyright ..."
	Dateline Dateline
	// Published is the moment the outlet states, in its own zone; zero if
	// unknown. PublishedPrecision is Day where only a date was given.
	Published          time.Time
	PublishedPrecision calendar.Precision
	Modified           time.Time
	Language           string // ISO 639-1, "" if unknown
	// Text is the body as given, boilerplate and typing errors included,
	// paragraphs parted by a line break. All spans point into it.
	Text     string
	Captures []Capture
}

// Dateline is the place and date line at the head of a wire story.
type Dateline struct {
	Span  Span
	Place string
	Date  calendar.Date
	Wire  string
}

// Capture is what was obtained, byte for byte.
type Capture struct {
	RetrievedAt time.Time
	Method      string // "file", "http", "warc", "stdin", "embedded"
	Location    string // path, URL, or archive and offset
	MediaType   string
	Encoding    string // as recognised, for example "windows-1252"
	SHA256      string // hex digest of Body
	Size        int64
	Body        []byte // may be nil once stored
}

// Span is a half-open range of bytes of a text.
type Span struct {
	Start, End int
}

// Len is the number of bytes.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps reports a shared byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains reports whether t lies in s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Of cuts the span out of text; out-of-range ends give "".
func (s Span) Of(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// RuneSpan converts a byte span into Unicode code points of text.
func RuneSpan(text string, s Span) Span {
	a := utf8.RuneCountInString(text[:s.Start])
	return Span{a, a + utf8.RuneCountInString(text[s.Start:s.End])}
}

// ByteSpan converts a span of code points into bytes of text; it clips to the
// text.
func ByteSpan(text string, s Span) Span {
	out := Span{len(text), len(text)}
	n := 0
	for i := range text {
		if n == s.Start {
			out.Start = i
		}
		if n == s.End {
			out.End = i
			return out
		}
		n++
	}
	if n == s.Start {
		out.Start = len(text)
	}
	return out
}

// Day is the civil date of publication, zero if unknown.
func (a Article) Day() calendar.Date { return calendar.FromTime(a.Published) }

// Severity of a finding.
type Severity uint8

// Severities. Note: read, but something was odd. Lost: the item was skipped.
// Refused: the whole file was skipped.
const (
	Note Severity = iota
	Lost
	Refused
)

func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Lost:
		return "lost"
	}
	return "refused"
}

// Finding is something wrong with input: data, not an error, so that one bad
// item never stops the rest.
type Finding struct {
	Severity Severity
	File     string // path or URL
	Line     int    // 1-based, 0 if unknown
	Offset   int64  // byte offset, -1 if unknown
	Record   string // reference of the entry or article concerned
	Text     string
}

// String gives "FILE:LINE: record R: text" on one line.
func (f Finding) String() string {
	out := f.File
	switch {
	case f.Line > 0:
		out += fmt.Sprintf(":%d", f.Line)
	case f.Offset > 0:
		out += fmt.Sprintf(": byte %d", f.Offset)
	}
	if f.Record != "" {
		out += ": " + f.Record
	}
	return fmt.Sprintf("%s: %s: %s", out, f.Severity, f.Text)
}

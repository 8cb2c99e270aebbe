package articles

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

// Format of a file of articles.
type Format string

// Formats. Auto recognises one of the others from the content.
const (
	Auto  Format = ""
	Text  Format = "text"
	HTML  Format = "html"
	JSONL Format = "jsonl"
	Feed  Format = "feed" // RSS, Atom, JSON Feed
	WARC  Format = "warc" // and ARC
	Mail  Format = "mail" // one message, .eml
	// Sitemap is recognised, but holds addresses and no articles.
	Sitemap Format = "sitemap"
)

// Formats lists what --format accepts.
func Formats() []Format { return []Format{Text, HTML, JSONL, Feed, WARC, Mail} }

// Options say what the file itself may not.
type Options struct {
	Format Format
	// Published, Outlet and Language fill fields that the file leaves empty.
	Published calendar.Date
	Outlet    string
	Language  string
	// Retrieved is the moment of capture.
	Retrieved time.Time
	Method    string // of capture; "file" if empty
	// MaxArticle bounds one article (a line of JSONL, a whole text or HTML
	// file) in bytes; 0 means DefaultMaxArticle. MaxTotal bounds what one file
	// may unpack to; 0 means DefaultMaxTotal.
	MaxArticle int64
	MaxTotal   int64
	// From gives the byte from which an archive is read on, where part of it was
	// read before; nil means from the beginning.
	From func(name string) int64
	// To is the byte before which an archive ends, 0 = the end of the file.
	To int64
}

// Limits of what is read: an article of 16 MB is a book, and a compressed file
// that unpacks to more than 64 GB is a bomb.
const (
	DefaultMaxArticle = 16 << 20
	DefaultMaxTotal   = 64 << 30
)

// Item is what a reader yields: an article, or a finding about what could not
// be read.
type Item struct {
	Article story.Article
	Finding *story.Finding
	// File and Next tell, for an archive, where reading goes on after this item.
	File string
	Next int64
}

// Read yields the articles of one stream. name is the path or address that
// findings and captures tell. The sequence ends at the end of the stream or
// after a finding of severity Refused.
func Read(name string, r io.Reader, opts Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		s := &stream{src: r, name: name, opts: opts, yield: yield}
		s.opts.defaults()
		s.run(r)
	}
}

func (o *Options) defaults() {
	if o.MaxArticle <= 0 {
		o.MaxArticle = DefaultMaxArticle
	}
	if o.MaxTotal <= 0 {
		o.MaxTotal = DefaultMaxTotal
	}
	if o.Method == "" {
		o.Method = "file"
	}
}

type stream struct {
	src   io.Reader // as it was given
	name  string
	opts  Options
	yield func(Item) bool
}

// sniffLen bytes decide on compression, format and whether it is text at all.
const sniffLen = 4096

func (s *stream) run(r io.Reader) {
	raw := bufio.NewReaderSize(r, 64<<10)
	// Lines asked for by name are read as they come: looking further ahead would
	// keep whoever writes one and waits for the answer waiting.
	if s.opts.Format == JSONL {
		if first, _ := raw.Peek(1); len(first) == 1 && first[0] == '{' {
			s.lines(raw)
			return
		}
	}
	if s.opts.Format == WARC || s.opts.Format == Auto && isArchive(raw) {
		s.archive(raw)
		return
	}
	plain, done, err := s.unpack(raw)
	if err != nil {
		s.refuse(-1, err.Error())
		return
	}
	defer done()
	head, err := plain.Peek(sniffLen)
	if err != nil && err != io.EOF {
		s.refuse(int64(len(head)), describe(err))
		return
	}
	if len(bytes.TrimSpace(head)) == 0 {
		s.refuse(0, "holds no text")
		return
	}
	format := s.opts.Format
	if format == Auto {
		if format = Recognise(head); format == Auto {
			s.refuse(0, "is no article: binary data")
			return
		}
	}
	switch format {
	case JSONL:
		s.lines(plain)
	case Feed:
		s.feed(plain)
	case Sitemap:
		s.refuse(0, "is a sitemap: it holds addresses, no articles; 'reportedly feeds add' follows it")
	default:
		s.whole(plain, format)
	}
}

// unpack peels gzip or zstd, recognised from their magic numbers.
func (s *stream) unpack(r *bufio.Reader) (*bufio.Reader, func(), error) {
	magic, _ := r.Peek(4)
	none := func() {}
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, none, fmt.Errorf("is no whole gzip file: %w", err)
		}
		return bufio.NewReaderSize(&limited{r: z, left: s.opts.MaxTotal}, 64<<10), none, nil
	case bytes.HasPrefix(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(r, zstd.WithDecoderMaxMemory(512<<20), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, none, fmt.Errorf("is no whole zstd file: %w", err)
		}
		return bufio.NewReaderSize(&limited{r: z, left: s.opts.MaxTotal}, 64<<10), z.Close, nil
	}
	return r, none, nil
}

// limited stops a decompressor that gives more than it may.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("unpacks to more than the limit")
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}

// all reads the whole stream, up to a limit.
func (s *stream) all(r io.Reader, most int64) ([]byte, bool) {
	body, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		s.refuse(int64(len(body)), describe(err))
		return nil, false
	case int64(len(body)) > most:
		s.refuse(most, fmt.Sprintf("is longer than one article may be (%d bytes)", most))
		return nil, false
	}
	return body, true
}

// whole reads a stream that is one article.
func (s *stream) whole(r io.Reader, format Format) {
	body, ok := s.all(r, s.opts.MaxArticle)
	if !ok {
		return
	}
	var a story.Article
	var problem string
	switch format {
	case HTML:
		a, problem = fromHTML(body, "", "")
	case Mail:
		a, problem = fromMail(body)
	default:
		a, problem = fromText(body)
	}
	if problem != "" {
		s.refuse(0, problem)
		return
	}
	s.finish(&a, body)
	s.yield(Item{Article: a})
}

// finish fills what the file left open and adds the capture.
func (s *stream) finish(a *story.Article, body []byte) {
	if a.Published.IsZero() && !s.opts.Published.IsZero() {
		a.Published = s.opts.Published.Time()
		a.PublishedPrecision = s.opts.Published.Precision()
	}
	if a.Outlet == "" {
		a.Outlet = s.opts.Outlet
	}
	if a.Language == "" {
		a.Language = s.opts.Language
	}
	sum := sha256.Sum256(body)
	c := story.Capture{RetrievedAt: s.opts.Retrieved, Method: s.opts.Method, Location: s.name,
		SHA256: hex.EncodeToString(sum[:]), Size: int64(len(body)), Body: body}
	if len(a.Captures) > 0 { // the decoder left media type and encoding there
		c.MediaType, c.Encoding = a.Captures[0].MediaType, a.Captures[0].Encoding
	}
	a.Captures = []story.Capture{c}
	if a.ID == "" {
		a.ID = ID(*a)
	}
}

// ID names an article by what makes it this article and no other: address,
// outlet, day, headline and text. The same file read twice gives one article.
func ID(a story.Article) string {
	h := sha256.New()
	for _, f := range []string{a.URL, a.Outlet, a.Day().String(), a.Title, a.Text} {
		io.WriteString(h, f)
		h.Write([]byte{0})
	}
	return "a-" + hex.EncodeToString(h.Sum(nil))[:12]
}

func (s *stream) refuse(offset int64, text string) {
	s.yield(Item{Finding: &story.Finding{Severity: story.Refused, File: s.name, Offset: offset, Text: text}})
}

func describe(err error) string {
	if err == io.ErrUnexpectedEOF {
		return "ends in the middle: the file is cut off"
	}
	return "cannot be read: " + err.Error()
}

// Recognise tells the format from the first bytes; Auto means "no text".
func Recognise(head []byte) Format {
	text, _, ok := decode(head, "")
	if !ok {
		return Auto
	}
	t := bytes.TrimSpace([]byte(text))
	switch {
	case len(t) == 0:
		return Auto
	case t[0] == '{' && bytes.Contains(t, []byte("jsonfeed.org/version")):
		return Feed
	case t[0] == '{':
		return JSONL
	case looksMail(t):
		return Mail
	}
	if f := xmlRoot(t); f != Auto {
		return f
	}
	switch {
	case looksHTML(t):
		return HTML
	}
	return Text
}

var htmlMarks = [][]byte{[]byte("<!doctype html"), []byte("<html"), []byte("<head"), []byte("<body"), []byte("<article"), []byte("<div"), []byte("<p>"), []byte("<p "), []byte("<meta ")}

func looksHTML(t []byte) bool {
	if t[0] != '<' {
		return false
	}
	low := bytes.ToLower(t[:min(len(t), 2048)])
	for _, m := range htmlMarks {
		if bytes.Contains(low, m) {
			return true
		}
	}
	return false
}

// isText reports whether decoded text is something a person could read: few
// control characters and few replacement characters.
func isText(s string) bool {
	if s == "" {
		return true
	}
	bad, n := 0, 0
	for _, r := range s {
		n++
		if r == utf8.RuneError || r < 0x09 || (r > 0x0d && r < 0x20 && r != 0x1b) {
			bad++
		}
	}
	return bad*50 <= n
}

// Complete fills what an article leaves open from the options and adds the
// capture of body, which was found at location. It is for callers that get
// bytes elsewhere than from a file.
func Complete(a *story.Article, body []byte, location string, opts Options) {
	opts.defaults()
	(&stream{name: location, opts: opts}).finish(a, body)
}

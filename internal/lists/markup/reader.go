package markup

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// Limits of one document. They are far above any list and far below what a
// hostile file would need to do harm.
const (
	maxText  = 16 << 20 // one text or tag
	maxDepth = 100
	maxNodes = 500_000 // of one record
)

// Error is a fault of the document with its place.
type Error struct {
	Line   int
	Offset int64
	Text   string
	Err    error
}

func (e *Error) Error() string { return e.Text }

func (e *Error) Unwrap() error { return e.Err }

// Kind of a token.
type Kind uint8

// Tokens.
const (
	Start Kind = iota
	End
	Text
)

// Attr is one attribute without its prefix.
type Attr struct{ Name, Value string }

// Reader gives the tokens of one document.
type Reader struct {
	src      io.Reader
	buf      []byte
	pos      int
	eof      bool
	readErr  error
	base     int64 // offset of buf[0]
	lineBase int   // newlines before linePos
	linePos  int
	names    map[string]string
	stack    []string
	selfEnd  bool
	rootSeen bool

	// Name and Attrs of the token that Next gave last.
	Name  string
	Attrs []Attr
	text  []byte
}

// NewReader starts a document.
func NewReader(r io.Reader) (*Reader, error) {
	src, err := decode(r)
	if err != nil {
		return nil, &Error{Line: 1, Text: err.Error(), Err: err}
	}
	return &Reader{src: src, buf: make([]byte, 0, 128<<10), names: map[string]string{}}, nil
}

// Offset is the number of decoded bytes before the next token.
func (r *Reader) Offset() int64 { return r.base + int64(r.pos) }

// Line of the next token, from 1.
func (r *Reader) Line() int {
	if r.pos > r.linePos {
		r.lineBase += bytes.Count(r.buf[r.linePos:r.pos], []byte{'\n'})
		r.linePos = r.pos
	}
	return r.lineBase + 1
}

func (r *Reader) fail(format string, args ...any) error {
	return &Error{Line: r.Line(), Offset: r.Offset(), Text: "not well-formed XML: " + fmt.Sprintf(format, args...), Err: r.readErr}
}

// more reads further bytes behind what is held; false at the end.
func (r *Reader) more() bool {
	if r.eof {
		return false
	}
	if r.pos > 0 {
		r.Line()
		n := copy(r.buf, r.buf[r.pos:])
		r.buf = r.buf[:n]
		r.base += int64(r.pos)
		r.pos, r.linePos = 0, 0
	}
	if len(r.buf) == cap(r.buf) {
		grown := make([]byte, len(r.buf), 2*cap(r.buf))
		copy(grown, r.buf)
		r.buf = grown
	}
	for range 100 {
		n, err := r.src.Read(r.buf[len(r.buf):cap(r.buf)])
		r.buf = r.buf[:len(r.buf)+n]
		if err != nil {
			r.eof = true
			if !errors.Is(err, io.EOF) {
				r.readErr = err
			}
			return n > 0
		}
		if n > 0 {
			return true
		}
	}
	r.eof, r.readErr = true, io.ErrNoProgress
	return false
}

// find gives the index after pos of the first b at or after from, reading on
// as needed; -1 at the end of the file.
func (r *Reader) find(from int, b []byte) (int, error) {
	rel := from
	for {
		if i := bytes.Index(r.buf[r.pos+rel:], b); i >= 0 {
			return rel + i, nil
		}
		rel = max(from, len(r.buf)-r.pos-len(b)+1)
		if len(r.buf)-r.pos > maxText {
			return 0, r.fail("a single element or text is longer than %d MB", maxText>>20)
		}
		if !r.more() {
			return -1, nil
		}
	}
}

var (
	lt         = []byte("<")
	gt         = []byte(">")
	commentEnd = []byte("-->")
	cdataEnd   = []byte("]]>")
	piEnd      = []byte("?>")
)

// Next gives the next token; io.EOF after the root element.
func (r *Reader) Next() (Kind, error) {
	if r.selfEnd {
		r.selfEnd = false
		return End, r.pop(r.Name)
	}
	for {
		n, err := r.find(0, lt)
		if err != nil {
			return 0, err
		}
		if n < 0 {
			return 0, r.atEnd()
		}
		if n > 0 {
			raw := r.buf[r.pos : r.pos+n]
			if len(r.stack) == 0 {
				if len(bytes.TrimSpace(raw)) > 0 {
					return 0, r.fail("text outside the root element")
				}
				r.pos += n
				continue
			}
			r.text, err = r.unescape(raw)
			if err != nil {
				return 0, err
			}
			r.pos += n
			return Text, nil
		}
		kind, ok, err := r.tag()
		if err != nil || ok {
			return kind, err
		}
	}
}

func (r *Reader) atEnd() error {
	rest := r.buf[r.pos:]
	switch {
	case r.readErr != nil:
		return &Error{Line: r.Line(), Offset: r.Offset(), Text: r.readErr.Error(), Err: r.readErr}
	case len(r.stack) > 0:
		return r.fail("the file ends inside <%s>: it is cut off", r.stack[len(r.stack)-1])
	case !r.rootSeen:
		return r.fail("there is no element in the file")
	case len(bytes.Trim(rest, " \t\r\n\x00")) > 0:
		return r.fail("text after the root element")
	}
	return io.EOF
}

// tag reads what starts with "<" at pos; ok is false for what is no token.
func (r *Reader) tag() (kind Kind, ok bool, err error) {
	for len(r.buf)-r.pos < 9 && r.more() {
	}
	b := r.buf[r.pos:]
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		return 0, false, r.skip(4, commentEnd)
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		return r.cdata()
	case bytes.HasPrefix(b, []byte("<?")):
		return 0, false, r.skip(2, piEnd)
	case bytes.HasPrefix(b, []byte("<!")):
		return 0, false, r.doctype()
	}
	n, err := r.find(1, gt)
	if err != nil {
		return 0, false, err
	}
	if n < 0 {
		return 0, false, r.unclosed()
	}
	if r.buf[r.pos+1] == '/' {
		name := r.intern(bytes.TrimRight(r.buf[r.pos+2:r.pos+n], " \t\r\n"))
		if err := r.pop(name); err != nil {
			return 0, false, err
		}
		r.Name = name
		r.pos += n + 1
		return End, true, nil
	}
	return Start, true, r.start(n)
}

func (r *Reader) unclosed() error {
	if r.readErr != nil {
		return &Error{Line: r.Line(), Offset: r.Offset(), Text: r.readErr.Error(), Err: r.readErr}
	}
	return r.fail("the file ends inside a tag: it is cut off")
}

func (r *Reader) skip(from int, end []byte) error {
	n, err := r.find(from, end)
	if err != nil {
		return err
	}
	if n < 0 {
		return r.unclosed()
	}
	r.pos += n + len(end)
	return nil
}

func (r *Reader) cdata() (Kind, bool, error) {
	n, err := r.find(9, cdataEnd)
	if err != nil {
		return 0, false, err
	}
	if n < 0 {
		return 0, false, r.unclosed()
	}
	if len(r.stack) == 0 {
		return 0, false, r.fail("text outside the root element")
	}
	raw := r.buf[r.pos+9 : r.pos+n]
	if i, what := badChar(raw); i >= 0 {
		r.pos += 9 + i
		return 0, false, r.fail("%s", what)
	}
	r.text = raw
	r.pos += n + 3
	return Text, true, nil
}

// doctype passes a plain <!DOCTYPE name SYSTEM "..."> without reading what it
// points to, and refuses one that declares entities.
func (r *Reader) doctype() error {
	n, err := r.find(2, gt)
	if err != nil {
		return err
	}
	if n < 0 {
		return r.unclosed()
	}
	decl := r.buf[r.pos : r.pos+n]
	if bytes.ContainsAny(decl, "[") || bytes.Contains(decl, []byte("ENTITY")) {
		return &Error{Line: r.Line(), Offset: r.Offset(), Text: "the document type declares entities: refused (no list needs them, entity bombs do)"}
	}
	r.pos += n + 1
	return nil
}

func (r *Reader) intern(b []byte) string {
	if s, ok := r.names[string(b)]; ok {
		return s
	}
	name := b
	if i := bytes.IndexByte(b, ':'); i >= 0 {
		name = b[i+1:]
	}
	s := string(name)
	// A hostile file may invent a million names; a list has some dozens.
	if len(r.names) < 4096 && len(b) < 256 {
		r.names[string(b)] = s
	}
	return s
}

func (r *Reader) pop(name string) error {
	if len(r.stack) == 0 {
		return r.fail("</%s> closes nothing", name)
	}
	if top := r.stack[len(r.stack)-1]; top != name {
		return r.fail("</%s> where </%s> is due", name, top)
	}
	r.stack = r.stack[:len(r.stack)-1]
	return nil
}

// start parses a start tag whose first ">" is n bytes after pos.
func (r *Reader) start(n int) error {
	for quoted(r.buf[r.pos : r.pos+n]) { // ">" may stand inside an attribute value
		m, err := r.find(n+1, gt)
		if err != nil {
			return err
		}
		if m < 0 {
			return r.unclosed()
		}
		n = m
	}
	b := r.buf[r.pos+1 : r.pos+n]
	if len(b) > 0 && b[len(b)-1] == '/' {
		r.selfEnd = true
		b = b[:len(b)-1]
	}
	i := 0
	for i < len(b) && !space(b[i]) {
		i++
	}
	if i == 0 || !nameStart(b[0]) {
		return r.fail("a bare \"<\" or a tag without a name")
	}
	if len(r.stack) == 0 && r.rootSeen {
		return r.fail("a second root element")
	}
	if len(r.stack) >= maxDepth {
		return r.fail("elements nested deeper than %d", maxDepth)
	}
	r.rootSeen = true
	r.Name = r.intern(b[:i])
	r.Attrs = r.Attrs[:0]
	if err := r.attrs(b[i:]); err != nil {
		return err
	}
	r.stack = append(r.stack, r.Name)
	r.pos += n + 1
	return nil
}

// quoted reports whether a tag is cut inside an attribute value.
func quoted(b []byte) bool {
	var q byte
	for _, c := range b {
		switch {
		case q == 0 && (c == '"' || c == '\''):
			q = c
		case c == q:
			q = 0
		}
	}
	return q != 0
}

func (r *Reader) attrs(b []byte) error {
	for {
		for len(b) > 0 && space(b[0]) {
			b = b[1:]
		}
		if len(b) == 0 {
			return nil
		}
		eq := bytes.IndexByte(b, '=')
		if eq <= 0 {
			return r.fail("an attribute of <%s> without a value", r.Name)
		}
		name := bytes.TrimSpace(b[:eq])
		b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if len(b) == 0 || (b[0] != '"' && b[0] != '\'') {
			return r.fail("an attribute value of <%s> without quotes", r.Name)
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return r.fail("an attribute value of <%s> is not closed", r.Name)
		}
		value, err := r.unescape(b[1 : end+1])
		if err != nil {
			return err
		}
		r.Attrs = append(r.Attrs, Attr{r.intern(name), string(value)})
		b = b[end+2:]
	}
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func nameStart(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80
}

// badChar finds the first byte that XML 1.0 forbids.
func badChar(b []byte) (int, string) {
	for i := 0; i < len(b); {
		c := b[i]
		if c >= 0x20 && c < 0x7f || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		if c < 0x80 {
			if c < 0x20 {
				return i, fmt.Sprintf("control byte 0x%02X in the text", c)
			}
			i++
			continue
		}
		u, n := utf8.DecodeRune(b[i:])
		switch {
		case u == utf8.RuneError && n == 1:
			return i, fmt.Sprintf("byte 0x%02X is not UTF-8", c)
		case u == 0xFFFE || u == 0xFFFF:
			return i, "a non-character in the text"
		}
		i += n
	}
	return -1, ""
}

// unescape checks a text that stands in the buffer and expands references.
func (r *Reader) unescape(raw []byte) ([]byte, error) {
	if i, what := badChar(raw); i >= 0 {
		return nil, r.failAt(raw[i:], "%s", what)
	}
	amp := bytes.IndexByte(raw, '&')
	if amp < 0 {
		return raw, nil
	}
	out := make([]byte, 0, len(raw))
	for amp >= 0 {
		out = append(out, raw[:amp]...)
		raw = raw[amp:]
		semi := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if semi < 0 {
			return nil, r.failAt(raw, "a bare \"&\"")
		}
		u, ok := reference(string(raw[1:semi]))
		if !ok {
			return nil, r.failAt(raw, "unknown reference %q", raw[:semi+1])
		}
		out = utf8.AppendRune(out, u)
		raw = raw[semi+1:]
		amp = bytes.IndexByte(raw, '&')
	}
	return append(out, raw...), nil
}

// failAt places an error at a slice of the buffer.
func (r *Reader) failAt(at []byte, format string, args ...any) error {
	if off := cap(r.buf) - cap(at); off > r.pos && off <= len(r.buf) {
		r.pos = off
	}
	return r.fail(format, args...)
}

func reference(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "apos":
		return '\'', true
	case "quot":
		return '"', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	ok := err == nil && n <= utf8.MaxRune && (n >= 0x20 || n == 9 || n == 10 || n == 13) && (n < 0xD800 || n > 0xDFFF) && n != 0xFFFE && n != 0xFFFF
	return rune(n), ok
}

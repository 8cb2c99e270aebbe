package table

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decode gives the text as UTF-8 whatever it came in: UTF-8 with or without a
// mark, UTF-16 of either order, else Windows-1252. It names the encoding.
func decode(r io.Reader) (*bufio.Reader, string) {
	b := bufio.NewReaderSize(r, 64<<10)
	head, _ := b.Peek(4 << 10)
	switch {
	case bytes.HasPrefix(head, []byte("\ufeff")):
		_, _ = b.Discard(3)
		return b, "UTF-8"
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		_, _ = b.Discard(2)
		return bufio.NewReaderSize(&wide{r: b, low: 0}, 64<<10), "UTF-16LE"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		_, _ = b.Discard(2)
		return bufio.NewReaderSize(&wide{r: b, low: 1}, 64<<10), "UTF-16BE"
	}
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i%2]++
		}
	}
	switch {
	case zero[1] > len(head)/4:
		return bufio.NewReaderSize(&wide{r: b, low: 0}, 64<<10), "UTF-16LE"
	case zero[0] > len(head)/4:
		return bufio.NewReaderSize(&wide{r: b, low: 1}, 64<<10), "UTF-16BE"
	}
	head, _ = b.Peek(64 << 10)
	for cut := 0; cut < utf8.UTFMax && len(head) > 0 && !utf8.Valid(head); cut++ {
		head = head[:len(head)-1] // a character may be cut at the end of what was peeked
	}
	if utf8.Valid(head) {
		return b, "UTF-8"
	}
	return bufio.NewReaderSize(charmap.Windows1252.NewDecoder().Reader(b), 64<<10), "Windows-1252"
}

// wide turns UTF-16 into UTF-8 as it is read.
type wide struct {
	r    *bufio.Reader
	low  int // place of the low byte in a pair
	left []byte
	high uint16 // first half of a surrogate pair
}

func (w *wide) Read(p []byte) (int, error) {
	for len(w.left) == 0 {
		var pair [2]byte
		if _, err := io.ReadFull(w.r, pair[:]); err != nil {
			if err == io.ErrUnexpectedEOF {
				err = io.EOF
			}
			return 0, err
		}
		u := uint16(pair[w.low]) | uint16(pair[1-w.low])<<8
		switch {
		case w.high != 0:
			w.left = utf8.AppendRune(w.left[:0], utf16.DecodeRune(rune(w.high), rune(u)))
			w.high = 0
		case utf16.IsSurrogate(rune(u)) && u < 0xdc00:
			w.high = u
		default:
			w.left = utf8.AppendRune(w.left[:0], rune(u))
		}
	}
	n := copy(p, w.left)
	w.left = w.left[n:]
	return n, nil
}

// Bounds of one record. A quotation mark that is never closed would otherwise
// swallow the rest of the file.
const (
	maxRecord      = 1 << 20
	maxRecordLines = 200
)

// records cuts CSV into records, each with the line it begins on.
type records struct {
	r     *bufio.Reader
	comma byte
	line  int      // of the last line read
	again []string // lines to be read once more
}

// next gives the cells of the next record. broken tells of a record that was
// given up; the record after it is the next.
func (c *records) next() (cells []string, line int, broken string, err error) {
	text, err := c.readLine()
	if err != nil {
		return nil, 0, "", err
	}
	line = c.line
	if strings.Count(text, `"`)%2 == 1 {
		whole, ok, err := c.join(text, line)
		if err != nil {
			return nil, line, "", err
		}
		if !ok {
			return nil, line, "a quotation mark is opened and not closed", nil
		}
		text = whole
	}
	if len(text) > maxRecord {
		return nil, line, fmt.Sprintf("the row is longer than %d bytes", maxRecord), nil
	}
	return split(text, c.comma), line, "", nil
}

// join reads on until quotation marks are even again; where they never are,
// the lines after the first are given back.
func (c *records) join(text string, line int) (string, bool, error) {
	var more []string
	size, quotes := len(text), strings.Count(text, `"`)
	for quotes%2 == 1 {
		next, err := c.readLine()
		if err != nil && err != io.EOF {
			return "", false, err
		}
		if err == io.EOF || size+len(next) > maxRecord || len(more) >= maxRecordLines {
			if err == nil {
				more = append(more, next)
			}
			c.again, c.line = append(more, c.again...), line
			return "", false, nil
		}
		more = append(more, next)
		size, quotes = size+len(next)+1, quotes+strings.Count(next, `"`)
	}
	return text + "\n" + strings.Join(more, "\n"), true, nil
}

// readLine gives a line without its end. A line is never held beyond the bound
// of a record: the rest of it is skipped.
func (c *records) readLine() (string, error) {
	if len(c.again) > 0 {
		l := c.again[0]
		c.again = c.again[1:]
		c.line++
		return l, nil
	}
	var whole []byte
	for {
		part, err := c.r.ReadSlice('\n')
		if len(whole) <= maxRecord {
			whole = append(whole, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && (err != io.EOF || len(whole) == 0) {
			return "", err
		}
		c.line++
		return strings.TrimRight(string(whole), "\r\n"), nil
	}
}

// split cuts a record at commas outside quotation marks.
func split(s string, comma byte) []string {
	var out []string
	for {
		if !strings.HasPrefix(strings.TrimLeft(s, " "), `"`) {
			cell, rest, more := strings.Cut(s, string(comma))
			out = append(out, strings.TrimSpace(cell))
			if !more {
				return out
			}
			s = rest
			continue
		}
		s = strings.TrimLeft(s, " ")[1:]
		var b strings.Builder
		for {
			inside, rest, closed := strings.Cut(s, `"`)
			b.WriteString(inside)
			s = rest
			if !closed || !strings.HasPrefix(s, `"`) {
				break
			}
			b.WriteByte('"')
			s = s[1:]
		}
		after, rest, more := strings.Cut(s, string(comma))
		b.WriteString(strings.TrimRight(after, " "))
		out = append(out, strings.TrimSpace(b.String()))
		if !more {
			return out
		}
		s = rest
	}
}

// separator is the sign that parts most of the header's cells.
func separator(header string) byte {
	best, n := byte(','), 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		if k := len(split(header, c)); k > n {
			best, n = c, k
		}
	}
	return best
}

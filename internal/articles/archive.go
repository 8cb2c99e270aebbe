package articles

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/articles/warc"
	"github.com/reportedly/reportedly/internal/story"
)

// archive reads the pages of a WARC or ARC file: answers of servers with
// status 200 that hold HTML or text, and resources and conversions of these
// types. Other records are no articles and pass without a word. A damaged
// record costs itself.
func (s *stream) archive(r io.Reader) {
	from := int64(0)
	if s.opts.From != nil {
		from = max(s.opts.From(s.name), 0)
	}
	if f, ok := s.src.(io.Seeker); ok && from > 0 {
		if _, err := f.Seek(from, io.SeekStart); err != nil {
			s.refuse(from, describe(err))
			return
		}
		r = bufio.NewReaderSize(s.src, 64<<10)
	} else if from > 0 {
		if _, err := io.CopyN(io.Discard, r, from); err != nil {
			if err != io.EOF {
				s.refuse(-1, describe(err))
			}
			return // read to its end before
		}
	}
	rd := warc.NewReader(r, from)
	rd.MaxUnpacked = s.opts.MaxTotal
	for {
		rec, err := rd.Next()
		if err == io.EOF || s.past(rec, err) {
			return
		}
		var it Item
		keep := true
		if err != nil {
			if it, keep = s.damaged(err); !keep {
				s.refuse(-1, describe(err))
				return
			}
		} else {
			it, keep = s.record(rec)
		}
		if it.Next = rd.After(); keep {
			if it.File = s.name; !s.yield(it) {
				return
			}
		}
	}
}

// past reports a record beyond the part that is to be read.
func (s *stream) past(rec *warc.Record, err error) bool {
	var b *warc.Broken
	switch {
	case s.opts.To <= 0:
		return false
	case errors.As(err, &b):
		return b.Offset >= s.opts.To
	}
	return rec != nil && rec.Offset >= s.opts.To
}

func (s *stream) damaged(err error) (Item, bool) {
	var b *warc.Broken
	if !errors.As(err, &b) {
		return Item{}, false
	}
	return Item{Finding: &story.Finding{Severity: story.Lost, File: s.name, Offset: b.Offset, Record: fmt.Sprintf("record at byte %d", b.Offset), Text: b.Text}}, true
}

// record makes an article of a record; keep is false where it is none.
func (s *stream) record(rec *warc.Record) (Item, bool) {
	if rec.Type != "response" && rec.Type != "resource" && rec.Type != "conversion" {
		return Item{}, false
	}
	lost := func(severity story.Severity, text string) (Item, bool) {
		return Item{Finding: &story.Finding{Severity: severity, File: s.name, Offset: rec.Offset, Record: rec.URI, Text: text}}, true
	}
	if rec.Length > s.opts.MaxArticle {
		return lost(story.Lost, fmt.Sprintf("is longer than one article may be (%d bytes)", s.opts.MaxArticle))
	}
	block, err := io.ReadAll(rec.Body)
	if err != nil {
		return s.damaged(err)
	}
	body, contentType := block, rec.MediaType
	if strings.HasPrefix(strings.ToLower(rec.MediaType), "application/http") {
		var status int
		if status, contentType, body, err = answer(block, s.opts.MaxArticle); err != nil {
			return lost(story.Lost, err.Error())
		}
		if status != 200 {
			return Item{}, false
		}
	} else if rec.Type == "response" {
		return Item{}, false // dns:
	}
	a, problem, ok := FromPage(body, rec.URI, contentType)
	switch {
	case !ok:
		return Item{}, false
	case problem != "":
		return lost(story.Note, problem)
	}
	own := *s
	own.opts.Retrieved, own.opts.Method = rec.Date, "warc"
	own.name = fmt.Sprintf("%s#%d", s.name, rec.Offset)
	own.finish(&a, body)
	return Item{Article: a}, true
}

// FromPage makes an article of what a server answered; ok is false for types
// that hold none (pictures, feeds, programs).
func FromPage(body []byte, address, contentType string) (a story.Article, problem string, ok bool) {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(contentType), ";")
		media = strings.TrimSpace(media)
	}
	if media == "" || media == "application/octet-stream" {
		switch Recognise(body[:min(len(body), sniffLen)]) {
		case HTML:
			media = "text/html"
		case Text:
			media = "text/plain"
		}
	}
	switch media {
	case "text/html", "application/xhtml+xml":
		a, problem = fromHTML(body, address, contentType)
	case "text/plain":
		a, problem = fromText(body)
		a.URL = address
	default:
		return a, "", false
	}
	return a, problem, true
}

// answer takes an HTTP answer apart. Archives often keep the header of a
// chunked or compressed body whose bytes are plain, so that what does not
// unpack is taken as it is.
func answer(block []byte, most int64) (status int, contentType string, body []byte, err error) {
	r := bufio.NewReader(bytes.NewReader(block))
	line, err := r.ReadString('\n')
	if err != nil {
		return 0, "", nil, errors.New("holds no HTTP answer")
	}
	f := strings.Fields(line)
	if len(f) < 2 || !strings.HasPrefix(f[0], "HTTP/") {
		return 0, "", nil, errors.New("holds no HTTP answer")
	}
	if status, err = strconv.Atoi(f[1]); err != nil {
		return 0, "", nil, errors.New("holds an HTTP answer without a status")
	}
	h, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil && len(h) == 0 {
		return status, "", nil, nil
	}
	body, _ = io.ReadAll(r)
	if strings.EqualFold(h.Get("Transfer-Encoding"), "chunked") {
		if plain, err := io.ReadAll(io.LimitReader(httputil.NewChunkedReader(bytes.NewReader(body)), most+1)); err == nil && len(plain) > 0 {
			body = plain
		}
	}
	body, err = inflate(body, h.Get("Content-Encoding"), most)
	return status, h.Get("Content-Type"), body, err
}

// inflate unpacks a body up to a limit; a coding that is unknown or does not
// fit leaves it as it is.
func inflate(body []byte, coding string, most int64) ([]byte, error) {
	var z io.Reader
	var err error
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "gzip", "x-gzip":
		z, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		if z, err = zlib.NewReader(bytes.NewReader(body)); err != nil {
			z, err = flate.NewReader(bytes.NewReader(body)), nil
		}
	default:
		return body, nil
	}
	if err != nil {
		return body, nil
	}
	plain, err := io.ReadAll(io.LimitReader(z, most+1))
	switch {
	case int64(len(plain)) > most:
		return nil, fmt.Errorf("unpacks to more than one article may hold (%d bytes)", most)
	case err != nil && len(plain) == 0:
		return body, nil
	}
	return plain, nil
}

// ReadPage yields the articles of what a server answered: the page, or the
// entries of a feed.
func ReadPage(address string, body []byte, contentType string, opts Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		a, problem, ok := FromPage(body, address, contentType)
		if !ok {
			for it := range Read(address, bytes.NewReader(body), opts) {
				if !yield(it) {
					return
				}
			}
			return
		}
		if problem != "" {
			yield(Item{Finding: &story.Finding{Severity: story.Refused, File: address, Offset: -1, Text: problem}})
			return
		}
		Complete(&a, body, address, opts)
		yield(Item{Article: a})
	}
}

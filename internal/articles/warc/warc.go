package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Record is one record. Body is valid until the next call of Next.
type Record struct {
	Type      string // "response", "resource", "conversion", ...; "response" for ARC
	URI       string
	Date      time.Time
	MediaType string // of the block
	Offset    int64  // of the record in the file (of its gzip member)
	Length    int64  // of the block, as the header says
	Body      io.Reader
}

// Broken is a record that could not be read. After it, Next goes on with the
// next record that is found; io.EOF ends the file.
type Broken struct {
	Offset int64
	Text   string
}

func (b *Broken) Error() string { return fmt.Sprintf("record at byte %d: %s", b.Offset, b.Text) }

// Limits of a record.
const (
	maxHeader = 64 << 10
	// DefaultMaxUnpacked bounds what one gzip member may unpack to.
	DefaultMaxUnpacked = 4 << 30
)

// Reader reads records in the order of the file.
type Reader struct {
	// MaxUnpacked bounds a gzip member; 0 means DefaultMaxUnpacked.
	MaxUnpacked int64

	raw    *counted
	gz     *gzip.Reader
	in     *bufio.Reader // plain bytes: of the current member, or of the file
	member int64         // offset of the current member, -1 without compression
	left   *io.LimitedReader
	start  int64 // offset of in's first byte, without compression
	taken  *tally
	lost   bool // look for the next beginning
}

// counted reads byte by byte or in pieces and counts what was consumed, so
// that the end of a gzip member is known exactly.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// tally bounds and counts the plain bytes.
type tally struct {
	r    io.Reader
	n    int64
	most int64
}

func (t *tally) Read(p []byte) (int, error) {
	if t.n >= t.most {
		return 0, fmt.Errorf("unpacks to more than %d bytes", t.most)
	}
	if int64(len(p)) > t.most-t.n {
		p = p[:t.most-t.n]
	}
	n, err := t.r.Read(p)
	t.n += int64(n)
	return n, err
}

// NewReader reads an archive that begins at offset of its file.
func NewReader(r io.Reader, offset int64) *Reader {
	return &Reader{raw: &counted{bufio.NewReaderSize(r, 64<<10), offset}, member: -1}
}

// After finishes the current record and gives the offset from which a reader
// can go on with what follows: that of the next record or, where one gzip
// member holds several, of the member.
func (r *Reader) After() int64 {
	if !r.lost && r.skip() == nil && r.in != nil {
		return r.here()
	}
	return r.raw.n
}

// Next gives the next record, io.EOF at the end, or a *Broken.
func (r *Reader) Next() (*Record, error) {
	if err := r.skip(); err != nil {
		return nil, err
	}
	if r.lost {
		if err := r.find(); err != nil {
			return nil, err
		}
	}
	if err := r.open(); err != nil {
		return nil, err
	}
	at := r.here()
	rec, err := r.header(at)
	if err != nil {
		return nil, err
	}
	r.left = &io.LimitedReader{R: r.in, N: rec.Length}
	rec.Body = &body{r: r, at: at}
	return rec, nil
}

// body marks a block that ends early.
type body struct {
	r  *Reader
	at int64
}

func (b *body) Read(p []byte) (int, error) {
	left := b.r.left
	if left == nil || left.N <= 0 {
		return 0, io.EOF
	}
	n, err := left.Read(p)
	if err != nil && left.N > 0 {
		b.r.lose()
		text := fmt.Sprintf("is cut off, %d bytes of its block are missing", left.N)
		if err != io.EOF && err != io.ErrUnexpectedEOF {
			text = err.Error()
		}
		return n, &Broken{b.at, text}
	}
	return n, err
}

// lose gives the current member up.
func (r *Reader) lose() {
	r.left, r.lost = nil, true
	if r.member >= 0 {
		r.in = nil
	}
}

func (r *Reader) here() int64 {
	if r.member >= 0 {
		return r.member
	}
	return r.start + r.taken.n - int64(r.in.Buffered())
}

// skip reads over what is left of the last block and the line breaks after it.
func (r *Reader) skip() error {
	if r.left != nil {
		at := r.here()
		_, err := io.Copy(io.Discard, &body{r, at})
		r.left = nil
		if err != nil {
			return err
		}
	}
	if r.in == nil {
		return nil
	}
	for {
		b, err := r.in.Peek(1)
		if err == io.EOF {
			if r.member < 0 {
				return io.EOF
			}
			r.in = nil // the member ends here
			return nil
		}
		if err != nil {
			at := r.here()
			r.lose()
			if r.member < 0 {
				return io.EOF
			}
			return &Broken{at, "cannot be unpacked: " + err.Error()}
		}
		if b[0] != '\r' && b[0] != '\n' {
			return nil
		}
		r.in.Discard(1)
	}
}

// open makes plain bytes ready: the next member, or the file itself.
func (r *Reader) open() error {
	if r.in != nil {
		return nil
	}
	head, err := r.raw.r.Peek(2)
	if len(head) == 0 {
		if err == io.EOF {
			return io.EOF
		}
		return err
	}
	most := r.MaxUnpacked
	if most <= 0 {
		most = DefaultMaxUnpacked
	}
	if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		if r.gz != nil { // between members stands something else
			at := r.raw.n
			r.lost = true
			return &Broken{at, "is no gzip member"}
		}
		r.start = r.raw.n
		r.taken = &tally{r: r.raw, most: 1<<63 - 1}
		r.in = bufio.NewReaderSize(r.taken, 32<<10)
		return r.skip()
	}
	r.member = r.raw.n
	if r.gz == nil {
		r.gz = new(gzip.Reader)
	}
	if err := r.gz.Reset(r.raw); err != nil {
		r.lost = true
		return &Broken{r.member, "is no gzip member: " + err.Error()}
	}
	r.gz.Multistream(false)
	r.taken = &tally{r: r.gz, most: most}
	if r.in = bufio.NewReaderSize(r.taken, 32<<10); r.skip() != nil || r.in == nil {
		if r.lost {
			return &Broken{r.member, "cannot be unpacked"}
		}
		return r.open() // an empty member
	}
	return nil
}

// find looks for the beginning of the next record after damage.
func (r *Reader) find() error {
	r.lost = false
	if r.member >= 0 {
		for {
			head, err := r.raw.r.Peek(3)
			if len(head) < 3 {
				_ = err
				return io.EOF
			}
			if head[0] == 0x1f && head[1] == 0x8b && head[2] == 8 {
				return nil
			}
			if _, err := r.raw.ReadByte(); err != nil {
				return io.EOF
			}
		}
	}
	if r.in == nil {
		return nil
	}
	for {
		head, _ := r.in.Peek(6)
		switch {
		case len(head) < 6:
			return io.EOF
		case bytes.HasPrefix(head, []byte("WARC/")):
			return nil
		}
		if _, err := r.in.ReadSlice('\n'); err != nil && err != bufio.ErrBufferFull {
			return io.EOF
		}
	}
}

// line reads one line of a header, bounded.
func (r *Reader) line(budget *int) (string, error) {
	var b strings.Builder
	for {
		part, err := r.in.ReadSlice('\n')
		*budget -= len(part)
		if *budget < 0 {
			return "", fmt.Errorf("its header is longer than %d bytes", maxHeader)
		}
		b.Write(part)
		switch err {
		case nil:
			return strings.TrimRight(b.String(), "\r\n"), nil
		case bufio.ErrBufferFull:
		case io.EOF, io.ErrUnexpectedEOF:
			return b.String(), fmt.Errorf("its header is cut off")
		default:
			return b.String(), fmt.Errorf("cannot be unpacked: %w", err)
		}
	}
}

func (r *Reader) header(at int64) (*Record, error) {
	budget := maxHeader
	broken := func(text string) (*Record, error) {
		r.lose()
		return nil, &Broken{at, text}
	}
	first, err := r.line(&budget)
	if err != nil {
		return broken(err.Error())
	}
	if !strings.HasPrefix(first, "WARC/") {
		rec, ok := arcHeader(first)
		if !ok {
			return broken(fmt.Sprintf("does not begin as a record does: %.40q", first))
		}
		rec.Offset = at
		return rec, nil
	}
	rec := &Record{Offset: at, Length: -1}
	for {
		l, err := r.line(&budget)
		if err != nil {
			return broken(err.Error())
		}
		if l == "" {
			break
		}
		name, value, _ := strings.Cut(l, ":")
		rec.set(strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value))
	}
	if rec.Length < 0 {
		return broken("states no length")
	}
	return rec, nil
}

func (rec *Record) set(name, value string) {
	switch name {
	case "warc-type":
		rec.Type = strings.ToLower(value)
	case "warc-target-uri":
		rec.URI = strings.Trim(value, "<>")
	case "warc-date":
		rec.Date, _ = time.Parse(time.RFC3339Nano, value)
	case "content-type":
		rec.MediaType = value
	case "content-length":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil && n >= 0 {
			rec.Length = n
		}
	}
}

// arcHeader reads the one line of an ARC record: address, IP, date, type,
// (version 2: status, checksum, location, offset, file,) length.
func arcHeader(l string) (*Record, bool) {
	f := strings.Fields(l)
	if len(f) != 5 && len(f) != 10 {
		return nil, false
	}
	n, err := strconv.ParseInt(f[len(f)-1], 10, 64)
	if err != nil || n < 0 || !strings.Contains(f[0], ":") {
		return nil, false
	}
	rec := &Record{Type: "response", URI: f[0], Length: n, MediaType: f[3]}
	rec.Date, _ = time.Parse("20060102150405", f[2])
	switch {
	case strings.HasPrefix(f[0], "filedesc:"):
		rec.Type = "warcinfo"
	case strings.HasPrefix(f[0], "http"):
		rec.MediaType = "application/http; msgtype=response"
	default:
		rec.Type = "resource"
	}
	return rec, true
}

package snapshot

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxZip bounds a zip file as it came: it is held in memory, because a zip
// can only be read from its end.
const maxZip = 512 << 20

// Files unpacks inputs one after another. An error belongs to one input (it
// is a *Refusal) and does not end the walk; only the context does. Members of
// a tar are valid until the next step.
func Files(ctx context.Context, inputs []Input, limits Limits) iter.Seq2[*File, error] {
	return func(yield func(*File, error) bool) {
		for _, in := range inputs {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !unpack(ctx, in, limits, yield) {
				return
			}
		}
	}
}

// unpack reports false where the consumer wants no more.
func unpack(ctx context.Context, in Input, limits Limits, yield func(*File, error) bool) bool {
	sum, size, head, err := digest(ctx, in)
	if err != nil {
		return yield(nil, Refuse(in.Name, 0, -1, "", err))
	}
	f := &File{Name: in.Name, SHA256: sum, Size: size}
	c := compression(head)
	if c == "zip" {
		return unpackZip(in, f, limits, yield)
	}
	f.open = func() (io.ReadCloser, error) { return decompressed(in, c, size, limits, false) }
	if f.Head, err = peek(f); err != nil {
		return yield(nil, Refuse(in.Name, 0, -1, "", err))
	}
	if isTar(f.Head) {
		return unpackTar(ctx, in, c, limits, yield)
	}
	return yield(f, nil)
}

// digest reads the whole input once as it came.
func digest(ctx context.Context, in Input) (sum string, size int64, head []byte, err error) {
	r, err := in.Open()
	if err != nil {
		return "", 0, nil, fmt.Errorf("cannot be opened: %w", err)
	}
	defer r.Close()
	h := sha256.New()
	buf := make([]byte, 64<<10)
	for {
		if err := ctx.Err(); err != nil {
			return "", 0, nil, err
		}
		n, err := r.Read(buf)
		h.Write(buf[:n])
		size += int64(n)
		if len(head) < 512 {
			head = append(head, buf[:min(n, 512-len(head))]...)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", 0, nil, fmt.Errorf("cannot be read: %w", err)
		}
	}
	if size == 0 {
		return "", 0, nil, errors.New("the file is empty")
	}
	return hex.EncodeToString(h.Sum(nil)), size, head, nil
}

func compression(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return "gzip"
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return "zstd"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "zip"
	}
	return ""
}

func isTar(head []byte) bool {
	return len(head) > 262 && string(head[257:262]) == "ustar"
}

func decompressed(in Input, kind string, size int64, limits Limits, archive bool) (io.ReadCloser, error) {
	r, err := in.Open()
	if err != nil {
		return nil, fmt.Errorf("cannot be opened: %w", err)
	}
	g := &guard{from: r, r: r, kind: kind, size: size, limit: limits.File, ratio: limits.Ratio, ratioFrom: limits.RatioFrom}
	if archive {
		g.limit, g.ratio = limits.Archive, 0
	}
	switch kind {
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			r.Close()
			return nil, fmt.Errorf("gzip: %w", err)
		}
		g.r = z
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(256<<20))
		if err != nil {
			r.Close()
			return nil, fmt.Errorf("zstd: %w", err)
		}
		g.r, g.done = z, z.Close
	default:
		g.ratio = 0
	}
	return g, nil
}

// guard is a reader that stops at the limits and names the damage.
type guard struct {
	from      io.Closer
	r         io.Reader
	done      func()
	kind      string
	size      int64
	n         int64
	limit     int64
	ratio     int64
	ratioFrom int64
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.n += int64(n)
	switch {
	case g.n > g.limit:
		return 0, fmt.Errorf("more than %d MB when unpacked: refused as a possible bomb", g.limit>>20)
	case g.ratio > 0 && g.n > g.ratioFrom && g.n > g.ratio*max(g.size, 1):
		return 0, fmt.Errorf("unpacks to more than %d times its size: refused as a possible bomb", g.ratio)
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, fmt.Errorf("%s data is cut off after %d unpacked bytes: %w", g.kind, g.n, err)
	}
	return n, fmt.Errorf("%s data is damaged after %d unpacked bytes: %w", g.kind, g.n, err)
}

func (g *guard) Close() error {
	if g.done != nil {
		g.done()
	}
	return g.from.Close()
}

func peek(f *File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]byte, HeadSize)
	n, err := io.ReadFull(r, head)
	// A file that breaks inside the head still shows what it was; the parser
	// meets the damage again and can name the entry.
	if n == 0 && err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return head[:n], nil
}

func unpackTar(ctx context.Context, in Input, kind string, limits Limits, yield func(*File, error) bool) bool {
	r, err := decompressed(in, kind, 0, limits, true)
	if err != nil {
		return yield(nil, Refuse(in.Name, 0, -1, "", err))
	}
	defer r.Close()
	t := tar.NewReader(r)
	for members := 0; ; members++ {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err == nil && members >= limits.Members {
			err = fmt.Errorf("more than %d members", limits.Members)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return yield(nil, Refuse(in.Name, 0, -1, "", fmt.Errorf("tar: %w", err)))
		}
		if h.Typeflag != tar.TypeReg || h.Size == 0 {
			continue
		}
		body, err := readMember(t, h.Size, limits)
		if err != nil {
			return yield(nil, Refuse(in.Name+"!"+h.Name, 0, -1, "", err))
		}
		member := Bytes(in.Name+"!"+h.Name, body)
		if isTar(body) || compression(body) == "zip" {
			err := Refuse(member.Name, 0, -1, "", errors.New("an archive inside an archive is not read"))
			if !yield(nil, err) {
				return false
			}
			continue
		}
		if !unpack(ctx, member, limits, yield) {
			return false
		}
	}
}

// Bytes is an input held in memory, such as an embedded list.
func Bytes(name string, body []byte) Input {
	return Input{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }}
}

func readMember(r io.Reader, size int64, limits Limits) ([]byte, error) {
	if size > limits.File {
		return nil, fmt.Errorf("a member of %d MB is over the limit", size>>20)
	}
	body, err := io.ReadAll(io.LimitReader(r, limits.File+1))
	if err != nil {
		return nil, fmt.Errorf("member cannot be read: %w", err)
	}
	if int64(len(body)) > limits.File {
		return nil, fmt.Errorf("a member over %d MB is over the limit", limits.File>>20)
	}
	return body, nil
}

// unpackZip gives the members of a zip; a workbook (.xlsx) is one file.
func unpackZip(in Input, whole *File, limits Limits, yield func(*File, error) bool) bool {
	refuse := func(name string, err error) bool { return yield(nil, Refuse(name, 0, -1, "", err)) }
	if whole.Size > maxZip {
		return refuse(in.Name, fmt.Errorf("a zip of more than %d MB is not read", maxZip>>20))
	}
	r, err := in.Open()
	if err != nil {
		return refuse(in.Name, err)
	}
	body, err := io.ReadAll(r)
	r.Close()
	if err != nil {
		return refuse(in.Name, err)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return refuse(in.Name, fmt.Errorf("zip: %w", err))
	}
	if len(z.File) > limits.Members {
		return refuse(in.Name, fmt.Errorf("zip: more than %d members", limits.Members))
	}
	if err := zipBomb(z, int64(len(body)), limits); err != nil {
		return refuse(in.Name, err)
	}
	for _, m := range z.File {
		if strings.EqualFold(m.Name, "xl/workbook.xml") {
			whole.open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
			whole.Head = body[:min(len(body), HeadSize)]
			return yield(whole, nil)
		}
	}
	for _, m := range z.File {
		if m.FileInfo().IsDir() {
			continue
		}
		f := &File{Name: in.Name + "!" + m.Name, SHA256: whole.SHA256, Size: int64(m.CompressedSize64)}
		f.open = func() (io.ReadCloser, error) { return openMember(m, limits) }
		head, err := peek(f)
		if err != nil {
			if !refuse(f.Name, err) {
				return false
			}
			continue
		}
		f.Head = head
		if !yield(f, nil) {
			return false
		}
	}
	return true
}

// zipBomb adds up what the directory of the zip declares; the guard on each
// member catches one that declares too little.
func zipBomb(z *zip.Reader, size int64, limits Limits) error {
	var total uint64
	for _, m := range z.File {
		total += m.UncompressedSize64
		if m.UncompressedSize64 > uint64(limits.File) || total > uint64(limits.Archive) {
			return fmt.Errorf("zip: unpacks to more than %d MB: refused as a possible bomb", limits.File>>20)
		}
	}
	if total > uint64(limits.RatioFrom) && total > uint64(limits.Ratio)*uint64(size) {
		return fmt.Errorf("zip: unpacks to more than %d times its size: refused as a possible bomb", limits.Ratio)
	}
	return nil
}

func openMember(m *zip.File, limits Limits) (io.ReadCloser, error) {
	r, err := m.Open()
	if err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return &guard{from: r, r: r, kind: "zip", size: int64(m.CompressedSize64), limit: limits.File, ratio: limits.Ratio, ratioFrom: limits.RatioFrom}, nil
}

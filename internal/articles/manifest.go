package articles

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/reportedly/reportedly/internal/articles/warc"
)

// Part is a piece of a web archive that can be read by itself: it begins and
// ends where a record does, in a compressed file where a gzip member does.
type Part struct {
	File string `json:"file"`
	Size int64  `json:"size"` // of the file, which must still be the same
	From int64  `json:"from"`
	To   int64  `json:"to"` // where the next part begins, or the size
}

// Name tells the part in progress and findings.
func (p Part) Name() string { return fmt.Sprintf("%s %d-%d of %d", p.File, p.From, p.To, p.Size) }

// Plan parts the archives among files and below folders, each into parts of at
// least so many bytes (but for the last), and hands the parts on. It reads
// every file once: only so is it known where records begin. What is no archive
// is told by skipped.
func Plan(paths []string, size int64, give func(Part) error, skipped func(file string, why error)) error {
	for _, path := range paths {
		err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			parts, err := planFile(p, size)
			if err != nil {
				skipped(p, err)
				return nil
			}
			for _, part := range parts {
				if err := give(part); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("plan: %w", err)
		}
	}
	return nil
}

var errNoArchive = errors.New("is no web archive")

func planFile(path string, size int64) ([]Part, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(f, 64<<10)
	if !isArchive(in) {
		return nil, errNoArchive
	}
	var out []Part
	begun := int64(0)
	r := warc.NewReader(in, 0)
	for {
		_, err := r.Next()
		var b *warc.Broken
		if err == io.EOF {
			break
		}
		if err != nil && !errors.As(err, &b) {
			return nil, err
		}
		if at := r.After(); at-begun >= size && at < info.Size() {
			out = append(out, Part{File: path, Size: info.Size(), From: begun, To: at})
			begun = at
		}
	}
	if info.Size() > begun {
		out = append(out, Part{File: path, Size: info.Size(), From: begun, To: info.Size()})
	}
	return out, nil
}

// ReadManifest reads parts, one JSON object a line, as Plan's are written.
func ReadManifest(r io.Reader) ([]Part, error) {
	var out []Part
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var p Part
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("manifest: line %d: %w", n, err)
		}
		if err := p.Valid(); err != nil {
			return nil, fmt.Errorf("manifest: line %d: %w", n, err)
		}
		out = append(out, p)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return out, nil
}

// Valid refuses a part that no plan gives.
func (p Part) Valid() error {
	if p.File == "" || p.From < 0 || p.To <= p.From || p.To > p.Size {
		return fmt.Errorf("%q, bytes %d to %d of %d, is no part of a file", p.File, p.From, p.To, p.Size)
	}
	return nil
}

// Open yields the articles of the part from a byte on (From, or where an
// earlier run stopped). The file must be as it was planned.
func (p Part) Open(from int64, opts Options) (func(yield func(Item) bool), error) {
	info, err := os.Stat(p.File)
	if err != nil {
		return nil, fmt.Errorf("part %s: %w", p.Name(), err)
	}
	if info.Size() != p.Size {
		return nil, fmt.Errorf("part %s: the file has %d bytes now: plan again", p.Name(), info.Size())
	}
	opts.Format = WARC
	opts.From = func(string) int64 { return max(from, p.From) }
	opts.To = p.To
	return Open(p.File, nil, opts), nil
}

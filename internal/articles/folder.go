package articles

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/reportedly/reportedly/internal/story"
)

// Open yields the articles of a file, of all files below a folder in order of
// their names, or of standard input for "-". Hidden files are left out. A file
// that cannot be opened is a finding.
func Open(path string, stdin io.Reader, opts Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		if path == "-" {
			opts.Method = "stdin"
			passOn(Read("standard input", stdin, opts), yield)
			return
		}
		err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return found(yield, p, err)
			case p != path && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case d.IsDir():
				return nil
			}
			return openFile(p, opts, yield)
		})
		if err != nil && !errors.Is(err, fs.SkipAll) {
			_ = found(yield, path, err)
		}
	}
}

func openFile(p string, opts Options, yield func(Item) bool) error {
	f, err := os.Open(p)
	if err != nil {
		return found(yield, p, err)
	}
	defer f.Close()
	if !passOn(Read(p, f, opts), yield) {
		return fs.SkipAll
	}
	return nil
}

func passOn(items iter.Seq[Item], yield func(Item) bool) bool {
	for it := range items {
		if !yield(it) {
			return false
		}
	}
	return true
}

func found(yield func(Item) bool, p string, err error) error {
	var pe *fs.PathError
	text := err.Error()
	if errors.As(err, &pe) {
		text = fmt.Sprintf("cannot be opened: %v", pe.Err)
	}
	if !yield(Item{Finding: &story.Finding{Severity: story.Refused, File: p, Offset: -1, Text: text}}) {
		return fs.SkipAll
	}
	return nil
}

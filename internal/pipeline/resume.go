package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/store"
)

// Shelves is what reading files that may be archives needs of a store.
type Shelves interface {
	store.Shelf
	store.Feeds
}

// Resume remembers how far archives were read, so that an interrupted scan of
// a collection goes on inside a file. A file that changed, other lists or
// another version of the program begin anew.
type Resume struct {
	ctx  context.Context
	st   store.Feeds
	now  Clock
	with string
	at   map[string]int64
	keys map[string]string
	n    int
	err  error
}

// keepEvery is how many items pass between two notes of how far it came.
const keepEvery = 16

// NewResume makes a Resume for one scan.
func NewResume(ctx context.Context, st store.Feeds, read *Reader, now Clock) *Resume {
	return &Resume{ctx: ctx, st: st, now: now, with: read.known.Key + " " + read.program, at: map[string]int64{}, keys: map[string]string{}}
}

// From gives the byte from which a file is read on; it is for
// articles.Options.
func (r *Resume) From(name string) int64 {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	r.keys[name] = fmt.Sprintf("archive %s %d %d %s", name, info.Size(), info.ModTime().UnixNano(), r.with)
	at, err := r.st.Progress(r.ctx, r.keys[name])
	if err != nil {
		return 0 // reading all again is harmless
	}
	return at
}

// Note hears of each item once it is kept.
func (r *Resume) Note(s Scanned) {
	if s.File == "" || r.keys[s.File] == "" {
		return
	}
	r.at[s.File] = s.Next
	if r.n++; r.n%keepEvery == 0 {
		_ = r.Keep()
	}
}

// Keep writes down how far each archive was read.
func (r *Resume) Keep() error {
	for name, at := range r.at {
		if err := r.st.SaveProgress(r.ctx, r.keys[name], at, r.now()); err != nil && r.err == nil {
			r.err = err
		}
	}
	clear(r.at)
	return r.err
}

// ScanFiles scans a file or folder into a store, going on inside archives
// where an earlier scan stopped.
func ScanFiles(ctx context.Context, st Shelves, path string, stdin io.Reader, opts articles.Options, read *Reader, workers int, now Clock, tell func(Scanned)) error {
	resume := NewResume(ctx, st, read, now)
	opts.From = resume.From
	err := ScanInto(ctx, st, articles.Open(path, stdin, opts), read, ScanOptions{Workers: workers}, now, func(s Scanned) {
		resume.Note(s)
		if tell != nil {
			tell(s)
		}
	})
	if kerr := resume.Keep(); err == nil {
		err = kerr
	}
	return err
}

// ScanPart scans a part of an archive into a store, going on where an earlier
// scan of it stopped; a part that was done gives nothing.
func ScanPart(ctx context.Context, st Shelves, p articles.Part, opts articles.Options, read *Reader, workers int, now Clock, tell func(Scanned)) error {
	key := PartKey(p, read)
	from, err := st.Progress(ctx, key)
	if err != nil || from >= p.To {
		return err
	}
	items, err := p.Open(from, opts)
	if err != nil {
		return err
	}
	keep := context.WithoutCancel(ctx)
	n, at := 0, from
	err = ScanInto(ctx, st, items, read, ScanOptions{Workers: workers}, now, func(s Scanned) {
		at = max(at, s.Next)
		if n++; n%keepEvery == 0 {
			_ = st.SaveProgress(keep, key, at, now()) // lost, some is read again
		}
		tell(s)
	})
	if err != nil {
		if at > from {
			_ = st.SaveProgress(keep, key, at, now())
		}
		return err
	}
	return st.SaveProgress(ctx, key, p.To, now())
}

// PartKey names the progress of a part; with other lists or another version of
// the program it begins anew.
func PartKey(p articles.Part, read *Reader) string {
	return fmt.Sprintf("part %s %s %s", p.Name(), read.known.Key, read.program)
}

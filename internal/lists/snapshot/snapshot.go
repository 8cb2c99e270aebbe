package snapshot

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// Limits guard against decompression bombs and hostile archives.
type Limits struct {
	File    int64 // decompressed bytes of one file
	Archive int64 // decompressed bytes of one archive, all members together
	Members int   // members of one archive
	// Ratio is the largest decompressed:compressed ratio of a single file once
	// it is past RatioFrom. Lists in XML compress up to 25:1; a gzip bomb 1000:1.
	Ratio     int64
	RatioFrom int64
}

// DefaultLimits leave room for the largest list published (OFAC's advanced
// XML, some 120 MB) several times over. Archives of daily snapshots share
// their text, so they compress 600:1 and only their total is bounded.
func DefaultLimits() Limits {
	return Limits{File: 1 << 30, Archive: 8 << 30, Members: 100_000, Ratio: 200, RatioFrom: 32 << 20}
}

// Input is something that may hold lists: a file on disk, embedded bytes.
type Input struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// Path is a file on disk.
func Path(path string) Input {
	return Input{Name: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

// File is one unpacked file of a list.
type File struct {
	Name   string // path, with "!member" for a member of an archive
	SHA256 string // of the file (for a member of an archive: of the member) as it came
	Size   int64  // as it came
	Head   []byte // the first bytes after decompression, for recognition
	open   func() (io.ReadCloser, error)
}

// HeadSize is how much of each file is kept for recognition.
const HeadSize = 64 << 10

// Open gives the decompressed bytes from the start. Reading ends in an error
// where a limit is passed or the compressed data is damaged.
func (f *File) Open() (io.ReadCloser, error) { return f.open() }

// Parser reads the files that make up one snapshot of one list. It fills
// out.Edition as far as the files tell, hands each entry to out.Party in file
// order and stops with the error that out.Party returns. An error of its own
// means that the snapshot is refused whole.
type Parser func(files []*File, out *Out) error

// Out is where a parser puts what it reads.
type Out struct {
	Edition *party.Edition
	Party   func(party.Party) error
	Finding func(story.Finding)
}

// Note reports an oddity of an entry that was read all the same.
func (o *Out) Note(file string, line int, record, format string, args ...any) {
	o.Finding(story.Finding{Severity: story.Note, File: file, Line: line, Offset: -1, Record: record, Text: fmt.Sprintf(format, args...)})
}

// Lost reports an item that was skipped.
func (o *Out) Lost(file string, line int, record, format string, args ...any) {
	o.Finding(story.Finding{Severity: story.Lost, File: file, Line: line, Offset: -1, Record: record, Text: fmt.Sprintf(format, args...)})
}

// Refusal is the error for a snapshot that is refused whole.
type Refusal struct {
	Finding story.Finding
	Err     error
}

func (r *Refusal) Error() string { return r.Finding.String() }

func (r *Refusal) Unwrap() error { return r.Err }

// Refuse builds a Refusal; offset -1 and line 0 are unknown.
func Refuse(file string, line int, offset int64, record string, err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return &Refusal{Err: err, Finding: story.Finding{Severity: story.Refused, File: file, Line: line, Offset: offset, Record: record, Text: err.Error()}}
}

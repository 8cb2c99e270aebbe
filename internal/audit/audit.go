package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Entry is something that was done.
type Entry struct {
	Time   time.Time `json:"time"`   // zero = the moment of Append
	Actor  string    `json:"actor"`  // "user:3", "token:7f3a", "cli", "service"
	Action string    `json:"action"` // "decision.made", "export.cases", "session.begun", ...
	Object string    `json:"object,omitempty"`
	// Detail holds what else is needed to understand the entry; map keys are
	// written in order, so that the same detail gives the same bytes.
	Detail  map[string]string `json:"detail,omitempty"`
	Request string            `json:"request,omitempty"` // id of the request that asked for it
}

// Record is an entry in its place in the log.
type Record struct {
	Number   int64  `json:"number"`   // 0, 1, 2, ...
	Previous string `json:"previous"` // hex SHA-256 of the body before; of nothing for the first
	Entry
}

// Added is what one Append makes from the log so far.
type Added struct {
	Body   []byte      // the record as JSON, the bytes that are hashed
	Hashes []tlog.Hash // to be stored at tlog.StoredHashCount(size) and on
	Head   []byte      // signed head of the log with this record
	Day    string      // day of the head, "2026-12-01"
}

// Past is the log as it stands inside one writing transaction.
type Past interface {
	Size() int64
	Last() []byte // body of the last record, nil for an empty log
	tlog.HashReader
}

// Keeper keeps records. A store implements it.
type Keeper interface {
	// AppendAudit calls next inside one writing transaction and keeps what it
	// gives; of several callers, in any process, one goes after the other.
	AppendAudit(ctx context.Context, next func(Past) (Added, error)) error
	// ReadAudit calls read with the log as it stands at one moment, whatever is
	// appended meanwhile.
	ReadAudit(ctx context.Context, read func(View) error) error
}

// View is the log at one moment.
type View interface {
	// Bodies gives the bodies of the records from a number on, in order.
	Bodies(from int64) iter.Seq2[[]byte, error]
	// Hashes gives all stored hashes in order.
	Hashes() iter.Seq2[tlog.Hash, error]
	// Heads gives the last head of each day, oldest first.
	Heads() ([][]byte, error)
}

// Log appends to and reads what a Keeper keeps. It may be used by several
// goroutines.
type Log struct {
	keep   Keeper
	signer note.Signer
	now    func() time.Time
}

// New makes a log. A nil signer leaves heads unsigned.
func New(keep Keeper, signer note.Signer, now func() time.Time) *Log {
	if now == nil {
		now = time.Now
	}
	return &Log{keep: keep, signer: signer, now: now}
}

// Append adds one entry and gives its number.
func (l *Log) Append(ctx context.Context, e Entry) (int64, error) {
	if e.Action == "" || e.Actor == "" {
		return 0, fmt.Errorf("audit: entry without actor or action: %+v", e)
	}
	if e.Time.IsZero() {
		e.Time = l.now()
	}
	e.Time = e.Time.UTC().Truncate(time.Microsecond)
	var number int64
	err := l.keep.AppendAudit(ctx, func(p Past) (Added, error) {
		number = p.Size()
		return l.next(p, e)
	})
	if err != nil {
		return 0, fmt.Errorf("audit: %s: %w", e.Action, err)
	}
	return number, nil
}

func (l *Log) next(p Past, e Entry) (Added, error) {
	body, err := encode(Record{Number: p.Size(), Previous: hashOf(p.Last()), Entry: e})
	if err != nil {
		return Added{}, err
	}
	hashes, err := tlog.StoredHashes(p.Size(), body, p)
	if err != nil {
		return Added{}, err
	}
	all := &grown{Past: p, base: tlog.StoredHashCount(p.Size()), extra: hashes}
	root, err := tlog.TreeHash(p.Size()+1, all)
	if err != nil {
		return Added{}, err
	}
	head, err := l.head(tlog.Tree{N: p.Size() + 1, Hash: root})
	return Added{Body: body, Hashes: hashes, Head: head, Day: e.Time.Format(time.DateOnly)}, err
}

// head signs a tree in the form of Go's checksum database.
func (l *Log) head(t tlog.Tree) ([]byte, error) {
	text := string(tlog.FormatTree(t))
	if l.signer == nil {
		return []byte(text), nil
	}
	return note.Sign(&note.Note{Text: text}, l.signer)
}

// grown reads hashes of a log with those that are about to be stored.
type grown struct {
	Past
	base  int64
	extra []tlog.Hash
}

func (g *grown) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x >= g.base {
			out[i] = g.extra[x-g.base]
			continue
		}
		h, err := g.Past.ReadHashes([]int64{x})
		if err != nil {
			return nil, err
		}
		out[i] = h[0]
	}
	return out, nil
}

// encode writes a record; the same record gives the same bytes.
func encode(r Record) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Records hands on the records from a number on, in order.
func (l *Log) Records(ctx context.Context, from int64, give func(Record) error) error {
	err := l.keep.ReadAudit(ctx, func(v View) error {
		for body, err := range v.Bodies(from) {
			var r Record
			if err == nil {
				err = json.Unmarshal(body, &r)
			}
			if err == nil {
				err = give(r)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

package audit

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Proof is what Verify found.
type Proof struct {
	Records int64  `json:"records"`
	Root    string `json:"root"`  // base64, as in a head
	Heads   int    `json:"heads"` // heads that were held against the log
	Signed  int    `json:"signed"`
	Head    string `json:"head"` // the newest head, to be kept elsewhere
}

// Tampered tells where a log is not what it was.
type Tampered struct {
	Record int64 // number of the first record concerned, -1 if it concerns a head
	Text   string
}

func (t *Tampered) Error() string {
	if t.Record < 0 {
		return "audit log: " + t.Text
	}
	return fmt.Sprintf("audit log: record %d: %s", t.Record, t.Text)
}

// Verify reads the whole log, makes chain and tree again from the bodies alone
// and holds them against the stored hashes, the stored heads and the heads in
// kept, which were written down elsewhere. A *Tampered error names the place.
// verifier checks signatures; nil leaves them unchecked.
func (l *Log) Verify(ctx context.Context, verifier note.Verifier, kept ...[]byte) (p Proof, err error) {
	err = l.keep.ReadAudit(ctx, func(v View) error {
		t, err := rebuild(v)
		if err != nil {
			return err
		}
		heads, err := v.Heads()
		if err != nil {
			return err
		}
		p, err = t.prove(append(heads[:len(heads):len(heads)], kept...), heads, verifier)
		return err
	})
	var tampered *Tampered
	if err != nil && !errors.As(err, &tampered) {
		err = fmt.Errorf("audit: %w", err)
	}
	return p, err
}

// rebuild makes the tree from the bodies and holds it against the stored
// hashes.
func rebuild(v View) (*tree, error) {
	t := newTree()
	next, stop := iter.Pull2(v.Hashes())
	defer stop()
	for body, err := range v.Bodies(0) {
		if err != nil {
			return nil, err
		}
		added, err := t.add(body)
		if err != nil {
			return nil, err
		}
		for _, want := range added {
			got, err, ok := next()
			if err != nil {
				return nil, err
			}
			if !ok || got != want {
				return nil, &Tampered{t.size - 1, "its hash is not the one that was stored with it"}
			}
		}
	}
	if _, _, more := next(); more {
		return nil, &Tampered{t.size, "there are hashes of records that are no longer there"}
	}
	return t, nil
}

// tree makes chain and Merkle tree again from bodies.
type tree struct {
	size   int64
	last   []byte
	hashes []tlog.Hash
}

func newTree() *tree { return &tree{} }

// ReadHashes implements tlog.HashReader.
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("audit: no hash %d", x)
		}
		out[i] = t.hashes[x]
	}
	return out, nil
}

// add checks a record against the one before and gives the new hashes.
func (t *tree) add(body []byte) ([]tlog.Hash, error) {
	var r Record
	if err := json.Unmarshal(body, &r); err != nil {
		return nil, &Tampered{t.size, "it is no record: " + err.Error()}
	}
	if r.Number != t.size {
		return nil, &Tampered{t.size, fmt.Sprintf("record %d stands in its place", r.Number)}
	}
	if r.Previous != hashOf(t.last) {
		return nil, &Tampered{t.size, "it does not follow the record before it"}
	}
	added, err := tlog.StoredHashes(t.size, body, t)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	t.hashes = append(t.hashes, added...)
	t.size++
	t.last = bytes.Clone(body)
	return added, nil
}

func (t *tree) prove(heads, own [][]byte, verifier note.Verifier) (Proof, error) {
	p := Proof{Records: t.size, Heads: len(heads)}
	var newest int64
	for _, h := range heads {
		n, signed, err := t.holds(h, verifier)
		if err != nil {
			return Proof{}, err
		}
		if signed {
			p.Signed++
		}
		newest = max(newest, n)
	}
	if len(own) > 0 {
		p.Head = string(own[len(own)-1])
	}
	if newest < t.size {
		return Proof{}, &Tampered{newest, "no head covers it"}
	}
	root, err := tlog.TreeHash(t.size, t)
	if err != nil {
		return Proof{}, fmt.Errorf("audit: %w", err)
	}
	p.Root = root.String()
	return p, nil
}

// holds checks that a head is one of this log.
func (t *tree) holds(head []byte, verifier note.Verifier) (size int64, signed bool, err error) {
	text := head
	if i := bytes.Index(head, []byte("\n\n")); i >= 0 {
		text = head[:i+1]
		if verifier != nil {
			n, err := note.Open(head, note.VerifierList(verifier))
			if err != nil {
				return 0, false, &Tampered{-1, fmt.Sprintf("a head's signature does not hold: %v", err)}
			}
			text, signed = []byte(n.Text), true
		}
	}
	h, err := tlog.ParseTree(text)
	if err != nil {
		return 0, false, &Tampered{-1, "a head cannot be read: " + err.Error()}
	}
	if h.N > t.size {
		return 0, false, &Tampered{t.size, fmt.Sprintf("the log ends here, but a head tells of %d records: the end was cut off", h.N)}
	}
	root, err := tlog.TreeHash(h.N, t)
	if err != nil {
		return 0, false, fmt.Errorf("audit: %w", err)
	}
	if root != h.Hash {
		return 0, false, &Tampered{-1, fmt.Sprintf("the first %d records are not those that a head was made of", h.N)}
	}
	return h.N, signed, nil
}

// Export writes the log as JSON lines, one record a line, byte for byte as it
// was hashed, and gives the number of records. The heads go to heads.
func (l *Log) Export(ctx context.Context, w, heads io.Writer) (n int64, err error) {
	err = l.keep.ReadAudit(ctx, func(v View) error {
		for body, err := range v.Bodies(0) {
			if err != nil {
				return err
			}
			if _, err := w.Write(append(body, '\n')); err != nil {
				return err
			}
			n++
		}
		all, err := v.Heads()
		if err != nil {
			return err
		}
		for _, h := range all {
			if _, err := heads.Write(h); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("audit: export: %w", err)
	}
	return n, nil
}

// maxRecord bounds one line of an export, in bytes.
const maxRecord = 1 << 20

// VerifyExport proves an exported log without its store, with heads that were
// kept.
func VerifyExport(r io.Reader, verifier note.Verifier, kept ...[]byte) (Proof, error) {
	t := newTree()
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxRecord)
	for s.Scan() {
		if strings.TrimSpace(s.Text()) == "" {
			continue
		}
		if _, err := t.add(s.Bytes()); err != nil {
			return Proof{}, err
		}
	}
	if err := s.Err(); err != nil {
		return Proof{}, fmt.Errorf("audit: export: %w", err)
	}
	return t.prove(kept, kept, verifier)
}

// SplitHeads parts the heads of a file written by Export.
func SplitHeads(text []byte) [][]byte {
	const first = "go.sum database tree\n" // what tlog.FormatTree begins with
	var out [][]byte
	for _, part := range strings.SplitAfter(string(text), first) {
		rest := strings.TrimSuffix(part, first)
		if len(out) > 0 {
			out[len(out)-1] = append(out[len(out)-1], rest...)
		}
		if strings.HasSuffix(part, first) {
			out = append(out, []byte(first))
		}
	}
	return out
}

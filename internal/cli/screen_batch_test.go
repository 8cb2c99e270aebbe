package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/subjects"
)

// stopping ends a run after some subjects, as a kill would.
type stopping struct {
	subjects.Finder
	left atomic.Int64
	stop context.CancelFunc
}

func (s *stopping) Find(q screening.Query) []screening.Hit {
	if s.left.Add(-1) == 0 {
		s.stop()
	}
	return s.Finder.Find(q)
}

func manySubjects(n int) iter.Seq2[subjects.Subject, error] {
	return func(yield func(subjects.Subject, error) bool) {
		for i := range n {
			name := fmt.Sprintf("Nobody Numbered %d", i)
			if i%7 == 0 {
				name = "Tamaz Qorvashi"
			}
			if !yield(subjects.Subject{ID: fmt.Sprint(i), Name: name, Row: i + 1, Line: i + 2}, nil) {
				return
			}
		}
	}
}

// An interrupted run that goes on gives the very bytes of one that was not.
func TestScreeningGoesOn(t *testing.T) {
	const rows = 5000
	ix := screening.New([]party.Party{{ID: "x:1", Schema: party.Person, Names: []party.Name{{Text: "Tamaz Qorvashi"}}}})
	newRun := func(format string, f subjects.Finder) *batchRun {
		return &batchRun{app: &app{Streams: Streams{Out: io.Discard, Err: io.Discard}}, ask: subjects.Ask{}.Filled(), index: f, format: format, count: map[subjects.Status]int{}}
	}
	once := func(r *batchRun, ctx context.Context, out, key string) error {
		if err := r.open(batchOptions{out: out}, key); err != nil {
			t.Fatal(err)
		}
		return r.close(r.screen(ctx, manySubjects(rows)))
	}
	for _, format := range []string{"csv", "jsonl", "xlsx"} {
		dir := t.TempDir()
		whole, parts := filepath.Join(dir, "whole."+format), filepath.Join(dir, "parts."+format)
		if err := once(newRun(format, ix), context.Background(), whole, "k"); err != nil {
			t.Fatal(err)
		}
		var last *batchRun
		stops := 0
		for n := int64(900); ; n += 700 {
			ctx, stop := context.WithCancel(context.Background())
			f := &stopping{Finder: ix, stop: stop}
			f.left.Store(n)
			last = newRun(format, f)
			err := once(last, ctx, parts, "k")
			stop()
			if err == nil {
				break
			}
			if stops++; !errors.Is(err, context.Canceled) || stops > 20 {
				t.Fatal(err)
			}
			if _, err := os.Stat(parts); err == nil {
				t.Fatal("an unfinished output stands under its name")
			}
		}
		if stops < 2 || last.count[subjects.Match] != (rows+6)/7 || last.count[subjects.Clear] != rows-(rows+6)/7 {
			t.Errorf("%s: %d stops, counted %v", format, stops, last.count)
		}
		a, err1 := os.ReadFile(whole)
		b, err2 := os.ReadFile(parts)
		if err1 != nil || err2 != nil || (format != "xlsx" && string(a) != string(b)) || len(b) == 0 {
			t.Errorf("%s: the output differs after going on (%v, %v)", format, err1, err2)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*.[pj]*[tl]")); len(left) > 0 && format == "csv" {
			t.Errorf("left behind: %v", left)
		}
	}
}

// A part that somebody changed, or another question, is not gone on with.
func TestScreeningBeginsAnew(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "o.jsonl")
	r := &batchRun{app: &app{Streams: Streams{Out: io.Discard, Err: io.Discard}}, format: "jsonl", count: map[subjects.Status]int{}}
	if err := r.open(batchOptions{out: out}, "k"); err != nil {
		t.Fatal(err)
	}
	if err := r.write([]byte("{}\n")); err != nil {
		t.Fatal(err)
	}
	r.journal.Rows = 1
	if err := r.close(context.Canceled); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	again := func(key string) int {
		x := &batchRun{app: r.app, format: "jsonl", count: map[subjects.Status]int{}}
		if err := x.open(batchOptions{out: out}, key); err != nil {
			t.Fatal(err)
		}
		defer x.file.Close()
		return x.journal.Rows
	}
	if again("k") != 1 {
		t.Error("the run did not go on")
	}
	part, _ := os.ReadFile(out + ".part")
	if again("other") != 0 {
		t.Error("another question went on")
	}
	if err := os.WriteFile(out+".part", append([]byte(" "), part...), 0o600); err != nil {
		t.Fatal(err)
	}
	if again("k") != 0 {
		t.Error("a changed part was gone on with")
	}
}

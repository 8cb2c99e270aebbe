package audit_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/store/sqlite"
)

var ctx = context.Background()

// log is an audit log in a real store, with the file opened a second time as
// somebody who tampers with it would.
type log struct {
	*audit.Log
	key audit.Key
	raw *sql.DB
}

func open(t testing.TB) log {
	t.Helper()
	dir := t.TempDir()
	st, err := sqlite.Open(ctx, filepath.Join(dir, "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := audit.OpenKey(filepath.Join(dir, "s.db.audit-key"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", filepath.Join(dir, "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close(); st.Close() })
	start := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	n := 0
	tick := func() time.Time { n++; return start.Add(time.Duration(n) * 5 * time.Hour) }
	return log{audit.New(st, key.Signer, tick), key, raw}
}

func (l log) fill(t testing.TB, n int) {
	t.Helper()
	for i := range n {
		got, err := l.Append(ctx, audit.Entry{Actor: "user:1", Action: "decision.made", Object: fmt.Sprint("case:", i), Detail: map[string]string{"b": "2", "a": "1"}})
		if err != nil || got != int64(i) {
			t.Fatal(got, err)
		}
	}
}

func TestVerifyProvesAnUntouchedLog(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 7, 8, 30} {
		l := open(t)
		l.fill(t, n)
		p, err := l.Verify(ctx, l.key.Verifier)
		if err != nil || p.Records != int64(n) || p.Signed != p.Heads || (n > 0 && p.Heads == 0) {
			t.Errorf("%d records: %+v, %v", n, p, err)
		}
	}
}

// Each kind of tampering is found, and the place is named.
func TestVerifyFindsTampering(t *testing.T) {
	tests := []struct {
		name, sql string
		record    int64
	}{
		{"a word changed", `UPDATE audit_records SET body = replace(body, 'case:7', 'case:8') WHERE number = 7`, 7},
		{"body and hash changed together", "", 7}, // see forge
		{"a record taken out", `DELETE FROM audit_records WHERE number = 7`, 7},
		{"the first taken out", `DELETE FROM audit_records WHERE number = 0`, 0},
		{"two exchanged", `UPDATE audit_records SET number = CASE number WHEN 4 THEN -5 ELSE -4 END WHERE number IN (4,5); UPDATE audit_records SET number = -number WHERE number < 0`, 4},
		{"the last taken out", `DELETE FROM audit_records WHERE number = 19`, 20},
		{"a hash changed", `UPDATE audit_hashes SET hash = zeroblob(32) WHERE place = 3`, 2},
		{"a head forged", `UPDATE audit_heads SET head = replace(head, '20', '19')`, -1},
		{"all heads taken away", `DELETE FROM audit_heads`, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := open(t)
			l.fill(t, 20)
			if tt.sql == "" {
				forge(t, l.raw)
			} else if _, err := l.raw.Exec(tt.sql); err != nil {
				t.Fatal(err)
			}
			_, err := l.Verify(ctx, l.key.Verifier)
			var found *audit.Tampered
			if !errors.As(err, &found) {
				t.Fatalf("not found: %v", err)
			}
			if tt.record > 0 && tt.name != "the last taken out" && found.Record != tt.record && found.Record != tt.record+1 {
				t.Errorf("found at %d, want %d: %v", found.Record, tt.record, err)
			}
		})
	}
}

// forge changes a record and makes the chain after it again, as somebody would
// who knows how the log works, but leaves the tree.
func forge(t *testing.T, db *sql.DB) {
	t.Helper()
	if _, err := db.Exec(`UPDATE audit_records SET body = replace(body, '"user:1"', '"user:2"') WHERE number >= 7`); err != nil {
		t.Fatal(err)
	}
}

// Whoever cuts off the end and makes hashes and heads consistent again is
// found by a head that was kept elsewhere, and by nothing else.
func TestCutEndIsFoundByAKeptHead(t *testing.T) {
	l := open(t)
	l.fill(t, 20)
	before, err := l.Verify(ctx, l.key.Verifier)
	if err != nil {
		t.Fatal(err)
	}
	short := open(t) // the log as the forger would like it: the same but shorter
	short.fill(t, 15)
	if _, err := short.Verify(ctx, short.key.Verifier); err != nil {
		t.Fatal(err)
	}
	_, err = short.Verify(ctx, nil, []byte(before.Head))
	if err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("the missing end was not found: %v", err)
	}
	short.fill2(t, 15, 25, "other")
	if _, err = short.Verify(ctx, nil, []byte(before.Head)); err == nil || !strings.Contains(err.Error(), "first 20 records") {
		t.Errorf("an end that was replaced was not found: %v", err)
	}
	if _, err := l.Verify(ctx, short.key.Verifier); err == nil {
		t.Error("a head signed by another key was taken")
	}
}

func (l log) fill2(t *testing.T, from, to int, action string) {
	t.Helper()
	for range to - from {
		if _, err := l.Append(ctx, audit.Entry{Actor: "user:1", Action: action}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExportCanBeProvedAlone(t *testing.T) {
	l := open(t)
	l.fill(t, 11)
	var out, heads bytes.Buffer
	if n, err := l.Export(ctx, &out, &heads); n != 11 || err != nil {
		t.Fatal(n, err)
	}
	v, err := audit.Verifier(l.key.Public)
	if err != nil {
		t.Fatal(err)
	}
	kept := audit.SplitHeads(heads.Bytes())
	p, err := audit.VerifyExport(bytes.NewReader(out.Bytes()), v, kept...)
	if err != nil || p.Records != 11 || p.Signed != len(kept) || len(kept) < 2 {
		t.Fatalf("%+v %v", p, err)
	}
	bad := bytes.Replace(out.Bytes(), []byte("case:5"), []byte("case:6"), 1)
	if _, err := audit.VerifyExport(bytes.NewReader(bad), v, kept...); err == nil {
		t.Error("a changed export was taken")
	}
	lines := bytes.SplitAfter(out.Bytes(), []byte("\n"))
	if _, err := audit.VerifyExport(bytes.NewReader(bytes.Join(lines[:10], nil)), v, kept...); err == nil {
		t.Error("a shortened export was taken")
	}
}

// Appends of many goroutines make one unbroken chain.
func TestAppendsDoNotRace(t *testing.T) {
	l := open(t)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for range 10 {
				if _, err := l.Append(ctx, audit.Entry{Time: time.Unix(0, 0), Actor: fmt.Sprint("user:", g), Action: "x"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if p, err := l.Verify(ctx, l.key.Verifier); err != nil || p.Records != 80 {
		t.Errorf("%+v %v", p, err)
	}
}

func TestAppendRefusesNobodyAndNothing(t *testing.T) {
	l := open(t)
	for _, e := range []audit.Entry{{Action: "x"}, {Actor: "user:1"}} {
		if _, err := l.Append(ctx, e); err == nil {
			t.Errorf("%+v was kept", e)
		}
	}
}

// Any change of any byte of an export is found.
func TestAnyChangedByteIsFound(t *testing.T) {
	l := open(t)
	l.fill(t, 6)
	var out, heads bytes.Buffer
	if _, err := l.Export(ctx, &out, &heads); err != nil {
		t.Fatal(err)
	}
	kept := audit.SplitHeads(heads.Bytes())
	rapid.Check(t, func(t *rapid.T) {
		bad := bytes.Clone(out.Bytes())
		i := rapid.IntRange(0, len(bad)-2).Draw(t, "place")
		bad[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		if _, err := audit.VerifyExport(bytes.NewReader(bad), l.key.Verifier, kept...); err == nil {
			t.Fatalf("byte %d changed to %q and not found", i, bad[i])
		}
	})
}

func FuzzVerifyExport(f *testing.F) {
	l := open(f)
	l.fill(f, 3)
	var out, heads bytes.Buffer
	if _, err := l.Export(ctx, &out, &heads); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes(), heads.Bytes())
	f.Fuzz(func(t *testing.T, records, heads []byte) {
		_, _ = audit.VerifyExport(bytes.NewReader(records), note.Verifier(nil), audit.SplitHeads(heads)...)
	})
}

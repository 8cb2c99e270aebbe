package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/answers"
	"github.com/reportedly/reportedly/internal/subjects/table"
)

// batchOptions are the flags for files of subjects.
type batchOptions struct {
	out, format, comma, sheet string
	columns                   map[string]string
	file, fresh               bool
}

func (o *batchOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&o.out, "out", "o", "", "write answers here: .csv, .jsonl or .xlsx (default: JSON lines on the standard output)")
	f.StringVar(&o.format, "format", "", "csv, jsonl or xlsx, where the name of the output does not tell")
	f.BoolVar(&o.file, "file", false, "the argument is a file, whatever its name")
	f.BoolVar(&o.fresh, "fresh", false, "begin anew although an interrupted run could go on")
	o.tableFlags(cmd)
}

// tableFlags say how a file of subjects is read.
func (o *batchOptions) tableFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	var known []string
	for _, x := range table.Fields {
		known = append(known, string(x))
	}
	f.StringToStringVar(&o.columns, "column", nil, "field=HEADER for columns that are not recognised; fields: "+strings.Join(known, ", "))
	f.StringVar(&o.comma, "separator", "", "sign between cells of CSV (default: found out)")
	f.StringVar(&o.sheet, "sheet", "", "sheet of a workbook (default: the first)")
}

// resolve tells whether the arguments name a file of subjects.
func (o *batchOptions) resolve(args []string) bool {
	return o.file || len(args) == 1 && isTable(args[0])
}

func (o batchOptions) reading(path string) (table.Options, error) {
	out := table.Options{File: path, Columns: map[table.Field]string{}, Sheet: o.sheet}
	for f, h := range o.columns {
		out.Columns[table.Field(f)] = h
	}
	switch o.comma {
	case "":
	case "tab", `\t`:
		out.Comma = '\t'
	default:
		if len(o.comma) != 1 {
			return out, usagef("--separator: %q is not one sign", o.comma)
		}
		out.Comma = o.comma[0]
	}
	return out, nil
}

// outFormat is the form of the answers.
func (o batchOptions) outFormat() (string, error) {
	f := o.format
	if f == "" {
		if f = strings.TrimPrefix(strings.ToLower(filepath.Ext(o.out)), "."); o.out == "" || o.out == "-" {
			f = "jsonl"
		}
	}
	if !slices.Contains([]string{"csv", "jsonl", "xlsx"}, f) {
		return "", usagef("answers can be written as csv, jsonl or xlsx, not as %q", f)
	}
	if f == "xlsx" && (o.out == "" || o.out == "-") {
		return "", usagef("a workbook needs a file: -o FILE.xlsx")
	}
	return f, nil
}

// runScreenFile screens a file of subjects.
func (a *app) runScreenFile(ctx context.Context, path string, o screenOptions) error {
	format, err := o.batch.outFormat()
	if err != nil {
		return err
	}
	ask, err := o.ask()
	if err != nil {
		return err
	}
	day, err := o.day()
	if err != nil {
		return err
	}
	reading, err := o.batch.reading(path)
	if err != nil {
		return err
	}
	in, err := openPlain(path)
	if err != nil {
		return err
	}
	defer in.Close()
	t := &told{a: a}
	var mu sync.Mutex // findings come from the reader and from here
	rows, err := table.Open(in, reading, func(f story.Finding) {
		mu.Lock()
		defer mu.Unlock()
		t.finding(f)
	})
	if err != nil {
		return err
	}
	defer rows.Close()
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return err
	}
	said, err := a.decisions(ctx)
	if err != nil {
		return err
	}
	run := batchRun{app: a, ask: ask.Filled(), day: day, said: said, index: screening.New(k.Parties), format: format, count: map[subjects.Status]int{}}
	key, err := run.key(path, o, k, rows.Mapping())
	if err != nil {
		return err
	}
	if err := run.open(o.batch, key); err != nil {
		return err
	}
	err = run.screen(ctx, rows.All())
	if err = run.close(err); err != nil {
		return err
	}
	if err := run.tell(k, rows); err != nil {
		return err
	}
	return t.err()
}

// batchRun is the screening of one file.
type batchRun struct {
	app    *app
	ask    subjects.Ask
	day    calendar.Date
	said   subjects.Decisions
	index  subjects.Finder
	format string
	count  map[subjects.Status]int

	out     io.Writer
	file    *os.File // nil on the standard output
	path    string   // of the answers when all is done
	journal journal
	sum     hash.Hash
	saved   time.Time
}

// journal is what stands beside an unfinished output: enough to go on, and to
// see that the part is as it was left.
type journal struct {
	Key    string                  `json:"key"`  // of input, lists, flags and program
	Rows   int                     `json:"rows"` // last row whose answer is in the part
	Bytes  int64                   `json:"bytes"`
	SHA256 string                  `json:"sha256"` // of the part up to there
	Counts map[subjects.Status]int `json:"counts"`
}

// key names all that the answers depend on.
func (r *batchRun) key(path string, o screenOptions, k *pipeline.Knowledge, mapping any) (string, error) {
	st, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	o.batch.out, o.batch.fresh = "", false
	said, err := json.Marshal(r.said.Len())
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %d %d %s %s %+v %v %s", Version, path, st.Size(), st.ModTime().UnixNano(), k.Key, r.format, o, mapping, said)
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// open opens the output: anew, or where an earlier run stopped.
func (r *batchRun) open(o batchOptions, key string) error {
	r.sum, r.journal = sha256.New(), journal{Key: key}
	if o.out == "" || o.out == "-" {
		r.out = r.app.Out
		return r.begin()
	}
	r.path = o.out
	f, err := os.OpenFile(r.part(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("output: %w", err)
	}
	r.file, r.out = f, f
	if j, ok := r.resumable(key); ok && !o.fresh {
		r.journal = j
		for s, n := range j.Counts {
			r.count[s] = n
		}
		fmt.Fprintf(r.app.Err, "reportedly: going on after row %d of an interrupted run\n", j.Rows)
		if err := f.Truncate(j.Bytes); err != nil {
			return fmt.Errorf("output: %w", err)
		}
		_, err = f.Seek(j.Bytes, io.SeekStart)
		return err
	}
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("output: %w", err)
	}
	return r.begin()
}

func (r *batchRun) part() string        { return r.path + ".part" }
func (r *batchRun) journalPath() string { return r.path + ".journal" }

// begin writes what stands before the first answer.
func (r *batchRun) begin() error {
	if r.format != "csv" {
		return nil
	}
	return r.write(answers.Header())
}

func (r *batchRun) write(b []byte) error {
	n, err := r.out.Write(b)
	r.journal.Bytes += int64(n)
	r.sum.Write(b[:n])
	if err != nil {
		return fmt.Errorf("output: %w", err)
	}
	return nil
}

// resumable reads the journal and holds the part against it.
func (r *batchRun) resumable(key string) (journal, bool) {
	var j journal
	b, err := os.ReadFile(r.journalPath())
	if err != nil || json.Unmarshal(b, &j) != nil || j.Key != key {
		return j, false
	}
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(r.file, j.Bytes))
	if err != nil || n != j.Bytes || hex.EncodeToString(h.Sum(nil)) != j.SHA256 {
		fmt.Fprintf(r.app.Err, "reportedly: %s is not as it was left; beginning anew\n", r.part())
		return j, false
	}
	r.sum = h
	return j, true
}

// save writes the journal; the part reaches the disk before it.
func (r *batchRun) save() error {
	if r.file == nil {
		return nil
	}
	if err := r.file.Sync(); err != nil {
		return fmt.Errorf("output: %w", err)
	}
	r.journal.SHA256 = hex.EncodeToString(r.sum.Sum(nil)) // Sum leaves the state as it is
	b, err := json.Marshal(r.journal)
	if err == nil {
		err = os.WriteFile(r.journalPath()+".new", b, 0o600)
	}
	if err == nil {
		err = os.Rename(r.journalPath()+".new", r.journalPath())
	}
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	r.saved = time.Now()
	return nil
}

// screen answers all rows after those that the journal has.
func (r *batchRun) screen(ctx context.Context, all iter.Seq2[subjects.Subject, error]) error {
	done := r.journal.Rows
	rest := func(yield func(subjects.Subject, error) bool) {
		for s, err := range all {
			if err == nil && s.Row <= done {
				continue
			}
			if !yield(s, err) {
				return
			}
		}
	}
	type answered struct {
		status subjects.Status
		out    []byte
	}
	bar := r.app.newBar("subjects", 0)
	defer bar.done()
	r.saved, r.journal.Counts = time.Now(), r.count
	one := func(s subjects.Subject) (answered, error) {
		answer := subjects.Screen(r.index, s, r.ask, r.said)
		a := answered{status: answer.Status}
		var err error
		if r.format == "csv" {
			a.out, err = answers.AppendCSV(nil, answer, r.day)
		} else {
			a.out, err = answers.AppendJSON(nil, answer, r.day)
		}
		return a, err
	}
	return pipeline.ScreenAll(ctx, rest, one, func(in []subjects.Subject, out []answered) error {
		for i, a := range out {
			if err := r.write(a.out); err != nil {
				return err
			}
			r.journal.Rows = in[i].Row
			r.count[a.status]++
		}
		bar.grow(r.journal.Rows)
		bar.add(len(in))
		if time.Since(r.saved) > time.Second {
			return r.save()
		}
		return nil
	})
}

// close ends the output: in its place and complete, or kept to go on.
func (r *batchRun) close(failed error) error {
	if r.file == nil {
		return failed
	}
	if failed != nil {
		return errors.Join(failed, r.save(), r.file.Close())
	}
	if r.format == "xlsx" {
		if err := r.workbook(); err != nil {
			return errors.Join(err, r.save(), r.file.Close())
		}
	} else if err := errors.Join(r.file.Sync(), r.file.Close(), os.Rename(r.part(), r.path)); err != nil {
		return fmt.Errorf("output: %w", err)
	}
	if err := os.Remove(r.journalPath()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

// workbook turns the part, JSON lines, into the workbook.
func (r *batchRun) workbook() error {
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("output: %w", err)
	}
	w, err := os.OpenFile(r.path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("output: %w", err)
	}
	if err := errors.Join(answers.Workbook(r.file, w), w.Close()); err != nil {
		return err
	}
	return errors.Join(os.Rename(r.path+".new", r.path), r.file.Close(), os.Remove(r.part()))
}

// tell sums the run up on the error stream, since answers may go to the output.
func (r *batchRun) tell(k *pipeline.Knowledge, rows *table.Rows) error {
	if r.app.quiet {
		return nil
	}
	total := r.count[subjects.Clear] + r.count[subjects.Possible] + r.count[subjects.Match]
	var used []string
	m := rows.Mapping()
	for _, f := range table.Fields {
		if len(m[f]) > 0 {
			used = append(used, fmt.Sprintf("%s=%s", f, strings.Join(m[f], "+")))
		}
	}
	_, err := fmt.Fprintf(r.app.Err, "%d subjects screened against %d parties (%s): %d match, %d possible, %d clear\ncolumns used: %s\n",
		total, len(k.Parties), strings.Join(k.Labels(), "; "), r.count[subjects.Match], r.count[subjects.Possible], r.count[subjects.Clear], strings.Join(used, ", "))
	return err
}

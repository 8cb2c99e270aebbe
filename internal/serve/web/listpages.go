package web

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/web/jobs"
	"github.com/reportedly/reportedly/internal/serve/web/words"
	"github.com/reportedly/reportedly/internal/story"
)

// listRow is a list as it is held.
type listRow struct {
	party.Edition        // the newest
	Held          int    // editions
	First         string // day of the oldest
	Age           string // of the newest, by the day it shows
	Old           bool   // older than a month
	Terms         string // of its publisher
	All           []party.Edition
}

type listsPage struct {
	Rows    []listRow
	Sources []catalogue.Source
	Running *jobs.Job
}

// listAge is how old a list may be before the page marks it: official lists
// change several times a month.
const listAge = 31 * 24 * time.Hour

func (p *Pages) lists(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	rows, err := p.listRows(r.Context())
	if err != nil {
		return "", page{}, err
	}
	return "lists", page{Title: "Lists", Section: "lists", Body: listsPage{rows, p.o.Sources, p.jobs.OfKind(listsJob)}}, nil
}

func (p *Pages) listRows(ctx context.Context) ([]listRow, error) {
	eds, err := p.st.Editions(ctx, "", time.Time{})
	if err != nil {
		return nil, err
	}
	var out []listRow
	for _, e := range eds { // by list and date, so the last one is the newest
		if n := len(out); n == 0 || out[n-1].List != e.List {
			out = append(out, listRow{First: e.AsOf.String(), Terms: catalogue.Terms(p.o.Sources, e.List)})
		}
		row := &out[len(out)-1]
		row.Edition = e
		row.Held++
		row.All = append(row.All, e)
		row.Age = words.AgeOf(e.AsOf, p.o.Now())
		row.Old = !e.AsOf.IsZero() && p.o.Now().Sub(e.AsOf.Time()) > listAge
	}
	return out, nil
}

// listPage is one list with what changed between two of its editions.
type listPage struct {
	listRow
	From, To *party.Edition
	Diff     *history.Comparison
	Shown    []history.Change
	Cut      int
	Find     string
	Found    []party.Party
}

// changesShown and entriesShown bound what one page lists.
const (
	changesShown = 200
	entriesShown = 100
)

func (p *Pages) list(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	ctx, name := r.Context(), r.PathValue("list")
	rows, err := p.listRows(ctx)
	if err != nil {
		return "", page{}, err
	}
	i := slices.IndexFunc(rows, func(l listRow) bool { return l.List == name })
	if i < 0 {
		return "", page{}, missing("the list " + name)
	}
	b := &listPage{listRow: rows[i], Find: clip(r.URL.Query().Get("q"), 200)}
	if err := p.diff(ctx, b, r.URL.Query().Get("from"), r.URL.Query().Get("to")); err != nil {
		return "", page{}, err
	}
	if b.Find != "" {
		if err := p.entries(ctx, b); err != nil {
			return "", page{}, err
		}
	}
	slices.Reverse(b.All)
	return "list", page{Title: "List " + name, Section: "lists", Body: b}, nil
}

// entries finds entries of the newest edition by a word of a name or a
// reference.
func (p *Pages) entries(ctx context.Context, b *listPage) error {
	all, err := p.st.Parties(ctx, b.Key())
	if err != nil {
		return err
	}
	want := strings.ToLower(b.Find)
	for _, e := range all {
		has := strings.Contains(strings.ToLower(e.ID), want) || slices.ContainsFunc(e.Names, func(n party.Name) bool { return strings.Contains(strings.ToLower(n.Text), want) })
		if has {
			b.Found = append(b.Found, e)
		}
		if len(b.Found) == entriesShown {
			break
		}
	}
	return nil
}

// diff compares two editions: those asked for, else the last two.
func (p *Pages) diff(ctx context.Context, b *listPage, from, to string) error {
	find := func(key string, otherwise int) *party.Edition {
		for i := range b.All {
			if b.All[i].Key() == key {
				return &b.All[i]
			}
		}
		if otherwise < 0 || otherwise >= len(b.All) {
			return nil
		}
		e := b.All[otherwise]
		return &e
	}
	b.From, b.To = find(from, len(b.All)-2), find(to, len(b.All)-1)
	if b.From == nil || b.To == nil || b.From.Key() == b.To.Key() {
		return nil
	}
	if b.From.AsOf.After(b.To.AsOf) {
		b.From, b.To = b.To, b.From
	}
	old, err := p.st.Parties(ctx, b.From.Key())
	if err != nil {
		return err
	}
	is, err := p.st.Parties(ctx, b.To.Key())
	if err != nil {
		return err
	}
	d := history.Diff(old, is)
	b.Diff, b.Shown = &d, d.Changes
	if len(b.Shown) > changesShown {
		b.Shown, b.Cut = b.Shown[:changesShown], len(b.Shown)-changesShown
	}
	return nil
}

// updateLists downloads official lists in the background.
func (p *Pages) updateLists(w http.ResponseWriter, r *http.Request) (string, page, error) {
	if err := r.ParseForm(); err != nil {
		return "", page{}, wrong("the form could not be read")
	}
	if j := p.jobs.OfKind(listsJob); j != nil {
		http.Redirect(w, r, "/jobs/"+j.ID, http.StatusSeeOther)
		return "", page{}, nil
	}
	picked, err := catalogue.Pick(p.o.Sources, r.PostForm["source"])
	if err != nil || len(picked) == 0 {
		return "", page{}, wrong("choose at least one list to update")
	}
	j := p.jobs.Start("Updating lists", listsJob, auth.From(r.Context()), func(ctx context.Context, j *jobs.Job) error { return p.update(ctx, j, picked) })
	http.Redirect(w, r, "/jobs/"+j.ID, http.StatusSeeOther)
	return "", page{}, nil
}

func (p *Pages) update(ctx context.Context, j *jobs.Job, picked []catalogue.Source) error {
	dir := p.o.Folder
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "reportedly-lists-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	get := fetch.New("reportedly/"+p.o.Program, fetch.DefaultLimits())
	failed := 0
	for _, s := range picked {
		done, err := pipeline.UpdateLists(ctx, p.st, get, []catalogue.Source{s}, pipeline.UpdateOptions{
			Folder: filepath.Join(dir, "downloads"), Now: p.o.Now, Progress: func(source string, done, total int64) { j.At(done, total, "bytes of "+source) },
			Found: func(f story.Finding) { j.Tell(jobs.Line{Bad: true, Text: f.String()}) }})
		if err != nil {
			return err
		}
		for _, u := range done {
			for _, l := range updateLines(u) {
				j.Tell(l)
			}
			if u.Err != nil {
				failed++
			}
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d lists were not taken over; what was held stays", failed, len(picked))
	}
	return nil
}

func updateLines(u pipeline.Updated) []jobs.Line {
	switch {
	case u.Err != nil:
		return []jobs.Line{{Bad: true, Text: u.Source + " was not taken over: " + u.Err.Error()}}
	case u.Unchanged:
		return []jobs.Line{{Text: u.Source + ": unchanged"}}
	}
	var out []jobs.Line
	for _, e := range u.Editions {
		text := fmt.Sprintf("%s of %s: %d entries", e.Edition.List, orUnknown(e.Edition.AsOf), e.Edition.Entries)
		if u.Comparison != nil {
			text += fmt.Sprintf(", %d changed, came or went", len(u.Comparison.Changes))
		}
		out = append(out, jobs.Line{Text: text, Link: "/lists/" + e.Edition.List})
	}
	return out
}

// today is the day of now.
func (p *Pages) today() calendar.Date { return calendar.FromTime(p.o.Now()) }

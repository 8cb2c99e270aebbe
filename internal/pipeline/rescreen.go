package pipeline

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/watch"
)

// Rescreen says how watched subjects are screened again.
type Rescreen struct {
	Store   WatchStore
	Lists   *Knowledge // as they are now
	Ask     subjects.Ask
	AskKey  string // names Ask, Only with it
	Program string
	Full    bool // all subjects, whatever changed
	Now     func() time.Time
	// Tell is given each change in order, before it is kept; Progress how many
	// subjects were looked at. Both may be nil.
	Tell     func(watch.Change) error
	Progress func(n int)
}

// WatchStore is what watching needs of a store.
type WatchStore interface {
	store.Lists
	store.Decisions
	store.Subjects
}

// Subjects screens again those watched subjects that something touched since
// the last complete run: a list entry that came, went or reads otherwise, a
// decision, or the subject itself. It keeps and tells what became of their
// hits. Interrupted, the next call goes on where it stopped; a run is complete
// only when all subjects have been looked at.
func (o Rescreen) Subjects(ctx context.Context) (watch.Run, error) {
	p, err := o.prepare(ctx)
	if err != nil {
		return watch.Run{}, fmt.Errorf("subjects: %w", err)
	}
	err = ScreenAll(ctx, p.due(ctx), p.screen, p.keep(ctx))
	if err == nil {
		err = p.finish(ctx)
	} else if kept := p.save(context.WithoutCancel(ctx)); kept != nil {
		err = fmt.Errorf("%w; and what was done could not be kept: %w", err, kept)
	}
	return p.run, err
}

// pass is one run under way.
type pass struct {
	Rescreen
	run     watch.Run
	began   time.Time // of the last complete run; zero = none
	index   *screening.Index
	touched watch.Touched
	said    subjects.Decisions
	decided map[string]bool // subjects about whom something was said since
	kept    map[string][]watch.Hit
	gone    map[string]bool // subjects with hits that were not met, so far
	changes []watch.Change
	saved   time.Time
}

func (o Rescreen) prepare(ctx context.Context) (*pass, error) {
	p := &pass{Rescreen: o, kept: map[string][]watch.Hit{}, gone: map[string]bool{}, decided: map[string]bool{}, saved: o.Now()}
	runs, err := o.Store.SubjectRuns(ctx, 100)
	if err != nil {
		return nil, err
	}
	if err := p.begin(ctx, runs); err != nil {
		return nil, err
	}
	all, err := o.Store.Decisions(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	p.said = subjects.Latest(all)
	for _, d := range all {
		if d.At.After(p.began) {
			p.decided[d.Subject] = true
		}
	}
	hits, err := o.Store.SubjectHits(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		p.kept[h.Subject] = append(p.kept[h.Subject], h)
		p.gone[h.Subject] = true
	}
	p.index = screening.New(o.Lists.Parties)
	return p, p.compare(ctx)
}

// begin goes on with an interrupted run over the same lists, or begins one.
func (p *pass) begin(ctx context.Context, runs []watch.Run) error {
	n, err := p.Store.CountSubjects(ctx)
	if err != nil {
		return err
	}
	now := p.Now().UTC()
	p.run = watch.Run{ID: "s" + now.Format("20060102T150405.000000"), Lists: p.Lists.Key, Program: p.Program, Ask: p.AskKey, State: watch.Running, Began: now, Subjects: n, Full: true}
	for i, r := range runs {
		if r.State == watch.Complete {
			p.began, p.run.Before = r.Began, r.Lists
			// An interrupted run over other lists may have closed hits that this
			// one's comparison knows nothing of: then everybody is due.
			p.run.Full = p.Full || i > 0 || r.Ask != p.AskKey || r.Program != p.Program
			break
		}
	}
	if len(runs) > 0 {
		if r := runs[0]; r.State == watch.Running && r.Lists == p.Lists.Key && r.Ask == p.AskKey && r.Program == p.Program && (r.Full || !p.Full) {
			p.run = r
		}
	}
	return nil
}

// compare finds out what changed on the lists since the last complete run.
func (p *pass) compare(ctx context.Context) error {
	if p.run.Full {
		return nil
	}
	var before []party.Party
	if p.run.Before == p.Lists.Key {
		before = p.Lists.Parties
	} else {
		k, err := StoredLists(ctx, p.Store, p.began)
		if err != nil || k.Key != p.run.Before {
			p.run.Full = true // the lists of then cannot be had any more
			return nil
		}
		before = k.Parties
	}
	p.touched = watch.Changes(before, p.Lists.Parties, p.Ask)
	p.run.Entries = p.touched.Entries()
	// Beyond some share, asking the changed entries costs more than it saves.
	if p.run.Entries*3 > len(p.Lists.Parties) {
		p.run.Full = true
	}
	return nil
}

// due are the subjects after the last one of an interrupted run.
func (p *pass) due(ctx context.Context) iter.Seq2[store.Watched, error] {
	return func(yield func(store.Watched, error) bool) {
		for s, err := range p.Store.Subjects(ctx, p.run.Last) {
			if !yield(s, err) {
				return
			}
		}
	}
}

// outcome of looking at one subject.
type outcome struct {
	screened bool
	changes  []watch.Change
}

func (p *pass) screen(s store.Watched) (outcome, error) {
	kept := p.kept[s.ID]
	if !p.run.Full && !s.Since.After(p.began) && !p.decided[s.ID] && !p.touched.Subject(s.Subject, kept) {
		return outcome{}, nil
	}
	return outcome{true, watch.Compare(kept, watch.Hits(subjects.Screen(p.index, s.Subject, p.Ask, p.said)))}, nil
}

func (p *pass) keep(ctx context.Context) func([]store.Watched, []outcome) error {
	return func(in []store.Watched, out []outcome) error {
		for i, o := range out {
			if err := p.add(o.changes); err != nil {
				return err
			}
			delete(p.gone, in[i].ID)
			p.run.Considered++
			p.run.Last = in[i].ID
			if o.screened {
				p.run.Screened++
			}
		}
		if p.Progress != nil {
			p.Progress(len(in))
		}
		if len(p.changes) < 500 && p.Now().Sub(p.saved) < time.Second {
			return nil
		}
		return p.save(ctx)
	}
}

func (p *pass) add(changes []watch.Change) error {
	for _, c := range changes {
		c.Run, c.At = p.run.ID, p.Now().UTC()
		if p.Tell != nil {
			if err := p.Tell(c); err != nil {
				return fmt.Errorf("telling of %s: %w", c.Hit.Subject, err)
			}
		}
		p.run.Count(c.Kind)
		p.changes = append(p.changes, c)
	}
	return nil
}

func (p *pass) save(ctx context.Context) error {
	if err := p.Store.SaveScreened(ctx, p.run, p.changes, p.Now()); err != nil {
		return err
	}
	p.changes, p.saved = nil, p.Now()
	return nil
}

// finish closes the hits of those who are watched no more and the run itself.
func (p *pass) finish(ctx context.Context) error {
	for id := range p.gone {
		if _, err := p.Store.Subject(ctx, id); err == nil {
			continue // looked at before the run was interrupted
		}
		if err := p.add(watch.Compare(p.kept[id], nil)); err != nil {
			return err
		}
	}
	p.run.State, p.run.Ended = watch.Complete, p.Now().UTC()
	return p.save(ctx)
}

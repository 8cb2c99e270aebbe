package jobs

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/reportedly/reportedly/internal/serve/auth"
)

// Jobs are long works that people started from a page: they go on when the
// page is left, and the last ones can be looked at again. They live in memory;
// what they achieve is in the store.
type Jobs struct {
	now func() time.Time

	mu  sync.Mutex
	all []*Job
}

// kept is how many finished works can still be looked at.
const kept = 50

// Job is one work with its progress.
type Job struct {
	ID, Title, Kind string
	By              auth.Identity
	Started         time.Time

	mu       sync.Mutex
	state    State
	lines    []Line
	result   *Result
	changed  chan struct{} // closed and made anew at each change
	cancelIt context.CancelFunc
}

// State of a work at a moment.
type State struct {
	Done  int64  `json:"done"`
	Total int64  `json:"total"` // 0 = not known
	What  string `json:"what"`
	Ended bool   `json:"ended"`
	Error string `json:"error,omitempty"`
}

// Line is something that a work has to tell.
type Line struct {
	Bad  bool
	Text string
	Link string
}

// Result is a file that a work made.
type Result struct {
	Name, Type string
	Body       []byte
}

// New keeps no work yet.
func New(now func() time.Time) *Jobs { return &Jobs{now: now} }

// Start runs a work to its end, whatever becomes of the request.
func (js *Jobs) Start(title, kind string, by auth.Identity, work func(context.Context, *Job) error) *Job {
	ctx, cancel := context.WithCancel(auth.With(context.Background(), by))
	j := &Job{ID: rand.Text()[:12], Title: title, Kind: kind, By: by, Started: js.now(), changed: make(chan struct{}), cancelIt: cancel}
	js.mu.Lock()
	js.all = append(js.all, j)
	if len(js.all) > kept && js.all[0].Progress().Ended {
		js.all = slices.Delete(js.all, 0, 1)
	}
	js.mu.Unlock()
	go func() {
		defer cancel()
		err := j.run(ctx, work)
		j.change(func(p *State) {
			p.Ended = true
			if err != nil {
				p.Error = err.Error()
			}
		})
	}()
	return j
}

// run turns a panic of the work into its error: the service goes on.
func (j *Job) run(ctx context.Context, work func(context.Context, *Job) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("stopped by a fault of the program: %v", p)
		}
	}()
	return work(ctx, j)
}

func (j *Job) change(f func(*State)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.state)
	close(j.changed)
	j.changed = make(chan struct{})
}

// At tells how far the work is.
func (j *Job) At(done, total int64, what string) {
	j.change(func(p *State) { p.Done, p.Total, p.What = done, total, what })
}

// Tell adds a line to what the page of the work shows.
func (j *Job) Tell(l Line) {
	j.change(func(*State) { j.lines = append(j.lines, l) })
}

// Progress is how far the work is.
func (j *Job) Progress() State {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state
}

// Lines are what the work told so far.
func (j *Job) Lines() []Line {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.lines)
}

// Result is the file that was made, nil if none.
func (j *Job) Result() *Result {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.result
}

// Give keeps a file that the work made.
func (j *Job) Give(r Result) {
	j.change(func(*State) { j.result = &r })
}

// Changed is closed at the next change.
func (j *Job) Changed() <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.changed
}

// Find gives a work by its id, nil if it is not known.
func (js *Jobs) Find(id string) *Job {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range js.all {
		if j.ID == id {
			return j
		}
	}
	return nil
}

// Running works.
func (js *Jobs) Running() (out []*Job) {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range js.all {
		if !j.Progress().Ended {
			out = append(out, j)
		}
	}
	return out
}

// OfKind gives a running work of a kind, nil if there is none.
func (js *Jobs) OfKind(kind string) *Job {
	for _, j := range js.Running() {
		if j.Kind == kind {
			return j
		}
	}
	return nil
}

// Of gives the works of a kind that somebody started, the newest first.
func (js *Jobs) Of(user int64, kind string) (out []*Job) {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range slices.Backward(js.all) {
		if j.Kind == kind && j.By.User == user {
			out = append(out, j)
		}
	}
	return out
}

// Once runs a work in the foreground, for callers that wait.
func Once(ctx context.Context, work func(context.Context, *Job) error) (*Job, error) {
	j := &Job{changed: make(chan struct{})}
	return j, j.run(ctx, work)
}

package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// poison is the error of a task that no other try will cure.
type poison struct{ error }

func (p poison) Unwrap() error { return p.error }

// Tries before a task is set aside: failures that were seen, and deliveries in
// all, for a task that ends the process that takes it.
const (
	maxTries      = 3
	maxDeliveries = 12
)

// absence tells a store that is away from a task that is wrong.
type absence interface{ Away(error) bool }

// patient does f again and again while the store is away.
func patient(ctx context.Context, log *slog.Logger, st absence, f func() error) error {
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		err := f()
		if err == nil || !st.Away(err) {
			return err
		}
		log.Warn("stream: the store is away", "error", err)
		if !sleep(ctx, pause) {
			return errors.Join(context.Cause(ctx), err)
		}
	}
}

// taker takes tasks of one consumer and does them one after another.
type taker struct {
	x            *Exchange
	kind, name   string // stream and consumer
	batch        int    // taken at a time, and so in the hand of this taker
	do           func(ctx context.Context, m jetstream.Msg) error
	tally        *tally
	aside        func(data []byte) string // names a task for the record of what is set aside
	mu           sync.Mutex
	hand         map[uint64]jetstream.Msg // taken and not finished
	waitNoLonger time.Duration
}

// run takes until the context ends. Tasks that are not begun then are given
// back, the one under way is finished or given up by do.
func (t *taker) run(ctx context.Context) {
	t.hand = map[uint64]jetstream.Msg{}
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		t.beat(ctx)
	}()
	defer func() { <-beating }()
	for pause := firstPause; ctx.Err() == nil; {
		took, err := t.take(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			t.x.o.Log.Warn("stream: taking", "stream", t.kind, "error", err)
			sleep(ctx, pause)
			pause = min(2*pause, longPause)
			try, cancel := context.WithTimeout(ctx, 10*time.Second)
			_ = t.x.ensure(try) // tried again with the next batch
			cancel()
		case took > 0:
			pause = firstPause
		}
	}
}

// take takes one batch and does it.
func (t *taker) take(ctx context.Context) (int, error) {
	try, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	c, err := t.x.js.Consumer(try, t.x.n.stream(t.kind), t.name)
	if err != nil {
		return 0, err
	}
	n := 0
	for ctx.Err() == nil {
		wait, end := context.WithTimeout(ctx, t.waitNoLonger)
		took, err := t.some(ctx, wait, c)
		end()
		n += took
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// some takes what comes until the wait ends, and does it.
func (t *taker) some(ctx, wait context.Context, c jetstream.Consumer) (n int, err error) {
	batch, err := c.Fetch(t.batch, jetstream.FetchContext(wait))
	if err != nil {
		return 0, err
	}
	var got []jetstream.Msg
	for m := range batch.Messages() {
		t.hold(m)
		got = append(got, m)
	}
	for i, m := range got {
		if ctx.Err() != nil {
			for _, m := range got[i:] {
				_ = m.Nak() // it comes again by itself where this is lost
				t.drop(m)
			}
			return n, ctx.Err()
		}
		t.one(ctx, m)
		t.drop(m)
		n++
	}
	if err := batch.Error(); err != nil && !errors.Is(err, jetstream.ErrNoMessages) && wait.Err() == nil {
		return n, err
	}
	return n, nil
}

// one does one task and tells the broker how it ended.
func (t *taker) one(ctx context.Context, m jetstream.Msg) {
	meta, err := m.Metadata()
	if err != nil {
		return // no message of a stream
	}
	if meta.NumDelivered > maxDeliveries {
		err = poison{fmt.Errorf("was given to workers %d times and never came back", meta.NumDelivered-1)}
	} else {
		err = t.guarded(ctx, m)
	}
	var p poison
	switch {
	case err == nil:
		_ = m.Ack() // lost, it comes again, to no effect
	case ctx.Err() != nil:
		_ = m.Nak()
	case errors.Is(err, errLater):
		t.later(ctx, m, err)
	case errors.As(err, &p) || meta.NumDelivered >= maxTries:
		t.setAside(ctx, m, err)
	default:
		t.tally.retried.Add(1)
		t.x.o.Log.Warn("stream: put off", "stream", t.kind, "try", meta.NumDelivered, "error", err)
		_ = m.NakWithDelay(t.x.o.AckWait / 8 * time.Duration(min(meta.NumDelivered, 8)))
	}
}

// later puts a task off that is nobody's fault, as a new message: however often
// that happens, it does not count as a task that never comes back.
func (t *taker) later(ctx context.Context, m jetstream.Msg, why error) {
	t.tally.retried.Add(1)
	t.x.o.Log.Info("stream: later", "stream", t.kind, "error", why)
	if !sleep(ctx, t.x.o.AckWait/8) || t.x.publishRaw(ctx, m.Subject(), "", m.Data(), nil) != nil {
		_ = m.Nak()
		return
	}
	_ = m.Ack()
}

// errLater marks what is nobody's fault and is tried again without counting.
var errLater = errors.New("later")

// guarded turns a panic into the error of its task. It tells where, and never
// what the text was.
func (t *taker) guarded(ctx context.Context, m jetstream.Msg) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %s at %s", panicText(r), panicPlace())
		}
	}()
	return t.do(ctx, m)
}

func panicText(r any) string {
	if e, ok := r.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("%T", r)
}

// panicPlace is the innermost place of this module on the stack.
func panicPlace() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if strings.Contains(f.Function, "reportedly/internal/") && !strings.Contains(f.Function, "/stream.") {
			return fmt.Sprintf("%s:%d", f.Function[strings.LastIndex(f.Function, "/")+1:], f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}

func (t *taker) setAside(ctx context.Context, m jetstream.Msg, why error) {
	if t.x.setAside(ctx, t.kind, t.aside(m.Data()), m, why) != nil {
		return // it comes again
	}
	t.tally.aside.Add(1)
	t.x.o.Log.Error("stream: set aside", "stream", t.kind, "error", why)
	_ = m.Ack()
}

func (t *taker) hold(m jetstream.Msg) {
	if meta, err := m.Metadata(); err == nil {
		t.mu.Lock()
		t.hand[meta.Sequence.Stream] = m
		t.mu.Unlock()
	}
}

func (t *taker) drop(m jetstream.Msg) {
	if meta, err := m.Metadata(); err == nil {
		t.mu.Lock()
		delete(t.hand, meta.Sequence.Stream)
		t.mu.Unlock()
	}
}

// beat tells the broker that what is in the hand is being done.
func (t *taker) beat(ctx context.Context) {
	tick := time.NewTicker(max(t.x.o.AckWait/4, 10*time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		t.mu.Lock()
		for _, m := range t.hand {
			_ = m.InProgress()
		}
		t.mu.Unlock()
	}
}

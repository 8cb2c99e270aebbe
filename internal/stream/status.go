package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/reportedly/reportedly/internal/store"
)

// Status is how the work of an installation stands.
type Status struct {
	Lists   store.ListVersion `json:"lists"` // newest version
	Streams []Backlog         `json:"streams"`
	Aside   int               `json:"aside"`
	Due     int               `json:"due"` // slots of parties with something to judge
	Workers []Sign            `json:"workers"`
}

// Backlog is what waits in one stream.
type Backlog struct {
	Name    string        `json:"name"`
	Waiting int           `json:"waiting"` // not given to anybody yet
	InHand  int           `json:"in_hand"` // given, not finished
	Again   int           `json:"again"`   // of them given more than once
	Lag     time.Duration `json:"lag"`     // age of the oldest that is not finished
	Bytes   uint64        `json:"bytes"`
}

// Sign is a sign of life of a worker.
type Sign struct {
	Worker string    `json:"worker"`
	Since  time.Time `json:"since"`
	At     time.Time `json:"at"`
	Lists  int       `json:"lists"` // number of the version that it reads by
	Done   Done      `json:"done"`
}

// Status asks broker and store.
func (x *Exchange) Status(ctx context.Context, st store.Work, now time.Time) (Status, error) {
	var s Status
	var err error
	if s.Lists, err = st.ListVersion(ctx); err != nil {
		return s, err
	}
	slots, err := st.DueSlots(ctx)
	if err != nil {
		return s, err
	}
	s.Due = len(slots)
	for _, kind := range []string{"articles", "archives", "cases"} {
		b, err := x.backlog(ctx, kind, now)
		if err != nil {
			return s, fmt.Errorf("stream %s: %w", kind, err)
		}
		s.Streams = append(s.Streams, b)
	}
	aside, err := x.js.Stream(ctx, x.n.stream("aside"))
	if err != nil {
		return s, fmt.Errorf("stream: %w", err)
	}
	s.Aside = int(aside.CachedInfo().State.Msgs)
	s.Workers, err = x.signs(ctx)
	return s, err
}

// Idle reports whether nothing is left to do, but for what is set aside.
func (x *Exchange) Idle(ctx context.Context, st store.Work, program string) (bool, error) {
	s, err := x.Status(ctx, st, time.Now())
	if err != nil || s.Due > 0 || s.Lists.Number == 0 {
		return false, err
	}
	for _, b := range s.Streams {
		if b.Waiting+b.InHand > 0 {
			return false, nil
		}
	}
	un, err := st.Unread(ctx, s.Lists.Key, program, "", s.Aside+1)
	return len(un) <= s.Aside, err
}

func (x *Exchange) backlog(ctx context.Context, kind string, now time.Time) (Backlog, error) {
	b := Backlog{Name: kind}
	s, err := x.js.Stream(ctx, x.n.stream(kind))
	if err != nil {
		return b, err
	}
	state := s.CachedInfo().State
	b.Bytes = state.Bytes
	if state.Msgs > 0 {
		b.Lag = max(0, now.Sub(state.FirstTime))
	}
	consumers := s.ListConsumers(ctx)
	for c := range consumers.Info() {
		b.Waiting += int(c.NumPending)
		b.InHand += c.NumAckPending
		b.Again += c.NumRedelivered
	}
	return b, consumers.Err()
}

func (x *Exchange) signs(ctx context.Context) ([]Sign, error) {
	kv, err := x.bucket(ctx, "workers")
	if err != nil {
		return nil, fmt.Errorf("stream: %w", err)
	}
	keys, err := kv.Keys(ctx)
	if errors.Is(err, jetstream.ErrNoKeysFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("stream: %w", err)
	}
	var out []Sign
	for _, k := range keys {
		e, err := kv.Get(ctx, k)
		if errors.Is(err, jetstream.ErrKeyNotFound) {
			continue // gone meanwhile
		}
		if err != nil {
			return nil, fmt.Errorf("stream: %w", err)
		}
		var s Sign
		if json.Unmarshal(e.Value(), &s) == nil {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Sign) int { return strings.Compare(a.Worker, b.Worker) })
	return out, nil
}

// show gives signs of life, for people; nothing depends on them.
func (w *Worker) show(ctx context.Context) {
	for ; ctx.Err() == nil; sleep(ctx, w.x.o.Beat) {
		try, cancel := context.WithTimeout(ctx, 5*time.Second)
		kv, err := w.x.bucket(try, "workers")
		if err == nil {
			_, err = kv.Put(try, w.id, w.sign())
		}
		cancel()
		if err != nil && ctx.Err() == nil {
			w.x.o.Log.Debug("stream: sign of life", "error", err)
		}
	}
}

func (w *Worker) sign() []byte {
	s := Sign{Worker: w.id, Since: w.began, At: w.o.Now(), Done: w.Done()}
	if h := w.o.Readers.held(); h != nil {
		s.Lists = h.Version.Number
	}
	b, _ := json.Marshal(s) // plain figures: it cannot fail
	return b
}

package stream

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Headers of a task that was set aside.
const (
	headerError   = "Reportedly-Error"
	headerSubject = "Reportedly-Subject"
	headerTries   = "Reportedly-Deliveries"
)

// maxError bounds the error that is kept with a task.
const maxError = 2 << 10

// Aside is a task that could not be done.
type Aside struct {
	Number     uint64    `json:"number"` // by which it is replayed
	Subject    string    `json:"subject"`
	Task       string    `json:"task"` // as it came; it holds no text of an article
	Error      string    `json:"error"`
	Deliveries int       `json:"deliveries"`
	At         time.Time `json:"at"`
}

func (x *Exchange) setAside(ctx context.Context, kind, id string, m jetstream.Msg, why error) error {
	meta, err := m.Metadata()
	if err != nil {
		return err
	}
	text := why.Error()
	text = text[:min(len(text), maxError)]
	h := nats.Header{}
	h.Set(headerError, text)
	h.Set(headerSubject, m.Subject())
	h.Set(headerTries, strconv.FormatUint(meta.NumDelivered, 10))
	data := m.Data()
	return x.publishRaw(ctx, x.n.aside(kind, id), fmt.Sprintf("aside-%s-%d-%d", meta.Stream, meta.Sequence.Stream, meta.Timestamp.UnixNano()), data[:min(len(data), maxTask)], h)
}

// SetAside lists what was set aside, the oldest first.
func (x *Exchange) SetAside(ctx context.Context) ([]Aside, error) {
	s, err := x.js.Stream(ctx, x.n.stream("aside"))
	if err != nil {
		return nil, fmt.Errorf("stream: %w", err)
	}
	state := s.CachedInfo().State
	var out []Aside
	for seq := state.FirstSeq; state.Msgs > 0 && seq <= state.LastSeq; seq++ {
		m, err := s.GetMsg(ctx, seq)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("stream: %w", err)
		}
		tries, _ := strconv.Atoi(m.Header.Get(headerTries))
		out = append(out, Aside{Number: m.Sequence, Subject: m.Header.Get(headerSubject), Task: string(m.Data), Error: m.Header.Get(headerError), Deliveries: tries, At: m.Time})
	}
	return out, nil
}

// Replay gives tasks that were set aside back to the workers, all where no
// numbers are given, and tells how many.
func (x *Exchange) Replay(ctx context.Context, numbers ...uint64) (int, error) {
	s, err := x.js.Stream(ctx, x.n.stream("aside"))
	if err != nil {
		return 0, fmt.Errorf("stream: %w", err)
	}
	if len(numbers) == 0 {
		all, err := x.SetAside(ctx)
		if err != nil {
			return 0, err
		}
		for _, a := range all {
			numbers = append(numbers, a.Number)
		}
	}
	for i, n := range numbers {
		m, err := s.GetMsg(ctx, n)
		if err != nil {
			return i, fmt.Errorf("stream: number %d of what was set aside: %w", n, err)
		}
		// Another id than the first time, or the broker would drop it as a copy.
		if err := x.publishRaw(ctx, m.Header.Get(headerSubject), fmt.Sprintf("replay-%d-%d", n, m.Time.UnixNano()), m.Data, nil); err != nil {
			return i, err
		}
		if err := s.DeleteMsg(ctx, n); err != nil && !errors.Is(err, jetstream.ErrMsgNotFound) {
			return i + 1, fmt.Errorf("stream: %w", err)
		}
	}
	return len(numbers), nil
}

// isAside tells which of the subjects of set-aside tasks are taken.
func (x *Exchange) isAside(ctx context.Context, kind string) (map[string]uint64, error) {
	s, err := x.js.Stream(ctx, x.n.stream("aside"))
	if err != nil {
		return nil, err
	}
	info, err := s.Info(ctx, jetstream.WithSubjectFilter(x.n.prefix+".aside."+kind+".>"))
	if err != nil {
		return nil, err
	}
	return info.State.Subjects, nil
}

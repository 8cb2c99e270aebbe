package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/subjects/watch"
)

// Poster takes one message; it tells the same message by the same name.
type Poster func(ctx context.Context, delivery string, body []byte) error

// Message is what a webhook gets: changes in the order in which they came.
type Message struct {
	Delivery string         `json:"delivery"` // numbers of the first and the last change
	Changes  []watch.Change `json:"changes"`
}

// perMessage is how many changes one message holds.
const perMessage = 100

// Deliver posts all changes that no webhook has taken yet, oldest first. A
// change counts as taken once its message was; after an error the rest waits
// for the next call. A message may come twice where the answer got lost, under
// the same delivery.
func Deliver(ctx context.Context, st store.Subjects, post Poster, now func() time.Time) (n int, err error) {
	for {
		changes, err := st.Undelivered(ctx, perMessage)
		if err != nil || len(changes) == 0 {
			return n, err
		}
		last := changes[len(changes)-1].Number
		m := Message{Delivery: fmt.Sprintf("%d-%d", changes[0].Number, last), Changes: changes}
		body, err := json.Marshal(m)
		if err != nil {
			return n, fmt.Errorf("message %s: %w", m.Delivery, err)
		}
		if err := post(ctx, m.Delivery, body); err != nil {
			return n, fmt.Errorf("message %s: %w", m.Delivery, err)
		}
		if err := st.Delivered(ctx, last, now()); err != nil {
			return n, err
		}
		n += len(changes)
	}
}

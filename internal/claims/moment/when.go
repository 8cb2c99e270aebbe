package moment

import (
	"encoding/json"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

// When is the time of a deed.
type When struct {
	calendar.Window
	// Basis tells where the window comes from: "expression", "told then",
	// "time of the trip", "elsewhere in the article".
	Basis string
	Span  story.Span // the expression, zero if none
}

type whenJSON struct {
	Window calendar.Window
	Basis  string
	Span   story.Span
}

// MarshalJSON writes all fields; without it the embedded window's own form
// would stand for the whole and lose basis and span.
func (w When) MarshalJSON() ([]byte, error) {
	return json.Marshal(whenJSON{w.Window, w.Basis, w.Span})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (w *When) UnmarshalJSON(b []byte) error {
	var j whenJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*w = When{j.Window, j.Basis, j.Span}
	return nil
}

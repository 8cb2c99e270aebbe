package tables

import (
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/measures"
)

// weight orders cases for reading by what matters: whether a duty would have
// been engaged, then origins, then denials, since both sides make a case worth
// a look. It ranks cases, never parties, and is no score of truth.
func weight(c cases.Case) int {
	w := 0
	switch v := c.Check.Verdict; {
	case v.Engaged():
		w = 300
	case v.Pending():
		w = 200
	case v != measures.NoMeasure && v != "":
		w = 100
	}
	w += 10 * min(c.For.Min, 5)
	if c.Against.Max > 0 {
		w += 5
	}
	if c.Status == cases.Background {
		w -= 400
	}
	return w
}

// denied reports whether somebody denies the case or a part of it.
func denied(c cases.Case) bool {
	for _, r := range c.Replies {
		if r.Act == "deny" || r.Act == "partly-deny" {
			return true
		}
	}
	return false
}

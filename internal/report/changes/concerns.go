package changes

import (
	"slices"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
)

// Concerns: the record names the case, one of its claims, or another record of
// all that does.
func Concerns(r review.Record, c cases.Case, all []review.Record) bool {
	if r.Of != "" {
		i := slices.IndexFunc(all, func(o review.Record) bool { return o.ID == r.Of })
		return i >= 0 && Concerns(all[i], c, all)
	}
	for _, l := range c.Claims {
		if slices.Contains(r.Claims, l.ID) || slices.Contains(r.Other, l.ID) {
			return true
		}
	}
	return r.Case != "" && r.Case == c.ID
}

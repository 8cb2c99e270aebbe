package measures

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/register"
)

// owned asks whether a body that listed parties are said to own falls under
// the row: by the authority's own test on that day.
func (in *inquiry) owned(m *register.Measure, day calendar.Date) (Verdict, string) {
	if !in.OwnedBy {
		return "", ""
	}
	if register.IsTravel(m.Kind) {
		return OutsideScope, "a body is not a traveller"
	}
	if m.NoOwnership {
		return OutsideScope, "the measure has no ownership test: only the listed party is meant"
	}
	shares := numbers(cmp.Or(in.Roles["stakes"], in.Roles["stake"]))
	for _, rule := range in.r.Owning {
		if rule.Authority != m.Regime().Authority || !rule.Span.Has(day) {
			continue
		}
		if len(shares) == 0 {
			return Insufficient, "the share that the listed party holds"
		}
		total := 0.0
		for _, s := range shares {
			if rule.Aggregate {
				total += s
			} else {
				total = max(total, s)
			}
		}
		if total > rule.Percent || (total == rule.Percent && !rule.More) || (rule.Control && in.hasFact("control")) {
			return "", ""
		}
		return OutsideScope, "the share reported does not reach the ownership test (" + rule.Citation + ")"
	}
	return Insufficient, "a test of ownership for that day"
}

// numbers reads "30 % + 30 %".
func numbers(s string) []float64 {
	var out []float64
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }) {
		if v, err := strconv.ParseFloat(f, 64); err == nil {
			out = append(out, v)
		}
	}
	return out
}

package review

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/ratings"
)

// Order sorts records as they came: by time, then by their number.
func Order(a, b Record) int {
	return cmp.Or(a.At.Compare(b.At), number(a.ID)-number(b.ID), cmp.Compare(a.ID, b.ID))
}

func number(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "r"))
	return n
}

// Holding gives the records that hold: not undone, in order. Undos themselves
// are left out. The order of all does not matter.
func Holding(all []Record) []Record {
	all = slices.Clone(all)
	slices.SortFunc(all, Order)
	undone := map[string]bool{}
	// From the newest back: an undo that was itself undone takes nothing back.
	for _, r := range slices.Backward(all) {
		if r.Kind == Undo && !undone[r.ID] {
			undone[r.Of] = true
		}
	}
	return slices.DeleteFunc(all, func(r Record) bool {
		return r.Kind == Undo || undone[r.ID] || r.Kind == Sign && undone[r.Of]
	})
}

// Standing gives the dated grades of sources among records that hold.
func Standing(holding []Record) ratings.History {
	var out ratings.History
	for _, r := range holding {
		if r.Kind != Reliability {
			continue
		}
		s := ratings.Standing{Source: r.Source, Grade: ratings.Reliability(r.Value), From: r.From, By: r.Who, Why: r.Reason}
		if s.From.IsZero() {
			s.From = calendar.FromTime(r.At)
		}
		// A later word for the same source and day replaces the earlier: the
		// person knew of it. Both stay in the records.
		if i := slices.IndexFunc(out, func(o ratings.Standing) bool { return o.Source == s.Source && o.From == s.From }); i >= 0 {
			out[i] = s
			continue
		}
		out = append(out, s)
	}
	return out
}

// Judgements gives the grades of items among records that hold; of two words
// of one day on the same claim the later holds.
func Judgements(holding []Record) []ratings.Judgement {
	last := map[string]Record{}
	var claims []string
	for _, r := range holding {
		if r.Kind != Credibility {
			continue
		}
		for _, c := range r.Claims {
			if _, ok := last[c]; !ok {
				claims = append(claims, c)
			}
			last[c] = r
		}
	}
	slices.Sort(claims)
	var out []ratings.Judgement
	for _, c := range claims {
		r := last[c]
		out = append(out, ratings.Judgement{Claims: []string{c}, Grade: ratings.Credibility(r.Value), On: calendar.FromTime(r.At), By: r.Who, Why: r.Reason, Against: r.Against})
	}
	return out
}

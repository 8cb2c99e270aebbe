package scene

import (
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

// Location is a place in a claim.
type Location struct {
	Text    string // as in the text
	Name    string // gazetteer name, "" where unresolved
	Country string // ISO 3166-1 alpha-2, "" where unresolved
	ID      int    // GeoNames id, 0 if none
	Kind    string // precision: "country", "region", "city", "area", "facility"
	Lat     float64
	Lon     float64
	Span    story.Span
	// Basis tells where the place was taken from if not from the words of the
	// deed: "place of the trip", "elsewhere in the article",
	// "country of the authority".
	Basis string
}

// On gives the same place on another ground.
func (l *Location) On(basis string) *Location {
	if l == nil {
		return nil
	}
	out := *l
	out.Basis = basis
	return &out
}

// Compatible reports that two places can be one: the same, or one the country
// of the other.
func Compatible(a, b Location) bool {
	if strings.EqualFold(a.Text, b.Text) || a.ID != 0 && a.ID == b.ID {
		return true
	}
	return a.Country != "" && a.Country == b.Country && (a.Kind == "country" || b.Kind == "country")
}

// Telling is a deed as one sentence tells it.
type Telling struct {
	Activity  activity.Code
	Sentence  int
	Aspect    string
	Negative  bool
	Answer    bool // a denial or non-confirmation
	To, Place *Location
	Window    *calendar.Window
}

func (t Telling) where() *Location {
	if t.Place != nil {
		return t.Place
	}
	return t.To
}

// Same tells of two tellings, by index, whether their parties are the same.
type Same func(i, j int) bool

// Trip gives the trip that deed n was part of, in one sentence with it, -1 for
// none.
func Trip(ts []Telling, n int, same Same) int {
	switch ts[n].Activity {
	case "MET-IN", "MET-AGREE", "TER-SUPPORT":
	default:
		return -1
	}
	for m, o := range ts {
		if (o.Activity == "TRV-ENTRY" || o.Activity == "TRV-EXIT" && o.To != nil) && o.Sentence == ts[n].Sentence && same(m, n) {
			return m
		}
	}
	return -1
}

// Destination is where trip n went: its own, else that of a trip of the same
// parties before it, by the city where another telling names one.
func Destination(ts []Telling, n int, same Same) *Location {
	for m := n - 1; m >= 0 && ts[n].To == nil; m-- {
		if ts[m].Activity == "TRV-ENTRY" && same(m, n) {
			n = m
		}
	}
	t := ts[n]
	if t.To == nil || t.To.Kind == "city" {
		return t.To
	}
	for m, o := range ts {
		if o.Activity == "TRV-ENTRY" && o.To != nil && o.To.Kind == "city" && o.To.Country == t.To.Country && o.Sentence <= t.Sentence && same(m, n) && o.Aspect == t.Aspect {
			return o.To
		}
	}
	return t.To
}

// Shared is the one place that the other tellings of the happening of deed n
// name, nil where they name none or several.
func Shared(ts []Telling, n int, same Same) *Location {
	t := ts[n]
	if !placed(t) || t.Negative && !t.Answer {
		return nil
	}
	var found *Location
	for m, o := range ts {
		w := o.where()
		if m == n || w == nil || !kin(t.Activity, o.Activity) || o.Negative && !o.Answer || !same(m, n) || !together(t, o) {
			continue
		}
		switch {
		case found == nil || Compatible(*found, *w) && found.Kind == "country":
			found = w
		case !Compatible(*found, *w):
			return nil
		}
	}
	return found
}

// placed reports a deed that happens at a place, rather than a state or a trip.
func placed(t Telling) bool {
	switch f := t.Activity.Family(); f {
	case "MET", "ARM", "WMD", "COM", "EVD", "SEA", "TRV":
		return t.Activity != "MET-REMOTE" && t.Activity != "COM-ROLE" && t.Activity != "TRV-EXIT"
	}
	return t.Activity == "OFF-ENFORCE" || t.Activity == "OFF-INQUIRE"
}

func kin(a, b activity.Code) bool {
	pact := func(c activity.Code) bool { return c == "MET-IN" || c == "MET-AGREE" }
	return a == b || pact(a) && pact(b) || (a == "MET-COMMAND" && b == "WMD-ACT" || a == "WMD-ACT" && b == "MET-COMMAND")
}

// together reports tellings that may be of one happening: of one aspect as far
// as old and new go, at times that meet.
func together(a, b Telling) bool {
	ahead := func(x string) bool { return x == "planned" || x == "hypothetical" }
	if (a.Aspect == "historical") != (b.Aspect == "historical") || ahead(a.Aspect) != ahead(b.Aspect) {
		return false
	}
	return a.Window == nil || b.Window == nil || a.Window.Overlaps(*b.Window)
}

package happenings

import (
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/story"
)

// Every activity of the closed list has a role, and every group is used.
func TestRolesAreComplete(t *testing.T) {
	for _, a := range activity.All() {
		r := RoleOf(a.Code)
		if r.Group == "" {
			t.Errorf("%s has no role in elements.csv", a.Code)
		}
		if r.Rank > 0 && r.Element == "" {
			t.Errorf("%s has a rank and no element", a.Code)
		}
	}
	if n := len(roles()); n != len(activity.All()) {
		t.Errorf("%d roles for %d activities", n, len(activity.All()))
	}
}

func on(day string) calendar.Window { return calendar.MustParse(day).Window() }

func told(country, day string) *Told {
	t := &Told{Subject: "inv:1", Role: RoleOf("TRV-ENTRY"), Country: country, Doc: &story.Article{}}
	if day != "" {
		t.Window, t.Dated = on(day), true
	}
	return t
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b   *Told
		copied bool
		want   fit
	}{
		{told("BG", "2019-03-03"), told("BG", "2019-03-03"), false, meets},
		{told("BG", "2019-03-03"), told("", "2019-03-03"), false, meets},
		{told("BG", "2019-03-03"), told("BG", "2019-03-05"), false, adjacent},
		{told("BG", "2019-03-03"), told("BG", "2019-03-10"), false, apart},
		{told("BG", "2019-03-03"), told("TR", "2019-03-03"), false, apart},
		{told("BG", "2019-03-03"), told("BG", "2019-03"), false, within},
		{told("BG", "2019-03-03"), told("BG", "2019"), false, possible},
		{told("BG", "2019-03-03"), told("BG", "2019-03-10"), true, echoed},
		{told("BG", "2019-03-03"), told("BG", "2019-03-30"), true, apart},
		{told("BG", "2019-03-03"), told("BG", ""), true, echoed},
	} {
		if got := New(c.a).compare(New(c.b), c.copied); got != c.want {
			t.Errorf("%s %s, %s %s, copied %v: %d, want %d", c.a.Country, c.a.Window, c.b.Country, c.b.Window, c.copied, got, c.want)
		}
		if x, y := New(c.a).compare(New(c.b), c.copied), New(c.b).compare(New(c.a), c.copied); x != y {
			t.Errorf("the comparison of %s and %s depends on its order", c.a.Window, c.b.Window)
		}
	}
}

// A report without a date never happened on the day of its publication only.
func TestUndatedIsNotPublicationDay(t *testing.T) {
	a := story.Article{ID: "a", Published: time.Date(2019, 3, 10, 9, 0, 0, 0, time.UTC)}
	shelf := NewShelf([]story.Article{a})
	c := claims.Claim{ID: "c", Article: "a", Activity: "TRV-ENTRY", Aspect: claims.Completed, Players: []claims.Player{{Role: claims.Traveller, Party: "inv:1"}}}
	got := Tell([]claims.Claim{c}, nil, nil, nil, Words{}, shelf)
	if len(got) != 1 || got[0].Dated || got[0].Window.Earliest != calendar.On(2019, 2, 8) || got[0].Window.Latest != calendar.On(2019, 3, 10) {
		t.Errorf("%+v", got[0].Window)
	}
}

package cases

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// told is a claim as one subject's case sees it.
type told struct {
	claims.Claim
	subject  string
	role     role
	article  *story.Article
	day      calendar.Date // of publication
	window   calendar.Window
	dated    bool // the text gives the time
	country  string
	place    *claims.Location
	country2 string // a second State concerned: where from
}

// Spans of days by which happenings are told apart (docs/cases.md).
const (
	pinnedDays = 10 // a window up to this long fixes a happening
	vagueDays  = 31 // one up to this long may join one, a longer one is only linked
	gapDays    = 2  // between pinned windows: time zones, "signed" against "registered"
	echoGap    = 10 // the same between an article and its copy
	lookBack   = 30 // of an undated report: not longer ago than this
	lookAhead  = 60
)

// support: the claim speaks for the deed.
func (t *told) support() bool {
	return t.Polarity != "-" && (t.Act == speech.Assert || t.Act == speech.Confirm || t.Act == "") && t.Certainty != speech.Uncommitted
}

// denies: the claim says that it, or a part of it, was not so.
func (t *told) denies() bool {
	return t.Act == speech.Deny || t.Act == speech.PartlyDeny ||
		(t.Polarity == "-" && (t.Act == speech.Assert || t.Act == speech.Confirm || t.Act == ""))
}

func (t *told) reply() bool {
	return t.denies() || t.Act.IsDenialOrNone() || t.Act == speech.Retract || t.Act == speech.Correct
}

func (t *told) pinned() bool { return t.dated && t.window.Days() > 0 && t.window.Days() <= pinnedDays }
func (t *told) past() bool   { return t.Aspect == claims.Historical }

// shelf finds articles by id and their order in time.
type shelf struct {
	byID map[string]*story.Article
}

func newShelf(as []story.Article) *shelf {
	s := &shelf{map[string]*story.Article{}}
	for i := range as {
		s.byID[as[i].ID] = &as[i]
	}
	return s
}

// earlier orders articles by publication, unknown last, then by id.
func (s *shelf) earlier(a, b string) int {
	x, y := s.byID[a], s.byID[b]
	if x != nil && y != nil && x.Published.IsZero() != y.Published.IsZero() {
		if x.Published.IsZero() {
			return 1
		}
		return -1
	}
	if x != nil && y != nil && !x.Published.Equal(y.Published) {
		return x.Published.Compare(y.Published)
	}
	return cmp.Compare(a, b)
}

// subjects gives for each claim the parties whose case it belongs to, sorted.
func subjects(c claims.Claim, same map[string]string, law Law) []string {
	if table().roles[c.Activity].group == "other" {
		return nil
	}
	var out []string
	for _, p := range c.Players {
		if !acts(p.Role, c.Activity) {
			continue
		}
		switch {
		case p.Party != "":
			id := p.Party
			if s := same[id]; s != "" {
				id = s
			}
			out = append(out, id)
		case p.Cluster >= 0 && candidates(p) != "":
			out = append(out, undecided+candidates(p))
		}
	}
	if len(out) == 0 {
		if s := territoryOf(c, law); s != "" {
			out = append(out, territory+s)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Prefixes of subjects that are no single listed party.
const (
	undecided = "undecided:"
	territory = "territory:"
)

// acts: an authority that freezes or arrests is no subject (role blindness,
// pitfall 3); the target of its act is, for the context.
func acts(r claims.Role, a activity.Code) bool {
	switch r {
	case claims.Authority, "":
		return false
	case claims.Target:
		return a.Family() == "OFF" || a == "TRV-REFUSED" || a == "AST-FROZEN"
	}
	return true
}

func candidates(p claims.Player) string {
	var ids []string
	for _, c := range p.Candidates {
		if c != "" {
			ids = append(ids, c)
		}
	}
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), "+")
}

// territoryOf: arms and controlled goods concern the embargo on a State's
// territory even where nobody listed takes part.
func territoryOf(c claims.Claim, law Law) string {
	if f := c.Activity.Family(); f != "ARM" && f != "WMD" {
		return ""
	}
	var found string
	for _, p := range c.Players {
		if p.Role == claims.Recipient && p.Country != "" {
			found = p.Country
		}
	}
	if found == "" && c.To != nil {
		found = c.To.Country
	}
	if t, ok := law.(Territories); ok && !t.OnTerritory(found) {
		return ""
	}
	return found
}

// tell prepares the claims, one told for each subject, in an order that does
// not depend on the input's.
func tell(in Input, arts *shelf) []*told {
	dropped, renamed := map[string]bool{}, map[string]string{}
	for _, d := range in.Decisions {
		for _, id := range d.Claims {
			switch d.Kind {
			case Drop:
				dropped[id] = true
			case Identify:
				renamed[id] = d.Value
			}
		}
	}
	var out []*told
	for _, c := range in.Claims {
		if dropped[c.ID] || rejected(c, in.Mentions) {
			continue
		}
		ids := subjects(c, in.Same, in.Law)
		if p := renamed[c.ID]; p != "" {
			ids = []string{p}
		}
		for _, s := range ids {
			out = append(out, newTold(c, s, arts))
		}
	}
	slices.SortFunc(out, func(a, b *told) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), arts.earlier(a.Article, b.Article),
			cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(out, func(a, b *told) bool { return a.ID == b.ID && a.subject == b.subject })
}

// rejected: the reader of names found the bearer to be somebody else.
func rejected(c claims.Claim, ms map[string]mentions.Result) bool {
	for _, p := range c.Players {
		if r := ms[c.Article]; p.Cluster >= 0 && p.Cluster < len(r.Clusters) && p.Party == "" && r.Clusters[p.Cluster].Status == mentions.Rejected {
			return true
		}
	}
	return false
}

func newTold(c claims.Claim, subject string, arts *shelf) *told {
	t := &told{Claim: c, subject: subject, role: table().roles[c.Activity], article: arts.byID[c.Article]}
	if t.article == nil {
		t.article = &story.Article{ID: c.Article}
	}
	t.day = t.article.Day()
	t.place = c.Place
	if c.To != nil && (c.Place == nil || c.To.Country != "" || c.Place.Country == "") {
		t.place = c.To
	}
	if t.place == nil && c.Activity == "TRV-EXIT" {
		t.place = c.From
	}
	if c.Activity == "TRV-TRANSIT" && c.Via != nil {
		t.place = c.Via
	}
	if t.place != nil {
		t.country = t.place.Country
	}
	if c.From != nil {
		t.country2 = c.From.Country
	}
	t.setWindow()
	return t
}

// setWindow takes the reported time, else the span in which the deed must lie
// if the article tells news: never the day of publication (ED-2).
func (t *told) setWindow() {
	if t.When != nil && !t.When.Window.IsZero() {
		t.window, t.dated = t.When.Window, true
		if t.window.Earliest.IsZero() {
			t.window.Earliest = t.window.Latest.AddDays(-lookBack)
		}
		if t.window.Latest.IsZero() {
			t.window.Latest = t.window.Earliest.AddDays(lookAhead)
			if !t.day.IsZero() && t.Aspect != claims.Planned && t.day.After(t.window.Earliest) {
				t.window.Latest = t.day
			}
		}
		t.window = calendar.Window{Earliest: t.window.Earliest.First(), Latest: t.window.Latest.Last(), Precision: t.window.Precision}
		return
	}
	switch {
	case t.day.IsZero() || t.past():
	case t.Aspect == claims.Planned || t.Aspect == claims.Hypothetical:
		t.window = calendar.Between(t.day, t.day.AddDays(lookAhead))
	default:
		t.window = calendar.Between(t.day.AddDays(-lookBack), t.day)
	}
}

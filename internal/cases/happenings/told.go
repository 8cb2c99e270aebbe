package happenings

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

// Told is a claim as one subject's case sees it.
type Told struct {
	claims.Claim
	Subject string
	Role    Role
	Doc     *story.Article
	day     calendar.Date // of publication
	Window  calendar.Window
	Dated   bool // the text gives the time
	Country string
	Where   *claims.Location
}

// Spans of days by which happenings are told apart (docs/cases.md).
const (
	PinnedDays = 10 // a window up to this long fixes a happening
	vagueDays  = 31 // one up to this long may join one, a longer one is only linked
	gapDays    = 2  // between pinned windows: time zones, "signed" against "registered"
	echoGap    = 10 // the same between an article and its copy
	lookBack   = 30 // of an undated report: not longer ago than this
	lookAhead  = 60
)

// Supports: the claim speaks for the deed.
func (t *Told) Supports() bool {
	return t.Polarity != "-" && (t.Act == speech.Assert || t.Act == speech.Confirm || t.Act == "") && t.Certainty != speech.Uncommitted
}

// Denies: the claim says that it, or a part of it, was not so.
func (t *Told) Denies() bool {
	return t.Act == speech.Deny || t.Act == speech.PartlyDeny ||
		(t.Polarity == "-" && (t.Act == speech.Assert || t.Act == speech.Confirm || t.Act == ""))
}

func (t *Told) Replies() bool {
	return t.Denies() || t.Act.IsDenialOrNone() || t.Act == speech.Retract || t.Act == speech.Correct
}

func (t *Told) Past() bool { return t.Aspect == claims.Historical }

// Shelf finds articles by id and their order in time.
type Shelf struct {
	ByID map[string]*story.Article
}

func NewShelf(as []story.Article) *Shelf {
	s := &Shelf{map[string]*story.Article{}}
	for i := range as {
		s.ByID[as[i].ID] = &as[i]
	}
	return s
}

// Earlier orders articles by publication, unknown last, then by id.
func (s *Shelf) Earlier(a, b string) int {
	x, y := s.ByID[a], s.ByID[b]
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
func subjects(c claims.Claim, read mentions.Result, same map[string]string, onTerritory func(string) bool) []string {
	if RoleOf(c.Activity).Group == "other" {
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
		case p.Cluster >= 0 && Candidates(p) != "" && named(p, read):
			out = append(out, Undecided+Candidates(p))
		}
	}
	if len(out) == 0 {
		if s := territoryOf(c, onTerritory); s != "" {
			out = append(out, Territory+s)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// named: the text gives the bearer a name; "the shipowner" alone is nobody's
// case.
func named(p claims.Player, read mentions.Result) bool {
	if p.Cluster >= len(read.Clusters) {
		return true // what was read of names was not handed over
	}
	return slices.ContainsFunc(read.Mentions, func(m mentions.Mention) bool {
		return m.Cluster == p.Cluster && m.Form != mentions.Role && m.Form != mentions.Pronoun && m.Form != mentions.Number
	})
}

// Prefixes of subjects that are no single listed party.
const (
	Undecided = "undecided:"
	Territory = "territory:"
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

func Candidates(p claims.Player) string {
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
// Territory even where nobody listed takes part.
func territoryOf(c claims.Claim, onTerritory func(string) bool) string {
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
	if onTerritory != nil && !onTerritory(found) {
		return ""
	}
	return found
}

// Words are the decisions of people that change which claims are read and
// about whom.
type Words struct {
	Dropped map[string]bool // claims read wrongly
	// Party tells for a claim whom it is about instead of a subject; the subject
	// "" stands for all of them, the party Nobody for somebody on no list.
	Party map[string]map[string]string
}

// Nobody is the party of a claim that people found to be about somebody who is
// on no list.
const Nobody = "none"

// about gives the subjects of a claim after people's words.
func (w Words) about(claim string, ids []string) []string {
	said := w.Party[claim]
	if all := said[""]; all != "" {
		ids = []string{all}
	}
	out := slices.Clone(ids)
	for i, id := range ids {
		if to := said[id]; to != "" {
			out[i] = to
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(id string) bool { return id == Nobody })
}

// Tell prepares claims, one Told for each subject, in an order that does not
// depend on theirs. same maps a party to the one that stands for it;
// onTerritory, if given, knows the States under a measure on their territory.
func Tell(cs []claims.Claim, ms map[string]mentions.Result, same map[string]string, onTerritory func(string) bool, words Words, arts *Shelf) []*Told {
	var out []*Told
	mum := silences(cs)
	for _, c := range cs {
		if mum.heard(c) || words.Dropped[c.ID] || words.Party[c.ID] == nil && rejected(c, ms) {
			continue
		}
		for _, s := range words.about(c.ID, subjects(c, ms[c.Article], same, onTerritory)) {
			out = append(out, newTold(c, s, arts))
		}
	}
	slices.SortFunc(out, func(a, b *Told) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), arts.Earlier(a.Article, b.Article),
			cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(out, func(a, b *Told) bool { return a.ID == b.ID && a.Subject == b.Subject })
}

// silence is where somebody says nothing of a matter.
type silence struct {
	article, holder string
	start, end      int
}

type silent map[silence]bool

// silences finds the sentences in which somebody will not, or cannot, say.
func silences(cs []claims.Claim) silent {
	out := silent{}
	for _, c := range cs {
		if c.Act.IsDenialOrNone() && c.Act != speech.Deny && c.Act != speech.PartlyDeny && len(c.Chain) > 0 {
			out[place(c)] = true
		}
	}
	return out
}

func place(c claims.Claim) silence {
	return silence{c.Article, c.Chain[len(c.Chain)-1].Holder, c.Evidence.Start, c.Evidence.End}
}

// heard: the claim reads a statement into such a sentence. Who would neither
// confirm nor deny a visit did not report one (pitfall 10).
func (s silent) heard(c claims.Claim) bool {
	return len(c.Chain) > 0 && (c.Act == speech.Assert || c.Act == speech.Confirm || c.Act == "") && s[place(c)]
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

// returnRule is the frame of "returned to X".
const returnRule = "TRV-EXIT/return"

func newTold(c claims.Claim, subject string, arts *Shelf) *Told {
	t := &Told{Claim: c, Subject: subject, Role: RoleOf(c.Activity), Doc: arts.ByID[c.Article]}
	if t.Doc == nil {
		t.Doc = &story.Article{ID: c.Article}
	}
	if c.Rule == returnRule && (c.To != nil && c.To.Country != "" || c.Place != nil && c.Place.Country != "") {
		t.Activity = "TRV-ENTRY" // who returned to a place has come there
		t.Role = RoleOf(t.Activity)
	}
	t.day = t.Doc.Day()
	t.Where = c.Place
	if c.To != nil && (c.Place == nil || c.To.Country != "" || c.Place.Country == "") {
		t.Where = c.To
	}
	if t.Where == nil && c.Activity == "TRV-EXIT" {
		t.Where = c.From
	}
	if c.Activity == "TRV-TRANSIT" && c.Via != nil {
		t.Where = c.Via
	}
	if t.Where != nil {
		t.Country = t.Where.Country
	}
	t.setWindow()
	return t
}

// setWindow takes the reported time, else the span in which the deed must lie
// if the article tells news: never the day of publication (ED-2).
func (t *Told) setWindow() {
	if t.When != nil && !t.When.Window.IsZero() {
		t.Window, t.Dated = t.When.Window, true
		if t.Window.Earliest.IsZero() {
			t.Window.Earliest = t.Window.Latest.AddDays(-lookBack)
		}
		if t.Window.Latest.IsZero() {
			t.Window.Latest = t.Window.Earliest.AddDays(lookAhead)
			if !t.day.IsZero() && t.Aspect != claims.Planned && t.day.After(t.Window.Earliest) {
				t.Window.Latest = t.day
			}
		}
		t.Window = calendar.Window{Earliest: t.Window.Earliest.First(), Latest: t.Window.Latest.Last(), Precision: t.Window.Precision}
		return
	}
	switch {
	case t.day.IsZero() || t.Past():
	case Ahead(t.Aspect) && t.asked(): // "would not say whether": of what is done or to come
		t.Window = calendar.Between(t.day.AddDays(-lookBack), t.day.AddDays(lookAhead))
	case Ahead(t.Aspect):
		t.Window = calendar.Between(t.day, t.day.AddDays(lookAhead))
	default:
		t.Window = calendar.Between(t.day.AddDays(-lookBack), t.day)
	}
}

// InOrder sorts article ids by publication and drops doubles.
func (s *Shelf) InOrder(ids []string) []string {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, s.Earlier)
	return slices.Compact(ids)
}

// Quote gives the words of the claim.
func (t *Told) Quote() string { return strings.TrimSpace(t.Evidence.Of(t.Doc.Text)) }

// Official: the claim ends in an official body or a document of one.
func (t *Told) Official() bool {
	k, ok := t.Origin()
	return ok && (k.Kind == speech.GovernmentH || k.Kind == speech.Official || k.Kind == speech.Organisation || k.Kind == speech.DocumentH)
}

// Ahead: the aspect tells something announced or thought of, not done.
func Ahead(a claims.Aspect) bool { return a == claims.Planned || a == claims.Hypothetical }

package claims

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"crypto/sha256"

	"github.com/reportedly/reportedly/internal/claims/anchor"
	"github.com/reportedly/reportedly/internal/claims/scene"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// tellings gives the claims as package scene reads them.
func (r *reader) tellings() []scene.Telling {
	out := make([]scene.Telling, len(r.found))
	for n, c := range r.found {
		out[n] = scene.Telling{Activity: c.Activity, Sentence: c.Sentence, Aspect: string(c.Aspect), Negative: c.Polarity == "-", Answer: c.Act.IsDenialOrNone(), To: c.To, Place: c.Place}
		if c.When != nil {
			out[n].Window = &c.When.Window
		}
	}
	return out
}

// scenes gives a deed told as part of a trip ("met him during the visit", "flew
// there to meet") the place and time of the trip.
func (r *reader) scenes() {
	same := func(i, j int) bool { return sharesListed(r.found[i], r.found[j]) }
	ts := r.tellings()
	for n := range r.found {
		c := &r.found[n]
		if c.Place != nil {
			continue
		}
		trip := scene.Trip(ts, n, same)
		if trip < 0 {
			continue
		}
		c.Place = scene.Destination(ts, trip, same).On("place of the trip")
		if c.When == nil && r.found[trip].When != nil {
			w := *r.found[trip].When
			w.Basis = "time of the trip"
			c.When = &w
		}
	}
}

// sharedPlaces gives the tellings of one happening its one place.
func (r *reader) sharedPlaces() {
	same := func(i, j int) bool { return sharesListed(r.found[i], r.found[j]) }
	ts := r.tellings()
	for n := range r.found {
		if c := &r.found[n]; c.Place == nil && c.To == nil {
			c.Place = scene.Shared(ts, n, same).On("elsewhere in the article")
		}
	}
}

// parts gives each of several deeds of one kind that one sentence tells its own
// part of the sentence as evidence; a lone deed keeps the whole sentence.
func (r *reader) parts() {
	type kind struct {
		sentence int
		family   string
		denial   bool
	}
	groups := map[kind][]int{}
	for n, c := range r.found {
		if s := r.At(c.Sentence); s != nil && c.Evidence == s.Src.Span {
			k := kind{c.Sentence, c.Activity.Family(), c.Act.IsDenialOrNone()}
			groups[k] = append(groups[k], n)
		}
	}
	for k, group := range groups {
		triggers := make([]story.Span, len(group))
		for i, n := range group {
			triggers[i] = r.found[n].Trigger
		}
		s := r.At(k.sentence)
		for i, part := range anchor.Parts(r.in.Document.Text, s.Src, s.Cl, triggers) {
			r.found[group[i]].Evidence = part
		}
	}
}

// dedupe joins the tellings of one proposition by one origin into the fullest
// of them, anchored where it is told most fully.
func (r *reader) dedupe() {
	var out []Claim
	for _, c := range r.found {
		at := slices.IndexFunc(out, func(o Claim) bool { return same(o, c) })
		if at < 0 {
			out = append(out, c)
			continue
		}
		if fullness(c) > fullness(out[at]) && !c.mentioned || out[at].mentioned && !c.mentioned {
			c.Notes = append(c.Notes, fmt.Sprintf("told also in sentence %d", out[at].Sentence))
			fillIn(&c, out[at])
			out[at] = c
		} else {
			out[at].Notes = append(out[at].Notes, fmt.Sprintf("told also in sentence %d", c.Sentence))
			fillIn(&out[at], c)
		}
	}
	r.found = out
}

// same reports one proposition by one origin: nothing in which the two speak
// against each other.
func same(a, b Claim) bool {
	if a.Sentence == b.Sentence && a.Activity == b.Activity && a.Act == b.Act && sharesListed(a, b) && near(a, b) && !apart(a, b) {
		return true // verb and noun of one deed: "struck a deal"
	}
	if a.Activity != b.Activity || a.Polarity != b.Polarity || a.Act != b.Act {
		return false
	}
	if a.Act.IsDenialOrNone() && holderKey(a) != holderKey(b) {
		return false
	}
	// A deed spoken of as known is nobody's new statement.
	known := a.mentioned || b.mentioned || b.anaphoric && len(b.Chain) == 0
	if !known && holderKey(a) != holderKey(b) || !b.anaphoric && !a.mentioned && !kin(a.Aspect, b.Aspect) || b.anaphoric && a.Aspect == Planned != (b.Aspect == Planned) {
		return false
	}
	if !sharesListed(a, b) {
		return false
	}
	if a.Rule != b.Rule && len(a.Items) > 0 && len(b.Items) > 0 && !sharesItem(a, b) && a.Activity.Family() == "TRV" {
		return false
	}
	if a.When != nil && b.When != nil && !a.When.Overlaps(b.When.Window) {
		return false
	}
	if apart(a, b) {
		return false
	}
	return a.anaphoric || b.anaphoric || bare(a) && bare(b) || concrete(a, b)
}

// apart reports two tellings that name different places.
func apart(a, b Claim) bool {
	return slices.ContainsFunc([][2]*Location{{a.To, b.To}, {a.From, b.From}, {a.Place, b.Place}}, func(p [2]*Location) bool {
		return p[0] != nil && p[1] != nil && !scene.Compatible(*p[0], *p[1])
	})
}

// bare reports a telling with no time, place or thing of its own.
func bare(c Claim) bool {
	return c.When == nil && c.Place == nil && c.To == nil && c.From == nil && len(c.Items) == 0
}

// concrete reports that two tellings have a time, place or thing in common.
func concrete(a, b Claim) bool {
	if a.When != nil && b.When != nil || sharesItem(a, b) {
		return true
	}
	return a.Place != nil && b.Place != nil || a.To != nil && b.To != nil
}

func sharesItem(a, b Claim) bool {
	for _, x := range a.Items {
		for _, y := range b.Items {
			if strings.EqualFold(x.Item, y.Item) {
				return true
			}
		}
	}
	return false
}

// near reports triggers a few words apart.
func near(a, b Claim) bool {
	d := a.Trigger.Start - b.Trigger.Start
	return d > -40 && d < 40
}

// kin are aspects that one deed may be told in.
func kin(a, b Aspect) bool {
	live := func(x Aspect) bool { return x == Completed || x == Ongoing }
	return a == b || live(a) && live(b)
}

// sharesListed: the parties of one stand among those of the other.
func sharesListed(a, b Claim) bool {
	key := func(p Player) string {
		if p.Cluster >= 0 {
			return fmt.Sprint(p.Cluster)
		}
		return p.Country
	}
	set := func(c Claim) []string {
		var out []string
		for _, p := range c.Players {
			if p.Listed || p.Country != "" {
				out = append(out, key(p))
			}
		}
		return out
	}
	x, y := set(a), set(b)
	within := func(x, y []string) bool {
		for _, k := range x {
			if !slices.Contains(y, k) {
				return false
			}
		}
		return len(x) > 0
	}
	return within(x, y) || within(y, x)
}

func fullness(c Claim) float64 {
	n := c.Score + float64(len(c.Players)) + float64(len(c.Items))*0.5 + float64(len(c.Chain))*0.5
	if c.When != nil {
		n++
	}
	for _, l := range []*Location{c.From, c.To, c.Place} {
		if l != nil {
			n += 0.5
		}
	}
	if c.Amount != nil {
		n++
	}
	return n
}

// fillIn takes from another telling what the fullest leaves open.
func fillIn(c *Claim, o Claim) {
	if c.When == nil && o.When != nil {
		w := *o.When
		w.Basis = "elsewhere in the article"
		c.When = &w
	}
	if c.Place == nil {
		c.Place = o.Place
	}
	if c.To == nil {
		c.To = o.To
	}
	if c.From == nil {
		c.From = o.From
	}
	if len(c.Items) == 0 {
		c.Items = o.Items
	}
	if c.Amount == nil {
		c.Amount = o.Amount
	}
}

// finish sets IDs, scopes and what each answer answers, in order of the text.
func (r *reader) finish() {
	slices.SortStableFunc(r.found, func(a, b Claim) int { return a.Trigger.Start - b.Trigger.Start })
	for i := range r.found {
		r.found[i].ID = r.found[i].hash()
	}
	for i := range r.found {
		c := &r.found[i]
		if !c.Act.IsDenialOrNone() {
			continue
		}
		trip := false
		for _, o := range r.found {
			if o.Act.IsDenialOrNone() || !sharesListed(*c, o) {
				continue
			}
			if o.Activity == c.Activity && o.Trigger.Start < c.Trigger.Start {
				c.Answers = o.ID
				complete(c, o)
			}
			trip = trip || o.Activity.Family() == "TRV"
		}
		// Who denies the meeting leaves the trip untouched.
		if c.Act == speech.Deny && c.Activity.Family() == "MET" && trip {
			c.Scope = "meeting"
		}
	}
}

// complete takes time and place of what a denial answers where it names none.
func complete(c *Claim, o Claim) {
	if c.When == nil && o.When != nil {
		w := *o.When
		w.Basis = "elsewhere in the article"
		c.When = &w
	}
	if c.Place == nil && c.To == nil {
		c.Place, c.To = o.Place, o.To
	}
	if len(c.Items) == 0 {
		c.Items = o.Items
	}
}

// hash gives a stable ID of article, evidence, activity, act and players.
func (c Claim) hash() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s|%d|%d|%d|%s|%s|%s", c.Article, c.Evidence.Start, c.Evidence.End, c.Trigger.Start, c.Activity, c.Act, c.Polarity)
	for _, p := range c.Players {
		fmt.Fprintf(h, "|%s=%s", p.Role, p.Surface)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

package bearers

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/mentions"
)

// narrowDays is how closely two reports must date a deed for the day to tell
// its doer: a week-long window fits too many.
const narrowDays = 3

// deed is what a claim tells that can tell its doer from a namesake.
type deed struct {
	article, group, country string
	when                    calendar.Window
}

func deedOf(c claims.Claim) (deed, bool) {
	at := c.To
	if at == nil || at.Country == "" {
		at = c.Place
	}
	if at == nil || at.Country == "" || c.When == nil || c.When.Window.IsZero() || c.When.Window.Days() > narrowDays || c.When.Window.Days() < 1 {
		return deed{}, false
	}
	return deed{c.Article, happenings.RoleOf(c.Activity).Group, at.Country, c.When.Window}, true
}

// byDeed sorts the dated and placed claims by the bearers they are about.
func (s *settler) byDeed() {
	for _, c := range s.Claims {
		d, ok := deedOf(c)
		if !ok {
			continue
		}
		for _, p := range c.Players {
			switch {
			case p.Party != "":
				s.deeds[s.same(p.Party)] = append(s.deeds[s.same(p.Party)], d)
			case p.Cluster >= 0:
				k := Key{c.Article, p.Cluster}
				s.open[k] = append(s.open[k], d)
			}
		}
	}
}

// sameDeed settles an open bearer by an article of anybody else in which the
// party is accepted: the name is written in full alike, the two describe the
// man alike, and both tell a deed of one kind in one State on the same few
// days. Place and day are the further identifiers that a name alone lacks.
func (s *settler) sameDeed(k Key, cl mentions.Cluster, party string) Ground {
	mine := Names(s.Mentions[k.Article], k.Cluster)
	var found []string
	for _, d := range s.open[k] {
		for _, o := range s.deeds[party] {
			if o.article == k.Article || o.group != d.group || o.country != d.country || !o.when.Overlaps(d.when) {
				continue
			}
			if b := s.accepted[o.article][party]; alike(mine, b.names) && shares(s.support(cl, party), b.support) {
				found = append(found, o.article)
			}
		}
	}
	if len(found) == 0 {
		return Ground{}
	}
	slices.SortFunc(found, func(a, b string) int { return cmp.Or(s.Arts.Earlier(a, b), cmp.Compare(a, b)) })
	return Ground{party, found[0], echoes.OwnReport, fmt.Sprintf("identity as in %s: the same name, description, place and days", s.label(found[0]))}
}

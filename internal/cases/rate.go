package cases

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/cases/ratings"
)

// rate sets people's grades beside the case: reliability on the outlets and on
// the speakers who are named, as it stood on the day they spoke, credibility on
// claims. No count depends on them.
func (b *builder) rate(c *Case) {
	seen := map[string]bool{}
	put := func(source string, day calendar.Date) {
		if source == "" || seen[source] {
			return
		}
		seen[source] = true
		s := b.in.Standing.On(day, func(o string) bool {
			return o == source || b.lineage.SameOutlet(o, source) && b.known(o) && b.known(source)
		})
		s.Source = source
		c.Ratings.Sources = append(c.Ratings.Sources, s)
	}
	for _, a := range c.Articles {
		put(a.Outlet, b.dayOf(a.ID))
	}
	for _, o := range c.Origins {
		if o.Per == "" && len(o.Articles) > 0 {
			put(o.Holder, b.dayOf(o.Articles[0]))
		}
	}
	knows := func(id string) bool {
		return slices.ContainsFunc(c.Claims, func(l ClaimLine) bool { return l.ID == id })
	}
	for _, l := range c.Claims {
		j, refused := ratings.Of(b.in.Judgements, ratings.Item{Claim: l.ID, Min: least(c, l), Knows: knows})
		if refused != "" {
			c.Ratings.Refused = append(c.Ratings.Refused, refused)
		}
		if j.By != "" {
			c.Ratings.Items = append(c.Ratings.Items, ItemRating{l.ID, j.Grade, j.By, j.Why})
		}
	}
	c.Ratings.Refused = uniq(c.Ratings.Refused)
	slices.SortFunc(c.Ratings.Sources, func(x, y ratings.Standing) int { return cmp.Compare(x.Source, y.Source) })
}

func (b *builder) known(outlet string) bool { _, ok := b.lineage.Reg.Lookup(outlet); return ok }

func (b *builder) dayOf(article string) calendar.Date {
	if a := b.arts.ByID[article]; a != nil {
		return a.Day()
	}
	return calendar.Date{}
}

// least number of independent origins behind what a claim says.
func least(c *Case, l ClaimLine) int {
	for _, e := range c.Elements {
		if e.Name != l.Element {
			continue
		}
		if origins.Class(l.Act) == "deny" || l.Polarity == "-" {
			return e.Against.Min
		}
		return e.For.Min
	}
	return 0
}

package cases

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/claims"
)

// conflicts lists arguments on which claims cannot both hold, each value with
// those who give it. Nothing is averaged (model.md 4.2).
func (b *builder) conflicts(c *Case, g *origins.Gatherer, live []*happenings.Told) {
	add := func(arg string, values map[string][]*happenings.Told) {
		if len(values) < 2 {
			return
		}
		k := Conflict{Argument: arg}
		for v, ts := range values {
			cv := ConflictValue{Value: v}
			for _, t := range ts {
				cv.Claims = append(cv.Claims, t.ID)
				cv.Articles = append(cv.Articles, t.Article)
				if r := g.At[t]; r != nil {
					cv.Holders = append(cv.Holders, r.Out.Holder)
				}
			}
			cv.Holders, cv.Claims, cv.Articles = uniq(cv.Holders), uniq(cv.Claims), b.arts.InOrder(cv.Articles)
			k.Values = append(k.Values, cv)
		}
		slices.SortFunc(k.Values, func(x, y ConflictValue) int { return cmp.Compare(x.Value, y.Value) })
		c.Conflicts = append(c.Conflicts, k)
	}
	head := slices.DeleteFunc(slices.Clone(live), func(t *happenings.Told) bool {
		return !t.Supports() || t.Role.Element != g.Headline
	})
	add("date", disjointDates(head))
	add("place", cities(head))
	for item, values := range numbers(head) {
		add("quantity of "+item, values)
	}
	slices.SortFunc(c.Conflicts, func(x, y Conflict) int { return cmp.Compare(x.Argument, y.Argument) })
}

// disjointDates gives the windows, where some two of them do not meet.
func disjointDates(ts []*happenings.Told) map[string][]*happenings.Told {
	values := map[string][]*happenings.Told{}
	clash := false
	for i, t := range ts {
		if !t.Dated || t.When == nil {
			continue
		}
		values[t.Window.String()] = append(values[t.Window.String()], t)
		for _, o := range ts[:i] {
			clash = clash || o.Dated && !o.Window.Overlaps(t.Window)
		}
	}
	if !clash {
		return nil
	}
	return values
}

// cities: two cities of one State, told for one day, may be two halts; told
// as the place of one act they do not agree.
func cities(ts []*happenings.Told) map[string][]*happenings.Told {
	values := map[string][]*happenings.Told{}
	for _, t := range ts {
		if p := t.Where; p != nil && p.Kind == "city" {
			values[cmp.Or(p.Name, p.Text)] = append(values[cmp.Or(p.Name, p.Text)], t)
		}
	}
	return values
}

func numbers(ts []*happenings.Told) map[string]map[string][]*happenings.Told {
	out := map[string]map[string][]*happenings.Told{}
	put := func(item, v string, t *happenings.Told) {
		if out[item] == nil {
			out[item] = map[string][]*happenings.Told{}
		}
		out[item][v] = append(out[item][v], t)
	}
	for _, t := range ts {
		for _, i := range t.Items {
			if i.Quantity != nil && i.Bound == "" {
				put(origins.Singular(origins.Fold(i.Item)), happenings.Quantity(claims.Item{Quantity: i.Quantity, Unit: i.Unit}), t)
			}
		}
		if t.Amount != nil && t.Amount.Bound == "" {
			put("money", happenings.Amount(*t.Amount), t)
		}
	}
	return out
}

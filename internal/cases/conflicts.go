package cases

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/claims"
)

// conflicts lists arguments on which claims cannot both hold, each value with
// those who give it. Nothing is averaged (model.md 4.2).
func (b *builder) conflicts(c *Case, g *gatherer, live []*told) {
	add := func(arg string, values map[string][]*told) {
		if len(values) < 2 {
			return
		}
		k := Conflict{Argument: arg}
		for v, ts := range values {
			cv := ConflictValue{Value: v}
			for _, t := range ts {
				cv.Claims = append(cv.Claims, t.ID)
				cv.Articles = append(cv.Articles, t.Article)
				if r := g.at[t]; r != nil {
					cv.Holders = append(cv.Holders, r.out.Holder)
				}
			}
			cv.Holders, cv.Claims, cv.Articles = uniq(cv.Holders), uniq(cv.Claims), b.arts.inOrder(cv.Articles)
			k.Values = append(k.Values, cv)
		}
		slices.SortFunc(k.Values, func(x, y ConflictValue) int { return cmp.Compare(x.Value, y.Value) })
		c.Conflicts = append(c.Conflicts, k)
	}
	head := slices.DeleteFunc(slices.Clone(live), func(t *told) bool {
		return !t.support() || t.role.element != g.headline
	})
	add("date", disjointDates(head))
	add("place", cities(head))
	for item, values := range numbers(head) {
		add("quantity of "+item, values)
	}
	slices.SortFunc(c.Conflicts, func(x, y Conflict) int { return cmp.Compare(x.Argument, y.Argument) })
}

// disjointDates gives the windows, where some two of them do not meet.
func disjointDates(ts []*told) map[string][]*told {
	values := map[string][]*told{}
	clash := false
	for i, t := range ts {
		if !t.dated || t.When == nil {
			continue
		}
		values[t.window.String()] = append(values[t.window.String()], t)
		for _, o := range ts[:i] {
			clash = clash || o.dated && !o.window.Overlaps(t.window)
		}
	}
	if !clash {
		return nil
	}
	return values
}

// cities: two cities of one State, told for one day, may be two halts; told
// as the place of one act they do not agree.
func cities(ts []*told) map[string][]*told {
	values := map[string][]*told{}
	for _, t := range ts {
		if p := t.place; p != nil && p.Kind == "city" {
			values[cmp.Or(p.Name, p.Text)] = append(values[cmp.Or(p.Name, p.Text)], t)
		}
	}
	return values
}

func numbers(ts []*told) map[string]map[string][]*told {
	out := map[string]map[string][]*told{}
	put := func(item, v string, t *told) {
		if out[item] == nil {
			out[item] = map[string][]*told{}
		}
		out[item][v] = append(out[item][v], t)
	}
	for _, t := range ts {
		for _, i := range t.Items {
			if i.Quantity != nil && i.Bound == "" {
				put(singular(foldText(i.Item)), quantity(claims.Item{Quantity: i.Quantity, Unit: i.Unit}), t)
			}
		}
		if t.Amount != nil && t.Amount.Bound == "" {
			put("money", amount(*t.Amount), t)
		}
	}
	return out
}

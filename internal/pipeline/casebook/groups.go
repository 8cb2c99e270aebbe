package casebook

import (
	"context"
	"slices"

	"github.com/reportedly/reportedly/internal/cases/happenings"
)

// partition puts subjects into one part that may be, or are linked with, the
// same party or open bearer, so that no two parts make the same case.
func partition(ctx context.Context, st Store, b *Basis, subjects []string) ([][]string, error) {
	up := map[string]string{}
	find := func(s string) string {
		for up[s] != "" && up[s] != s {
			s = up[s]
		}
		return s
	}
	join := func(x, y string) {
		if x, y = find(x), find(y); x != y {
			up[max(x, y)] = min(x, y)
		}
	}
	p := &part{st: st, b: b, rows: map[string]bool{}}
	all := set{}
	all.add(subjects...)
	rows, err := st.Concerning(ctx, b.entries(p.parties(all)))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		all.add(r.Subject)
	}
	for s := range all {
		if rivals := happenings.Rivals(s); rivals != nil {
			for _, id := range rivals {
				join(s, b.head(id))
			}
			continue
		}
		join(s, b.head(s))
	}
	parts := map[string][]string{}
	for _, s := range subjects {
		parts[find(s)] = append(parts[find(s)], s)
	}
	var out [][]string
	for _, p := range parts {
		slices.Sort(p)
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b []string) int { return slices.Compare(a, b) })
	return out, nil
}

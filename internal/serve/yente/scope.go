package yente

import (
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/party"
)

// scope says which parties may answer.
type scope struct {
	lists         map[string]bool // nil = all
	excludeSchema []string
	topics        []string
	changedSince  string
	excludeIDs    map[string]bool
	day           calendar.Date // "as_of", an addition of ours
	data          *Data
}

// scope reads the parameters that /match and /search share.
func (d *Data) scope(set *dataset, a *ask) scope {
	s := scope{data: d, excludeSchema: a.Values["exclude_schema"], topics: a.Values["topics"], changedSince: a.moment("changed_since")}
	include, exclude := a.Values["include_dataset"], a.Values["exclude_dataset"]
	if set.list != "" || len(include) > 0 || len(exclude) > 0 {
		s.lists = map[string]bool{}
		for i := range d.sets {
			l := &d.sets[i]
			s.lists[l.list] = l.list != "" && (set.list == "" || set.list == l.list) && (len(include) == 0 || l.named(include)) && !l.named(exclude)
		}
	}
	if ids := a.Values["exclude_entity_ids"]; len(ids) > 50 {
		a.refuse(refuse("too_long", "List should have at most 50 items after validation", len(ids), "query", "exclude_entity_ids"))
	} else if len(ids) > 0 {
		s.excludeIDs = map[string]bool{}
		for _, id := range ids {
			if i, ok := d.byID[id]; ok {
				s.excludeIDs[d.parties[i].ID] = true
			}
		}
	}
	if day := a.Get("as_of"); day != "" {
		var err error
		if s.day, err = calendar.Parse(day); err != nil {
			a.refuse(refuse("date_from_datetime_parsing", "Input should be a date: 2016-04-18", day, "query", "as_of"))
		}
	}
	return s
}

func (l *dataset) named(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return n == l.Name || n == l.list || slices.Contains(collections, n) })
}

// screener and the filter for it; nil where nobody is left out.
func (s *scope) screener() (Screener, func(*party.Party) bool) {
	ix := s.data.now
	if !s.day.IsZero() {
		ix = s.data.ever()
	}
	if s.lists == nil && s.excludeSchema == nil && s.topics == nil && s.changedSince == "" && s.excludeIDs == nil && s.day.IsZero() {
		return ix, nil
	}
	return ix, s.holds
}

func (s *scope) holds(p *party.Party) bool {
	switch {
	case s.lists != nil && !s.lists[listOf(p)],
		len(s.excludeSchema) > 0 && slices.Contains(s.excludeSchema, string(p.Schema)),
		s.excludeIDs[p.ID],
		len(s.topics) > 0 && !(slices.Contains(s.topics, "sanction") && entities.Standing(p)),
		!standing(p, s.day):
		return false
	}
	if s.changedSince != "" {
		e := s.data.lists.Main(p)
		return e.LastChange != "" && e.LastChange > s.changedSince
	}
	return true
}

package casebook

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/store"
)

// Build makes the cases of some subjects (party ids, undecided bearers,
// territories) and of those that hang together with them, and keeps them. It
// takes everything from the store, so it may run anywhere.
func Build(ctx context.Context, st Store, b *Basis, subjects []string, now time.Time) (store.Changes, error) {
	due, err := st.Stale(ctx) // before anything is read: what changes later stays due
	if err != nil {
		return store.Changes{}, err
	}
	_, ch, err := build(ctx, st, b, subjects, due, now)
	return ch, err
}

// build tells of which subjects the cases were made.
func build(ctx context.Context, st Store, b *Basis, subjects []string, due []store.Due, now time.Time) (set, store.Changes, error) {
	b.prepare()
	all, err := st.Records(ctx, time.Time{})
	if err != nil {
		return nil, store.Changes{}, err
	}
	p := &part{st: st, b: b, records: all, asked: set{}}
	p.asked.add(subjects...)
	in, err := p.input(ctx)
	if err != nil {
		return nil, store.Changes{}, err
	}
	run := RunOf(b.Program, b.Rules, b.Key, in, p.out.sorted()...)
	in.Made.Run = run.ID
	made := slices.DeleteFunc(cases.Build(in), func(c cases.Case) bool { return !p.out[c.Party.ID] })
	due = slices.DeleteFunc(slices.Clone(due), func(d store.Due) bool { return !p.out[d.Name] })
	ch, err := st.SaveCasesOf(ctx, run, p.out.sorted(), made, due, now)
	return p.out, ch, err
}

// part is what the cases of some subjects rest on.
type part struct {
	st      Store
	b       *Basis
	records []review.Record

	asked set
	out   set               // subjects whose cases come out right
	build set               // those and what they are linked with
	rows  map[string]bool   // articles that tell of them (true), or name them
	open  []store.Concerned // where a bearer is open
	walk  *walk
}

// input gathers until nobody named a claim of these subjects together with one
// of another subject.
func (p *part) input(ctx context.Context) (cases.Input, error) {
	for {
		if err := p.widen(ctx); err != nil {
			return cases.Input{}, err
		}
		if err := p.read(ctx); err != nil {
			return cases.Input{}, err
		}
		more, err := p.joined(ctx)
		if err != nil {
			return cases.Input{}, err
		}
		if len(more) == 0 {
			break
		}
		p.asked.add(more.sorted()...)
	}
	in := cases.Input{Parties: p.b.Parties, Same: p.b.Same, Sources: p.b.Sources, Law: p.b.Law, Decisions: p.records, Mentions: map[string]mentions.Result{},
		Subjects: p.build, Searched: &cases.Coverage{}, Copies: p.walk.edges(),
		Made: cases.MadeBy{Program: "reportedly " + p.b.Program, Rules: p.b.Rules, Lists: p.b.Lists}}
	for _, id := range set(p.walk.seen).sorted() {
		t, ok := p.walk.told[id]
		if !ok {
			continue
		}
		in.Articles = append(in.Articles, t.Article)
		in.Claims = append(in.Claims, t.Reading.Claims...)
		in.Mentions[id] = t.Reading.Mentions
	}
	return in, nil
}

// widen finds the subjects and the articles that tell of them.
func (p *part) widen(ctx context.Context) error {
	first := p.parties(p.asked)
	p.out, p.build, p.rows, p.open = set{}, set{}, map[string]bool{}, nil
	open1, err := p.concerning(ctx, first)
	if err != nil {
		return err
	}
	second := p.parties(open1).without(first)
	open2, err := p.concerning(ctx, second)
	if err != nil {
		return err
	}
	for _, s := range []set{p.asked, first, second, open1} {
		p.out.add(s.sorted()...)
	}
	p.build.add(p.out.sorted()...)
	p.build.add(open2.sorted()...)
	if err := p.identified(ctx); err != nil {
		return err
	}
	return p.namesakes(ctx)
}

// parties gives those that subjects are, or may be.
func (p *part) parties(subjects set) set {
	out := set{}
	for s := range subjects {
		if rivals := happenings.Rivals(s); rivals != nil {
			for _, id := range rivals {
				out.add(p.b.head(id))
			}
			continue
		}
		out.add(s, p.b.head(s))
	}
	return out
}

// concerning notes the articles with claims about parties and gives the open
// bearers among them.
func (p *part) concerning(ctx context.Context, parties set) (open set, err error) {
	open = set{}
	rows, err := p.st.Concerning(ctx, p.b.entries(parties))
	for _, r := range rows {
		p.rows[r.Article] = true
		if strings.HasPrefix(r.Subject, happenings.Undecided) {
			open.add(r.Subject)
			p.open = append(p.open, r)
		}
	}
	return open, err
}

// identified adds the articles of claims that people gave to these subjects.
func (p *part) identified(ctx context.Context) error {
	ids := set{}
	for _, r := range p.records {
		if r.Kind == review.Identify && p.build[r.Value] {
			ids.add(r.Claims...)
		}
	}
	at, err := p.st.ArticlesOf(ctx, ids.sorted())
	for _, a := range at {
		p.rows[a] = true
	}
	return err
}

// nearDays is within which another story of an outlet may settle a bearer
// (cases/bearers), and a day for time zones.
const nearDays = 8

// namesakes adds what may settle open bearers: where a party that one may be is
// named within days.
func (p *part) namesakes(ctx context.Context) error {
	days := map[string][]calendar.Date{}
	for _, r := range p.open {
		d, err := calendar.Parse(r.Day)
		if r.Day == "" || err != nil {
			continue
		}
		for _, id := range happenings.Rivals(r.Subject) {
			days[p.b.head(id)] = append(days[p.b.head(id)], d)
		}
	}
	for party, ds := range days {
		slices.SortFunc(ds, calendar.Date.Compare)
		for i := 0; i < len(ds); {
			from, to := ds[i], ds[i]
			for i < len(ds) && to.DaysUntil(ds[i]) <= 2*nearDays {
				to = ds[i]
				i++
			}
			for _, id := range p.b.entries(set{party: true}) {
				rows, err := p.st.NamedAround(ctx, id, from.AddDays(-nearDays).String(), to.AddDays(nearDays).String())
				if err != nil {
					return err
				}
				for _, r := range rows {
					if _, ok := p.rows[r.Article]; !ok {
						p.rows[r.Article] = false
					}
				}
			}
		}
	}
	return nil
}

// read loads the articles and what they hang together with.
func (p *part) read(ctx context.Context) error {
	var told, beside []string
	for id, own := range p.rows {
		if own {
			told = append(told, id)
		} else {
			beside = append(beside, id)
		}
	}
	if p.walk == nil {
		p.walk = newWalk(p.st)
	}
	if err := p.walk.from(ctx, told, true); err != nil {
		return err
	}
	return p.walk.from(ctx, beside, false)
}

// joined gives the subjects of claims that a person named together with claims
// of these subjects, and that are not among them.
func (p *part) joined(ctx context.Context) (set, error) {
	claims := map[string]claims.Claim{}
	for id := range p.rows {
		for _, c := range p.walk.told[id].Reading.Claims {
			claims[c.ID] = c
		}
	}
	more := set{}
	for _, r := range p.records {
		ids := named(r)
		if !slices.ContainsFunc(ids, func(id string) bool { _, ok := claims[id]; return ok }) {
			continue
		}
		subjects, err := p.subjects(ctx, r, ids, claims)
		if err != nil {
			return nil, err
		}
		if mine := subjects.without(p.out); len(mine) < len(subjects) {
			more.add(mine.sorted()...)
		}
	}
	return more, nil
}

// subjects of the claims that a record names.
func (p *part) subjects(ctx context.Context, r review.Record, ids []string, known map[string]claims.Claim) (set, error) {
	out := set{}
	if r.Kind == review.Identify {
		out.add(r.Value)
	}
	var strange []string
	for _, id := range ids {
		c, ok := known[id]
		if !ok {
			strange = append(strange, id)
			continue
		}
		for _, k := range happenings.Concerns([]claims.Claim{c}, mentions.Result{}) {
			out.add(k.Subject)
			if happenings.Rivals(k.Subject) == nil {
				out.add(p.b.head(k.Subject))
			}
		}
	}
	if len(strange) == 0 {
		return out, nil
	}
	others, err := subjectsOf(ctx, p.st, strange, p.records)
	out.add(others...)
	return out, err
}

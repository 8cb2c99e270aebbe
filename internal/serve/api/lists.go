package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store"
)

type edition struct {
	List      string    `json:"list"`
	Key       string    `json:"key"`
	Publisher string    `json:"publisher"`
	AsOf      string    `json:"as_of" doc:"the day the list speaks of"`
	Entries   int       `json:"entries"`
	SHA256    string    `json:"sha256"`
	KnownFrom time.Time `json:"known_from"`
}

type editionsIn struct {
	List    string `query:"list" maxLength:"60"`
	KnownAt string `query:"known_at" maxLength:"40" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.+)?)?)?$"`
}

type editionsOut struct {
	Body struct {
		Editions []edition `json:"editions" nullable:"false"`
	}
}

type changesIn struct {
	List string `path:"list" maxLength:"60"`
	From string `query:"from" required:"true" minLength:"1" maxLength:"200" doc:"key of an edition"`
	To   string `query:"to" required:"true" minLength:"1" maxLength:"200" doc:"key of another edition"`
}

// entry names a list entry.
type entry struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type changesOut struct {
	Body struct {
		Added   []entry `json:"added" nullable:"false"`
		Removed []entry `json:"removed" nullable:"false"`
	}
}

type partyIn struct {
	ID string `path:"id" maxLength:"200"`
}

// listed is a party as its list tells of it.
type listed struct {
	ID           string        `json:"id"`
	Schema       string        `json:"schema"`
	Names        []name        `json:"names" nullable:"false" doc:"the first is the primary name"`
	Countries    []string      `json:"countries" nullable:"false"`
	Designations []designation `json:"designations" nullable:"false"`
}

type name struct {
	Text    string `json:"text"`
	Kind    string `json:"kind"`
	Quality string `json:"quality"`
}

type designation struct {
	Authority string   `json:"authority"`
	List      string   `json:"list"`
	Reference string   `json:"reference"`
	Regime    string   `json:"regime"`
	ListedOn  string   `json:"listed_on"`
	Delisted  string   `json:"delisted_on"`
	Status    string   `json:"status"`
	Periods   []period `json:"periods" nullable:"false"`
}

type period struct {
	From     string `json:"from"`
	LastSeen string `json:"last_seen"`
	Gone     string `json:"gone"`
}

func listedOf(p party.Party) listed {
	out := listed{ID: p.ID, Schema: string(p.Schema), Names: []name{}, Countries: []string{}, Designations: []designation{}}
	for _, n := range p.Names {
		out.Names = append(out.Names, name{n.Text, string(n.Kind), string(n.Quality)})
	}
	for _, c := range p.Nationalities {
		out.Countries = append(out.Countries, c.Code)
	}
	for _, d := range p.Designations {
		x := designation{d.Authority, d.List, d.Reference, d.Regime, d.ListedOn.String(), d.DelistedOn.String(), string(d.Status), []period{}}
		for _, q := range d.Periods {
			x.Periods = append(x.Periods, period{q.From.String(), q.LastSeen.String(), q.Gone.String()})
		}
		out.Designations = append(out.Designations, x)
	}
	return out
}

type partyOut struct {
	Body struct {
		Party listed     `json:"party"`
		Cases []caseLine `json:"cases" nullable:"false" doc:"also those in which the party is a rival"`
	}
}

type outletsOut struct {
	Body struct {
		Outlets []outlet `json:"outlets" nullable:"false"`
	}
}

type outlet struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

type none struct{}

func (a *API) routesOfLists() {
	operation(a, huma.Operation{OperationID: "list-editions", Method: http.MethodGet, Path: "/lists", Summary: "Editions of lists that are kept", Tags: []string{"lists"}}, auth.Read, a.listEditions)
	operation(a, huma.Operation{OperationID: "compare-editions", Method: http.MethodGet, Path: "/lists/{list}/changes", Summary: "Who came and went between two editions", Tags: []string{"lists"}, Errors: []int{404}}, auth.Read, a.compare)
	operation(a, huma.Operation{OperationID: "get-party", Method: http.MethodGet, Path: "/parties/{id}", Summary: "A listed party with its cases", Tags: []string{"lists"}, Errors: []int{404, 409}}, auth.Read, a.getParty)
	operation(a, huma.Operation{OperationID: "list-outlets", Method: http.MethodGet, Path: "/outlets", Summary: "Outlets with the number of their articles", Tags: []string{"articles"}}, auth.Read, a.listOutlets)
}

func (a *API) listEditions(ctx context.Context, in *editionsIn) (*editionsOut, error) {
	known, err := moment(in.KnownAt)
	if err != nil {
		return nil, huma.Error422UnprocessableEntity("known_at: " + in.KnownAt + " is neither a day nor a moment")
	}
	eds, err := a.o.Store.Editions(ctx, in.List, known)
	if err != nil {
		return nil, err
	}
	out := &editionsOut{}
	out.Body.Editions = []edition{}
	for _, e := range eds {
		out.Body.Editions = append(out.Body.Editions, edition{e.List, e.Key(), e.Publisher, e.AsOf.String(), e.Entries, e.SHA256, e.KnownFrom})
	}
	return out, nil
}

func (a *API) compare(ctx context.Context, in *changesIn) (*changesOut, error) {
	var sides [2]map[string]party.Party
	for i, key := range []string{in.From, in.To} {
		ps, err := a.o.Store.Parties(ctx, key)
		if err != nil {
			return nil, err
		}
		sides[i] = map[string]party.Party{}
		for _, p := range ps {
			if !strings.HasPrefix(p.ID, in.List+":") {
				return nil, store.ErrNotFound
			}
			sides[i][p.ID] = p
		}
	}
	out := &changesOut{}
	out.Body.Added, out.Body.Removed = missing(sides[1], sides[0]), missing(sides[0], sides[1])
	return out, nil
}

// missing gives the entries of one side that the other lacks.
func missing(have, other map[string]party.Party) []entry {
	out := []entry{}
	for id, p := range have {
		if _, ok := other[id]; ok {
			continue
		}
		e := entry{ID: id}
		if len(p.Names) > 0 {
			e.Name = p.Names[0].Text
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b entry) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func (a *API) getParty(ctx context.Context, in *partyIn) (*partyOut, error) {
	p, err := a.o.Desk.Party(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	found, _, err := a.o.Store.FindCases(ctx, store.CaseQuery{Party: in.ID, Background: true, Sort: "number"})
	if err != nil {
		return nil, err
	}
	out := &partyOut{}
	out.Body.Party, out.Body.Cases = listedOf(p), []caseLine{}
	for _, c := range found {
		out.Body.Cases = append(out.Body.Cases, lineOf(c))
	}
	return out, nil
}

func (a *API) listOutlets(ctx context.Context, _ *none) (*outletsOut, error) {
	found, err := a.o.Store.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	out := &outletsOut{}
	out.Body.Outlets = []outlet{}
	for _, o := range found {
		out.Body.Outlets = append(out.Body.Outlets, outlet{o.Name, o.Articles})
	}
	return out, nil
}

package api

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/subjects"
)

// feed is what is followed and how it fares.
type feed struct {
	URL      string     `json:"url"`
	Kind     string     `json:"kind" doc:"feed, sitemap or folder; empty until it was seen"`
	Title    string     `json:"title"`
	Outlet   string     `json:"outlet"`
	Seconds  int64      `json:"seconds" doc:"between two looks; 0 = as the service is set"`
	Fetched  *time.Time `json:"fetched" doc:"last look, however it ended"`
	Changed  *time.Time `json:"changed" doc:"last look that brought something new"`
	Due      *time.Time `json:"due"`
	Failures int        `json:"failures" doc:"looks in a row that failed"`
	Problem  string     `json:"problem"`
	Open     int        `json:"open" doc:"items still to be read"`
	Done     int        `json:"done"`
	Failed   int        `json:"failed"`
}

func feedOf(f store.Feed) feed {
	return feed{URL: f.URL, Kind: f.Kind, Title: f.Title, Outlet: f.Outlet, Seconds: int64(f.Every / time.Second), Fetched: known(f.Fetched), Changed: known(f.Changed),
		Due: known(f.Due), Failures: f.Errors, Problem: f.Error, Open: f.Open, Done: f.Done, Failed: f.Failed}
}

// known is a moment, nil where there was none.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type feedsOut struct {
	Body struct {
		Feeds []feed `json:"feeds" nullable:"false"`
	}
}

type newFeedIn struct {
	Body struct {
		URL     string `json:"url" minLength:"8" maxLength:"2000" doc:"a web address; folders are followed from the command line only"`
		Outlet  string `json:"outlet,omitempty" maxLength:"200" doc:"for articles that do not say"`
		Seconds int64  `json:"seconds,omitempty" minimum:"60" maximum:"604800"`
	}
}

type feedIn struct {
	URL string `query:"url" required:"true" maxLength:"2000"`
}

// subject is somebody watched: a customer, a payee, a ship.
type subject struct {
	ID        string   `json:"id" minLength:"1" maxLength:"200" doc:"the owner's own number"`
	Name      string   `json:"name" minLength:"1" maxLength:"1000"`
	Aliases   []string `json:"aliases,omitempty" maxItems:"100"`
	Schema    string   `json:"schema,omitempty" enum:"Person,Organization,Company,PublicBody,LegalEntity,Vessel,Airplane"`
	BirthDate string   `json:"birth_date,omitempty" maxLength:"10" doc:"1957, 1957-03 or 1957-03-11"`
	Countries []string `json:"countries,omitempty" maxItems:"20"`
	Numbers   []string `json:"numbers,omitempty" maxItems:"50"`
}

type subjectsIn struct {
	Body struct {
		Subjects []subject `json:"subjects" minItems:"1" maxItems:"1000"`
	}
}

type subjectsOut struct {
	Body struct {
		Added   int `json:"added"`
		Changed int `json:"changed"`
		Watched int `json:"watched" doc:"of all"`
	}
}

type subjectIn struct {
	ID string `path:"id" maxLength:"200"`
}

type hit struct {
	Subject string  `json:"subject"`
	Party   string  `json:"party"`
	Entry   string  `json:"entry"`
	Matched string  `json:"matched"`
	Score   float64 `json:"score"`
	Match   bool    `json:"match"`
	State   string  `json:"state" doc:"what people decided of it: open, cleared, confirmed, reopened"`
}

type hitsIn struct {
	Subject string `query:"subject" maxLength:"200" doc:"of one subject; of all where it is left out"`
}

type hitsOut struct {
	Body struct {
		Hits []hit `json:"hits" nullable:"false"`
	}
}

func (a *API) routesOfFollowing() {
	operation(a, huma.Operation{OperationID: "list-feeds", Method: http.MethodGet, Path: "/feeds", Summary: "What is followed, and how each fares", Tags: []string{"articles"}}, auth.Read, a.listFeeds)
	operation(a, huma.Operation{OperationID: "add-feed", Method: http.MethodPost, Path: "/feeds", Summary: "Follow a feed or a sitemap, or change how it is followed", Tags: []string{"articles"}, DefaultStatus: http.StatusCreated}, auth.ManageFeeds, a.addFeed)
	operation(a, huma.Operation{OperationID: "remove-feed", Method: http.MethodDelete, Path: "/feeds", Summary: "Follow it no more; what was read stays", Tags: []string{"articles"}, DefaultStatus: http.StatusNoContent, Errors: []int{404}}, auth.ManageFeeds, a.removeFeed)
	operation(a, huma.Operation{OperationID: "put-subjects", Method: http.MethodPost, Path: "/subjects", Summary: "Watch subjects; they are screened with the next run", Tags: []string{"screening"}}, auth.Screen, a.putSubjects)
	operation(a, huma.Operation{OperationID: "drop-subject", Method: http.MethodDelete, Path: "/subjects/{id}", Summary: "Watch a subject no more", Tags: []string{"screening"}, DefaultStatus: http.StatusNoContent, Errors: []int{404}}, auth.Screen, a.dropSubject)
	operation(a, huma.Operation{OperationID: "list-hits", Method: http.MethodGet, Path: "/hits", Summary: "Hits of watched subjects that stand now", Tags: []string{"screening"}}, auth.Screen, a.listHits)
}

func (a *API) listFeeds(ctx context.Context, _ *none) (*feedsOut, error) {
	all, err := a.o.Store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	out := &feedsOut{}
	out.Body.Feeds = []feed{}
	for _, f := range all {
		out.Body.Feeds = append(out.Body.Feeds, feedOf(f))
	}
	return out, nil
}

func (a *API) addFeed(ctx context.Context, in *newFeedIn) (*feedsOut, error) {
	u, err := url.Parse(in.Body.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, huma.Error422UnprocessableEntity("url: " + in.Body.URL + " is no web address")
	}
	f := store.Feed{URL: in.Body.URL, Outlet: in.Body.Outlet, Every: time.Duration(in.Body.Seconds) * time.Second}
	if _, err := a.o.Store.AddFeed(ctx, f, a.o.Now()); err != nil {
		return nil, err
	}
	return a.listFeeds(ctx, nil)
}

func (a *API) removeFeed(ctx context.Context, in *feedIn) (*none, error) {
	return nil, a.o.Store.RemoveFeed(ctx, in.URL, a.o.Now())
}

func (a *API) putSubjects(ctx context.Context, in *subjectsIn) (*subjectsOut, error) {
	batch := make([]subjects.Subject, 0, len(in.Body.Subjects))
	for _, s := range in.Body.Subjects {
		born, err := calendar.Parse(s.BirthDate)
		if err != nil && s.BirthDate != "" {
			return nil, huma.Error422UnprocessableEntity("subject " + s.ID + ": birth_date: " + s.BirthDate + " is no date")
		}
		one := subjects.Subject{ID: s.ID, Name: s.Name, Aliases: s.Aliases, Schema: party.Schema(s.Schema), Countries: s.Countries, Numbers: s.Numbers}
		if s.BirthDate != "" {
			one.BirthDate = born.Window()
		}
		batch = append(batch, one)
	}
	out := &subjectsOut{}
	var err error
	if out.Body.Added, out.Body.Changed, err = a.o.Store.SaveSubjects(ctx, batch, a.o.Now()); err != nil {
		return nil, err
	}
	out.Body.Watched, err = a.o.Store.CountSubjects(ctx)
	return out, err
}

func (a *API) dropSubject(ctx context.Context, in *subjectIn) (*none, error) {
	n, err := a.o.Store.DropSubjects(ctx, []string{in.ID}, a.o.Now())
	if err == nil && n == 0 {
		err = store.ErrNotFound
	}
	return nil, err
}

func (a *API) listHits(ctx context.Context, in *hitsIn) (*hitsOut, error) {
	all, err := a.o.Store.SubjectHits(ctx, in.Subject)
	if err != nil {
		return nil, err
	}
	out := &hitsOut{}
	out.Body.Hits = []hit{}
	for _, h := range all {
		out.Body.Hits = append(out.Body.Hits, hit{h.Subject, h.Party, h.Entry, h.Matched, h.Score, h.Match, string(h.State)})
	}
	return out, nil
}

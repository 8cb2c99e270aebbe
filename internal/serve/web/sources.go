package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/cases/ratings"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/serve/web/desk"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
)

// sourceRow is an outlet or speaker with the grade that holds.
type sourceRow struct {
	sources.Source
	Registered bool
	Grade      ratings.Reliability
	By         string
	Articles   int
}

type sourcesPage struct {
	Rows  []sourceRow
	Feeds []store.Feed // what is followed, with how it fares
	Find  string
	All   bool
	Total int
}

const sourcesShown = 200

// sources lists the outlets met in articles, and on demand all that the
// register knows.
func (p *Pages) sources(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	b := sourcesPage{Find: clip(r.URL.Query().Get("q"), 100), All: r.URL.Query().Get("all") != ""}
	met, err := p.desk.Outlets(r.Context())
	if err != nil {
		return "", page{}, err
	}
	if b.Feeds, err = p.st.Feeds(r.Context()); err != nil {
		return "", page{}, err
	}
	said, err := p.st.Records(r.Context(), time.Time{})
	if err != nil {
		return "", page{}, err
	}
	graded := review.Standing(review.Holding(said))
	reg := sources.Default()
	var rows []sourceRow
	seen := map[string]bool{}
	add := func(name string, articles int) {
		row := sourceRow{Source: sources.Source{Name: name}, Articles: articles}
		if s, ok := reg.Lookup(name); ok {
			row.Source, row.Registered = s, true
		}
		if seen[row.Name] {
			return
		}
		seen[row.Name] = true
		st := graded.On(p.today(), func(s string) bool { return s == row.Name || s == name })
		row.Grade, row.By = st.Grade, st.By
		if b.Find == "" || strings.Contains(strings.ToLower(row.Name+" "+strings.Join(row.Domains, " ")), strings.ToLower(b.Find)) {
			rows = append(rows, row)
		}
	}
	for _, o := range met {
		add(o.Name, o.Articles)
	}
	for _, s := range graded {
		add(s.Source, 0)
	}
	if b.All || b.Find != "" {
		for _, s := range reg.Sources() {
			add(s.Name, 0)
		}
	}
	slices.SortStableFunc(rows, func(x, y sourceRow) int { return cmp.Or(y.Articles-x.Articles, cmp.Compare(x.Name, y.Name)) })
	b.Total = len(rows)
	b.Rows = rows[:min(len(rows), sourcesShown)]
	return "sources", page{Title: "Sources", Section: "sources", Body: b}, nil
}

// sourcePage is one source with everything people said of it.
type sourcePage struct {
	sourceRow
	Groups []sources.Group // from its own upwards
	Under  []string        // other sources under the same hand
	Log    []logLine
	Cases  []store.NumberedCase
	Grades []string
	Today  string
}

func (p *Pages) source(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	name := r.PathValue("name")
	b := &sourcePage{sourceRow: sourceRow{Source: sources.Source{Name: name}, Grade: ratings.NotRated}, Grades: []string{"A", "B", "C", "D", "E", "F"}, Today: p.today().String()}
	reg := sources.Default()
	if s, ok := reg.Lookup(name); ok {
		b.Source, b.Registered = s, true
	}
	b.control(reg)
	said, err := p.st.Records(r.Context(), time.Time{})
	if err != nil {
		return "", page{}, err
	}
	holding := review.Holding(said)
	is := func(s string) bool { return s == b.Name || s == name }
	st := review.Standing(holding).On(p.today(), is)
	b.Grade, b.By = st.Grade, st.By
	for _, rec := range said {
		if is(rec.Source) || rec.Of != "" && slices.ContainsFunc(said, func(o review.Record) bool { return o.ID == rec.Of && is(o.Source) }) {
			b.Log = append(b.Log, logLine{Record: rec, Holds: rec.Kind == review.Undo || slices.ContainsFunc(holding, func(h review.Record) bool { return h.ID == rec.ID })})
		}
	}
	slices.Reverse(b.Log)
	if b.Cases, err = p.desk.CasesBy(r.Context(), b.Name); err != nil {
		return "", page{}, err
	}
	if !b.Registered && len(b.Cases) == 0 && len(b.Log) == 0 {
		met, err := p.desk.Outlets(r.Context())
		if err != nil {
			return "", page{}, err
		}
		if !slices.ContainsFunc(met, func(o desk.Outlet) bool { return o.Name == name }) {
			return "", page{}, missing("the source " + name)
		}
	}
	return "source", page{Title: b.Name, Section: "sources", Body: b}, nil
}

// control follows the groups upwards and finds the others under the nearest.
func (b *sourcePage) control(reg *sources.Register) {
	b.Groups = reg.Line(b.Control)
	if b.Control == "" {
		return
	}
	for _, s := range reg.Sources() {
		if s.Control == b.Control && s.Name != b.Name {
			b.Under = append(b.Under, s.Name)
		}
	}
}

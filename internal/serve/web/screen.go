package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/web/desk"
	"github.com/reportedly/reportedly/internal/serve/web/jobs"
	"github.com/reportedly/reportedly/internal/serve/web/upload"
)

// screenPage is a name with the listed parties that may bear it.
type screenPage struct {
	Name, Schema, Birth, Country, Number, AsOf string
	Asked                                      bool
	Hits                                       []hitRow
	Searched                                   []string // lists, with their dates
	Parties                                    int
	Threshold                                  float64
	Schemata                                   []party.Schema
	Jobs                                       []*jobs.Job // the visitor's own uploads
	Watched                                    desk.Watched
}

// hitRow is a hit with where its party stands on the day asked for.
type hitRow struct {
	screening.Hit
	Match    bool
	Standing []string
}

var schemata = []party.Schema{party.Person, party.Organization, party.Company, party.PublicBody, party.Vessel, party.Airplane}

func (p *Pages) screen(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	v := r.URL.Query()
	b := &screenPage{Name: clip(v.Get("name"), 500), Schema: v.Get("schema"), Birth: clip(v.Get("birth"), 10), Country: clip(v.Get("country"), 2), Number: clip(v.Get("number"), 60), AsOf: clip(v.Get("asof"), 10),
		Threshold: screening.Default, Schemata: schemata}
	who := auth.From(r.Context())
	b.Jobs = p.jobs.Of(who.User, screenJob)
	var err error
	if b.Watched, err = desk.WatchedIn(r.Context(), p.st); err != nil {
		return "", page{}, err
	}
	know, index, err := p.known.now(r.Context())
	if err != nil {
		return "", page{}, err
	}
	if know != nil {
		b.Searched, b.Parties = know.Labels(), len(know.Parties)
	}
	if b.Name != "" || b.Number != "" {
		b.Asked = true
		if err := b.find(index); err != nil {
			return "", page{}, err
		}
	}
	return "screen", page{Title: "Screen", Section: "screen", Body: b}, nil
}

func (b *screenPage) find(index *screening.Index) error {
	if index == nil {
		return nil
	}
	q := screening.Query{Name: b.Name, Schema: party.Schema(b.Schema), Country: strings.ToUpper(b.Country), Number: b.Number, Limit: 15}
	if b.Birth != "" {
		d, err := calendar.Parse(b.Birth)
		if err != nil {
			return wrong("the birth date is read as 1957, 1957-03 or 1957-03-11; this is none: " + b.Birth)
		}
		q.BirthDate = d.Window()
	}
	day, err := calendar.Parse(b.AsOf)
	if err != nil {
		return wrong("the day is read as 2016-04-15; this is none: " + b.AsOf)
	}
	for _, h := range index.Find(q) {
		row := hitRow{Hit: h, Match: h.Score >= screening.Default}
		for _, d := range h.Party.Designations {
			row.Standing = append(row.Standing, standing(d, day))
		}
		b.Hits = append(b.Hits, row)
	}
	return nil
}

// standing tells in words since when a designation stands, or how it stood on
// a day.
func standing(d party.Designation, day calendar.Date) string {
	name := strings.TrimSpace(d.Authority + " " + d.Reference)
	if !day.IsZero() && len(d.Periods) > 0 {
		return fmt.Sprintf("%s: %s on %s", name, history.Standing(d.Periods, day), day)
	}
	if n := len(d.Periods); n > 0 {
		last := d.Periods[n-1]
		if !last.Gone.IsZero() {
			return fmt.Sprintf("%s: listed from %s, gone by %s", name, orUnknown(last.From), last.Gone)
		}
		return fmt.Sprintf("%s: listed from %s", name, orUnknown(last.From))
	}
	return fmt.Sprintf("%s: listed on %s", name, orUnknown(d.ListedOn))
}

func orUnknown(d calendar.Date) string {
	if d.IsZero() {
		return "an unknown date"
	}
	return d.String()
}

// maxUpload bounds a file to be screened, in bytes.
const maxUpload = 64 << 20

// screenFile takes a CSV of names and screens it in the background.
func (p *Pages) screenFile(w http.ResponseWriter, r *http.Request) (string, page, error) {
	f, head, err := r.FormFile("file")
	if err != nil {
		return "", page{}, wrong("choose a CSV file with a column “name”; at most 64 MB")
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		return "", page{}, wrong("the file did not arrive whole")
	}
	names, err := upload.Read(body)
	if err != nil {
		return "", page{}, wrong(err.Error())
	}
	_, index, err := p.known.now(r.Context())
	if err != nil {
		return "", page{}, err
	}
	if index == nil {
		return "", page{}, wrong("no list is loaded yet, so nobody could be found")
	}
	j := p.jobs.Start("Screening "+head.Filename, screenJob, auth.From(r.Context()), func(ctx context.Context, j *jobs.Job) error {
		var out bytes.Buffer
		n, err := names.Screen(ctx, index, &out, func(done, total int) { j.At(int64(done), int64(total), "names") })
		if err != nil {
			return err
		}
		j.Give(jobs.Result{Name: "screened-" + strings.TrimSuffix(head.Filename, ".csv") + ".csv", Type: "text/csv; charset=utf-8", Body: out.Bytes()})
		j.Tell(jobs.Line{Text: fmt.Sprintf("%d names: %d reach the threshold, %d are somewhat alike, %d are like nobody listed or could not be read", n.Names, n.Match, n.Possible, n.Names-n.Match-n.Possible)})
		return nil
	})
	http.Redirect(w, r, "/jobs/"+j.ID, http.StatusSeeOther)
	return "", page{}, nil
}

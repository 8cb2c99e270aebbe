package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/report"
	"github.com/reportedly/reportedly/internal/report/ftm"
	"github.com/reportedly/reportedly/internal/report/stix"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/guard"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// caseLine is a case in a list.
type caseLine struct {
	Number    int       `json:"number"`
	ID        string    `json:"id"`
	KnownFrom time.Time `json:"known_from" doc:"since when the program has known it so"`
	Title     string    `json:"title"`
	Status    string    `json:"status" enum:"live,background"`
	PartyID   string    `json:"party_id"`
	Party     string    `json:"party"`
	Activity  []string  `json:"activity" doc:"codes of the closed list, headline first"`
	Earliest  string    `json:"earliest"`
	Latest    string    `json:"latest"`
	Verdict   string    `json:"verdict" doc:"of the measure check: what would hold if the reports are accurate"`
	Sentence  string    `json:"sentence"`
	ForMin    int       `json:"origins_min"`
	ForMax    int       `json:"origins_max"`
	Against   int       `json:"origins_against_max"`
	Outcome   string    `json:"review_outcome"`
	Href      string    `json:"href"`
}

func lineOf(c store.NumberedCase) caseLine {
	l := caseLine{Number: c.Number, ID: c.ID, KnownFrom: c.KnownFrom, Title: c.Title, Status: string(c.Status), PartyID: c.Party.ID, Party: c.Party.Name, Activity: []string{},
		Earliest: c.Window.Earliest.String(), Latest: c.Window.Latest.String(), Verdict: string(c.Check.Verdict), Sentence: c.Check.Sentence,
		ForMin: c.For.Min, ForMax: c.For.Max, Against: c.Against.Max, Outcome: c.Review.Outcome, Href: fmt.Sprintf("%s/cases/%d", Prefix, c.Number)}
	for _, code := range c.Activity {
		l.Activity = append(l.Activity, string(code))
	}
	return l
}

type casesIn struct {
	Page
	Words      string    `query:"q" maxLength:"200" doc:"beginnings of words in titles, names, references and places"`
	Quotes     bool      `query:"quotes" doc:"let q look into what the reports say, too"`
	Measure    string    `query:"measure" enum:"engaged,in-force,open,none" doc:"engaged: a duty would have been, if the reports are accurate"`
	Activity   string    `query:"activity" maxLength:"40" doc:"a code or family of the closed list"`
	Party      string    `query:"party" maxLength:"200"`
	Article    string    `query:"article" maxLength:"200"`
	Outlet     string    `query:"outlet" maxLength:"200"`
	Origins    int       `query:"origins" minimum:"0" maximum:"100" doc:"at least so many independent origins"`
	Denied     string    `query:"denied" enum:"yes,no"`
	Review     string    `query:"review" enum:"none,second,decided,stale"`
	Since      time.Time `query:"since" doc:"came or changed after"`
	Background bool      `query:"background" doc:"also what is told in passing"`
	Sort       string    `query:"sort" enum:"matters,new,happened,origins,number,arrived" default:"matters"`
}

type casesOut struct {
	Link string `header:"Link"`
	Body struct {
		Total int        `json:"total"`
		Cases []caseLine `json:"cases" nullable:"false"`
	}
}

type CaseIn struct {
	Number  int    `path:"number" minimum:"1" maximum:"2000000000"`
	KnownAt string `query:"known_at" maxLength:"40" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.+)?)?)?$" doc:"a day or a moment: the case as it was known then" example:"2024-05-01"`
}

type caseOut struct {
	Body struct {
		Number    int        `json:"number"`
		KnownFrom time.Time  `json:"known_from"`
		Case      cases.Case `json:"case"`
	}
}

func (a *API) routesOfCases() {
	operation(a, huma.Operation{OperationID: "list-cases", Method: http.MethodGet, Path: "/cases", Summary: "Cases, filtered and in pages", Tags: []string{"cases"}}, auth.Read, a.listCases)
	operation(a, huma.Operation{OperationID: "get-case", Method: http.MethodGet, Path: "/cases/{number}", Summary: "One case in full", Tags: []string{"cases"}, Errors: []int{404}}, auth.Read, a.getCase)
	operation(a, huma.Operation{OperationID: "export-case", Method: http.MethodGet, Path: "/cases/{number}/export", Summary: "A case file to keep; written into the audit log", Tags: []string{"cases"}, Errors: []int{404}, Responses: map[string]*huma.Response{
		"200": {Description: "the file", Content: map[string]*huma.MediaType{"text/html": {Schema: &huma.Schema{Type: "string"}}, "text/plain": {Schema: &huma.Schema{Type: "string"}},
			"text/csv": {Schema: &huma.Schema{Type: "string"}}, "application/x-ndjson": {Schema: &huma.Schema{Type: "string"}}, "application/stix+json": {Schema: &huma.Schema{Type: "object"}}}}}}, auth.Export, a.exportCase)
	operation(a, huma.Operation{OperationID: "list-records", Method: http.MethodGet, Path: "/records", Summary: "What people said of cases", Tags: []string{"review"}}, auth.Read, a.listRecords)
	operation(a, huma.Operation{OperationID: "add-record", Method: http.MethodPost, Path: "/cases/{number}/records", Summary: "Say something of a case: a decision, a note, a signature", Tags: []string{"review"}, DefaultStatus: http.StatusCreated, Errors: []int{404}}, auth.Annotate, a.addRecord)
	operation(a, huma.Operation{OperationID: "undo-record", Method: http.MethodPost, Path: "/records/{id}/undo", Summary: "Take a record back; both stay in the log", Tags: []string{"review"}, DefaultStatus: http.StatusCreated, Errors: []int{404}}, auth.Decide, a.undoRecord)
}

func (a *API) listCases(ctx context.Context, in *casesIn) (*casesOut, error) {
	found, total, err := a.o.Store.FindCases(ctx, store.CaseQuery{Words: in.Words, Quotes: in.Quotes, Measure: in.Measure, Activity: in.Activity, Party: in.Party, Article: in.Article,
		Outlet: in.Outlet, MinOrigins: in.Origins, Denied: in.Denied, Review: in.Review, Since: in.Since, Background: in.Background, Sort: in.Sort, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &casesOut{Link: in.next("/cases", total)}
	out.Body.Total, out.Body.Cases = total, []caseLine{}
	for _, c := range found {
		out.Body.Cases = append(out.Body.Cases, lineOf(c))
	}
	return out, nil
}

func (a *API) find(ctx context.Context, in *CaseIn) (store.NumberedCase, error) {
	known, err := moment(in.KnownAt)
	if err != nil {
		return store.NumberedCase{}, huma.Error422UnprocessableEntity("known_at: " + in.KnownAt + " is neither a day nor a moment")
	}
	return a.o.Store.Case(ctx, in.Number, known)
}

// moment reads a moment, or the end of a day.
func moment(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	d, err := calendar.Parse(s)
	if err != nil {
		return time.Time{}, err
	}
	return d.Last().Time().Add(24*time.Hour - time.Nanosecond), nil
}

func (a *API) getCase(ctx context.Context, in *CaseIn) (*caseOut, error) {
	c, err := a.find(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &caseOut{}
	out.Body.Number, out.Body.KnownFrom, out.Body.Case = c.Number, c.KnownFrom, c.Case
	return out, nil
}

type exportIn struct {
	CaseIn
	Format string `query:"format" enum:"html,text,csv,incidents,ftm,stix" default:"html"`
}

type fileOut struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// exportWidth is the width of a text export, in columns.
const exportWidth = 110

// export is a form in which a case file leaves the program.
type export struct {
	media, ending string
	write         func(io.Writer, report.File) error
}

// several writes one case with what writes many.
func several(write func(io.Writer, []report.File) error) func(io.Writer, report.File) error {
	return func(w io.Writer, f report.File) error { return write(w, []report.File{f}) }
}

var exports = map[string]export{
	"html": {"text/html; charset=utf-8", ".html", func(w io.Writer, f report.File) error {
		return report.HTML(w, fmt.Sprintf("Case %d", f.Number), []report.File{f})
	}},
	"text":      {"text/plain; charset=utf-8", ".txt", func(w io.Writer, f report.File) error { return report.Text(w, f, exportWidth) }},
	"csv":       {"text/csv; charset=utf-8", ".csv", several(report.CSV)},
	"incidents": {"text/csv; charset=utf-8", "-incidents.csv", several(report.Incidents)},
	"ftm": {"application/x-ndjson", ".ftm.jsonl", func(w io.Writer, f report.File) error {
		return ftm.Write(w, []ftm.File{{Number: f.Number, Case: f.Case, Articles: f.Articles}})
	}},
	"stix": {"application/stix+json; version=2.1", ".stix.json", func(w io.Writer, f report.File) error {
		return stix.Write(w, []stix.File{{Case: f.Case, Articles: f.Articles}})
	}},
}

func (a *API) exportCase(ctx context.Context, in *exportIn) (*fileOut, error) {
	c, err := a.find(ctx, &in.CaseIn)
	if err != nil {
		return nil, err
	}
	f := report.File{Number: c.Number, Case: c.Case, Articles: map[string]story.Article{}}
	for _, ref := range c.Articles {
		if art, err := a.o.Store.Article(ctx, ref.ID); err == nil { // one that was erased is shown by its reference
			f.Articles[ref.ID] = art
		}
	}
	k := exports[in.Format]
	var b bytes.Buffer
	if err := k.write(&b, f); err != nil {
		return nil, err
	}
	out := &fileOut{Type: k.media, Disposition: fmt.Sprintf(`attachment; filename="case-%d%s"`, c.Number, k.ending)}
	out.Body = b.Bytes()
	return out, a.log(ctx, "export.case", fmt.Sprint("case:", c.Number), map[string]string{"format": in.Format})
}

type recordsIn struct {
	KnownAt string `query:"known_at" maxLength:"40" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.+)?)?)?$" doc:"what was said until that day or moment"`
	Case    string `query:"case" maxLength:"100" doc:"only records that name the case of this id"`
}

type recordsOut struct {
	Body struct {
		Records []review.Record `json:"records" nullable:"false"`
	}
}

func (a *API) listRecords(ctx context.Context, in *recordsIn) (*recordsOut, error) {
	known, err := moment(in.KnownAt)
	if err != nil {
		return nil, huma.Error422UnprocessableEntity("known_at: " + in.KnownAt + " is neither a day nor a moment")
	}
	all, err := a.o.Store.Records(ctx, known)
	if err != nil {
		return nil, err
	}
	out := &recordsOut{}
	out.Body.Records = []review.Record{}
	for _, r := range all {
		if in.Case == "" || r.Case == in.Case {
			out.Body.Records = append(out.Body.Records, r)
		}
	}
	return out, nil
}

// said is a record as somebody writes it; who and when are ours to fill.
type said struct {
	Kind         string   `json:"kind" maxLength:"30" doc:"merge, split, drop, identity, independence, credibility, answer, note, evidence, decide, assess, seen, challenge, sign"`
	Claims       []string `json:"claims,omitempty" maxItems:"1000" doc:"ids of claims; none = those of the case"`
	Other        []string `json:"other,omitempty" maxItems:"1000"`
	Of           string   `json:"of,omitempty" maxLength:"100"`
	Value        string   `json:"value,omitempty" maxLength:"200"`
	Field        string   `json:"field,omitempty" maxLength:"200"`
	Text         string   `json:"text,omitempty" maxLength:"4000"`
	Reason       string   `json:"reason,omitempty" maxLength:"4000"`
	Against      string   `json:"against,omitempty" maxLength:"100"`
	Article      string   `json:"article,omitempty" maxLength:"200"`
	Alternatives []string `json:"alternatives,omitempty" maxItems:"50"`
	Waived       string   `json:"waived,omitempty" maxLength:"4000"`
	Likelihood   string   `json:"likelihood,omitempty" maxLength:"50"`
	Confidence   string   `json:"confidence,omitempty" maxLength:"50"`
}

type recordIn struct {
	Number int    `path:"number" minimum:"1" maximum:"2000000000"`
	Key    string `header:"Idempotency-Key" maxLength:"255"`
	Body   said
}

type recordOut struct {
	Body review.Record
}

func (a *API) addRecord(ctx context.Context, in *recordIn) (*recordOut, error) {
	who := auth.From(ctx)
	c, err := a.o.Store.Case(ctx, in.Number, time.Time{})
	if err != nil {
		return nil, err
	}
	b := in.Body
	r := review.Record{Kind: review.Kind(b.Kind), Case: c.ID, Claims: b.Claims, Other: b.Other, Of: b.Of, Value: b.Value, Field: b.Field, Text: b.Text, Reason: b.Reason,
		Against: b.Against, Article: b.Article, Alternatives: b.Alternatives, Waived: b.Waived, Likelihood: b.Likelihood, Confidence: b.Confidence, Who: who.Login}
	if !who.May(auth.Needed(r.Kind)) {
		return nil, auth.ErrDenied
	}
	if r.Kind == review.Sign {
		r.Case = ""
	}
	return a.say(ctx, r)
}

type undoIn struct {
	ID   string `path:"id" maxLength:"100"`
	Key  string `header:"Idempotency-Key" maxLength:"255"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"4000"`
	}
}

func (a *API) undoRecord(ctx context.Context, in *undoIn) (*recordOut, error) {
	return a.say(ctx, review.Record{Kind: review.Undo, Of: in.ID, Reason: in.Body.Reason, Who: auth.From(ctx).Login})
}

// say keeps a record and brings the cases up to date; what the rules of review
// refuse is told in their words.
func (a *API) say(ctx context.Context, r review.Record) (*recordOut, error) {
	kept, err := pipeline.Say(ctx, a.o.Store, auditor{a}, r, a.o.Now())
	if err != nil {
		if all, e := a.o.Store.Records(ctx, time.Time{}); e == nil {
			if bad := review.Check(r, all); bad != nil {
				return nil, huma.Error422UnprocessableEntity(bad.Error())
			}
		}
		if strings.Contains(err.Error(), store.ErrNotFound.Error()) {
			return nil, huma.Error422UnprocessableEntity(err.Error())
		}
		return nil, err
	}
	return &recordOut{kept}, a.o.Desk.Rebuild(ctx)
}

// auditor writes that somebody said something, by ids alone.
type auditor struct{ a *API }

// Said implements pipeline.Auditor.
func (x auditor) Said(ctx context.Context, r review.Record) error {
	_, err := x.a.o.Audit.Append(ctx, audit.Entry{Actor: auth.From(ctx).Actor(), Action: "record." + string(r.Kind), Object: "record:" + r.ID,
		Detail: map[string]string{"case": r.Case, "of": r.Of}, Request: guard.RequestID(ctx)})
	return err
}

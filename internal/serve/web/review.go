package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/guard"
	"github.com/reportedly/reportedly/internal/store"
)

// author is the name under which somebody decides.
func author(who auth.Identity) string { return who.Login }

// addRecord keeps what somebody says of a case and builds the cases again.
func (p *Pages) addRecord(w http.ResponseWriter, r *http.Request) (string, page, error) {
	ctx := r.Context()
	n, err := caseNumber(r)
	if err != nil {
		return "", page{}, err
	}
	c, err := p.desk.Case(ctx, n, time.Time{})
	if err != nil {
		return "", page{}, err
	}
	rec, err := p.recordOf(r, c)
	if err != nil {
		return "", page{}, err
	}
	if err := p.say(ctx, rec); err != nil {
		return "", page{}, err
	}
	return done(w, r, p.after(ctx, c), said[rec.Kind]+". You can take it back in the log of the case.")
}

// said is what the page tells after a record of each kind.
var said = map[review.Kind]string{
	review.Merge: "The cases were joined", review.Split: "The claims are a case of their own now", review.Drop: "The claims count no more", review.Identify: "The identity was set",
	review.Independence: "The independence was set", review.Credibility: "The grade was kept", review.Reliability: "The grade was kept", review.Answer: "The answer was kept", review.Note: "The note was kept",
	review.Evidence: "The evidence was added", review.Decide: "The decision was kept", review.Assess: "The assessment was kept", review.Seen: "Marked as looked through", review.Challenge: "The challenge was kept", review.Sign: "Your signature was kept",
}

// after is where to go: the case, under the number that its claims have now.
func (p *Pages) after(ctx context.Context, was store.NumberedCase) string {
	if _, err := p.desk.Case(ctx, was.Number, time.Time{}); err == nil {
		return fmt.Sprintf("/cases/%d", was.Number)
	}
	if all, err := p.st.Cases(ctx, time.Time{}); err == nil {
		for _, c := range all {
			if slices.ContainsFunc(c.Claims, func(l cases.ClaimLine) bool { return l.ID == was.Claims[0].ID }) {
				return fmt.Sprintf("/cases/%d", c.Number)
			}
		}
	}
	return "/"
}

// recordOf reads a form.
func (p *Pages) recordOf(r *http.Request, c store.NumberedCase) (review.Record, error) {
	if err := r.ParseForm(); err != nil {
		return review.Record{}, wrong("the form could not be read")
	}
	f := func(key string) string { return clip(r.PostForm.Get(key), 4000) }
	who := auth.From(r.Context())
	rec := review.Record{Kind: review.Kind(f("kind")), Case: c.ID, Who: author(who), Reason: f("reason"), Claims: r.PostForm["claim"],
		Of: f("of"), Value: f("value"), Source: f("source"), Field: f("field"), Text: f("text"), Against: f("against"), Article: f("article"),
		Waived: f("waived"), Likelihood: f("likelihood"), Confidence: f("confidence")}
	if alt := f("alternative"); alt != "" {
		rec.Alternatives = []string{alt}
	}
	if !who.May(auth.Needed(rec.Kind)) {
		return rec, problem{status: http.StatusForbidden, text: "your role does not allow this"}
	}
	switch rec.Kind {
	case review.Sign:
		rec.Case = ""
	case review.Identify:
		rec.Field = c.Party.ID
	case review.Independence:
		return rec, independence(&rec, f("pair"), c)
	case review.Merge:
		return rec, p.mergeWith(r, &rec, f("other"), c)
	case review.Evidence:
		if _, err := p.st.Article(r.Context(), rec.Text); err == nil {
			rec.Article, rec.Text = rec.Text, ""
		}
	}
	return rec, nil
}

// independence names two origins as "O1 O2".
func independence(rec *review.Record, pair string, c store.NumberedCase) error {
	names := strings.Fields(pair)
	for _, o := range c.Origins {
		if len(names) == 2 && o.ID == names[0] {
			rec.Claims = o.Claims
		}
		if len(names) == 2 && o.ID == names[1] {
			rec.Other = o.Claims
		}
	}
	if len(rec.Claims) == 0 || len(rec.Other) == 0 {
		return wrong("choose two origins of this case")
	}
	return nil
}

func (p *Pages) mergeWith(r *http.Request, rec *review.Record, other string, c store.NumberedCase) error {
	n, err := strconv.Atoi(other)
	if err != nil || n == c.Number {
		return wrong("choose another case to join this one with")
	}
	o, err := p.desk.Case(r.Context(), n, time.Time{})
	if err != nil {
		return err
	}
	for _, l := range slices.Concat(c.Claims, o.Claims) {
		rec.Claims = append(rec.Claims, l.ID)
	}
	return nil
}

// say keeps a record and brings the cases up to date. What the rules of review
// refuse is told in their words.
func (p *Pages) say(ctx context.Context, rec review.Record) error {
	if _, err := pipeline.Say(ctx, p.st, p.auditor(), rec, p.o.Now()); err != nil {
		if all, e := p.st.Records(ctx, time.Time{}); e == nil {
			if rec.Case != "" && len(rec.Claims) == 0 {
				rec.Claims = []string{rec.Case} // Say names those of the case
			}
			if bad := review.Check(rec, all); bad != nil {
				return wrong(bad.Error())
			}
		}
		return err
	}
	return p.rebuild(ctx)
}

// auditor writes into the audit log that somebody said something: ids only, no
// name of a listed party and no text.
type auditor struct{ log *audit.Log }

// Said implements pipeline.Auditor.
func (a auditor) Said(ctx context.Context, r review.Record) error {
	e := audit.Entry{Actor: auth.From(ctx).Actor(), Action: "record." + string(r.Kind), Object: "record:" + r.ID, Request: guard.RequestID(ctx), Detail: map[string]string{}}
	if r.Case != "" {
		e.Detail["case"] = r.Case
	}
	if r.Of != "" {
		e.Detail["of"] = r.Of
	}
	_, err := a.log.Append(ctx, e)
	return err
}

func (p *Pages) auditor() pipeline.Auditor {
	if p.o.AuditLog == nil {
		return nil
	}
	return auditor{p.o.AuditLog}
}

// rebuild brings the cases up to date with what people said.
func (p *Pages) rebuild(ctx context.Context) error {
	if p.o.Rebuild != nil {
		return p.o.Rebuild(ctx)
	}
	know, _, err := p.known.now(ctx)
	if err != nil || know == nil {
		return err
	}
	_, err = pipeline.BuildCases(ctx, p.st, know, p.o.Program, p.o.Now())
	return err
}

func (p *Pages) undoRecord(w http.ResponseWriter, r *http.Request) (string, page, error) {
	rec := review.Record{Kind: review.Undo, Of: r.PathValue("id"), Who: author(auth.From(r.Context())), Reason: clip(r.PostFormValue("reason"), 4000)}
	if err := p.say(r.Context(), rec); err != nil {
		return "", page{}, err
	}
	return done(w, r, back(r), "Taken back. The record and its undoing both stay in the log.")
}

func (p *Pages) gradeSource(w http.ResponseWriter, r *http.Request) (string, page, error) {
	rec := review.Record{Kind: review.Kind(r.PostFormValue("kind")), Source: r.PathValue("name"), Value: r.PostFormValue("value"), Text: clip(r.PostFormValue("text"), 4000),
		Reason: clip(r.PostFormValue("reason"), 4000), Who: author(auth.From(r.Context()))}
	if rec.Kind != review.Reliability && rec.Kind != review.Challenge {
		return "", page{}, wrong("a source is graded or contested")
	}
	var err error
	if rec.From, err = calendar.Parse(r.PostFormValue("from")); err != nil {
		return "", page{}, wrong("the day is not one: " + r.PostFormValue("from"))
	}
	if err := p.say(r.Context(), rec); err != nil {
		return "", page{}, err
	}
	return done(w, r, "/sources/"+url.PathEscape(rec.Source), said[rec.Kind]+".")
}

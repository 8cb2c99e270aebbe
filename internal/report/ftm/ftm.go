package ftm

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/story"
)

// dataset under which the entities stand.
const dataset = "reportedly"

// File is one case with the articles it quotes.
type File struct {
	Number   int
	Case     cases.Case
	Articles map[string]story.Article
}

// Write gives the entities of all cases, each once.
func Write(w io.Writer, files []File) error {
	out := bufio.NewWriter(w)
	seen := map[string]bool{}
	var line []byte
	for _, f := range files {
		for _, e := range Entities(f) {
			if seen[e.ID] {
				continue
			}
			seen[e.ID] = true
			line = append(e.AppendJSON(line[:0]), '}', '\n')
			if _, err := out.Write(line); err != nil {
				return fmt.Errorf("ftm: case %d: %w", f.Number, err)
			}
		}
	}
	return out.Flush()
}

// maker gathers the entities of one case.
type maker struct {
	File
	out     []*entities.Entity
	subject string // id of the party
	event   string
}

// Entities gives what stands for one case, parties first.
func Entities(f File) []*entities.Entity {
	m := &maker{File: f}
	m.party()
	m.sanctions()
	m.happening()
	for _, a := range f.Case.Articles {
		m.article(a)
	}
	m.documentation()
	m.notes()
	return m.out
}

func (m *maker) add(id, schema, caption string) *entities.Entity {
	e := entities.New(id, schema, dataset)
	e.Caption = caption
	m.out = append(m.out, e)
	return e
}

var ids = entities.Lists{}

func (m *maker) key(parts ...string) string {
	return ids.ID(m.Case.ID + ":" + strings.Join(parts, "-"))
}

// party writes the subject. Where it is open who is meant, the man of the
// articles is an entity of his own, tied to each rival by a Similar.
func (m *maker) party() {
	p := m.Case.Party
	schema := cmp.Or(p.Schema, "LegalEntity")
	if p.Kind == "territory" {
		schema = "PublicBody"
	}
	if entities.Vocabulary().Schemata[schema] == nil || entities.Vocabulary().Schemata[schema].Abstract {
		schema = "LegalEntity"
	}
	if p.Identity != mentions.Undecided {
		m.subject = ids.ID(p.ID)
		e := m.add(m.subject, schema, p.Name)
		e.Put("name", p.Name)
		e.Put("alias", p.Surfaces...)
		if p.Kind == "listed" {
			e.Put("topics", "sanction")
			e.Target = true
		}
		return
	}
	m.subject = m.key("subject")
	name := cmp.Or(p.Name, first(p.Surfaces), "not decided")
	e := m.add(m.subject, "LegalEntity", name)
	e.Put("name", name)
	e.Put("alias", p.Surfaces...)
	e.Put("notes", "It is not decided who is meant.")
	for _, r := range p.Rivals {
		if r.ID == "" {
			continue
		}
		id := ids.ID(r.ID)
		rival := m.add(id, "LegalEntity", r.Name)
		rival.Put("name", r.Name)
		s := m.add(m.key("similar", r.ID), "Similar", name+" — "+r.Name)
		s.Put("candidate", m.subject)
		s.Put("match", id)
		s.Put("confidenceScore", fmt.Sprintf("%.2f", r.Score))
		for _, w := range append(slices.Clone(r.For), r.Against...) {
			s.Put("criteria", w.Text)
		}
		s.Put("matcher", m.made())
	}
}

func (m *maker) made() string { return cmp.Or(m.Case.MadeBy.Program, "reportedly") }

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// sanctions writes one Sanction for each interval of a measure that the case
// was checked against, so that its dates are right; listingDate is another
// thing and is left to the lists.
func (m *maker) sanctions() {
	if m.Case.Party.Identity == mentions.Undecided {
		return
	}
	for _, c := range append([]cases.Check{m.Case.Check}, m.Case.Also...) {
		for _, g := range c.Answer.Grounds {
			m.sanction(g)
		}
	}
}

func (m *maker) sanction(g measures.Ground) {
	id := ids.ID(m.Case.Party.ID + ":" + strings.Join([]string{g.Row, string(g.Kind), g.From.String()}, "-"))
	if slices.ContainsFunc(m.out, func(e *entities.Entity) bool { return e.ID == id }) {
		return
	}
	s := m.add(id, "Sanction", g.Authority+" "+string(g.Kind))
	s.Put("entity", m.subject)
	s.Put("authority", g.Authority)
	s.Put("program", g.Regime)
	s.Put("provisions", string(g.Kind))
	s.Put("startDate", g.From.String())
	if !g.Until.IsZero() {
		s.Put("endDate", g.Until.AddDays(-1).String())
	}
	s.Put("summary", g.Citation)
	for _, r := range m.Case.Party.Refs {
		if ref, ok := strings.CutPrefix(r, g.Authority+" "); ok && g.Authority == "UN" {
			s.Put("unscId", ref)
		} else if ok {
			s.Put("authorityId", ref)
		}
	}
	if len(g.ContestedBy) > 0 {
		s.Put("description", "contested by "+strings.Join(g.ContestedBy, ", "))
	}
}

// happening writes a Trip where both ends are told, which that schema needs,
// and an Event else.
func (m *maker) happening() {
	c := m.Case
	m.event = m.key("event")
	from, to := named(c.From), named(c.Places)
	schema := "Event"
	if len(c.Activity) > 0 && c.Activity[0].Family() == "TRV" && from != nil && to != nil {
		schema = "Trip"
	}
	e := m.add(m.event, schema, c.Title)
	e.Put("name", c.Title)
	e.Put("involved", m.subject)
	m.dates(e)
	for _, p := range c.Places {
		e.Put("country", p.Country)
	}
	e.Put("summary", m.summary())
	e.Put("recordId", c.ID)
	e.Put("notes", c.Check.Sentence)
	e.Put("description", "measure check, if the reports are accurate: "+string(c.Check.Verdict))
	if schema == "Trip" {
		e.Put("startLocation", m.address(*from))
		e.Put("endLocation", m.address(*to))
	} else if to != nil {
		e.Put("location", to.Name)
	}
}

func (m *maker) dates(e *entities.Entity) {
	w := m.Case.Window
	if w.Basis != "reported" {
		return // the day of publication is not the day of the deed
	}
	if w.Earliest == w.Latest {
		e.Put("date", w.Earliest.String())
		return
	}
	e.Put("startDate", w.Earliest.String())
	e.Put("endDate", w.Latest.String())
}

// summary says what the counts are; nothing in the model could hold them.
func (m *maker) summary() string {
	c := m.Case
	out := fmt.Sprintf("Reported, not established. Independent origins: %s; against: %s.", span(c.For), span(c.Against))
	for _, e := range c.Elements {
		out += fmt.Sprintf(" %s: %s for, %s against, %s.", e.Name, span(e.For), span(e.Against), e.Level)
	}
	return out + fmt.Sprintf(" Articles: %d, of them copies or re-reports: %d.", c.Reach.Articles, c.Reach.Copies)
}

func span(c cases.Count) string {
	if c.Max > c.Min {
		return fmt.Sprintf("%d (up to %d)", c.Min, c.Max)
	}
	return fmt.Sprint(c.Min)
}

func named(ps []cases.Place) *cases.Place {
	for i := range ps {
		if ps[i].Name != "" {
			return &ps[i]
		}
	}
	return nil
}

func (m *maker) address(p cases.Place) string {
	id := ids.ID("place:" + strings.ToLower(p.Country+"-"+p.Name))
	a := m.add(id, "Address", p.Name)
	a.Put("full", strings.TrimSuffix(p.Name+", "+p.Country, ", "))
	if p.Kind == "city" {
		a.Put("city", p.Name)
	}
	a.Put("country", p.Country)
	return id
}

func articleID(id string) string { return ids.ID("article:" + id) }

func (m *maker) article(ref cases.ArticleRef) {
	a := m.add(articleID(ref.ID), "Article", cmp.Or(ref.Title, ref.ID))
	a.Put("title", cmp.Or(ref.Title, ref.ID))
	a.Put("publisher", ref.Outlet)
	a.Put("publishedAt", day(ref.Published))
	a.Put("sourceUrl", ref.URL)
	if t, err := language.ParseBase(ref.Language); err == nil {
		a.Put("language", t.ISO3())
	}
	a.Put("recordId", ref.ID)
	note := "relation: " + ref.Relation
	if len(ref.Of) > 0 {
		note += " of " + strings.Join(ref.Of, ", ")
	}
	a.Put("notes", note)
	if ref.Retracted != "" {
		a.Put("notes", "withdrawn by "+ref.Retracted)
	}
	full, ok := m.Articles[ref.ID]
	if !ok {
		return
	}
	a.Put("author", full.Byline)
	for _, c := range full.Captures {
		a.Put("notes", "capture sha256:"+c.SHA256)
		if !c.RetrievedAt.IsZero() {
			a.Put("retrievedAt", c.RetrievedAt.UTC().Format("2006-01-02T15:04:05"))
		}
	}
	m.mention(ref)
}

func (m *maker) mention(ref cases.ArticleRef) {
	p := m.Case.Party
	name := cmp.Or(first(p.Surfaces), p.Name)
	if name == "" || p.Kind == "territory" {
		return
	}
	e := m.add(m.key("mention", ref.ID), "Mention", name)
	e.Put("document", articleID(ref.ID))
	e.Put("name", name)
	e.Put("detectedSchema", cmp.Or(p.Schema, "LegalEntity"))
	if p.Identity == mentions.Accepted {
		e.Put("resolved", m.subject)
	}
}

func day(s string) string {
	if len(s) >= 10 {
		return s[:10]
	}
	return ""
}

// roleOf is the stance of a claim in words, the only carrier that the model
// has.
func roleOf(l cases.ClaimLine) string {
	switch l.Act {
	case "deny", "partly-deny":
		return "denies"
	case "cannot-confirm":
		return "cannot confirm"
	case "neither-confirm-nor-deny":
		return "neither confirms nor denies"
	case "no-comment":
		return "declines to comment"
	case "no-response":
		return "did not respond"
	case "investigating":
		return "is looking into it"
	case "aware-of-reports":
		return "is aware of the reports"
	case "retract":
		return "withdraws"
	case "correct":
		return "corrects"
	case "confirm":
		return "confirms"
	}
	if l.Polarity == "-" {
		return "denies"
	}
	return "asserts"
}

func (m *maker) documentation() {
	outlets := map[string]cases.ArticleRef{}
	for _, a := range m.Case.Articles {
		outlets[a.ID] = a
	}
	for _, l := range m.Case.Claims {
		ref, ok := outlets[l.Article]
		if !ok {
			continue
		}
		role := roleOf(l)
		if l.Scope != "" && l.Scope != "whole" {
			role += " (" + l.Scope + " only)"
		}
		d := m.add(m.key("claim", l.ID), "Documentation", role)
		d.Put("document", articleID(l.Article))
		d.Put("entity", m.event)
		d.Put("role", role)
		d.Put("summary", l.Quote)
		d.Put("date", day(ref.Published))
		d.Put("publisher", ref.Outlet)
		d.Put("sourceUrl", ref.URL)
		d.Put("recordId", l.ID)
		d.Put("description", fmt.Sprintf("%s: %s, %s, as told %s; according to: %s; characters %d to %d of the text in bytes", l.Element, l.Activity, l.Aspect, l.Certainty,
			cmp.Or(strings.Join(append([]string{ref.Outlet}, l.Chain...), " > "), "the outlet"), l.Start, l.End))
	}
}

// notes carry what people said of the case.
func (m *maker) notes() {
	v := m.Case.Review
	put := func(id, text string) {
		n := m.add(m.key("note", id), "Note", text)
		n.Put("entity", m.event)
		n.Put("description", text)
	}
	if d := v.Decided; d != nil && v.Outcome != "" {
		text := fmt.Sprintf("Held %s by %s on %s: %s", v.Outcome, d.Who, d.At.Format("2006-01-02"), d.Reason)
		for _, s := range v.Signed {
			text += "; signed by " + s.Who
		}
		put(d.ID, text)
	}
	for _, n := range v.Notes {
		put(n.ID, n.Who+": "+n.Text)
	}
	for _, a := range v.Assessed {
		put(a.ID, fmt.Sprintf("%s: %s%s (%s)", a.Who, a.Likelihood, a.Confidence, a.Reason))
	}
	for i, g := range m.Case.Unknown {
		if g.Answer == "" {
			put(fmt.Sprint("question-", i), "Not known from the reports: "+g.Question)
		} else {
			put(fmt.Sprint("question-", i), g.Question+" "+g.By+": "+g.Answer)
		}
	}
}

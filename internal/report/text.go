package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/reportedly/reportedly/internal/cases"
)

// Table writes many cases, one a line, for a terminal of the given width.
func Table(w io.Writer, files []File, width int) error {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options.SeparateRows = false
	t.Style().Options.DrawBorder = false
	t.Style().Format.Header = text.FormatDefault
	rest := max(width-62, 24)
	t.SetColumnConfigs([]table.ColumnConfig{
		{Number: 2, WidthMax: rest * 2 / 5, WidthMaxEnforcer: text.WrapSoft}, {Number: 3, WidthMax: rest * 3 / 5, WidthMaxEnforcer: text.WrapSoft},
		{Number: 4, WidthMax: 24, WidthMaxEnforcer: text.WrapSoft}, {Number: 7, WidthMax: 24, WidthMaxEnforcer: text.WrapSoft}})
	t.AppendHeader(table.Row{"case", "party", "reported", "when", "origins", "against", "measure, if the reports are accurate"})
	for _, f := range files {
		c := f.Case
		t.AppendRow(table.Row{f.Number, party(c), what(c) + notes(c), dates(c.Window), count(c.For), count(c.Against), strings.ReplaceAll(string(c.Check.Verdict), "/", " / ")})
	}
	_, err := io.WriteString(w, t.Render()+"\n")
	return err
}

func party(c cases.Case) string {
	out := c.Party.Name
	if len(c.Party.Refs) > 0 {
		out += " (" + c.Party.Refs[0] + ")"
	}
	return out
}

// notes marks what a reader of the table must not overlook.
func notes(c cases.Case) string {
	var out []string
	if c.Status == cases.Background {
		out = append(out, "told as background")
	}
	if c.Aspect != "" && c.Aspect != "completed" && c.Aspect != "historical" {
		out = append(out, string(c.Aspect))
	}
	if c.Party.Identity == "undecided" {
		out = append(out, "who is meant: undecided")
	}
	if c.Occurrence != "" {
		out = append(out, c.Occurrence)
	}
	if len(out) == 0 {
		return ""
	}
	return " [" + strings.Join(out, "; ") + "]"
}

// Text writes one case file in full for a terminal of the given width.
func Text(w io.Writer, f File, width int) error {
	p := &page{width: max(width, 60)}
	p.header(f)
	p.check(f)
	p.identity(f)
	p.elements(f)
	p.replies(f)
	p.origins(f)
	p.reach(f)
	p.evidence(f)
	p.disagreement(f)
	p.links(f)
	p.unknown(f)
	p.foot(f)
	_, err := io.WriteString(w, p.b.String())
	return err
}

// labelWidth is the column of labels at the left of every line.
const labelWidth = 13

type page struct {
	b     strings.Builder
	width int
}

// line writes text under a label, wrapped, with the label once.
func (p *page) line(label, s string) {
	room := p.width - labelWidth - 2
	for i, l := range wrap(s, room) {
		if i > 0 {
			label = ""
		}
		p.b.WriteString("  " + label + strings.Repeat(" ", max(labelWidth-utf8.RuneCountInString(label), 1)) + l + "\n")
	}
}

func (p *page) gap() { p.b.WriteString("\n") }

func wrap(s string, room int) []string {
	indent := s[:len(s)-len(strings.TrimLeft(s, " "))]
	var lines []string
	cur := ""
	for _, w := range strings.Fields(s) {
		if cur != "" && utf8.RuneCountInString(cur)+1+utf8.RuneCountInString(w) > room {
			lines = append(lines, cur)
			cur = indent + "  " + w // further lines of one entry hang in
			continue
		}
		switch cur {
		case "":
			cur = indent
		default:
			cur += " "
		}
		cur += w
	}
	return append(lines, cur)
}

func (p *page) header(f File) {
	review := f.Review
	if review == "" {
		review = "not reviewed"
	}
	fmt.Fprintf(&p.b, "CASE %d   %s   %s\n\n", f.Number, heading(f), review)
	for _, l := range wrap(f.Case.Check.Sentence, p.width-2) {
		p.b.WriteString("  " + strings.TrimPrefix(l, "  ") + "\n")
	}
}

func (p *page) check(f File) {
	c := f.Case.Check
	p.line("verdict", fmt.Sprintf("%s (%s)", c.Verdict, verdictWords(c.Verdict)))
	for _, g := range c.Answer.Grounds {
		mark := "read"
		if !g.Read {
			mark = "from memory, to be checked"
		}
		p.line("measure", fmt.Sprintf("%s %s, regime %s: %s; %s [register %s, citation %s]", g.Authority, g.Kind, g.Regime, g.Citation, interval(g), g.Row, mark))
		p.line("", "binds "+g.Addressee+scopeText(g.Scope, g.Exemption))
		if len(g.ContestedBy) > 0 {
			p.line("", "contested by "+strings.Join(g.ContestedBy, ", "))
		}
	}
	if len(c.Answer.Missing) > 0 {
		p.line("missing", strings.Join(c.Answer.Missing, ", "))
	}
	if c.NotAsked != "" {
		p.line("not asked", c.NotAsked)
	}
	for _, k := range f.Case.Also {
		p.line("also", title(k.Activity)+": "+k.Sentence)
	}
}

func scopeText(scope, exemption string) string {
	out := ""
	if scope != "" {
		out += "; scope: " + scope
	}
	if exemption != "" {
		out += "; exemptions: " + exemption
	}
	return out
}

func (p *page) identity(f File) {
	id := f.Case.Party
	if id.Kind == "territory" {
		return
	}
	p.line("identity", identityWords(id))
	for _, r := range id.Rivals {
		name := r.Name
		if r.ID != "" {
			name += " (" + r.ID + ")"
		}
		p.line("  rival", strings.TrimRight(fmt.Sprintf("%.2f  %s: %s", r.Score, name, reasons(append(append([]cases.Reason{}, r.For...), r.Against...))), ": "))
	}
	if len(id.Surfaces) > 0 {
		p.line("spelled", strings.Join(id.Surfaces, " | "))
	}
}

// identityWords: where the bearer is open, no score is anybody's; the rivals
// have theirs.
func identityWords(id cases.Party) string {
	why := reasons(id.Reasons)
	if id.Score == 0 {
		return strings.TrimSpace(string(id.Identity) + "  " + why)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %.2f  %s", id.Identity, id.Score, why))
}

// flagWords: the one kind of flag whose code would judge somebody has another
// name in what people read.
func flagWords(kind string) string {
	if kind == cases.Laundered {
		return "source by a detour"
	}
	return kind
}

func reasons(rs []cases.Reason) string {
	var out []string
	for _, r := range rs {
		if r.Text != "" {
			out = append(out, r.Text)
		}
	}
	return strings.Join(out, "; ")
}

func (p *page) elements(f File) {
	p.gap()
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	t.Style().Format.Header = text.FormatDefault
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 2, WidthMax: max(p.width-70, 20), WidthMaxEnforcer: text.WrapSoft}})
	t.AppendHeader(table.Row{"element", "", "origins for", "against", "level", "certainty"})
	for _, e := range f.Case.Elements {
		t.AppendRow(table.Row{e.Name, e.Detail, count(e.For), count(e.Against), fmt.Sprintf("%d %s", e.Level, e.Level), string(e.Certainty)})
	}
	for _, l := range strings.Split(t.Render(), "\n") {
		p.b.WriteString("  " + strings.TrimRight(l, " ") + "\n")
	}
	p.gap()
}

func (p *page) origins(f File) {
	label := "origins"
	for _, o := range f.Case.Origins {
		s := fmt.Sprintf("%s  %s", o.ID, strings.Join(o.Chain, " > "))
		if len(o.Chain) == 0 {
			s = o.ID + "  " + o.Holder
		}
		s += fmt.Sprintf("  [%s; basis %s; on %s]", o.Stance, orUnstated(o.Basis), strings.Join(o.Elements, ", "))
		if o.Stated > 1 {
			s += fmt.Sprintf(" stated number %d, counted once", o.Stated)
		}
		if o.Retracted != "" {
			s += " WITHDRAWN in " + f.outletOf(o.Retracted)
		}
		p.line(label, s)
		label = ""
	}
	for _, n := range f.Case.NotOrigins {
		p.line("no origin", n.Holder+": "+n.Why)
	}
	for _, e := range f.Case.Independence {
		p.line("", fmt.Sprintf("%s and %s: %s, %s", e.A, e.B, e.Value, e.Why))
	}
}

func orUnstated(s string) string {
	if s == "" {
		return "unstated"
	}
	return s
}

// actWords say what a holder did with the report.
func actWords(act, scope string) string {
	on := ""
	if scope != "" && scope != "whole" {
		on = " (the " + scope + " only)"
	}
	switch act {
	case "deny", "partly-deny":
		return "denied it" + on
	case "cannot-confirm":
		return "could not confirm it" + on
	case "neither-confirm-nor-deny":
		return "would neither confirm nor deny it" + on
	case "no-comment":
		return "declined to comment" + on
	case "no-response":
		return "did not respond" + on
	case "investigating":
		return "was looking into it" + on
	case "aware-of-reports":
		return "was aware of the reports" + on
	case "retract":
		return "withdrew its report" + on
	case "correct":
		return "corrected its report" + on
	}
	return act + on
}

func (p *page) replies(f File) {
	for _, r := range f.Case.Replies {
		p.line("reply", fmt.Sprintf("%s %s: \"%s\" (%s)", r.Holder, actWords(string(r.Act), r.Scope), shorten(r.Quote, 160), f.outletsOf(r.Articles, r.Article)))
	}
	for _, a := range f.Case.Asked {
		p.line("asked", a.Who+": "+a.Answer)
	}
}

func (p *page) reach(f File) {
	r := f.Case.Reach
	s := fmt.Sprintf("%d articles, %d of them copies or re-reports, %d outlets", r.Articles, r.Copies, r.Outlets)
	if r.FirstSeen != "" {
		s += "; first seen " + r.FirstSeen
	}
	p.line("reach", s)
	for _, a := range f.Case.Articles {
		s := articleLabel(a)
		if a.Relation != "" {
			s += ": " + a.Relation
		}
		if len(a.Of) > 0 {
			var of []string
			for _, id := range a.Of {
				of = append(of, f.outletOf(id))
			}
			s += " of " + strings.Join(of, "; ")
		}
		p.line("", s)
	}
	p.line("certainty", "as reported, "+string(f.Case.Certainty))
	p.line("reliability", sourceGrades(f.Case))
	p.line("credibility", itemGrades(f))
}

func (p *page) evidence(f File) {
	for i, e := range f.evidenceOf() {
		label := ""
		if i == 0 {
			label = "evidence"
		}
		p.line(label, fmt.Sprintf("[%d] \"%s\"", i+1, shorten(e.Quote, 220)))
		p.line("", fmt.Sprintf("    %s; %s %s, %s; %s", e.who(), strings.Join(e.On, ", "), e.Act, e.Aspect, f.where(e.Article, e.Start, e.End)))
		if len(e.Also) > 0 {
			p.line("", "    also in: "+strings.Join(e.Also, ", "))
		}
	}
}

func (p *page) disagreement(f File) {
	if len(f.Case.Conflicts) == 0 {
		p.line("conflicts", "none")
	}
	for _, c := range f.Case.Conflicts {
		var vs []string
		for _, v := range c.Values {
			s := v.Value
			if len(v.Holders) > 0 {
				s += " (" + strings.Join(v.Holders, ", ") + ")"
			}
			vs = append(vs, s)
		}
		p.line("conflict", c.Argument+": "+strings.Join(vs, " against "))
	}
	for _, fl := range f.Case.Flags {
		p.line("flag", flagWords(fl.Kind)+": "+fl.Text)
	}
	for _, c := range f.Case.Context {
		p.line(c.Kind, shorten(c.Text, 200)+" ("+f.outletOf(c.Article)+")")
	}
}

func (p *page) links(f File) {
	for _, l := range f.Case.Links {
		p.line(l.Relation, "case "+l.Case+": "+l.Why)
	}
}

func (p *page) unknown(f File) {
	for i, g := range f.Case.Unknown {
		label := ""
		if i == 0 {
			label = "not known"
		}
		if g.Answer != "" {
			p.line(label, g.Question+" "+g.Answer+" ("+g.By+")")
			continue
		}
		p.line(label, g.Question)
	}
	for i, a := range alternatives(f.Case) {
		label := ""
		if i == 0 {
			label = "or else"
		}
		p.line(label, a)
	}
	for i, r := range said(f.Case) {
		label := ""
		if i == 0 {
			label = "people say"
		}
		p.line(label, r)
	}
}

func (p *page) foot(f File) {
	c := f.Case.Coverage
	s := fmt.Sprintf("%d articles, %d outlets, languages %s", c.Articles, len(c.Outlets), strings.Join(c.Languages, ", "))
	if len(c.Lists) > 0 {
		s += "; lists " + strings.Join(c.Lists, ", ")
	}
	p.line("searched", s)
	if len(c.NotRead) > 0 {
		p.line("not searched", strings.Join(c.NotRead, ", "))
	}
	m := f.Case.MadeBy
	p.line("made by", fmt.Sprintf("%s, frames %d, run %s, inputs %s", m.Program, m.Rules, m.Run, m.Inputs))
	p.line("standard", EvidenceStandard)
}

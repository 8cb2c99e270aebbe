package report

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/story"
)

// File is one case with the articles it quotes.
type File struct {
	Number   int
	Case     cases.Case
	Articles map[string]story.Article
	Review   string // "not reviewed", or the last decision in words
}

// EvidenceStandard is named at the head of every case file (UN-1).
const EvidenceStandard = "reports read by machine; origins counted by domain model 4.2, version 1; not verified by a person unless stated"

// heading is the first line: who, what, where, when.
func heading(f File) string {
	c := f.Case
	parts := []string{c.Party.Name}
	if len(c.Party.Refs) > 0 {
		parts = append(parts, strings.Join(c.Party.Refs, ", "))
	}
	return strings.Join(append(parts, what(c), dates(c.Window)), "   ")
}

// what names the headline activity and its place.
func what(c cases.Case) string {
	out := "report"
	if len(c.Activity) > 0 {
		out = title(c.Activity[0])
	}
	if p := placeNames(c.Places); p != "" {
		out += ", " + p
	}
	return out
}

//go:embed activities.tsv
var activitiesText string

var headings = sync.OnceValue(func() map[activity.Code]string {
	out := map[activity.Code]string{}
	for line := range strings.Lines(activitiesText) {
		if code, words, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && line[0] != '#' {
			out[activity.Code(code)] = words
		}
	}
	return out
})

// title of an activity as a heading says it.
func title(code activity.Code) string {
	if w := headings()[code]; w != "" {
		return w
	}
	return string(code)
}

// placeNames of a heading: a State is named by its city where one is told, and
// "a hotel" only where nothing better is.
func placeNames(places []cases.Place) string {
	var out, vague []string
	for _, p := range places {
		n := p.Name
		city := slices.ContainsFunc(places, func(o cases.Place) bool { return o.Kind == "city" && o.Country == p.Country })
		switch {
		case p.Kind == "country" && city:
			continue
		case p.Country != "" && p.Kind != "country":
			n += " (" + p.Country + ")"
		case p.Country == "" && n == strings.ToLower(n):
			vague = append(vague, n)
			continue
		}
		if p.Basis != "" {
			n += " (inferred)"
		}
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		out = vague
	}
	return strings.Join(out, ", ")
}

// verdictWords gives the model's verdict in a reader's words; the code itself
// is always shown beside it.
func verdictWords(v measures.Verdict) string {
	switch v {
	case measures.NoMeasure:
		return "no measure of a kind that this could engage was in force on that day"
	case measures.OutsideScope:
		return "a measure was in force; what is reported lies outside its scope"
	case measures.Exempt:
		return "a measure was in force; an exemption is reported that covers it"
	case measures.ExemptionUnknown:
		return "a measure was in force; whether an exemption was granted is unknown"
	case measures.NoExemptionReported:
		return "a measure was in force; a source says that there was no exemption"
	case measures.Straddles:
		return "the days reported lie across the beginning or end of a measure"
	case measures.Insufficient:
		return "the reports lack an argument that the check needs"
	case measures.IdentityUndecided:
		return "it is not decided who is meant"
	}
	return "not asked"
}

// interval of a ground: "in force 9 Jun 2010 .. 15 Jan 2016".
func interval(g measures.Ground) string {
	out := "in force from " + day(g.From)
	if g.Until.IsZero() {
		return out + ", open"
	}
	return out + " until " + day(g.Until.AddDays(-1))
}

func day(d calendar.Date) string {
	switch d.Precision() {
	case calendar.Day:
		return d.Time().Format("2 Jan 2006")
	case calendar.Month:
		return d.Time().Format("Jan 2006")
	case calendar.Year:
		return d.Time().Format("2006")
	}
	return "unknown"
}

func dates(w cases.Window) string {
	switch {
	case w.Earliest.IsZero() && w.Latest.IsZero():
		return "date not reported"
	case w.Basis == "publication":
		return "not dated; told on or before " + day(w.Latest)
	case w.Earliest == w.Latest:
		return day(w.Earliest)
	case w.Earliest.IsZero():
		return "until " + day(w.Latest)
	case w.Latest.IsZero():
		return "from " + day(w.Earliest)
	case w.Earliest.Year == w.Latest.Year && w.Earliest.Month == w.Latest.Month && w.Earliest.Day > 0:
		return fmt.Sprintf("%d..%s", w.Earliest.Day, day(w.Latest))
	}
	return day(w.Earliest) + ".." + day(w.Latest)
}

// count prints an interval of origins: "1", "1 (up to 2)".
func count(c cases.Count) string {
	if c.Max > c.Min {
		return fmt.Sprintf("%d (up to %d)", c.Min, c.Max)
	}
	return fmt.Sprint(c.Min)
}

// outletOf names an article for people: outlet and day.
func (f File) outletOf(id string) string {
	for _, a := range f.Case.Articles {
		if a.ID == id {
			return articleLabel(a)
		}
	}
	return id
}

func articleLabel(a cases.ArticleRef) string {
	name := a.Outlet
	if name == "" {
		name = "outlet not stated"
	}
	if len(a.Published) >= 10 {
		name += ", " + a.Published[:10]
	}
	return name
}

// where gives the place of a quotation in code points, as JSON does.
func (f File) where(article string, start, end int) string {
	a, ok := f.Articles[article]
	if !ok || end > len(a.Text) || start > end {
		return fmt.Sprintf("%s : bytes %d..%d", article, start, end)
	}
	s := story.RuneSpan(a.Text, story.Span{Start: start, End: end})
	return fmt.Sprintf("%s : %d..%d", article, s.Start, s.End)
}

// shorten cuts a quotation at a word for one line of a terminal.
func shorten(s string, max int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= max {
		return s
	}
	cut := string([]rune(s)[:max-3])
	if i := strings.LastIndexByte(cut, ' '); i > max/2 {
		cut = cut[:i]
	}
	return cut + " ..."
}

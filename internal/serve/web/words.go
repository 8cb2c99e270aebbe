package web

import (
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/report"
)

// words are what templates can say: those of case files and a few of pages.
func (p *Pages) words() template.FuncMap {
	out := report.Words()
	maps.Copy(out, template.FuncMap{
		"path":    url.PathEscape,
		"ago":     func(t time.Time) string { return ago(t, p.o.Now()) },
		"at":      func(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04") },
		"iso":     func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"dots":    dots,
		"level":   levelBar,
		"short":   shortVerdict,
		"tone":    tone,
		"plural":  plural,
		"bearing": bearing,
		"add":     func(a, b int) int { return a + b },
		"percent": func(f float64) string { return fmt.Sprintf("%.2f", f) },
		"signed":  func(f float64) string { return fmt.Sprintf("%+.3f", f) },
		"minus":   func(f float64) bool { return f < 0 },
		"denies":  func(act any) bool { s := fmt.Sprint(act); return s == "deny" || s == "partly-deny" },
		"slashes": func(s any) string { return strings.ReplaceAll(fmt.Sprint(s), "/", " / ") },
		"lang":    langAttr,
	})
	return out
}

// langAttr is a language tag, or "und": an empty lang attribute says nothing
// and "en" of the page would be wrong for the text.
func langAttr(code string) string {
	if code == "" {
		return "und"
	}
	return code
}

func plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}

// ago says how long ago a moment was, roughly.
func ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	d := now.Sub(t)
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return plural(int(d.Minutes()), "minute", "minutes") + " ago"
	case d < 24*time.Hour:
		return plural(int(d.Hours()), "hour", "hours") + " ago"
	case d < 60*24*time.Hour:
		return plural(int(d.Hours()/24), "day", "days") + " ago"
	case d < 730*24*time.Hour:
		return plural(int(d.Hours()/24/30.4), "month", "months") + " ago"
	}
	return plural(int(d.Hours()/24/365.25), "year", "years") + " ago"
}

// ageOf a day.
func ageOf(d calendar.Date, now time.Time) string {
	if d.IsZero() {
		return "date unknown"
	}
	return ago(d.Time(), now)
}

// shortVerdict is the verdict on one line of a table.
func shortVerdict(v measures.Verdict) string {
	switch v {
	case measures.NoMeasure:
		return "no measure in force"
	case measures.OutsideScope:
		return "in force, outside scope"
	case measures.Exempt:
		return "in force, exemption reported"
	case measures.ExemptionUnknown:
		return "in force, exemption unknown"
	case measures.NoExemptionReported:
		return "in force, no exemption by a source"
	case measures.Straddles:
		return "across a boundary of dates"
	case measures.Insufficient:
		return "an argument is missing"
	case measures.IdentityUndecided:
		return "who is meant is undecided"
	}
	return "not asked"
}

// tone is the class of a verdict's chip.
func tone(v measures.Verdict) string {
	switch {
	case engaged(v):
		return "law"
	case open(v):
		return "open"
	}
	return ""
}

// dotsMax is the most origins that are drawn one by one.
const dotsMax = 6

// dots draws an interval of origins: a full circle for each that counts, a
// dashed one for each that may. The words stand beside it, so the drawing is
// hidden from screen readers.
func dots(c cases.Count, side string) template.HTML {
	if c.Max == 0 || c.Max > dotsMax {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="glyph %s" width="%d" height="12" aria-hidden="true" focusable="false">`, template.HTMLEscapeString(side), c.Max*13)
	for i := range c.Max {
		class := "full"
		if i >= c.Min {
			class = "maybe"
		}
		fmt.Fprintf(&b, `<circle class="%s" cx="%d" cy="6" r="4.5"/>`, class, 6+13*i)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// levelBar draws a level of corroboration as steps of four.
func levelBar(l cases.Level) template.HTML {
	var b strings.Builder
	b.WriteString(`<svg class="glyph" width="46" height="10" aria-hidden="true" focusable="false">`)
	for i := range 4 {
		class := "off"
		if i < int(l) {
			class = "full"
		}
		fmt.Fprintf(&b, `<rect class="%s" x="%d" y="1" width="10" height="8" rx="1.5"/>`, class, 12*i)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// bearing names a party with its first reference.
func bearing(p cases.Party) string {
	if p.Name == "" {
		return p.ID
	}
	return p.Name
}

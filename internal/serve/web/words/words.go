package words

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/ratings"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/report"
	"github.com/reportedly/reportedly/internal/serve/auth"
)

// Funcs are what templates can say: those of case files and a few of pages.
func Funcs(now func() time.Time) template.FuncMap {
	out := report.Words()
	maps.Copy(out, template.FuncMap{
		"path":        url.PathEscape,
		"ago":         func(t time.Time) string { return ago(t, now()) },
		"at":          func(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04") },
		"iso":         func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"dots":        dots,
		"level":       levelBar,
		"short":       Verdict,
		"tone":        tone,
		"plural":      Plural,
		"bearing":     Bearing,
		"add":         func(a, b int) int { return a + b },
		"percent":     func(f float64) string { return fmt.Sprintf("%.2f", f) },
		"signed":      func(f float64) string { return fmt.Sprintf("%+.3f", f) },
		"minus":       func(f float64) bool { return f < 0 },
		"denies":      func(act any) bool { s := fmt.Sprint(act); return s == "deny" || s == "partly-deny" },
		"slashes":     func(s any) string { return strings.ReplaceAll(fmt.Sprint(s), "/", " / ") },
		"lang":        langAttr,
		"bare":        bare,
		"anchor":      Anchor,
		"numbers":     numbers,
		"day10":       day10,
		"dict":        dict,
		"brief":       brief,
		"grade":       func(v any) string { return ratings.Reliability(fmt.Sprint(v)).String() },
		"credibility": func(v string) string { return ratings.Credibility(v).String() },
		"likelihood":  likelihood,
		"recordwords": recordWords,
		"allowed":     func(who auth.Identity, p string) bool { return who.May(auth.Permission(p)) },
		"initials":    initials,
		"shown":       func(who auth.Identity) string { return cmp.Or(who.Name, who.Login) },
	})
	return out
}

// bare takes the style element out of a drawing: the policy of the pages allows
// styles in files only, and the sheet has the same classes.
func bare(drawing template.HTML) template.HTML {
	head, rest, ok := strings.Cut(string(drawing), "<style>")
	if !ok {
		return drawing
	}
	_, tail, _ := strings.Cut(rest, "</style>")
	return template.HTML(head + tail)
}

// numbers from a to b, both included.
func numbers(a, b int) (out []int) {
	for n := a; n <= b; n++ {
		out = append(out, n)
	}
	return out
}

// day10 cuts a time stamp to its day.
func day10(s string) string {
	if s == "" {
		return "unknown"
	}
	return s[:min(len(s), 10)]
}

// dict gives a template several named arguments.
func dict(pairs ...any) (map[string]any, error) {
	out := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: argument %d is no name", i)
		}
		out[key] = pairs[i+1]
	}
	return out, nil
}

// brief cuts a quotation for a line of a form.
func brief(s string) string {
	if r := []rune(s); len(r) > 70 {
		return string(r[:70]) + " …"
	}
	return s
}

func likelihood(word string) string {
	low, high := review.LikelihoodRange(word)
	return fmt.Sprintf("%s (%d to %d %%)", word, low, high)
}

// initials for the small portrait.
func initials(who auth.Identity) string {
	out := ""
	for _, w := range strings.Fields(strings.NewReplacer(".", " ", "_", " ", "-", " ").Replace(cmp.Or(who.Name, who.Login))) {
		if len(out) < 2 {
			out += strings.ToUpper(string([]rune(w)[:1]))
		}
	}
	return out
}

// recordWords tell what somebody did by a record.
func recordWords(r review.Record) string {
	n := Plural(len(r.Claims), "claim", "claims")
	switch r.Kind {
	case review.Decide:
		return "decided: " + r.Value
	case review.Sign:
		return "put the second signature under " + r.Of
	case review.Undo:
		return "took " + r.Of + " back"
	case review.Identify:
		if r.Value == "none" {
			return "found " + n + " to be about somebody on no list"
		}
		return "found " + n + " to be about " + r.Value
	case review.Merge:
		return "joined cases (" + n + ")"
	case review.Split:
		return "made " + n + " a case of their own"
	case review.Drop:
		return "dropped " + n + " as read wrongly"
	case review.Independence:
		return "set two origins to be " + r.Value
	case review.Exemption:
		return "put an exemption on record: " + r.Value
	case review.Reliability:
		return "graded " + r.Source + " " + ratings.Reliability(r.Value).String()
	case review.Credibility:
		return "graded " + n + " " + ratings.Credibility(r.Value).String()
	case review.Assess:
		return "assessed: " + cmp.Or(r.Likelihood, r.Confidence+" confidence in the evidence")
	case review.Answer:
		return "answered “" + r.Field + "”: " + r.Text
	case review.Evidence:
		return "added evidence: " + cmp.Or(r.Text, r.Article)
	case review.Seen:
		return "looked it through"
	case review.Challenge:
		return "kept a challenge: " + r.Text
	}
	return "noted: " + r.Text
}

// langAttr is a language tag, or "und": an empty lang attribute says nothing
// and "en" of the page would be wrong for the text.
func langAttr(code string) string {
	if code == "" {
		return "und"
	}
	return code
}

// Plural counts in words.
func Plural(n int, one, many string) string {
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
		return Plural(int(d.Minutes()), "minute", "minutes") + " ago"
	case d < 24*time.Hour:
		return Plural(int(d.Hours()), "hour", "hours") + " ago"
	case d < 60*24*time.Hour:
		return Plural(int(d.Hours()/24), "day", "days") + " ago"
	case d < 730*24*time.Hour:
		return Plural(int(d.Hours()/24/30.4), "month", "months") + " ago"
	}
	return Plural(int(d.Hours()/24/365.25), "year", "years") + " ago"
}

// AgeOf a day.
func AgeOf(d calendar.Date, now time.Time) string {
	if d.IsZero() {
		return "date unknown"
	}
	return ago(d.Time(), now)
}

// Verdict is the verdict on one line of a table.
func Verdict(v measures.Verdict) string {
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
	case v.Engaged():
		return "law"
	case v.Pending():
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

// Bearing names a party with its first reference.
func Bearing(p cases.Party) string {
	if p.Name == "" {
		return p.ID
	}
	return p.Name
}

// Anchor makes a fragment of an article's id.
func Anchor(id string) string {
	return "text-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, id)
}

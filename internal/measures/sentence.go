package measures

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
)

// Sentence says an answer in the words that the program may use. It speaks of
// the duty of those whom the measure binds, never of what a person did; bearer
// names the one concerned ("Russia"), "" leaves the measure's own addressee.
func Sentence(a Answer, bearer string) string {
	if len(a.Grounds) == 0 {
		return withoutGrounds(a)
	}
	g := a.Grounds[0]
	duty := g.dutyOf(bearer)
	law := g.Law()
	switch a.Verdict {
	case Exempt, ExemptionUnknown, NoExemptionReported:
		return fmt.Sprintf("If the reports are accurate, %s would have been engaged (%s); %s.", duty, law, exemptionWords(a.Verdict, g))
	case OutsideScope:
		return fmt.Sprintf("If the reports are accurate, a measure was in force (%s), but the act lies outside its scope: %s.", law, orReason(g.Why, a))
	case Straddles:
		return fmt.Sprintf("If the reports are accurate, whether %s would have been engaged depends on the day: a boundary of the measure lies within the days reported (%s).", duty, law)
	case Insufficient:
		return fmt.Sprintf("The reports do not give what is needed to say whether %s would have been engaged (%s): missing is %s.", duty, law, strings.Join(a.Missing, "; "))
	case IdentityUndecided:
		return fmt.Sprintf("More than one listed party fits the reports, so whether %s would have been engaged is not decided (%s).", duty, law)
	}
	return withoutGrounds(a)
}

// dutyOf words the duty of the one concerned ("Russia's duty to ... its
// territory"), or of all whom the measure binds ("the duty of all States to
// ... their territory").
func (g Ground) dutyOf(bearer string) string {
	switch {
	case bearer == "":
		return "the duty of " + g.Addressee + " to " + strings.ReplaceAll(g.Duty, " its ", " their ")
	case strings.HasSuffix(bearer, "s"):
		return bearer + "' duty to " + g.Duty
	}
	return bearer + "'s duty to " + g.Duty
}

func withoutGrounds(a Answer) string {
	switch a.Verdict {
	case NoMeasure:
		return "If the reports are accurate, no measure held in the register that this activity can engage was in force then."
	case IdentityUndecided:
		return "More than one listed party fits the reports, so no measure was checked."
	}
	return "The reports do not give what is needed for a check: missing is " + strings.Join(a.Missing, "; ") + "."
}

func exemptionWords(v Verdict, g Ground) string {
	switch {
	case v == Exempt, v == NoExemptionReported && g.Why != "":
		return g.Why
	}
	return "whether an exemption was granted is not known"
}

func orReason(why string, a Answer) string {
	if why != "" {
		return why
	}
	return strings.TrimSuffix(a.Reason, ".")
}

// Law gives the citation with the interval: "UN travel ban: res. 2231 (2015)
// annex B ¶6(e), in force from 16 January 2016 to 17 October 2020".
func (g Ground) Law() string {
	kind, _ := activity.LookupKind(g.Kind)
	out := g.Authority + " " + kind.Title + ": " + g.Citation
	if g.Renewed != "" {
		out += ", renewed by " + g.Renewed
	}
	out += ", in force"
	if !g.From.IsZero() {
		out += " from " + longDate(g.From)
	}
	if g.Until.IsZero() {
		out += ", no end recorded"
	} else {
		out += " to " + longDate(g.Until.AddDays(-1))
	}
	if len(g.ContestedBy) > 0 {
		out += ", contested by " + strings.Join(g.ContestedBy, ", ")
	}
	return out + g.memory()
}

// memory says what of the citation was not read.
func (g Ground) memory() string {
	switch {
	case !g.Read:
		return ", cited from memory"
	case strings.Contains(g.Source, "M(dates)"), strings.Contains(g.Source, "M(days)"):
		return ", days from memory"
	case strings.Contains(g.Source, "M(¶)"):
		return ", paragraph from memory"
	}
	return ""
}

func longDate(d calendar.Date) string {
	if d.Precision() != calendar.Day {
		return d.String()
	}
	return fmt.Sprintf("%d %s %d", d.Day, time.Month(d.Month), d.Year)
}

// verdictWords may not stand in generated text about what somebody did
// (requirement LW-1).
var verdictWords = regexp.MustCompile(`(?i)\b(?:violat\w*|breach\w*|illegal\w*|illicit\w*|unlawful\w*|smuggl\w*|infring\w*|guilty|crimes?|criminal\w*|offen[cs]e\w*|evad(?:e|ed|es|ing)|circumvent\w*|broke the|in defiance of)\b`)

// VerdictWords finds words in a text that would pass judgement.
func VerdictWords(text string) []string { return verdictWords.FindAllString(text, -1) }

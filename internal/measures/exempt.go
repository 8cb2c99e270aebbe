package measures

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/register"
	"github.com/reportedly/reportedly/internal/measures/wording"
)

// exemption gives the verdict for an act within scope: exempt where a grant
// that covers person, place, purpose and days is known or a standing clause
// fits; no-exemption-reported where somebody says there was none or the text
// has no procedure; otherwise unknown, for committees often do not publish.
func (in *inquiry) exemption(m *register.Measure, ref string, day calendar.Date) (Verdict, string) {
	none := ""
	for _, e := range in.Exemptions {
		switch e.Status {
		case "granted":
			if in.grantCovers(m, e, ref) {
				return Exempt, "an exemption of " + orUnnamed(e.Body) + " is reported that covers the act"
			}
		case "standing":
			if text, ok := in.standing(m, e, day); ok {
				return Exempt, text
			}
		case "stated-none":
			none = "a source says that no exemption was granted, as far as it knows"
		}
	}
	for _, k := range in.r.Exemptions {
		if k.Measure == m.ID && in.knownCovers(k, ref) {
			return Exempt, "an exemption of the " + k.Body + " is on record that covers the act"
		}
	}
	switch {
	case none != "":
		return NoExemptionReported, none
	case m.Exemption.Rule == "none":
		return NoExemptionReported, "the text has no exemption procedure"
	}
	return ExemptionUnknown, "whether an exemption was granted is not known"
}

var aboutFunds = regexp.MustCompile(`(?i)\b(?:freeze|frozen|funds?|assets?|expenses?|payments?|licen[cs]es?|financ\w*|fees?|accounts?|costs?|bank\w*|money)\b`)

func orUnnamed(body string) string {
	if body == "" {
		return "an unnamed body"
	}
	return "the " + strings.TrimPrefix(body, "the ")
}

func (in *inquiry) grantCovers(m *register.Measure, e Exemption, ref string) bool {
	// A travel grant is no freeze exemption: a grant that does not say what it
	// is from counts for a freeze only where its words are about funds.
	if e.Kind != "" && e.Kind != m.Kind || e.Kind == "" && m.Kind == "M-FREEZE" && !aboutFunds.MatchString(e.Text+" "+e.Purpose+" "+e.Body) {
		return false
	}
	return (len(e.Persons) == 0 || slices.Contains(e.Persons, ref)) &&
		(len(e.Places) == 0 || slices.Contains(e.Places, in.Place)) &&
		in.during(e.From, e.To) && purposesMeet(e.Purpose, in.Roles["purpose"], true)
}

// knownCovers is stricter than a report's own grant: a grant on record that is
// bound to a purpose covers only a journey reported to serve it, unless the
// grant names the place.
func (in *inquiry) knownCovers(k register.KnownExemption, ref string) bool {
	return slices.Contains(k.Persons, ref) && !k.To.IsZero() &&
		(len(k.Places) == 0 || slices.Contains(k.Places, in.Place)) &&
		in.during(k.From, k.To) && purposesMeet(k.Purpose, in.Roles["purpose"], len(k.Places) > 0)
}

// during reports whether all days of the act lie in the grant, whose last day
// counts.
func (in *inquiry) during(first, last calendar.Date) bool {
	w := in.Window
	return !w.IsZero() && (first.IsZero() || !w.Earliest.First().Before(first.First())) &&
		(last.IsZero() || (!w.Latest.IsZero() && !w.Latest.Last().After(last.Last())))
}

// purposesMeet compares two purposes by a shared word of four letters or more;
// silent is the answer where one of them is not stated.
func purposesMeet(granted, reported string, silent bool) bool {
	if granted == "" {
		return true
	}
	if reported == "" {
		return silent
	}
	have := wording.Words(reported)
	return slices.ContainsFunc(wording.Words(granted), func(w string) bool { return len(w) >= 4 && slices.Contains(have, w) })
}

// standing asks whether the row has the standing clause that is invoked.
func (in *inquiry) standing(m *register.Measure, e Exemption, day calendar.Date) (string, bool) {
	invoked := wording.Words(e.Text + " " + e.Body)
	for _, key := range m.Exemption.Sets {
		set := in.r.Sets[key]
		if set.Decider == "" && set.Instrument != "" && !day.Before(set.From) &&
			slices.Contains(invoked, strings.ToLower(set.Instrument)) {
			return "the standing clause of " + set.Instrument + " is invoked: " + set.Text, true
		}
	}
	return "", false
}

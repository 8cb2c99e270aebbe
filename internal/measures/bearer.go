package measures

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/register"
	"github.com/reportedly/reportedly/internal/measures/wording"
)

// placeOpen asks whether a journey lacks the State it went to.
func (in *inquiry) placeOpen(m *register.Measure) (Verdict, string) {
	switch {
	case !register.IsTravel(m.Kind):
		return "", ""
	case in.Place == "":
		return Insufficient, "the State entered or crossed"
	case !wording.IsCode(in.Place):
		return OutsideScope, "no territory of a State was entered"
	}
	return "", ""
}

// ownNational applies the carve-out that every travel ban has: no State need
// refuse its own nationals. It follows nationality, not residence.
func (in *inquiry) ownNational(m *register.Measure) (Verdict, string) {
	if m.OwnNational && in.Place != "" && slices.Contains(in.Nationality, in.Place) {
		return OutsideScope, "no State is obliged to refuse entry to its own nationals"
	}
	return "", ""
}

// partyRoles are roles of people and firms that act; the others tell of goods
// and aims.
var partyRoles = []string{
	"payer", "payee", "supplier", "seller", "exporter", "provider", "recipient", "buyer", "importer", "consignee",
	"end_user", "lender", "insurer", "carrier", "operator", "investor", "user", "actor", "client", "bank", "owner", "charterer", "holder",
}

// bound asks whether anybody whom the duty binds is reported as acting. A UN
// measure binds every State; the law of one State or of the Union reaches its
// territory and its own people and firms.
func (in *inquiry) bound(m *register.Measure, day calendar.Date) (Verdict, string) {
	if m.Binds == "" {
		return "", ""
	}
	if register.IsTravel(m.Kind) && in.Place == "" {
		return "", "" // placeOpen has said so
	}
	outside := "the duty binds " + m.Addressee + ", and nobody named as acting is shown to be one"
	if wording.IsCode(in.Place) && in.r.Words.Belongs(in.Place[:2], m.Binds, day) {
		return "", ""
	}
	if register.IsTravel(m.Kind) {
		return OutsideScope, "the duty binds " + m.Addressee + ", and another State was entered"
	}
	named := false
	for _, role := range partyRoles {
		v, ok := in.Roles[role]
		if !ok {
			continue
		}
		state := in.r.Words.StateOf(v)
		if in.r.Words.Belongs(state, m.Binds, day) {
			return "", ""
		}
		if in.ownedFrom(m, v, day) {
			return "", ""
		}
		named = named || state != ""
	}
	if named || wording.IsCode(in.Place) {
		return OutsideScope, outside
	}
	return Insufficient, "who acted and where, so that the duty-bearer cannot be told"
}

var ownedBy = regexp.MustCompile(`(?i)\b(?:owned|controlled|held)(?: or controlled)? by (?:an? )?(.+)`)

// ownedFrom reports whether the row also binds foreign firms owned by its own
// people, and the actor is described as one.
func (in *inquiry) ownedFrom(m *register.Measure, actor string, day calendar.Date) bool {
	if !slices.ContainsFunc(m.OwnedAbroad, func(s register.Span) bool { return s.Has(day) }) {
		return false
	}
	owner := ownedBy.FindStringSubmatch(actor)
	return owner != nil && in.r.Words.Belongs(in.r.Words.StateOf(owner[1]), m.Binds, day)
}

var contractOf = regexp.MustCompile(`(?i)contracts?(?: \w+){0,3} (?:of|dated|from) (\d{4}-\d\d-\d\d)`)

// contractBefore asks whether the contract behind the act is old enough for a
// saving clause; a zero day asks nothing.
func (in *inquiry) contractBefore(day calendar.Date) bool {
	if day.IsZero() {
		return true
	}
	m := contractOf.FindStringSubmatch(in.text)
	if m == nil {
		return false
	}
	on, err := calendar.Parse(m[1])
	return err == nil && on.Before(day)
}

// limits asks the thresholds of the row: up to them the act is free. Where
// several run at once, any that frees the act is enough.
func (in *inquiry) limits(m *register.Measure, day calendar.Date) (Verdict, string) {
	missing := ""
	for _, l := range m.Limits {
		if !(register.Span{From: l.From, Until: l.Until}).Has(day) || !in.contractBefore(l.ContractBefore) {
			continue
		}
		name := "the " + strings.ReplaceAll(l.Fact, "_", " ")
		v := in.number(l.Fact)
		free := len(v) > 0 && (l.FreeFrom > 0 && v[0] >= l.FreeFrom || l.FreeFrom == 0 && v[0] <= l.Free)
		switch {
		case len(v) == 0 && !l.Exempt:
			missing = name
		case free && l.Exempt:
			return Exempt, name + " lies within what is excepted (" + l.Citation + ")"
		case free:
			return OutsideScope, name + " lies within what is free (" + l.Citation + ")"
		}
	}
	if missing != "" {
		return Insufficient, missing
	}
	return "", ""
}

var daysSince = regexp.MustCompile(`(?i)(\d+) days (?:before|earlier|ago)`)

// number finds a fact that is a number: a role of that name, or the days since
// a call told in words.
func (in *inquiry) number(fact string) []float64 {
	if v := numbers(in.Roles[fact]); len(v) > 0 || fact != "days_since" {
		return v
	}
	if m := daysSince.FindStringSubmatch(in.text); m != nil {
		return numbers(m[1])
	}
	return nil
}

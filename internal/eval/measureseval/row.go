package measureseval

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/party"
)

// row is one case of a golden table by column name.
type row map[string]string

func (r row) authority() string {
	if a, ok := r["authority"]; ok {
		return a
	}
	return "UN"
}

// question turns a row into what the judge takes; found tells whether every
// party was known to the lookup.
func (r row) question(reg *measures.Register, look Lookup) (q measures.Question, found bool, err error) {
	q = measures.Question{
		Authority: r.authority(), Regime: r["regime"], Activity: activity.Code(r["activity"]), Place: r["place"],
		Roles: map[string]string{},
	}
	if q.Window, err = window(r["date"]); err != nil {
		return q, false, err
	}
	for _, n := range strings.Split(r["party_nationality"], ";") {
		if n = strings.TrimSpace(n); n != "" {
			q.Nationality = append(q.Nationality, n)
		}
	}
	r.facts(&q)
	reported, err := exemptions(r["exemption_input"])
	if err != nil {
		return q, false, err
	}
	q.Exemptions = append(q.Exemptions, reported...)
	return q, r.party(&q, reg, look), nil
}

// facts sorts "payer=US bank; loan" into roles and goods.
func (r row) facts(q *measures.Question) {
	for _, part := range strings.Split(r["roles"], ";") {
		if k, v, ok := strings.Cut(strings.TrimSpace(part), "="); ok {
			q.Roles[k] = v
		}
	}
	if _, other := r["authority"]; !other {
		if r["goods"] != "" {
			q.Goods = []string{r["goods"]}
		}
		return
	}
	for _, part := range strings.Split(r["goods"], ";") {
		part = strings.TrimSpace(part)
		switch k, v, ok := strings.Cut(part, "="); {
		case part == "":
		case ok && k == "exemption":
			q.Exemptions = append(q.Exemptions, measures.Exemption{Status: "stated-none", Text: v})
		case ok:
			q.Roles[k] = v
		default:
			q.Goods = append(q.Goods, part)
		}
	}
}

func (r row) party(q *measures.Question, reg *measures.Register, look Lookup) bool {
	ref := r["party_reference"]
	switch {
	case ref == "":
		return true
	case strings.HasPrefix(ref, "territory:"):
		q.Territory = strings.TrimPrefix(ref, "territory:")
		return true
	case strings.HasPrefix(ref, "name:"):
		q.Named = strings.TrimPrefix(ref, "name:")
		if d, ok := reg.ClosedList(r.authority(), q.Named); ok {
			q.Designations = []party.Designation{d}
		}
		return true
	}
	if owners, ok := strings.CutPrefix(ref, "owned-by:"); ok {
		q.OwnedBy = true
		ref = owners
	}
	refs := strings.Split(ref, "|")
	q.Undecided = len(refs) > 1
	if q.OwnedBy {
		refs = strings.Split(ref, "+")
	}
	all := true
	for _, one := range refs {
		one = bare(one)
		p, ok := look(r.authority(), one)
		if !ok {
			p, ok = r.recorded(reg, one)
		}
		all = all && ok
		q.Named = one
		q.Schema = p.Schema
		q.Designations = append(q.Designations, p.Designations...)
		if len(q.Nationality) == 0 {
			for _, c := range p.Nationalities {
				q.Nationality = append(q.Nationality, c.Code)
			}
		}
	}
	return all
}

// recorded makes a party of what the register itself holds. Where it has no
// listing under the regime asked about, the day of listing stays unknown.
func (r row) recorded(reg *measures.Register, ref string) (p party.Party, ok bool) {
	p.Designations = reg.Recorded(r.authority(), ref)
	for _, d := range p.Designations {
		ok = ok || d.Regime == r["regime"]
	}
	if !ok {
		p.Designations = append(p.Designations, party.Designation{Authority: r.authority(), Reference: ref, Regime: r["regime"]})
	}
	return p, ok
}

// bare takes the name of the list off a reference: "OFAC:17022".
func bare(ref string) string {
	for _, list := range []string{"OFAC:", "UKSL:", "OFSI:", "EU:"} {
		if r, ok := strings.CutPrefix(ref, list); ok {
			return r
		}
	}
	return ref
}

func window(s string) (calendar.Window, error) {
	if s == "" {
		return calendar.Window{}, nil
	}
	from, to, ok := strings.Cut(s, "/")
	if !ok {
		to = from
	}
	a, err := calendar.Parse(from)
	if err != nil {
		return calendar.Window{}, err
	}
	b, err := calendar.Parse(to)
	if err != nil {
		return calendar.Window{}, err
	}
	return calendar.Between(a, b), nil
}

var (
	isoCode   = regexp.MustCompile(`^[A-Z]{2}$`)
	reference = regexp.MustCompile(`\b[A-Z]{2}[ie]\.\d{3}\b`)
	daySpan   = regexp.MustCompile(`^\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d$`)
)

// exemptions reads "none", "granted:BODY; scope; from/to",
// "standing:resolution" and "stated-none:who".
func exemptions(s string) ([]measures.Exemption, error) {
	status, rest, _ := strings.Cut(s, ":")
	switch status {
	case "", "none":
		return nil, nil
	case "standing", "stated-none":
		return []measures.Exemption{{Status: status, Text: rest}}, nil
	case "granted":
	default:
		return nil, fmt.Errorf("exemption_input %q", s)
	}
	e := measures.Exemption{Status: status, Text: rest}
	if strings.Contains(strings.ToLower(rest), "travel") {
		e.Kind = "M-TRAVEL"
	}
	for i, part := range strings.Split(rest, ";") {
		part = strings.TrimSpace(part)
		switch {
		case i == 0:
			e.Body = part
		case isoCode.MatchString(part):
			e.Places = append(e.Places, part)
		case daySpan.MatchString(part):
			w, err := window(part)
			if err != nil {
				return nil, err
			}
			e.From, e.To = w.Earliest, w.Latest
		case reference.MatchString(part):
			e.Persons = append(e.Persons, reference.FindAllString(part, -1)...)
		default:
			e.Purpose = part
		}
	}
	return []measures.Exemption{e}, nil
}

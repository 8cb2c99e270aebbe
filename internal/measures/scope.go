package measures

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/register"
	"github.com/reportedly/reportedly/internal/measures/wording"
	"github.com/reportedly/reportedly/internal/party"
)

// inquiry is a question with its words sorted into the register's classes.
type inquiry struct {
	*Question
	r           *Register
	goods       [][]string // categories of each goods text; empty = not recognised
	text        string     // goods and roles in one, for the mention of a region
	territories []string
	explicit    bool     // the question names the territory itself
	recipient   string   // class of the recipient, "" = not reported or not recognised
	services    []string // classes of services found in the words of the report
	facts       []string // keys of facts.csv found in the words of the report
}

func (r *Register) inquire(q *Question) *inquiry {
	in := &inquiry{Question: q, r: r, explicit: q.Territory != ""}
	var parts []string
	for _, g := range q.Goods {
		in.goods = append(in.goods, r.Words.Goods.Find(g))
		parts = append(parts, g)
	}
	for _, k := range sortedKeys(q.Roles) {
		parts = append(parts, q.Roles[k])
	}
	in.text = strings.Join(parts, "; ")
	in.facts = r.Words.Facts.Find(in.text)
	in.services = r.Words.Services.Find(in.text)
	in.addRecorded()
	in.recipient = in.classOfRecipient()
	in.territories = in.askedTerritories()
	return in
}

var (
	originRoles = []string{"supplier", "seller", "exporter", "origin", "provider"}
	targetRoles = []string{"recipient", "buyer", "importer", "consignee", "destination", "end_user"}
)

// askedTerritories is the territory named by the question, or else the States
// of the place and of the two sides.
func (in *inquiry) askedTerritories() []string {
	if in.explicit {
		return []string{in.Territory}
	}
	var out []string
	add := func(code string) {
		if code != "" && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	if wording.IsCode(in.Place) {
		add(in.Place)
	}
	for _, role := range slices.Concat(originRoles, targetRoles) {
		if v, ok := in.Roles[role]; ok {
			add(in.r.Words.StateOf(v))
		}
	}
	return out
}

// Where a row stands to the territory asked about.
type fit int

const (
	apart   fit = iota // another territory: the row is not concerned
	inside             // the row's territory
	partial            // the row is of a part, the question of the whole
	beside             // the row is of another part of the same State
)

func (in *inquiry) fits(m *register.Measure) fit {
	best := apart
	for _, asked := range in.territories {
		for _, own := range m.Territory {
			switch {
			case asked == own || strings.HasPrefix(asked, own+"-"):
				return inside
			case strings.HasPrefix(own, asked+"-"):
				best = partial
			case len(own) > 2 && len(asked) > 2 && own[:2] == asked[:2] && best == apart && in.explicit:
				best = beside
			}
		}
	}
	return best
}

// part settles a partial fit by what the report says of the region.
func (in *inquiry) part(m *register.Measure) (Verdict, string) {
	for _, own := range m.Territory {
		for _, t := range m.Regime().Territories {
			if t.Code != own {
				continue
			}
			for _, n := range t.Names {
				if regexp.MustCompile(`(?i)\b(outside|other than|not in)\s+(?:of\s+)?` + regexp.QuoteMeta(n)).MatchString(in.text) {
					return OutsideScope, "the measure is of " + n + " only"
				}
				if strings.Contains(strings.ToLower(in.text), strings.ToLower(n)) {
					return "", ""
				}
			}
		}
	}
	return Insufficient, "the part of the State: the measure is not of its whole territory"
}

// outward and inward are activities whose direction lies in their name.
var (
	outward = []activity.Code{"TRD-PETRO-OUT", "TRD-COMMOD", "TRD-CULT"}
	inward  = []activity.Code{"TRD-PETRO-IN", "TRD-LUXURY"}
)

// direction tells whether the act goes to or from the territory of the row,
// "" where the report does not say.
func (in *inquiry) direction(m *register.Measure) string {
	if len(m.Territory) == 0 {
		return ""
	}
	state := m.Territory[0][:2]
	side := func(roles []string) bool {
		return slices.ContainsFunc(roles, func(role string) bool {
			v, ok := in.Roles[role]
			return ok && slices.ContainsFunc(m.Territory, func(t string) bool { return in.r.Words.StateOf(v) == t[:2] })
		})
	}
	switch {
	case slices.Contains(outward, in.Activity):
		return register.From
	case slices.Contains(inward, in.Activity):
		return register.To
	case side(originRoles):
		return register.From
	case side(targetRoles), strings.HasPrefix(in.Place, state):
		return register.To
	case wording.IsCode(in.Place):
		return register.From
	}
	return ""
}

var referenceNumber = regexp.MustCompile(`\b[A-Z]{2}[ie]\.\d{3}\b`)

// classOfRecipient sorts the receiving side: listed, government, non-state ...
func (in *inquiry) classOfRecipient() string {
	for _, role := range append([]string{"client"}, targetRoles...) {
		v, ok := in.Roles[role]
		if !ok {
			continue
		}
		if referenceNumber.MatchString(v) {
			return "listed"
		}
		classes := in.r.Words.Actors.Find(v)
		if i := slices.Index(classes, "non-state"); i >= 0 {
			return "non-state" // "militia of the army" is doubtful, but no government
		}
		if len(classes) > 0 {
			return classes[0]
		}
	}
	return ""
}

// reaches asks whether the row reaches the receiving side.
func (in *inquiry) reaches(m *register.Measure, designated bool) (Verdict, string) {
	if designated && m.Kind == "M-ARMS" && slices.Contains(originRoles, in.Role) {
		return OutsideScope, "the measure is on supply to the listed party, not by it"
	}
	if len(m.Recipients) == 0 {
		return "", ""
	}
	class := in.recipient
	if designated && (slices.Contains(targetRoles, in.Role) || class == "" && in.Activity == "ARM-PROCURE") {
		class = "listed"
	}
	switch {
	case class == "":
		return Insufficient, "the recipient"
	case slices.Contains(m.Recipients, class), class == "listed" && slices.Contains(m.Recipients, "non-state"):
		if class == "listed" && !designated && slices.Contains(m.Recipients, "listed") {
			return Insufficient, "whether the recipient is a listed party"
		}
		return "", ""
	}
	return OutsideScope, "the measure reaches " + strings.Join(m.Recipients, " or ") + " recipients only"
}

// aboutGoods asks whether goods that are the object of the row moved.
func (in *inquiry) aboutGoods(m *register.Measure) (concerned bool, missing string) {
	if len(m.GoodsObject) == 0 {
		return true, ""
	}
	if len(in.goods) == 0 {
		return true, "the goods"
	}
	known := false
	for _, cats := range in.goods {
		for _, c := range cats {
			known = true
			if wording.Within(c, m.GoodsObject) {
				return true, ""
			}
		}
	}
	if !known {
		return true, "what class of goods it was"
	}
	return false, ""
}

// service asks whether the service is of the row's classes.
func (in *inquiry) service(m *register.Measure) (concerned bool, missing string) {
	switch {
	case len(m.Services) == 0:
		return true, ""
	case len(in.services) == 0:
		return true, "the kind of service"
	}
	return slices.ContainsFunc(in.services, func(s string) bool { return slices.Contains(m.Services, s) }), ""
}

// addRecorded adds the listings on record of the same references under regimes
// that the lists at hand do not show: a later listing, or an earlier one.
func (in *inquiry) addRecorded() {
	known := in.Designations
	for _, d := range known {
		for _, l := range in.r.Recorded(d.Authority, strings.TrimSpace(d.Reference)) {
			if !slices.ContainsFunc(in.Designations, func(h party.Designation) bool {
				return h.Authority == l.Authority && strings.TrimSpace(h.Reference) == l.Reference && (h.Regime == l.Regime || slices.Contains(h.Programmes, l.Regime))
			}) {
				in.Designations = append(slices.Clip(in.Designations), l)
			}
		}
	}
}

// goodsInScope asks whether the goods stand on the row's closed list.
func (in *inquiry) goodsInScope(m *register.Measure) (Verdict, string) {
	if len(m.Goods) == 0 {
		return "", ""
	}
	if len(in.goods) == 0 {
		return Insufficient, "the goods"
	}
	known := false
	for _, cats := range in.goods {
		for _, c := range cats {
			known = true
			if wording.Within(c, m.Goods) {
				return "", ""
			}
		}
	}
	if !known {
		return Insufficient, "what class of goods it was"
	}
	return OutsideScope, "the goods are not on the measure's closed list"
}

// leftOut finds a carve-out of the text whose conditions the report meets.
func (in *inquiry) leftOut(m *register.Measure, day calendar.Date) (register.CarveOut, bool) {
	for _, c := range m.Outside {
		if c.During().Has(day) && in.meets(c) {
			return c, true
		}
	}
	return register.CarveOut{}, false
}

func (in *inquiry) meets(c register.CarveOut) bool {
	if len(c.Recipients) > 0 && !slices.Contains(c.Recipients, in.recipient) {
		return false
	}
	if len(c.Activities) > 0 && !slices.Contains(c.Activities, in.Activity) {
		return false
	}
	if len(c.Facts) > 0 && !slices.ContainsFunc(c.Facts, in.hasFact) || !in.contractBefore(c.ContractBefore) {
		return false
	}
	return len(c.Goods) == 0 || in.allGoods(c.Goods)
}

func (in *inquiry) hasFact(key string) bool { return slices.Contains(in.facts, key) }

// allGoods reports whether every item was recognised and lies in the classes;
// one rifle among the helmets is enough to fail.
func (in *inquiry) allGoods(classes []string) bool {
	if len(in.goods) == 0 {
		return false
	}
	for _, cats := range in.goods {
		if len(cats) == 0 || slices.ContainsFunc(cats, func(c string) bool { return !wording.Within(c, classes) }) {
			return false
		}
	}
	return true
}

// anyGoods reports whether one item lies in the class.
func (in *inquiry) anyGoods(class string) bool {
	return slices.ContainsFunc(in.goods, func(cats []string) bool {
		return slices.ContainsFunc(cats, func(c string) bool { return wording.Within(c, []string{class}) })
	})
}

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

package cases

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
)

// checks asks the register about the headline, and about each other activity
// of the case that can engage a measure of its own.
func (b *builder) checks(c *Case, h *happenings.Happening, live []*happenings.Told) {
	c.Check = b.check(c, c.Activity[0], live)
	for _, a := range c.Activity[1:] {
		if info, ok := activity.Lookup(a); ok && len(info.Engages) > 0 && !engagesSame(a, c.Activity[0]) {
			c.Also = append(c.Also, b.check(c, a, live))
		}
	}
}

func engagesSame(a, b activity.Code) bool {
	x, _ := activity.Lookup(a)
	y, _ := activity.Lookup(b)
	return slices.Equal(x.Engages, y.Engages)
}

func (b *builder) check(c *Case, a activity.Code, live []*happenings.Told) Check {
	out := Check{Activity: a}
	if c.Party.Identity == mentions.Undecided {
		out.Verdict = measures.IdentityUndecided
		out.Answer = measures.Answer{Verdict: out.Verdict, Reason: "the articles do not tell which bearer of the name is meant"}
		out.Sentence = sentence(c, out)
		return out
	}
	if b.in.Law == nil {
		out.NotAsked = "no register of measures was given"
		return out
	}
	out.Answer = b.in.Law.Check(b.question(c, a, live))
	out.Verdict = out.Answer.Verdict
	out.Sentence = sentence(c, out)
	return out
}

// question puts the arguments of the case as the register wants them.
func (b *builder) question(c *Case, a activity.Code, live []*happenings.Told) measures.Question {
	q := measures.Question{Activity: a, Roles: map[string]string{}, Undecided: c.Party.Identity == mentions.Undecided}
	q.Designations, q.Schema, q.Nationality = b.designations(c.Party)
	if c.Window.Basis == "reported" || !c.Window.Latest.IsZero() {
		q.Window = calendar.Between(c.Window.Earliest, c.Window.Latest)
	}
	if c.Party.Kind == "territory" {
		q.Territory = strings.TrimPrefix(c.Party.ID, happenings.Territory)
	}
	for _, p := range c.Places {
		q.Place = cmp.Or(q.Place, p.Country)
	}
	own := false // the party's role is that in the act asked about
	for _, t := range live {
		if t.Denies() || !happenings.Related(t.Role, happenings.RoleOf(a)) {
			continue
		}
		for _, i := range t.Items {
			q.Goods = append(q.Goods, i.Item)
		}
		for _, p := range t.Players {
			if b.isSubject(p, c.Party.ID) {
				if headline := t.Activity == a; q.Role == "" || headline && !own {
					q.Role, own = string(p.Role), headline
				}
				continue // Roles tells of the other side
			}
			if v := cmp.Or(p.Country, p.Name); v != "" && q.Roles[string(p.Role)] == "" {
				q.Roles[string(p.Role)] = v
			}
		}
	}
	q.Goods = uniq(q.Goods)
	q.Exemptions = b.exemptions(c, live)
	return q
}

// exemptions told in the case's articles. A grant counts only from a body that
// can give one; that none was given "to our knowledge" is a claim (TB-8).
func (b *builder) exemptions(c *Case, live []*happenings.Told) []measures.Exemption {
	var out []measures.Exemption
	add := func(t *happenings.Told) {
		status := origins.ExemptionStatus(t)
		if status == "" || status == "granted" && !t.Official() && !origins.OfGranter(t) {
			return
		}
		e := measures.Exemption{Status: status, Text: t.Quote()}
		if k, ok := t.Origin(); ok {
			e.Body = k.Holder
		}
		if t.Where != nil && t.Where.Country != "" {
			e.Places = []string{t.Where.Country}
		}
		out = append(out, e)
	}
	for _, t := range live {
		add(t)
	}
	for _, d := range b.in.Decisions {
		if d.Kind == review.Exemption && slices.ContainsFunc(live, func(t *happenings.Told) bool { return slices.Contains(d.Claims, t.ID) }) {
			out = append(out, measures.Exemption{Status: d.Value, Text: d.Reason, Body: cmp.Or(d.Text, "record of "+d.Who)})
		}
	}
	in := map[string]bool{}
	for _, a := range c.Articles {
		in[a.ID] = true
	}
	for _, t := range b.context[c.Party.ID] {
		if in[t.Article] && t.Activity == "TRV-EXEMPT" {
			add(t)
		}
	}
	return out
}

// sentence says what the check means, in the conditional. The duty is that of
// the State entered where it is known, else of all whom the measure binds. It
// judges nobody.
func sentence(c *Case, k Check) string {
	if k.Verdict == measures.IdentityUndecided {
		return "No check is made while it is undecided who is meant."
	}
	s := measures.Sentence(k.Answer, bearer(c, k))
	for _, p := range c.Places {
		if p.Basis != "" && len(k.Answer.Grounds) > 0 {
			s += " The State is " + p.Basis + "."
		}
	}
	return s
}

// bearer of the duty: a ban on travel is kept by the State entered. Who had to
// keep another measure depends on who traded with whom, and is left to the
// words of the measure.
func bearer(c *Case, k Check) string {
	if len(k.Answer.Grounds) == 0 || k.Answer.Grounds[0].Kind != "M-TRAVEL" {
		return ""
	}
	for _, p := range c.Places {
		if p.Country != "" {
			return stateName(p.Country)
		}
	}
	return ""
}

// title is a heading made from the headline element alone (UN-3).
func title(c *Case) string {
	where := ""
	if len(c.Places) > 0 {
		where = c.Places[0].Name
	}
	what := "reported " + cmp.Or(happenings.RoleOf(c.Activity[0]).Element, "act")
	switch c.Aspect {
	case claims.Planned, claims.Hypothetical:
		what = "reported plan: " + happenings.RoleOf(c.Activity[0]).Element
	case claims.Attempted:
		what = "reported attempt: " + happenings.RoleOf(c.Activity[0]).Element
	}
	parts := []string{c.Party.Name + ": " + what}
	when := calendar.Between(c.Window.Earliest, c.Window.Latest).String()
	if where != "" {
		parts = append(parts, where)
	}
	switch {
	case c.Window.Earliest.IsZero() && c.Window.Latest.IsZero():
		when = "not dated"
	case c.Window.Basis == "publication":
		when = "told " + c.Window.Latest.String()
	}
	return strings.Join(append(parts, when), ", ")
}

// VerdictWord finds a word that judges, outside quotation marks: the lint over
// everything that the program writes itself.
func VerdictWord(text string) (string, bool) {
	var b strings.Builder
	quoted := false
	for _, r := range text {
		switch r {
		case '“', '«':
			quoted = true
		case '”', '»':
			quoted = false
		case '"':
			quoted = !quoted
		default:
			if !quoted {
				b.WriteRune(r)
			}
		}
	}
	for _, w := range strings.Fields(origins.Fold(b.String())) {
		for _, v := range verdictWords() {
			if strings.HasPrefix(w, v) {
				return w, true
			}
		}
	}
	return "", false
}

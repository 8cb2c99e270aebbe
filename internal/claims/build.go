package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/claims/stage"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// build makes a claim of a fitted pattern; false where it speaks of nobody who
// is listed.
func (r *reader) build(s *sentence, f fit) bool {
	c := Claim{
		depth:   s.Cl.Depth(f.pred.Word),
		Article: r.in.Article.ID, Activity: f.pattern.Code, Rule: f.pattern.Key(), Version: frames.Version,
		Evidence: s.Src.Span, Trigger: s.Src.Tokens[f.pred.Word].Span, Sentence: s.N, Score: f.score, Polarity: "+",
	}
	for _, role := range sortedRoles(f.filled) {
		heads := f.filled[role]
		switch role {
		case "from":
			c.From = r.at().Location(s, heads[0])
		case "to":
			c.To = r.at().Location(s, heads[0])
		case "place":
			c.Place = r.at().Location(s, heads[0])
		case "via":
			c.Via = r.at().Location(s, heads[0])
		case "item":
			c.Items = append(c.Items, s.Goods.Items(r.alike(s, heads))...)
		case "amount":
			p := s.Cl.Phrase(heads[0], true)
			c.Amount = s.Goods.AmountIn(p[0], p[len(p)-1])
		case "purpose":
			c.Purpose, _ = r.at().Phrase(s, s.Cl.Phrase(heads[0], true))
		default:
			for _, h := range heads {
				c.Players = append(c.Players, r.player(s, h, Role(role)))
				r.counted(s, h, &c)
			}
		}
	}
	f.inherits = f.inherits && !r.ofTheOne(s, &c)
	if f.inherits && !r.inherit(&c) {
		if r.in.Explain {
			r.discard(s, f.pred.Word, f.pattern.Key(), "no earlier claim that it could speak of")
		}
		return false
	}
	c.Players = once(c.Players)
	r.fromTerritory(s, f, &c)
	if !r.worth(c) && (r.shares(c) || r.openPronoun(c) || !f.pred.Verb && r.anaphoric(s, f.pred)) && r.inherit(&c) {
		f.inherits = true
		c.Players = once(c.Players)
	}
	if !r.worth(c) {
		if r.in.Explain {
			r.discard(s, f.pred.Word, f.pattern.Key(), "no listed party and no embargoed territory has a role")
		}
		return false
	}
	r.settle(s, f, &c)
	return true
}

// alike adds the other goods of the list that a thing stands in: what comes
// with the weapons in one delivery is part of it.
func (r *reader) alike(s *sentence, heads []int) []int {
	first := heads[0]
	if w := s.Cl.Tree.Words[first]; w.Deprel == "conj" && w.Head >= 0 && s.Cl.Tree.Words[w.Head].UPOS == "NOUN" {
		first = w.Head
	}
	out := slices.Clone(heads)
	for _, c := range append(s.Cl.Related(first, "conj"), first) {
		if s.Cl.Tree.Words[c].UPOS == "NOUN" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// counted keeps the number of a group's members as an item: "four of the
// group's leaders were released".
func (r *reader) counted(s *sentence, i int, c *Claim) {
	if of := s.Cl.Part(i); of < 0 && !r.IsClass(s, i, "member") {
		return
	}
	if it := s.Goods.Item(i); it.Quantity != nil {
		c.Items = append(c.Items, it)
	}
}

// settle adds place, time, factuality and speech, and keeps the claim.
func (r *reader) settle(s *sentence, f fit, c *Claim) {
	r.place(s, f, c)
	fact := s.Cl.Factuality(f.pred.Word)
	origin := r.attribute(s, c)
	if x := f.pattern.Set["act"]; x != "" {
		c.Act, c.Scope = speech.Act(x), "whole"
	}
	if origin >= 0 && r.Speech()[origin].Negated && r.Speech()[origin].Class == speech.Belief && c.Act == speech.Assert {
		c.Act, c.Scope = speech.Deny, "whole" // "does not believe that"
	}
	if fact.Unknown && !c.Act.IsDenialOrNone() {
		c.Act, c.Scope = speech.CannotConfirm, "whole"
	}
	if fact.Refuted {
		c.Act, c.Scope = speech.Deny, "whole"
	}
	r.time(s, f, c)
	r.modality(s, f, fact, c)
	c.Notes = append(c.Notes, "trigger "+s.Cl.Tree.Words[f.pred.Word].Form+" by "+f.pattern.Key())
	for _, a := range f.pred.Args {
		if a.Path != "self" {
			c.Notes = append(c.Notes, a.Path+" = "+s.Cl.Tree.Words[a.Head].Form)
		}
	}
	c.Notes = append(c.Notes, fact.Notes...)
	if f.inherits && c.When == nil && c.Place == nil && c.Aspect != Planned && !c.Act.IsDenialOrNone() {
		// A second mention that adds nothing is no second claim.
		return
	}
	if fact.Effect == "prevented" && (fact.Could || fact.Would || fact.Conditional) {
		return // what might stop a deed tells of no deed
	}
	if r.question(s) && fact.Would || r.fiction(s, f.pred) {
		return // "why would he go?"; "in the film he flies to Zubrovka"
	}
	if !f.pred.Verb && r.presupposed(s, f) {
		c.anaphoric = true
		c.mentioned = c.Activity.Family() == "TRV" && !strings.HasPrefix(s.Cl.Tree.Words[f.pred.Word].Deprel, "nsubj")
	}
	denial := r.over(origin)
	inner := *c
	if denial >= 0 {
		inner.Chain = r.below(origin, denial)
	}
	r.found = append(r.found, inner)
	r.origins = append(r.origins, origin)
	if denial >= 0 {
		r.deny(*c, denial)
	}
}

// fiction reports a deed within a story: "in the novel", "in the sequel".
func (r *reader) fiction(s *sentence, pred clause.Predicate) bool {
	for i := range s.Cl.Tree.Words {
		if s.Cl.Tree.Words[i].UPOS == "NOUN" && (s.Cl.Case(i) == "in" || s.Cl.Case(i) == "In") && r.IsClass(s, i, "fiction") && i < pred.Word {
			return true
		}
	}
	return false
}

// presupposed reports a noun that speaks of a deed as known: with a possessor
// or definite article, outside a light verb ("during his visit", "mentioned
// the general's visit").
func (r *reader) presupposed(s *sentence, f fit) bool {
	w := s.Cl.Tree.Words[f.pred.Word]
	if !r.definiteDeed(s, f.pred.Word) && len(f.pred.Get("poss")) == 0 || particular(s, f.pred.Word) {
		return false
	}
	return !(w.Deprel == "obj" && w.Head >= 0 && r.lang.Light[s.Cl.Lemma(w.Head)])
}

// particular reports a noun whose words tell its deed apart from others of its
// kind: "the 15th test this year", "an earlier visit", "another launch".
func particular(s *sentence, i int) bool {
	for _, c := range s.Cl.Related(i, "amod", "det", "nummod") {
		switch w := s.Cl.Lemma(c); w {
		case "another", "earlier", "previous", "other", "first", "second", "third", "prior", "separate", "last", "next":
			return true
		default:
			if w != "" && w[0] >= '0' && w[0] <= '9' && strings.Trim(w, "0123456789") != "" {
				return true // 15th
			}
		}
	}
	return false
}

// deny keeps what an outer holder denies of a report: "denied reports that
// ...". The report itself stands as its own claim.
func (r *reader) deny(c Claim, k int) {
	c.Certainty, c.Polarity = speech.Certain, "+"
	r.adopt(&c, k)
	if c.Act == speech.Deny || c.Act == speech.PartlyDeny {
		c.Polarity = "-"
	}
	c.Rule += "/" + string(c.Act)
	r.found = append(r.found, c)
	r.origins = append(r.origins, k)
}

// openPronoun reports a player who is only a pronoun that nothing resolved.
func (r *reader) openPronoun(c Claim) bool {
	return slices.ContainsFunc(c.Players, func(p Player) bool {
		switch strings.ToLower(p.Surface) {
		case "it", "they":
			return p.Cluster < 0
		}
		return false
	})
}

// shares reports that a claim without a listed party has a player of an
// earlier one of the same activity, so that it goes on about the same thing.
func (r *reader) shares(c Claim) bool {
	for n := len(r.found) - 1; n >= 0; n-- {
		o := r.found[n]
		if o.Activity.Family() != c.Activity.Family() || c.Sentence-o.Sentence > kinReach {
			continue
		}
		for _, p := range c.Players {
			for _, q := range o.Players {
				if p.Country != "" && p.Country == q.Country || strings.EqualFold(p.Surface, q.Surface) {
					return true
				}
			}
		}
		return false
	}
	return false
}

// recurring are the activities that news goes on to speak of as known: "the
// talks", "Tuesday's test", "the weapons".
var recurring = map[string]bool{"MET-IN": true, "MET-AGREE": true, "WMD-ACT": true, "ARM-SUPPLY": true, "ARM-PROCURE": true, "TRV-ENTRY": true}

// inherit takes the players of the last claim of the same activity.
func (r *reader) inherit(c *Claim) bool {
	best := -1
	if !recurring[string(c.Activity)] {
		return false
	}
	for n, o := range r.found {
		kin := o.Activity == c.Activity || o.Activity.Family() == "MET" && c.Activity.Family() == "MET" && recurring[string(o.Activity)]
		if c.Sentence-o.Sentence <= kinReach && kin && (best < 0 || o.Activity == c.Activity || r.found[best].Activity != c.Activity) {
			best = n
		}
	}
	if best < 0 {
		return false
	}
	o := r.found[best]
	for _, p := range o.Players {
		if !c.has(p.Role) || p.Role == Participant {
			c.Players = append(c.Players, p)
		}
	}
	c.Score -= 1.5
	c.anaphoric = true
	c.Notes = append(c.Notes, fmt.Sprintf("players of the claim in sentence %d", o.Sentence))
	return true
}

// ofTheOne gives a sale or transfer of so many shares to the one listed party
// that its sentence names.
func (r *reader) ofTheOne(s *sentence, c *Claim) bool {
	one := r.OnlyListed(s)
	if one < 0 || slices.ContainsFunc(r.found, func(o Claim) bool { return o.Activity == c.Activity }) || c.Activity != "AST-TRANSFER" || len(c.Items) == 0 || c.Items[0].Quantity == nil {
		return false
	}
	c.Players = append(c.Players, r.player(s, one, "holder"))
	return true
}

func sortedRoles(m map[string][]int) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b string) int {
		if m[a][0] != m[b][0] {
			return m[a][0] - m[b][0]
		}
		return strings.Compare(a, b)
	})
	return out
}

// once drops a player told twice.
func once(in []Player) []Player {
	var out []Player
	for _, p := range in {
		dup := slices.ContainsFunc(out, func(q Player) bool {
			return q.Role == p.Role && (p.Cluster >= 0 && p.Cluster == q.Cluster || p.Span == q.Span)
		})
		if !dup {
			out = append(out, p)
		}
	}
	return out
}

// fromTerritory reads a State as recipient where the goods go to its land, and
// as supplier where they come from it.
func (r *reader) fromTerritory(s *sentence, _ fit, c *Claim) {
	defer r.direction(c)
	if frames.ScopeOf(c.Activity) == "" {
		return
	}
	if c.Activity != "WMD-ACT" && c.To != nil && c.To.Country != "" && !c.has(Recipient) {
		c.Players = append(c.Players, Player{Role: Recipient, Name: c.To.Text, Surface: c.To.Text, Span: c.To.Span, Cluster: -1, Country: c.To.Country})
	}
	if c.Activity != "WMD-ACT" && c.From != nil && c.From.Country != "" && !c.has(Supplier) {
		c.Players = append(c.Players, Player{Role: Supplier, Name: c.From.Text, Surface: c.From.Text, Span: c.From.Span, Cluster: -1, Country: c.From.Country})
	}
	for _, p := range c.Players {
		// Who buys from Tehran buys from Iran; goods flown from there left the city.
		if p.Role == Supplier && c.Activity == "ARM-PROCURE" && c.From != nil && c.From.Kind == "city" && p.Country != "" && p.Country == c.From.Country {
			c.From = r.Country(p.Country, p.Name, p.Span, "capital for the State")
		}
	}
	trade := c.Activity.Family() == "ARM" || c.Activity.Family() == "TRD"
	for _, p := range c.Players {
		if trade && p.Role == Supplier && c.From == nil && p.Cluster < 0 && p.Country != "" && p.Name != "" {
			c.From = r.Country(p.Country, p.Name, p.Span, "")
		}
	}
	if c.Activity == "ARM-SUPPLY" && !c.has(Recipient) {
		r.otherState(s, c)
	}
	if c.Activity == "WMD-ACT" && !c.has(Actor) && c.From != nil && c.From.Country != "" {
		c.Players = append(c.Players, Player{Role: Actor, Name: r.CountryName(c.From.Country, c.From.Text), Surface: c.From.Text, Span: c.From.Span, Cluster: -1, Country: c.From.Country})
	}
	if c.To == nil {
		for _, p := range c.Players {
			if p.Role == Recipient && p.Cluster < 0 && p.Country != "" && (p.Name == p.Surface || c.inferred) {
				c.To = r.Country(p.Country, p.Name, p.Span, "")
			}
		}
	}
}

// direction tells oil to a target from oil of a target: what a listed party or
// a territory under embargo sells to others left it.
func (r *reader) direction(c *Claim) {
	if c.Activity != "TRD-PETRO-IN" {
		return
	}
	target := func(role Role) bool {
		return slices.ContainsFunc(c.Players, func(p Player) bool {
			return p.Role == role && (p.Listed || frames.Embargoed(p.Country, "petroleum"))
		})
	}
	if !target(Recipient) && target(Supplier) {
		c.Activity = "TRD-PETRO-OUT"
	}
}

// otherState takes for the recipient of a delivery by a State the one other
// State under embargo that acts in the sentence: "delivered the system, which
// was held back until Tehran signed". It is an inference, so the claim is at
// most probable and says so.
func (r *reader) otherState(s *sentence, c *Claim) {
	supplier, other := "", -1
	for _, p := range c.Players {
		if p.Role == Supplier {
			supplier = p.Country
		}
	}
	if supplier == "" {
		return
	}
	for i, w := range s.Cl.Tree.Words {
		if !strings.HasPrefix(w.Deprel, "nsubj") || s.Toponym[i] < 0 || r.at().InHolder(s, i) {
			continue
		}
		k := r.CountryOf(s, i)
		if k == "" || k == supplier {
			continue
		}
		if other >= 0 && r.CountryOf(s, other) != k || !frames.Embargoed(k, "arms") {
			return
		}
		other = i
	}
	if other < 0 {
		return
	}
	p := r.player(s, other, Recipient)
	c.Players = append(c.Players, p)
	c.inferred = true
	c.Notes = append(c.Notes, "recipient inferred: the only other State that acts in the sentence")
}

func (c Claim) has(role Role) bool {
	return slices.ContainsFunc(c.Players, func(p Player) bool { return p.Role == role })
}

// worth reports whether a claim concerns a listed party or a territory under
// embargo.
func (r *reader) worth(c Claim) bool {
	for _, p := range c.Players {
		if p.Listed {
			return true
		}
		if scope := frames.ScopeOf(c.Activity); scope != "" && p.Country != "" && frames.Embargoed(p.Country, scope) {
			return true
		}
	}
	return false
}

// modality sets aspect, polarity and certainty.
func (r *reader) modality(s *sentence, f fit, fact clause.Factuality, c *Claim) {
	if fact.Negated {
		c.Polarity = "-"
	}
	if p := f.pattern.Set["polarity"]; p == "-" {
		if c.Polarity == "-" {
			c.Polarity = "+"
		} else {
			c.Polarity = "-"
		}
	}
	if fact.Certainty != "" {
		c.Certainty = c.Certainty.Weaker(speech.Certainty(fact.Certainty))
	}
	if x := f.pattern.Set["certainty"]; x != "" {
		c.Certainty = c.Certainty.Weaker(speech.Certainty(x))
	}
	if c.inferred {
		c.Certainty = c.Certainty.Weaker(speech.Probable)
	}
	c.Aspect = r.aspect(s, f, fact, c)
	if c.Act == speech.Deny && c.Polarity == "+" {
		c.Polarity = "-"
	}
	if c.Act.IsDenialOrNone() && c.Act != speech.Deny && c.Act != speech.PartlyDeny {
		c.Certainty = speech.Uncommitted
		c.Polarity = "+"
	}
}

func (r *reader) aspect(s *sentence, f fit, fact clause.Factuality, c *Claim) Aspect {
	d := stage.Deed{
		Fact: fact, Verb: f.pred.Verb, Set: f.pattern.Set["aspect"], Keep: f.pattern.Set["keep"] == "aspect", Sourced: len(c.Chain) > 0,
		Asked: c.asked || r.question(s), Answered: c.Act.IsDenialOrNone(), Negative: c.Polarity == "-",
		State: c.Activity == "TRV-PRESENCE" || c.Activity == "AST-HOLD", Heading: f.pred.Verb && s.Cl.Heading(f.pred.Word), Past: r.old(c) || r.background(s, f, fact, c),
	}
	if fact.Purpose {
		d.Above = s.Cl.Factuality(fact.PurposeOf)
		if t := d.Above.Tense; t == "past" || t == "perfect" || t == "pluperfect" {
			c.Certainty = c.Certainty.Weaker(speech.Probable)
		}
	}
	return Aspect(stage.Of(d))
}

func (r *reader) question(s *sentence) bool {
	return strings.HasSuffix(strings.TrimRight(s.Src.Span.Of(r.in.Document.Text), " \"”’'"), "?")
}

// background reports a deed of the past told beside the matter, below the lead
// and without a time: "the cleric, who met them in the camps". What happened of
// late is told with its day or in a clause of its own.
func (r *reader) background(s *sentence, f fit, fact clause.Factuality, c *Claim) bool {
	if !f.pred.Verb || c.When != nil || fact.Progressive || fact.Tense != "past" && fact.Tense != "pluperfect" {
		return false
	}
	return s.Src.Paragraph > 0 && s.N > 1 && s.Cl.Relative(f.pred.Word) >= 0
}

// old reports a deed that ended more than about a month before publication,
// for undated articles before the last day that the text names.
func (r *reader) old(c *Claim) bool {
	now := r.published
	if now.IsZero() {
		now = r.newest()
	}
	return c.When != nil && stage.Old(c.When.Window, now, c.When.Basis == "told then" && !moving(c))
}

// newest is the last day that an English text names.
func (r *reader) newest() calendar.Date {
	var last calendar.Date
	if r.lang == nil {
		return last
	}
	for _, d := range r.dates() {
		if l := d.Window.Latest; !l.IsZero() && l.Last().After(last) {
			last = l.Last()
		}
	}
	return last
}

func covers(spans []story.Span, t story.Span) bool {
	return slices.ContainsFunc(spans, func(s story.Span) bool { return s.Contains(t) })
}

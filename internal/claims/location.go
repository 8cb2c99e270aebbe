package claims

import "github.com/reportedly/reportedly/internal/claims/clause"

// ownCountry gives the country that a deed of an authority or a paper of a
// State lies in by itself: "Zubrovka issued a warrant", "Swiss residency".
func (r *reader) ownCountry(s *sentence, f fit, c *Claim) *Location {
	switch f.pattern.Set["seat"] {
	case "authority":
		if l := r.authoritysCountry(c); l != nil {
			return l
		}
	case "item":
		for _, h := range f.filled["item"] {
			if l := r.modifying(s, h, "country of the document"); l != nil {
				return l
			}
		}
	}
	if c.Activity == "AST-HOLD" {
		for _, h := range f.filled["item"] {
			for k := range s.Cl.Tree.Words {
				if !s.Cl.Within(k, h) || !r.IsClass(s, k, "asset") && s.Cl.Lemma(k) != "holding" {
					continue
				}
				if l := r.modifying(s, k, "country of the asset"); l != nil {
					return l // "a stake in the club, one of his Zubrovkan assets"
				}
			}
		}
	}
	return nil
}

// modifying is the country that stands before a noun: "a Zubrovkan passport".
func (r *reader) modifying(s *sentence, h int, basis string) *Location {
	for _, m := range s.Cl.Related(h, "amod", "compound", "nmod") {
		t := s.Toponym[m]
		if t < 0 || s.Cl.Case(m) != "" || r.Places[t].Place == nil || r.Places[t].Place.Country == "" {
			continue
		}
		p := r.Places[t]
		return r.Country(p.Place.Country, p.Place.Name, p.Span, basis)
	}
	return nil
}

// atHome is the country of the authority that acts, where the words name no
// place: a police force arrests at home.
func (r *reader) atHome(c *Claim) *Location {
	switch c.Activity {
	case "OFF-ENFORCE", "OFF-INQUIRE", "TRV-REFUSED":
		return r.authoritysCountry(c)
	}
	return nil
}

// authoritysCountry is that of the first authority that is a State's.
func (r *reader) authoritysCountry(c *Claim) *Location {
	for _, p := range c.Players {
		if p.Role == Authority && p.Cluster < 0 && p.Country != "" {
			return r.Country(p.Country, p.Name, p.Span, "country of the authority")
		}
	}
	return nil
}

// recipientsCountry is where goods go by the words for who gets them: "arms
// meant for Zubrovka's rebels", "sold trucks to Zubrovkan dealers".
func (r *reader) recipientsCountry(s *sentence, f fit, c *Claim) *Location {
	if fam := c.Activity.Family(); fam != "ARM" && fam != "TRD" && fam != "EXP" {
		return nil
	}
	for _, role := range []string{string(Recipient), "buyer"} {
		for _, h := range f.filled[role] {
			for _, m := range s.Cl.Related(h, "amod", "compound", "nmod:poss") {
				if s.Toponym[m] < 0 || s.Mention[m] >= 0 {
					continue
				}
				if p := r.Places[s.Toponym[m]]; p.Place != nil && p.Place.Country != "" {
					return r.Country(p.Place.Country, p.Place.Name, p.Span, "country of the recipient")
				}
			}
		}
	}
	return nil
}

// place finds where the deed happened, by the words nearest to it first.
func (r *reader) place(s *sentence, f fit, c *Claim) {
	at := r.at()
	if c.To == nil {
		c.To = r.recipientsCountry(s, f, c)
	}
	if c.Place == nil && c.To == nil {
		c.Place = r.ownCountry(s, f, c)
	}
	if c.Place == nil && c.Activity == "WMD-ACT" && c.From != nil && c.From.Country != "" {
		c.Place = c.From // a launch is where it started
	}
	if family := c.Activity.Family(); c.Place == nil && c.To == nil && (family == "TER" || family == "MET") {
		c.Place = at.Goal(s, f.pred)
	}
	switch {
	case c.Place == nil && c.To == nil:
		c.Place = at.Scene(s, f.pred)
		if c.Place == nil && placeable(c) {
			c.Place = at.Named(s, r.knownBy(s, f.pred))
		}
	case c.To == nil && c.Place.Country == "" && c.Place.ID == 0:
		if x := at.Scene(s, f.pred); x != nil && x.Country != "" {
			c.Place = x // "visited a plant that repairs aircraft in Zubrovka"
		}
	}
	if c.Place == nil && c.To == nil && c.From == nil {
		c.Place = r.atHome(c)
	}
	if c.Place == nil && c.To != nil {
		c.Place = c.To
	}
}

// placeable are the deeds that happen at one place and are spoken of as known.
func placeable(c *Claim) bool {
	switch c.Activity {
	case "MET-IN", "MET-AGREE", "WMD-ACT", "ARM-SEIZE", "OFF-ENFORCE", "COOP-MIL":
		return true
	}
	return false
}

// knownBy is the noun by which a deed is spoken of as known ("the talks", "carried
// out the attack"), -1 for none.
func (r *reader) knownBy(s *sentence, pred clause.Predicate) int {
	if !pred.Verb {
		if r.definiteDeed(s, pred.Word) {
			return pred.Word
		}
		return -1
	}
	for _, a := range pred.Get("obj") {
		if s.Cl.Tree.Words[a.Head].UPOS == "NOUN" && r.definiteDeed(s, a.Head) {
			return a.Head
		}
	}
	return -1
}

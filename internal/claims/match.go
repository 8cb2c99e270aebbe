package claims

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose/syntax"
)

// fit is a pattern with its slots filled.
type fit struct {
	pattern *frames.Pattern
	pred    clause.Predicate
	filled  map[string][]int // role -> heads
	score   float64
	// inherits tells that the players are those of an earlier claim: "the
	// talks", "Tuesday's test".
	inherits bool
}

// readSentence tries the frames on every word of a sentence.
func (r *reader) readSentence(s *sentence) {
	told := false
	for i := range s.Cl.Tree.Words {
		fits := map[string][]fit{}
		var families []string
		tried := r.lang.ByLemma[s.Cl.Lemma(i)]
		if w := s.Cl.Tree.Words[i]; len(tried) == 0 || w.UPOS == "AUX" && w.Deprel != "cop" {
			continue
		}
		if r.in.Explain && !told {
			r.discarded, told = append(r.discarded, s.ReadAs()), true
		}
		pred := s.Cl.Predicate(i)
		for _, k := range tried {
			f, why := r.try(s, pred, &r.lang.Patterns[k])
			if why != "" {
				if r.in.Explain && why != "no trigger" {
					r.discard(s, i, f.pattern.Key(), why)
				}
				continue
			}
			family := senseOf(f.pattern)
			if len(fits[family]) == 0 {
				families = append(families, family)
			}
			fits[family] = append(fits[family], f)
		}
		for _, family := range families {
			all := fits[family]
			slices.SortStableFunc(all, func(a, b fit) int { return cmp.Compare(b.score, a.score) })
			for _, f := range all {
				if r.build(s, f) {
					break // the best that speaks of a listed party
				}
			}
		}
	}
}

// senseOf tells which patterns are rivals for one word: those of a family, but
// that a paper and an exemption are told beside the journey.
func senseOf(p *frames.Pattern) string {
	if p.Code == "TRV-DOC" || p.Code == "TRV-EXEMPT" {
		return string(p.Code)
	}
	return p.Code.Family()
}

// try fits one pattern; why is "" where it fits.
func (r *reader) try(s *sentence, pred clause.Predicate, p *frames.Pattern) (fit, string) {
	f := fit{pattern: p, pred: pred, filled: map[string][]int{}}
	if !r.triggered(s, pred, p) {
		return f, "no trigger"
	}
	if p.Voice == "passive" && !pred.Passive || p.Voice == "active" && pred.Passive {
		return f, "voice"
	}
	for _, slot := range p.Slots {
		heads := r.fill(s, pred, slot, f.filled)
		if len(heads) == 0 {
			if slot.Needed && (isLocation(slot.Role) || slot.Role == "item" && pred.Verb || slot.Role == "amount" || !r.anaphoric(s, pred)) {
				return f, "no " + slot.Role + " of type " + slot.Type
			}
			f.inherits = f.inherits || slot.Needed
			continue
		}
		f.filled[slot.Role] = append(f.filled[slot.Role], heads...)
		f.score++
		if strings.HasPrefix(slot.Type, "@") || slot.Type == "listed" {
			f.score += 0.5
		}
	}
	for _, need := range p.Needs {
		if !slices.ContainsFunc(need, func(role string) bool { return len(f.filled[role]) > 0 }) {
			if !isLocation(need[0]) && need[0] != "item" && r.anaphoric(s, pred) {
				f.inherits = true
				continue
			}
			return f, "none of " + strings.Join(need, ", ")
		}
	}
	for _, g := range p.Guards {
		if r.guard(s, pred, g) == g.Unless {
			if g.Unless {
				return f, "ruled out by " + strings.Join(g.Paths, ",")
			}
			return f, "guard on " + strings.Join(g.Paths, ",") + " not met"
		}
	}
	return f, ""
}

// anaphoric reports a deed told of as known: a definite noun, or a verb whose
// thing is definite ("the weapons were seized").
func (r *reader) anaphoric(s *sentence, pred clause.Predicate) bool {
	if !pred.Verb {
		// "news of the truce" only mentions it.
		return r.definiteDeed(s, pred.Word) && !strings.HasPrefix(s.Cl.Tree.Words[pred.Word].Deprel, "nmod") || r.ledTo(s, pred.Word)
	}
	for _, a := range pred.Get("obj") {
		if s.Cl.Tree.Words[a.Head].UPOS == "NOUN" && r.definiteDeed(s, a.Head) && pred.Passive {
			return true
		}
	}
	return false
}

// ledTo reports talks by the pact that ended them: "the deal was struck after
// long negotiations in Zubrovka".
func (r *reader) ledTo(s *sentence, i int) bool {
	h := s.Cl.Tree.Words[i].Head
	if k := s.Cl.Case(i); k != "after" && k != "following" && k != "during" || h < 0 || !r.IsClass(s, i, "talks") {
		return false
	}
	for _, o := range s.Cl.Related(h, "obj", "nsubj", "nsubj:pass") {
		if r.IsClass(s, o, "pact") {
			return true
		}
	}
	return false
}

// definiteDeed reports a noun with a definite article or a day's possessive.
func (r *reader) definiteDeed(s *sentence, i int) bool {
	for _, c := range s.Cl.Related(i, "det", "det:predet", "amod") {
		switch s.Cl.Lemma(c) {
		case "the", "this", "that", "these", "those", "such":
			return true
		}
	}
	for _, c := range s.Cl.Related(i, "nmod:poss") {
		if s.Date[c] >= 0 {
			return true
		}
	}
	// "Talks failed", "negotiations continue".
	w := s.Cl.Tree.Words[i]
	return w.XPOS == "NNS" && strings.HasPrefix(w.Deprel, "nsubj") && len(s.Cl.Related(i, "det", "nummod", "nmod", "amod", "compound")) == 0
}

// triggered checks part of speech and what must stand beside the lemma.
func (r *reader) triggered(s *sentence, pred clause.Predicate, p *frames.Pattern) bool {
	list := p.Nouns
	if pred.Verb {
		list = p.Verbs
	} else if s.Cl.Tree.Words[pred.Word].UPOS == "ADJ" {
		list = p.Adjectives
	} else if !s.Cl.IsNoun(pred.Word) {
		return false
	}
	lemma := s.Cl.Lemma(pred.Word)
	for _, t := range list {
		if t.Lemma == lemma && r.beside(s, pred.Word, t) && (t.Particle != "" || !pred.Verb || !phrasal(s, pred.Word)) {
			return true
		}
	}
	return false
}

// shifting are verbs that mean another deed with a particle: "carry out",
// "take over", "give up".
var shifting = []string{"carry", "take", "give", "hold", "get", "turn", "bring", "call", "make", "put", "set", "run", "break"}

// phrasal reports such a verb with a particle right behind it.
func phrasal(s *sentence, i int) bool {
	if !slices.Contains(shifting, s.Cl.Lemma(i)) {
		return false
	}
	for _, c := range s.Cl.Related(i, "compound:prt") {
		if f := strings.ToLower(s.Cl.Tree.Words[c].Form); c == i+1 && (f == "out" || f == "up" || f == "off" || f == "over" || f == "down") {
			return true
		}
	}
	return false
}

func (r *reader) beside(s *sentence, i int, t frames.Trigger) bool {
	switch {
	case t.Particle != "":
		for _, c := range s.Cl.Children(i) {
			if s.Cl.Lemma(c) == t.Particle && s.Cl.Tree.Words[c].UPOS != "NOUN" {
				return true
			}
		}
		return i+1 < len(s.Cl.Tree.Words) && s.Cl.Lemma(i+1) == t.Particle
	case t.Object != "":
		for _, c := range s.Cl.Children(i) {
			if s.Cl.Lemma(c) == t.Object {
				return true
			}
		}
		return false
	case t.Before != "":
		if i > 1 && s.Cl.Lemma(i-1) == "-" {
			i--
		}
		return i > 0 && s.Cl.Lemma(i-1) == t.Before
	}
	return true
}

// fill gives the heads for a slot: those of the first path that has any of the
// right type.
func (r *reader) fill(s *sentence, pred clause.Predicate, slot frames.Slot, used map[string][]int) []int {
	for _, path := range slot.Paths {
		var out []int
		for _, a := range pred.Get(path) {
			if r.fits(s, a.Head, slot.Type) && !taken(used, slot.Role, a.Head) && !slices.Contains(out, a.Head) {
				out = append(out, a.Head)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// taken reports a word that already plays a person's or body's part: nobody is
// both supplier and recipient of one delivery.
func taken(used map[string][]int, role string, head int) bool {
	if isLocation(role) {
		return false
	}
	for other, heads := range used {
		if !isLocation(other) && other != "item" && other != "amount" && slices.Contains(heads, head) {
			return true
		}
	}
	return false
}

func isLocation(role string) bool {
	return role == "from" || role == "to" || role == "place" || role == "via"
}

func (r *reader) guard(s *sentence, pred clause.Predicate, g frames.Guard) bool {
	for _, path := range g.Paths {
		for _, a := range pred.Get(path) {
			if slices.ContainsFunc(g.Classes, func(c string) bool { return r.ofClass(s, a.Head, c) }) || g.Type != "" && r.fits(s, a.Head, g.Type) {
				return true
			}
			if g.Lemmas[s.Cl.Lemma(a.Head)] {
				return true
			}
		}
	}
	return false
}

var personal = map[string]bool{"he": true, "him": true, "his": true, "she": true, "her": true, "they": true, "them": true, "their": true, "who": true, "we": true, "i": true, "us": true, "himself": true, "themselves": true}

// fits checks the type of an argument.
func (r *reader) fits(s *sentence, i int, types string) bool {
	if of := s.Cl.Part(i); of >= 0 && types != "money" && s.Mention[i] < 0 {
		return r.fits(s, of, types)
	}
	for _, t := range strings.Split(types, "/") {
		if r.fitsOne(s, i, t) {
			return true
		}
	}
	return false
}

func (r *reader) fitsOne(s *sentence, i int, t string) bool {
	w := s.Cl.Tree.Words[i]
	if s.Date[i] >= 0 {
		return false
	}
	switch t {
	case "any":
		return s.Date[i] < 0
	case "listed":
		return r.ClusterOf(s, i) >= 0
	case "person":
		if r.aged(s, i) {
			return true
		}
		switch k := r.Schema(s, i); {
		case k == party.Vessel, k == party.Airplane, k == party.Company:
			return false
		case (k == party.Organization || k == party.PublicBody) && s.Mention[i] >= 0 && r.in.Mentions.Mentions[s.Mention[i]].Form != mentions.Role:
			return false // a group goes nowhere: its members do
		}
		return r.ClusterOf(s, i) >= 0 || pronoun(w) || w.UPOS == "PROPN" && !r.IsPlace(s, i) || r.IsClass(s, i, "person") || r.agent(s, i)
	case "party":
		return r.aged(s, i) || r.ClusterOf(s, i) >= 0 || pronoun(w) || strings.EqualFold(w.Form, "it") || w.UPOS == "PROPN" || r.IsClass(s, i, "person") || r.IsClass(s, i, "body") || r.agent(s, i) || r.CountryOf(s, i) != ""
	case "state":
		return r.CountryOf(s, i) != ""
	case "place":
		return r.IsPlace(s, i) || r.IsClass(s, i, "facility")
	case "toponym":
		return r.IsPlace(s, i)
	case "money":
		return s.Goods.IsMoney(i)
	}
	if class, ok := strings.CutPrefix(t, "@"); ok {
		return r.ofClass(s, i, class)
	}
	return false
}

// schemata are the classes of things that a listed party can be by what its
// list says of it.
var schemata = map[string][]party.Schema{
	"vessel": {party.Vessel}, "aircraft": {party.Airplane}, "vehicle": {party.Vessel, party.Airplane},
	"company": {party.Company},
}

// ofClass reports a nominal that names a thing of the class, by its words or as
// a listed party of that kind.
func (r *reader) ofClass(s *sentence, i int, class string) bool {
	if r.isGoods(s, i, class) || slices.Contains(schemata[class], r.Schema(s, i)) {
		return true
	}
	if s.Cl.Tree.Words[i].UPOS != "PROPN" {
		return false
	}
	for _, c := range s.Cl.Related(i, "compound", "nmod:desc") { // "the tanker Sea Lark"
		if c < i && s.Cl.Tree.Words[c].UPOS == "NOUN" && schemata[class] != nil && r.IsClass(s, c, class) {
			return true
		}
	}
	return false
}

// agent reports a noun made to name a doer: "preacher", "instructor",
// "journalist".
func (r *reader) agent(s *sentence, i int) bool {
	l := s.Cl.Lemma(i)
	if s.Cl.Tree.Words[i].UPOS != "NOUN" || len(l) < 5 || r.IsClass(s, i, "thinger") {
		return false
	}
	for _, end := range []string{"er", "or", "ist", "ian", "eer", "man", "woman", "people"} {
		if strings.HasSuffix(l, end) {
			return true
		}
	}
	return false
}

// aged reports "the 19-year-old".
func (r *reader) aged(s *sentence, i int) bool {
	if s.Cl.Lemma(i) != "old" {
		return false
	}
	for _, c := range s.Cl.Children(i) {
		if s.Cl.Lemma(c) == "year" {
			return true
		}
	}
	return false
}

func pronoun(w syntax.Word) bool {
	return w.UPOS == "PRON" && personal[strings.ToLower(w.Form)]
}

func (r *reader) isGoods(s *sentence, i int, class string) bool { return s.Goods.Is(i, class) }

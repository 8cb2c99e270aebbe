package clause

import "slices"

// Within reports that token i hangs below token top, or is it.
func (s *Sentence) Within(i, top int) bool {
	for ; i >= 0; i = s.Tree.Words[i].Head { // New left no loops
		if i == top {
			return true
		}
	}
	return false
}

// Start is the first token of the clause of word h that stands behind token
// after. A word that is the object of a verb behind it goes with that verb:
// "and received a shipment".
func (s *Sentence) Start(h, after int) int {
	for {
		first := h
		for i := after + 1; i < first; i++ {
			if s.Within(i, h) {
				first = i
			}
		}
		up := s.Tree.Words[h].Head
		if up <= after || s.Within(after, up) {
			return first
		}
		h = up
	}
}

// Ordered gives what may name where something ordered or planned is to be done,
// by its prepositions: "ordered the drill to be held in X", "from its capital, X".
func (s *Sentence) Ordered(p Predicate, prepositions []string) (out []int) {
	if !p.Verb {
		return nil
	}
	for _, v := range s.Related(p.Word, "xcomp", "ccomp") {
		if !s.IsVerb(v) || !s.To(v) {
			continue
		}
		for _, o := range s.Related(v, "obl") {
			if k := s.Case(o); k == "from" || slices.Contains(prepositions, k) {
				out = append(out, o)
			}
		}
		for _, a := range p.Get("from") { // hung on something between
			if a.Head > v {
				out = append(out, a.Head)
			}
		}
	}
	return out
}

// Overrun gives what may name the land that was taken when the deed was done:
// "captured the tanks when they overran X", "when it seized parts of X".
func (s *Sentence) Overrun(p Predicate) (out []int) {
	for v, w := range s.Tree.Words {
		if w.Deprel != "advcl" || !s.Within(v, p.Word) || !slices.Contains(taking, s.Lemma(v)) {
			continue
		}
		for _, o := range s.Related(v, "obj") {
			for _, x := range s.Related(o, "nmod") {
				if k := s.Case(x); k == "of" || k == "in" {
					out = append(out, x)
				}
			}
			out = append(out, o)
		}
	}
	return out
}

// taking are the verbs for taking land.
var taking = []string{"seize", "capture", "overrun", "take", "storm", "conquer", "invade", "occupy"}

package clause

import "strings"

// Factuality is what the words around a deed say of its being done. Empty
// fields say nothing.
type Factuality struct {
	Negated      bool
	Effect       string // planned, attempted, hypothetical, ongoing, completed, prevented
	Certainty    string // probable, possible
	Tense        string // past, present, future, perfect, pluperfect, ""
	Progressive  bool
	Purpose      bool // "to discuss": the deed is the aim of another
	PurposeOf    int  // the verb whose aim it is
	Conditional  bool
	Could, Would bool // modals that stand for what is only possible or to come
	Unknown      bool // "have no details of"
	Refuted      bool // "the suggestion that ... is false"
	Notes        []string
}

// modals and what they say of certainty or aspect.
var modals = map[string]string{"may": "possible", "might": "possible", "could": "could", "would": "hypothetical", "should": "hypothetical", "must": "", "can": "could", "will": "future", "'ll": "future", "’ll": "future", "shall": "future"}

var negations = map[string]bool{"not": true, "n't": true, "n’t": true, "never": true, "no": true, "neither": true, "nor": true, "without": true, "nobody": true, "none": true}

// hedges are adverbs and adjectives that weaken.
var hedges = map[string]string{
	"reportedly": "probable", "allegedly": "probable", "apparently": "probable", "probably": "probable", "likely": "probable", "presumably": "probable",
	"purportedly": "probable", "supposedly": "probable", "possibly": "possible", "perhaps": "possible", "maybe": "possible",
	"alleged": "probable", "purported": "probable", "reported": "probable", "suspected": "probable", "apparent": "probable", "supposed": "probable", "possible": "possible", "potential": "possible", "rumored": "possible", "rumoured": "possible",
}

// adjectives that set how far a deed named by a noun got.
var stages = map[string]string{"planned": "planned", "proposed": "planned", "upcoming": "planned", "forthcoming": "planned", "scheduled": "planned", "future": "planned", "attempted": "attempted", "failed": "attempted", "abortive": "attempted", "ongoing": "ongoing", "continued": "ongoing", "continuing": "ongoing", "hypothetical": "hypothetical", "eventual": "planned", "imminent": "planned", "intended": "planned"}

// Factuality reads the words from i up to the clause of the speaker: it stops
// at the content clause of a verb of saying (ccomp).
func (s *Sentence) Factuality(i int) Factuality {
	f := Factuality{PurposeOf: -1}
	s.own(&f, i)
	for n, at := 0, i; n < 12; n++ {
		head := s.word(at).Head
		if head < 0 {
			break
		}
		if !s.climb(&f, at, head, i) {
			break
		}
		at = head
	}
	return f
}

// own reads the auxiliaries, negations and modifiers of the word itself.
func (s *Sentence) own(f *Factuality, i int) {
	have, be := false, false
	for _, c := range s.kids(i) {
		form := s.form(c)
		switch s.rel(c) {
		case "aux", "cop":
			if m, ok := modals[form]; ok {
				s.modal(f, m, form)
			}
			switch s.Lemma(c) {
			case "have":
				have = true
				if form == "had" || form == "'d" {
					f.Tense = "pluperfect"
				} else {
					f.Tense = "perfect"
				}
			case "be":
				be = true
				if form == "being" {
					f.Progressive = true
					if f.Tense == "" && s.rel(i) == "conj" {
						g := Factuality{} // "is wounded and being treated"
						s.own(&g, s.word(i).Head)
						f.Tense = g.Tense
					}
				}
				if f.Tense == "" {
					f.Tense = tenseOfBe(form)
				}
			case "do":
				if form == "did" {
					f.Tense = "past"
				}
			}
		case "advmod", "det", "amod", "cc":
			if negations[form] && s.rel(c) != "cc" {
				f.Negated = !f.Negated
				f.note("negated by " + form)
			}
			if h := hedges[form]; h != "" {
				f.weaken(h)
			}
			if st := stages[form]; st != "" && f.Effect == "" {
				f.Effect = st
			}
			if form == "once" || form == "formerly" || form == "previously" {
				f.note("word of the past: " + form)
			}
		case "mark":
			if form == "if" || form == "unless" || form == "whether" {
				f.Conditional = true
			}
		case "case":
			if form == "without" {
				f.Negated = !f.Negated
			}
		case "nsubj":
			if d := s.child(c, "det"); d >= 0 && s.form(d) == "no" || negations[form] {
				f.Negated = !f.Negated
				f.note("negated subject")
			}
		case "obj":
			if d := s.child(c, "det"); d >= 0 && s.form(d) == "no" {
				f.Negated = !f.Negated
				f.note("negated object")
			}
		}
	}
	if be && f.Effect == "" && s.isTo(i) {
		f.Effect = "planned"
	}
	w := s.word(i)
	if w.UPOS == "AUX" && s.rel(i) == "cop" {
		f.Tense = tenseOfBe(s.form(i))
		s.own(f, w.Head)
	}
	if w.XPOS == "VBG" || strings.Contains(w.Feats, "VerbForm=Ger") || strings.HasSuffix(strings.ToLower(w.Form), "ing") && w.UPOS == "VERB" {
		f.Progressive = f.Progressive || be || s.rel(i) != "xcomp" && s.rel(i) != "advcl" && s.rel(i) != "ccomp" // "denied doing" goes on with nothing
		if f.Tense == "" && !be && !have && s.rel(i) == "acl" && !s.marked(i, "in", "of", "for", "at", "by", "with", "from", "to") {
			f.Tense = "present" // "a middleman buying oil"
		}
	}
	if f.Tense == "" && !have && w.UPOS == "VERB" {
		switch {
		case w.XPOS == "VBD" || strings.Contains(w.Feats, "Tense=Past"):
			f.Tense = "past"
		case w.XPOS == "VBZ" || w.XPOS == "VBP" || strings.Contains(w.Feats, "Tense=Pres|VerbForm=Fin"):
			f.Tense = "present"
		}
	}
}

// isTo reports "is to receive", with nothing between the two.
func (s *Sentence) isTo(i int) bool {
	for _, c := range s.kids(i) {
		if c+1 < len(s.Tree.Words) && s.rel(c) == "aux" && tenseOfBe(s.form(c)) == "present" && s.form(c+1) == "to" && s.word(c+1).Head == i {
			return true
		}
	}
	return false
}

func tenseOfBe(form string) string {
	switch form {
	case "was", "were":
		return "past"
	case "is", "are", "'s", "’s", "am", "'re", "’re":
		return "present"
	}
	return ""
}

func (s *Sentence) modal(f *Factuality, m, form string) {
	switch m {
	case "possible":
		f.weaken("possible")
	case "could":
		f.weaken("possible")
		f.Could = true
	case "future":
		f.Tense = "future"
	case "hypothetical":
		f.Would = true
	}
	f.note("modal " + form)
}

func (f *Factuality) note(n string) { f.Notes = append(f.Notes, n) }

func (f *Factuality) weaken(c string) {
	if c == "possible" || f.Certainty == "" {
		f.Certainty = c
	}
}

// climb adds what head says of the deed under at; false ends the way up.
func (s *Sentence) climb(f *Factuality, at, head, from int) bool {
	rel := s.rel(at)
	if (rel == "ccomp" || rel == "csubj" || rel == "advcl") && s.marked(at, "if", "whether") && s.open(head) && (!s.IsNoun(from) || s.rel(from) == "nsubj" || s.rel(from) == "obj") {
		f.Unknown, f.Conditional = true, false
		f.note("not known whether")
		return false
	}
	switch rel {
	case "ccomp":
		if s.finite(at) || s.child(at, "nsubj") >= 0 {
			s.govern(f, head, true)
			return false
		}
		s.govern(f, head, false)
		s.upper(f, head)
		return true
	case "xcomp":
		s.govern(f, head, false)
		s.upper(f, head)
		return true
	case "advcl":
		for _, c := range s.kids(at) {
			if m := s.form(c); s.rel(c) == "mark" && (m == "if" || m == "unless") {
				f.Conditional = true
			}
		}
		if s.hasTo(at) && s.IsVerb(head) && from == at {
			f.Purpose, f.PurposeOf = true, head
			f.note("aim of " + s.Lemma(head))
			return false
		}
		// "accused of", "barred from", "charged with" and a gerund.
		for _, c := range s.kids(at) {
			switch m := s.form(c); {
			case s.rel(c) != "mark" && s.rel(c) != "case":
			case m == "of" || m == "from" || m == "with" || m == "for":
				s.govern(f, head, false)
				s.upper(f, head)
				return true
			}
		}
		return false
	case "acl":
		if s.full(at) == "acl:relcl" {
			return false
		}
		s.govern(f, head, false)
		if s.hasTo(at) && s.words.Effects[s.Lemma(head)] == "" && from == at {
			if v := s.word(head).Head; v >= 0 && s.IsVerb(v) && (s.rel(head) == "obj" || s.rel(head) == "obl") && !s.words.Light[s.Lemma(v)] {
				f.Purpose, f.PurposeOf = true, v // "visited Russia to meet"
				return false
			}
		}
		if s.hasTo(at) {
			s.upper(f, head)
			return s.words.Effects[s.Lemma(head)] != ""
		}
		// "the suggestion that they were caught is false"
		return s.child(at, "mark") >= 0 && s.IsNoun(head) && s.refuted(head, f)
	case "conj":
		if s.IsVerb(at) && s.IsVerb(head) && !s.ownAux(at) && s.child(at, "nsubj") < 0 {
			s.upper(f, head)
			return true
		}
		return s.IsNoun(at) && s.IsNoun(head)
	case "obj", "nsubj":
		if rel == "obj" || !s.IsNoun(head) {
			s.govern(f, head, false)
		}
		s.upper(f, head)
		return true
	case "obl", "nmod":
		if !s.IsNoun(from) && from == at {
			return false
		}
		switch s.Case(at) {
		case "without":
			f.Negated = true
			return false
		case "to", "on", "about", "for", "of", "from", "against", "in", "with", "at":
		default: // "during a trip", "as part of a deal": the verb above is another deed
			s.upper(f, head)
			return false
		}
		if s.words.Effects[s.Lemma(head)] == "knowledge" {
			g := Factuality{}
			s.own(&g, head)
			up := s.word(head).Head
			if up >= 0 {
				s.own(&g, up)
			}
			f.Unknown = g.Negated
			return false
		}
		s.govern(f, head, false)
		if rel == "obl" {
			s.upper(f, head)
			return true
		}
		if s.child(head, "cop") >= 0 && s.Case(at) == "of" {
			s.upper(f, head) // "would be on the agenda of the talks"
		}
		return s.IsNoun(head) || s.IsVerb(head)
	}
	return false
}

// open reports a word that leaves the question under it without an answer:
// "it is not known if", "unclear whether".
func (s *Sentence) open(i int) bool {
	switch s.words.Effects[s.Lemma(i)] {
	case "unknown":
		return true
	case "knowing":
		g := Factuality{}
		s.own(&g, i)
		return g.Negated
	}
	return false
}

// ownAux reports an auxiliary that gives the verb a tense of its own.
func (s *Sentence) ownAux(i int) bool {
	for _, c := range s.kids(i) {
		if f := s.form(c); s.rel(c) == "aux" && f != "being" && f != "been" && f != "to" {
			return true
		}
	}
	return false
}

// refuted notes that the noun over a that-clause is called false; the way up
// ends there either way.
func (s *Sentence) refuted(noun int, f *Factuality) bool {
	if s.rel(noun) == "nsubj" && s.words.Effects[s.Lemma(s.word(noun).Head)] == "refuted" {
		f.Refuted = true
		f.note("called " + s.Lemma(s.word(noun).Head))
	}
	return false
}

// upper adds tense, negation and modals of the governing verb.
func (s *Sentence) upper(f *Factuality, i int) {
	g := Factuality{}
	s.own(&g, i)
	if g.Negated {
		f.Negated = !f.Negated
	}
	if g.Certainty != "" {
		f.weaken(g.Certainty)
	}
	if f.Effect == "" {
		f.Effect = g.Effect
	}
	if f.Tense == "" {
		f.Tense = g.Tense
	}
	f.Conditional = f.Conditional || g.Conditional
	f.Could, f.Would = f.Could || g.Could, f.Would || g.Would
	f.Notes = append(f.Notes, g.Notes...)
}

// govern adds the effect of a governing word by its lemma. Over a finite
// clause ("denied that", "believes that") only weakening counts: the rest is
// for the room that reads speech.
func (s *Sentence) govern(f *Factuality, head int, clause bool) {
	e := s.words.Effects[s.Lemma(head)]
	if e == "" || e == "knowing" {
		return
	}
	f.note(s.Lemma(head) + " makes it " + e)
	switch e {
	case "refuted":
		f.Refuted = true
	case "negative":
		if !clause {
			f.Negated = !f.Negated
		}
	case "unknown":
		f.weaken("possible")
	case "probable", "possible":
		f.weaken(e)
	default:
		if f.Effect == "" && !clause {
			f.Effect = e
		}
	}
}

package clause

// Paths are those that the tree leads to; every other path is a preposition, its
// words joined by "_".
var Paths = []string{"subj", "obj", "iobj", "by", "poss", "mod", "being", "subjposs", "subjlinked", "objmod", "subjmod", "gsubj", "self", "comp", "objposs", "ofposs", "ofobl", "ofmod", "aim", "linked", "along", "carried", "neg", "compsubj", "case", "pred", "gov", "as", "there"}

// Predicate gives word i with its arguments.
func (s *Sentence) Predicate(i int) Predicate {
	p := Predicate{Word: i, Clause: i}
	switch {
	case s.IsVerb(i):
		p.Verb = true
		p.Passive = s.passive(i)
		s.verbArgs(&p)
	case s.word(i).UPOS == "AUX":
		p.Verb = true
		s.beingArgs(&p)
	case s.word(i).UPOS == "ADJ":
		p.add("subj", s.Subject(i), false)
		s.obliques(&p, i, false)
	default:
		s.nounArgs(&p)
	}
	s.spread(&p)
	return p
}

func (p *Predicate) add(path string, head int, loose bool) {
	if head < 0 {
		return
	}
	for _, a := range p.Args {
		if a.Path == path && a.Head == head {
			return
		}
	}
	p.Args = append(p.Args, Arg{path, head, loose})
}

func (s *Sentence) verbArgs(p *Predicate) {
	i := p.Word
	subject := s.Subject(i)
	if p.Passive {
		if s.full(i) == "acl" && s.child(i, "nsubj") < 0 {
			subject = s.word(i).Head
		}
		p.add("obj", subject, false)
		if o := s.child(i, "obj"); o >= 0 {
			// "was given a passport": the sufferer is the one it goes to.
			p.Args = p.Args[:0]
			p.add("iobj", subject, false)
			p.add("obj", s.resolve(o), false)
		}
	} else {
		p.add("subj", subject, false)
		if o := s.child(i, "obj"); o >= 0 {
			p.add("obj", s.resolve(o), false)
			p.add("objposs", s.child(o, "nmod:poss"), true)
			s.nearObject(p, o)
			s.modifiers(p, "objmod", o)
			for _, c := range s.kids(o) {
				if s.rel(c) == "acl" && s.hasTo(c) { // "train members to fly jets"
					p.add("along", s.child(c, "obj"), true)
					s.obliques(p, c, true)
				}
			}
		} else if s.full(i) == "acl:relcl" && s.child(i, "nsubj") >= 0 && !s.relative(s.child(i, "nsubj")) {
			p.add("obj", s.word(i).Head, true)
		}
		p.add("iobj", s.child(i, "iobj"), false)
		s.ofSubject(p, subject)
	}
	if p.Passive && subject >= 0 {
		s.modifiers(p, "objmod", subject)
		p.add("objposs", s.child(subject, "nmod:poss"), true)
		s.nearObject(p, subject)
	}
	s.obliques(p, i, false)
	s.linked(p, i)
	// A participle or second verb shares the places of the verb before it.
	if s.rel(i) == "conj" || s.rel(i) == "xcomp" {
		s.obliques(p, s.word(i).Head, true)
	}
	for _, c := range s.kids(i) {
		switch r := s.rel(c); {
		case r == "xcomp" || r == "ccomp":
			p.add("comp", c, false)
			p.add("compsubj", s.child(c, "nsubj"), true)
			if r == "xcomp" {
				s.obliques(p, c, true)
			}
		case r == "advcl" && s.marked(c, "into", "over", "about"):
			p.add("compsubj", s.child(c, "nsubj"), true) // "looking into how he obtained"
		case r == "advcl" && s.child(c, "nsubj") < 0:
			p.add("comp", c, false)
			if s.marked(c, "as") {
				p.add("as", c, false) // "is seen as having led"
			}
			if s.hasTo(c) {
				s.aim(p, c)
			} else if c > i {
				s.obliques(p, c, true)
				p.add("along", s.child(c, "obj"), true)
			}
		}
	}
}

// modifiers adds the names and adjectives before a nominal: "North Korean
// coal".
func (s *Sentence) modifiers(p *Predicate, path string, i int) {
	for n := 0; i >= 0 && n < 4; n++ {
		for _, c := range s.kids(i) {
			if r := s.rel(c); c < i && (r == "amod" || r == "compound" || r == "nmod") && s.full(c) != "nmod:poss" {
				p.add(path, c, true)
			}
		}
		of := s.Of(i, "of") // "dozens of North Korean workers"
		if i = -1; len(of) > 0 {
			i = of[0]
		}
	}
}

// ofSubject adds whose the subject is and who stands in a participle on it:
// "Varga's plane", "a delegation led by Varga", "a plane carrying Varga".
func (s *Sentence) ofSubject(p *Predicate, subject int) {
	if subject < 0 {
		return
	}
	p.add("subjposs", s.child(subject, "nmod:poss"), true)
	s.modifiers(p, "subjmod", subject)
	for _, c := range s.Of(subject, "of") {
		p.add("subjposs", c, true)
	}
	for _, c := range s.kids(subject) {
		if s.rel(c) != "acl" {
			continue
		}
		switch s.Lemma(c) {
		case "lead", "head", "carry", "bear", "include", "own", "control", "operate", "charter", "link":
			for _, o := range s.kids(c) {
				if r := s.rel(o); r == "obj" || r == "obl" && (s.Case(o) == "by" || s.Case(o) == "to") {
					p.add("subjlinked", o, true)
				}
			}
		}
	}
}

// aim adds whom the purpose of a deed serves: "sold oil to support the group".
func (s *Sentence) aim(p *Predicate, i int) {
	switch s.Lemma(i) {
	case "support", "fund", "finance", "help", "aid", "join", "benefit", "assist", "back":
		p.add("aim", s.child(i, "obj"), true)
	}
}

// linked adds whom a participle on the object, or on what hangs on the verb,
// ties the deed to: "froze accounts linked to the group", "seized money in an
// operation targeting its networks".
func (s *Sentence) linked(p *Predicate, i int) {
	for at := i + 1; at < len(s.Tree.Words); at++ {
		switch f := s.form(at); f {
		case "destined", "intended", "meant":
			if s.rel(at) == "xcomp" && s.under(at, i) { // "believed to be destined for"
				for _, c := range s.kids(at) {
					if k := s.Case(c); s.rel(c) == "obl" && k == "for" {
						p.add(k, c, true)
					}
				}
				continue
			}
		case "carrying", "containing", "transporting", "hauling", "hiding":
			if s.rel(at) == "acl" && s.under(at, i) {
				p.add("carried", s.child(at, "obj"), true)
				continue
			}
		}
		bound := s.rel(at) == "amod" && (s.form(at) == "bound" || s.form(at) == "destined") && s.under(at, i)
		if !bound && (s.rel(at) != "acl" || !s.under(at, i)) {
			continue
		}
		switch s.Lemma(at) {
		case "target", "use", "control", "link", "tie", "connect", "associate", "belong", "run", "own", "hold", "register", "destine", "bind", "bound", "intend", "mean", "head":
		default:
			continue
		}
		for _, c := range s.kids(at) {
			switch r := s.rel(c); {
			case r == "obj", r == "obl" && s.Case(c) != "in":
				if k := s.Case(c); k == "for" || k == "to" {
					p.add(k, c, true)
				}
				p.add("linked", c, true)
				for _, k := range s.Of(c, "of") {
					p.add("linked", k, true)
					for _, j := range s.Related(k, "conj") {
						p.add("linked", j, true)
					}
				}
			}
		}
	}
}

// under reports that word i hangs on verb v with no other verb between but
// those that describe a thing of v.
func (s *Sentence) under(i, v int) bool {
	for n, at := 0, s.word(i).Head; at >= 0 && n < 8; n, at = n+1, s.word(at).Head {
		if at == v {
			return true
		}
		if r := s.rel(at); s.IsVerb(at) && (r != "acl" && r != "xcomp" || s.full(at) == "acl:relcl") {
			return false
		}
	}
	return false
}

// beingArgs reads "Varga is in Cairo": the tree hangs all on the place.
func (s *Sentence) beingArgs(p *Predicate) {
	h := s.word(p.Word).Head
	if s.rel(p.Word) != "cop" || h < 0 {
		return
	}
	p.add("subj", s.Subject(h), false)
	if k := s.Case(h); k != "" && s.IsNoun(h) {
		p.add(k, h, false)
	}
}

// nearObject adds the prepositions of the object: parsers hang "to Syria" on
// the tanks as often as on the sending.
func (s *Sentence) nearObject(p *Predicate, o int) {
	for _, c := range s.kids(o) {
		if (s.rel(c) == "nmod" || s.rel(c) == "obl") && s.full(c) != "nmod:poss" {
			if k := s.Case(c); k != "" {
				p.add(k, c, true)
			}
		}
		if s.rel(c) == "nmod" || s.rel(c) == "conj" {
			for _, d := range s.kids(c) {
				if k := s.Case(d); s.rel(d) == "nmod" && k != "" && (k != "of" || s.Case(c) == "for") {
					p.add(k, d, true)
				}
			}
		}
	}
}

// obliques adds the prepositional dependents of word i.
func (s *Sentence) obliques(p *Predicate, i int, loose bool) {
	for _, c := range s.kids(i) {
		switch s.rel(c) {
		case "obl", "nmod":
			k := s.Case(c)
			switch {
			case s.full(c) == "nmod:poss":
			case s.full(c) == "obl:agent" || k == "by" && p.Passive:
				p.add("by", s.resolve(c), loose)
			case k != "":
				p.add(k, s.resolve(c), loose)
				// "out of Iraq into Syria" may hang one on the other.
				for _, d := range s.kids(c) {
					switch k2 := s.Case(d); {
					case s.rel(d) == "nmod" && k2 == "of":
						p.add("ofobl", d, true)
					case s.full(d) == "nmod:poss":
						p.add("ofobl", d, true)
					case s.rel(d) == "nmod" && k2 != "" && (k != "as" || k2 != "to"):
						p.add(k2, d, true)
					}
				}
			case s.full(c) != "obl:tmod" && s.full(c) != "obl:npmod" && s.full(c) != "obl:unmarked":
				p.add("obl", c, loose)
			}
		case "advmod":
			if negations[s.form(c)] && !loose {
				p.add("neg", c, false)
			}
			if f := s.form(c); f == "there" || f == "here" || f == "home" || f == "abroad" {
				p.add("there", c, loose)
			}
		}
	}
}

func (s *Sentence) nounArgs(p *Predicate) {
	i := p.Word
	p.add("self", i, false)
	for _, c := range s.kids(i) {
		if s.rel(c) == "case" {
			p.add("case", c, false)
		}
	}
	for _, c := range s.kids(i) {
		switch {
		case s.full(c) == "nmod:poss":
			p.add("poss", c, false)
		case s.rel(c) == "compound" || s.rel(c) == "amod" || s.full(c) == "nmod:desc" || s.rel(c) == "flat":
			p.add("mod", c, false)
		}
	}
	s.obliques(p, i, false)
	s.linked(p, i)
	for _, of := range s.Of(i, "of") {
		p.add("ofposs", s.child(of, "nmod:poss"), true)
		for _, c := range s.kids(of) {
			if r := s.rel(c); r == "amod" || r == "compound" {
				p.add("ofmod", c, true)
			}
		}
	}
	h := s.word(i).Head
	if h >= 0 {
		p.add("gov", h, true)
	}
	s.being(p, i, h)
	if h >= 0 && s.rel(i) == "nsubj" {
		p.add("pred", h, true)
		p.add("pred", s.child(h, "xcomp"), true)
	}
	// "conj" nouns share what hangs on the first: "talks and a meeting with".
	top := i
	for s.rel(top) == "conj" && h >= 0 && s.IsNoun(h) {
		top, h = h, s.word(h).Head
	}
	if h < 0 {
		s.copula(p, i)
		return
	}
	if !s.IsVerb(h) {
		s.copula(p, i)
		s.underNoun(p, top, h)
		return
	}
	p.Clause = h
	passive := s.passive(h)
	switch s.rel(top) {
	case "obj":
		if s.words.Light[s.Lemma(h)] {
			p.add("subj", s.Subject(h), false)
			s.obliques(p, h, true)
			p.add("iobj", s.child(h, "iobj"), false)
		} else {
			p.add("gsubj", s.Subject(h), true)
			s.obliques(p, h, true)
		}
		s.linked(p, h)
	case "nsubj":
		if passive && s.words.Light[s.Lemma(h)] {
			for _, c := range s.kids(h) {
				if s.rel(c) == "obl" && s.Case(c) == "by" {
					p.add("subj", c, false)
				}
			}
		}
		s.obliques(p, h, true)
	case "obl":
		p.add("gsubj", s.Subject(h), true)
		if passive {
			for _, c := range s.kids(h) {
				if s.rel(c) == "obl" && s.Case(c) == "by" && c != i {
					p.add("gsubj", c, true)
				}
			}
		}
		s.obliques(p, h, true)
	}
}

// being adds who is said to be what the noun names: "Varga is the owner",
// "became director", "acted as a broker"; a title beside a name says nothing.
func (s *Sentence) being(p *Predicate, i, h int) {
	if s.child(i, "cop") >= 0 {
		p.add("being", s.resolve(s.child(i, "nsubj")), false)
		if s.child(i, "nsubj") < 0 && s.rel(i) == "acl" {
			p.add("being", h, false) // "who is the owner of"
		}
	}
	if h < 0 {
		return
	}
	switch r := s.rel(i); {
	case s.IsVerb(h) && (r == "xcomp" || r == "obj") && (s.Lemma(h) == "become" || s.Lemma(h) == "remain"),
		s.IsVerb(h) && s.Case(i) == "as" && (s.Lemma(h) == "act" || s.Lemma(h) == "serve" || s.Lemma(h) == "work" || s.passive(h)):
		p.add("being", s.Subject(h), false)
	}
}

// underNoun reaches the clause over a noun in the second row: "part of a deal
// with", "one of the meetings of".
func (s *Sentence) underNoun(p *Predicate, i, h int) {
	if s.rel(i) != "nmod" {
		return
	}
	v := s.word(h).Head
	for n := 0; v >= 0 && !s.IsVerb(v) && n < 3; n++ {
		h, v = v, s.word(v).Head
	}
	if v < 0 || !s.IsVerb(v) {
		return
	}
	p.Clause = v
	switch s.rel(h) {
	case "obj", "obl":
		p.add("gsubj", s.Subject(v), true)
		s.obliques(p, v, true)
	}
}

// copula gives "it was a deal with": the subject of a nominal predicate.
func (s *Sentence) copula(p *Predicate, i int) {
	if s.child(i, "cop") >= 0 {
		p.add("gsubj", s.child(i, "nsubj"), true)
	}
}

// spread adds the conjuncts of every argument.
func (s *Sentence) spread(p *Predicate) {
	for n := 0; n < len(p.Args) && n < 64; n++ {
		a := p.Args[n]
		if a.Path == "self" || a.Path == "comp" || a.Path == "case" || a.Path == "gov" || a.Path == "pred" {
			continue
		}
		for _, c := range s.children[a.Head] {
			if s.rel(c) == "conj" && (s.IsNoun(c) || s.word(c).UPOS == "PRON" || s.word(c).UPOS == "ADJ" || s.word(c).UPOS == "NUM") {
				if k := s.Case(c); k != "" && k != a.Path && a.Path != "subj" && a.Path != "obj" {
					p.add(k, c, true)
					continue
				}
				p.add(a.Path, c, a.Loose)
			}
		}
	}
}

// Get gives the arguments on a path, firm ones first.
func (p Predicate) Get(path string) []Arg {
	var firm, loose []Arg
	for _, a := range p.Args {
		if a.Path == path {
			if a.Loose {
				loose = append(loose, a)
			} else {
				firm = append(firm, a)
			}
		}
	}
	return append(firm, loose...)
}

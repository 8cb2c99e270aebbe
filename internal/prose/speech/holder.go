package speech

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/reportedly/reportedly/internal/story"

	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/people"
)

// holder describes the source whose phrase the words are.
func (v *view) holder(s clause.Source, words []int) Holder {
	for len(words) > 1 && v.Words[words[0]].UPOS == "CCONJ" {
		words = words[1:]
	}
	span, ok := v.Trimmed(words[0], words[len(words)-1])
	if !ok {
		span = v.Toks[s.Head].Span
	}
	h := Holder{Span: span, Text: span.Of(v.doc.Text), Head: v.HeadSpan(s.Head)}
	if last := words[len(words)-1]; last > s.Head && v.Words[last].UPOS == "PROPN" && v.Words[s.Head].UPOS == "NOUN" && v.TitleNoun(s.Head) && v.Toks[s.Head+1].Text != "," && v.Words[s.Head+1].UPOS == "PROPN" {
		h.Head = v.HeadSpan(last)
	}
	if s.Pronoun >= 0 {
		h.Local = v.Toks[s.Pronoun].Span
	}
	var texts []string
	for _, w := range words {
		texts = append(texts, v.Toks[w].Text)
	}
	v.count(&h, s.Head, words)
	v.classify(&h, v.Lemma(s.Head), texts)
	if h.Kind == Anonymous || h.Name == "" && h.Kind == Official {
		h.Reason = anonymityReason(v.doc.Text, v.doc.Sentences[v.Idx].Span)
		if h.Reason != "" {
			h.Kind = Anonymous
		}
	}
	return h
}

var numbers = map[string]int{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "both": 2, "pair": 2, "couple": 2}

// count reads "two diplomats", "both sources"; several without number are plural.
func (v *view) count(h *Holder, head int, words []int) {
	for _, k := range v.Kids[head] {
		r := v.Rel(k)
		if r != "nummod" && r != "det" || k > head {
			continue
		}
		if n, ok := numbers[v.Lower(k)]; ok {
			h.Stated = n
		} else if n := digits(v.Toks[k].Text); n > 0 && n < 1000 {
			h.Stated = n
		}
	}
	f := v.Words[head].Feats
	x := v.Words[head].XPOS
	h.Plural = h.Stated > 1 || strings.Contains(f, "Number=Plur") || x == "NNS" || x == "NNPS" || v.Kid(head, "conj") >= 0
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 10000 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

var (
	unnamed    = regexp.MustCompile(`(?i)\b(unnamed|anonymous|unidentified|undisclosed|unspecified)\b`)
	indefinite = regexp.MustCompile(`(?i)^(an?|one|another|some|several|two|three|four|five|six|various|multiple|other)\s`)
	belonging  = regexp.MustCompile(`(?i)\b(at|of|in|with|for|from)\s+(the|its|his)?\s*\p{L}`)
)

// classify sets kind, name and country from the words of the phrase.
func (v *reader) classify(h *Holder, head string, words []string) {
	if k, ok := lexicon.Pronouns[strings.ToLower(h.Text)]; ok {
		h.Kind = PersonH
		switch k {
		case 'b':
			h.Kind = Organisation
		case 't':
			h.Kind = Public
		}
		return
	}
	h.Country = v.lex.CountryIn(words)
	text := strings.Join(words, " ")
	if k, ok := v.lex.KnownName(h.Text); ok {
		h.Kind, h.Name = k.Kind, h.Text
		h.Country = firstOf(k.Country, h.Country)
		return
	}
	if k, ok := v.lex.KnownName(h.Head.Of(v.doc.Text)); ok && !v.personNamed(h) {
		h.Kind, h.Name = k.Kind, h.Head.Of(v.doc.Text)
		h.Country = firstOf(k.Country, h.Country)
		return
	}
	low := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(h.Text, "the "), "The "))
	for _, table := range []map[string]string{v.lex.Countries, v.lex.Capitals} {
		if c, ok := table[low]; ok {
			h.Kind, h.Name, h.Country = GovernmentH, h.Text, c
			return
		}
	}
	if c := firstOf(v.lex.Countries[strings.ToLower(h.Head.Of(v.doc.Text))], v.lex.Capitals[strings.ToLower(h.Head.Of(v.doc.Text))]); c != "" {
		h.Kind, h.Country = GovernmentH, c // "Russia and Iran", "both Moscow and Kiev"
		return
	}
	if name, k, ok := v.outletIn(head, words); ok {
		h.Kind, h.Name, h.Country = k.Kind, name, firstOf(k.Country, h.Country)
		return
	}
	role := v.roleIn(words)
	if p := v.personOf(h); p != nil {
		h.Name, h.Kind = p.Name, PersonH
		if p.Official || role == Official {
			h.Kind = Official
		}
		h.Country = firstOf(h.Country, p.Country)
		return
	}
	if kind, ok := v.lex.HeadKind(head); ok && !properHead(h, v.doc.Text) {
		h.Kind = v.unnamedKind(h, kind, text)
		return
	}
	h.Kind = v.properKind(h, words, role)
}

// properHead reports a head word that is a name written with a capital inside
// the phrase ("Justice Roe"), not a role at its beginning.
func properHead(h *Holder, text string) bool {
	head := h.Head.Of(text)
	return strings.Contains(head, " ")
}

// unnamedKind settles officials and persons who stay unnamed. The gold of
// data/claims takes one unnamed official, said to be just that ("a senior U.S.
// official"), for anonymous; officials as a body, a spokesman and an official
// of a named body for officials.
func (r *reader) unnamedKind(h *Holder, kind HolderKind, text string) HolderKind {
	if unnamed.MatchString(text) && kind != DocumentH && kind != Outlet {
		return Anonymous
	}
	low := strings.ToLower(h.Text)
	if h.Plural && strings.HasSuffix(low, "prosecutors") {
		return GovernmentH // a body, not persons
	}
	if kind == Official && !h.Plural && indefinite.MatchString(low) && !belonging.MatchString(low) && !strings.Contains(low, "spokes") {
		return Anonymous
	}
	return kind
}

// properKind is for names that no table knows.
func (v *reader) properKind(h *Holder, words []string, role HolderKind) HolderKind {
	name := h.Head.Of(v.doc.Text)
	for _, w := range words {
		r := []rune(w)
		if len(r) == 0 || !unicode.IsUpper(r[0]) {
			continue
		}
		switch k, _ := v.lex.HeadKind(strings.ToLower(w)); k {
		case GovernmentH, Organisation, CompanyH, Outlet:
			h.Name = name
			return k
		}
	}
	if len(name) > 0 && unicode.IsUpper([]rune(name)[0]) {
		h.Name = name
		if role == Official || role == PersonH {
			return role
		}
		if strings.ToUpper(name) == name && len(name) > 1 && len(name) < 7 {
			return Organisation
		}
		if tag := v.lex.Demonyms[strings.ToLower(name)]; tag != "" {
			return Public
		}
		return PersonH
	}
	// What is no person by its ending and speaks all the same is something
	// written or shown: "the guidelines", "the analysis".
	for _, w := range words[max(0, len(words)-1):] {
		if personEnding.MatchString(strings.ToLower(w)) {
			return PersonH
		}
	}
	if personEnding.MatchString(strings.ToLower(name)) {
		return PersonH
	}
	return DocumentH
}

var personEnding = regexp.MustCompile(`(?:[^w]er|or|ist|ian|ee|man|men|woman|women|ant|eur|crat|ard|child|children|folk|kid|guy|lady|boss|mate)s?$|^(?:he|she|who|i|we|you|they|it|all|most|few|both|those|these)$`)

// isDocument reports a holder whose head word is in the table as a document.
func (r *reader) isDocument(h Holder) bool {
	k, _ := r.lex.HeadKind(strings.ToLower(h.Head.Of(r.doc.Text)))
	return k == DocumentH
}

func (v *reader) personNamed(h *Holder) bool { return v.personOf(h) != nil }

// personOf is the person whom the phrase names: by its head, or beside a head
// that is a role ("spokesman Garba Roe"). In "a biography of Garba Roe" a
// preposition stands between.
func (v *reader) personOf(h *Holder) *people.Person {
	head := h.Head.Of(v.doc.Text)
	if r := []rune(head); len(r) > 0 && unicode.IsUpper(r[0]) {
		if p := v.people.Named(head, h.Start); p != nil {
			return p
		}
	}
	p := v.people.Named(h.Text, h.Start)
	if p == nil {
		return nil
	}
	at := strings.Index(h.Text, p.Last)
	from := h.Head.End - h.Start
	if at < 0 || from < 0 || from > len(h.Text) {
		return nil
	}
	if at < from {
		from, at = min(at+len(p.Last), from), from
	}
	if between.MatchString(h.Text[from:max(from, at)] + " ") {
		return nil
	}
	return p
}

var between = regexp.MustCompile(`(?i)\b(of|by|from|with|at|in|for|to|about|against|on|and|or|than|as|like|'s|’s)\s`)

// outletIn finds the name of the paper or agency in "the North's KCNA news
// agency", "the newspaper Haaretz".
func (v *reader) outletIn(head string, words []string) (string, lexicon.Known, bool) {
	switch head {
	case "agency", "newspaper", "paper", "daily", "weekly", "magazine", "channel", "website", "television", "tv", "broadcaster", "network", "site", "station", "outlet", "service":
	default:
		return "", lexicon.Known{}, false
	}
	for i := range words {
		for n := min(4, len(words)-i); n > 0; n-- {
			name := strings.Join(words[i:i+n], " ")
			if k, ok := v.lex.Known[name]; ok && (k.Kind == Wire || k.Kind == Outlet) {
				return name, k, true
			}
		}
	}
	return "", lexicon.Known{}, false
}

// roleIn is the kind of the first role word of a phrase.
func (v *reader) roleIn(words []string) HolderKind {
	for _, w := range words {
		switch k, _ := v.lex.HeadKind(strings.ToLower(w)); k {
		case Official, PersonH:
			return k
		}
	}
	return ""
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

var reasons = regexp.MustCompile(`(?i)\b(?:(?:on|under)\s+(?:the\s+)?condition\s+(?:of\s+(?:strict\s+)?anonymity|(?:that\s+)?(?:he|she|they)\s+not\s+be\s+(?:named|identified)|that\s+(?:his|her|their)\s+names?[^,.”"]*)|(?:who\s+)?(?:asked|asking|requested|requesting|insisted|wished|wishing)\s+(?:not\s+to\s+be\s+(?:named|identified|quoted)(?:\s+by\s+name)?|(?:for\s+)?(?:to\s+remain\s+)?anonym(?:ity|ous))|(?:who\s+)?declin(?:ed|ing)\s+to\s+be\s+(?:named|identified)|(?:who\s+)?(?:did|does)\s+not\s+want\s+to\s+be\s+(?:named|identified)|(?:who\s+)?(?:was|were|is|are)\s+not\s+(?:authori[sz]ed|allowed|permitted)\s+to\s+(?:speak|talk|comment|discuss|brief)[^,.”"]*|speaking\s+anonymously)(?:\s+(?:because|since|as|due\s+to|given|citing)\s+[^.,;”"]*)?`)

// anonymityReason gives the words of a sentence by which a source is kept unnamed.
func anonymityReason(text string, s story.Span) string {
	return strings.TrimSpace(reasons.FindString(s.Of(text)))
}

package surface

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// mood is what the words between party and trigger say of the deed.
type mood struct {
	negated, planned, reported, possible, passive, active bool
}

// found is a party beside a trigger.
type found struct {
	mention  int
	span     story.Span
	from, to int // tokens
	mood     mood
}

// reach is how many words may stand between party and trigger, reachAside how
// many in an aside between commas.
const reach, reachAside = 9, 16

func (r *reader) party(s *line, row *deedRow, i, j int) (found, bool) {
	switch row.order {
	case "subject":
		if p, ok := r.before(s, i); ok && r.agrees(s, p, i) {
			return p, true
		}
		if r.lang.flags["verb-first"] {
			m := mood{}
			if i > 0 {
				r.notes(s.low[i-1], &m)
			}
			p, ok := r.behind(s, j, "", true)
			p.mood = m
			return p, ok
		}
		return found{}, false
	case "with":
		m := r.around(s, i)
		p, ok := r.behind(s, j, "with", false)
		p.mood = m
		return p, ok
	case "of":
		m := r.around(s, i)
		p, ok := r.behind(s, j, "genitive", false)
		p.mood = m
		return p, ok
	}
	m := r.around(s, i)
	p, ok := r.behind(s, j, "", false)
	p.mood = m
	return p, ok
}

// around reads the mood off the words right before a trigger whose party
// stands behind it.
func (r *reader) around(s *line, i int) mood {
	var m mood
	for k := i - 1; k >= 0 && k >= i-4 && r.lang.any(s.low[k], "neutral", "passive", "active", "negation", "plan", "reported", "possible"); k-- {
		r.notes(s.low[k], &m)
	}
	return m
}

func (r *reader) notes(w string, m *mood) bool {
	l := r.lang
	set := func(key string, to *bool) bool {
		if l.is(key, w) {
			*to = true
			return true
		}
		return false
	}
	a, b, c := set("negation", &m.negated), set("plan", &m.planned), set("reported", &m.reported)
	d, e, f := set("possible", &m.possible), set("passive", &m.passive), set("active", &m.active)
	return a || b || c || d || e || f || l.is("neutral", w)
}

// before finds the subject on the left of token i.
func (r *reader) before(s *line, i int) (found, bool) {
	var p found
	aside := false
	for k, n := i-1, 0; k >= 0 && n < reach; k, n = k-1, n+1 {
		w := s.low[k]
		switch {
		case s.mention[k] >= 0:
			a := s.opening(k)
			p.mention, p.from, p.to = s.mention[k], a, k+1
			p.span = s.span(a, k+1)
			return p, r.leads(s, a)
		case s.date[k] >= 0, r.notes(w, &p.mood):
		case r.lang.is("relative", w) && k > 0 && (isComma(s.low[k-1]) || s.mention[k-1] >= 0):
		case isComma(w) && !aside:
			aside = true
			if k > 0 && s.mention[k-1] >= 0 {
				// "X, who arrived", "X, arrived on Tuesday": not where a clause of
				// its own begins.
				if !r.lang.is("relative", s.low[k+1]) && !r.lang.flags["participles"] {
					return p, false
				}
				continue
			}
			k = s.asideFrom(k)
			if k < 0 {
				return p, false
			}
		case r.lang.is("title", w):
			return r.titled(s, k, p.mood)
		default:
			return p, false
		}
	}
	return p, false
}

// asideFrom gives the token of the comma that opens the aside which ends at
// comma k, if it follows a mention; else -1.
func (s *line) asideFrom(k int) int {
	for a := k - 1; a > 0 && a > k-reachAside; a-- {
		if ends(s.low[a]) {
			return -1
		}
		if isComma(s.low[a]) {
			if s.mention[a-1] >= 0 {
				return a
			}
			return -1
		}
	}
	return -1
}

// leads reports a mention that can be a subject: no preposition before it or
// its titles, and no noun that makes it another's ("the X foundation").
func (r *reader) leads(s *line, a int) bool {
	k := a - 1
	titled := false
	for k >= 0 && (r.lang.is("title", s.low[k]) || r.lang.is("article", s.low[k]) || r.inTitle(s, k)) {
		titled = titled || r.lang.is("title", s.low[k])
		k--
	}
	if k < 0 || titled && !r.lang.any(s.low[k], "oblique", "thing") {
		return true
	}
	if r.lang.any(s.low[k], "oblique", "thing") {
		return false
	}
	// Where a name after a noun can stand in the genitive, only known words may
	// stand before it.
	if !r.lang.flags["genitive-names"] || isComma(s.low[k]) || ends(s.low[k]) || s.date[k] >= 0 || r.lang.any(s.low[k], "that", "before") {
		return true
	}
	return r.longTitle(s, k, a)
}

// longTitle goes back from token k over what hangs on a title ("the president
// of the USA X") to the title; the name at token a must not look declined.
func (r *reader) longTitle(s *line, k, a int) bool {
	last := s.low[s.closing(a)]
	if re := r.lang.words["declined"]; re != nil && re.MatchString(last) {
		return false
	}
	for n := 0; k >= 0 && n < 5; k, n = k-1, n+1 {
		w := s.low[k]
		switch {
		case s.mention[k] >= 0, ends(w), isComma(w), r.lang.any(w, "oblique", "thing", "that", "stop", "relative"):
			return false
		case r.lang.is("title", w):
			return k == 0 || !r.lang.any(s.low[k-1], "oblique", "thing")
		}
	}
	return false
}

// inTitle reports the "of" inside a title ("chief of staff", "homme
// d'affaires"): between two words of titles, without an article.
func (r *reader) inTitle(s *line, k int) bool {
	return k > 0 && r.lang.is("joins", s.low[k]) && s.mention[k+1] < 0 && r.lang.is("title", s.low[k-1]) && r.lang.is("title", s.low[k+1])
}

// agrees holds endings of names that a masculine verb cannot go with against
// the trigger: there the name is no subject.
func (r *reader) agrees(s *line, p found, i int) bool {
	if r.lang.words["nominative"] == nil {
		return true
	}
	name := fold(p.span.Of(r.in.Document.Text))
	return !r.lang.is("nominative", s.low[i]) || !r.lang.is("oblique-ending", name[strings.LastIndexByte(name, ' ')+1:])
}

// titled reads "the general" as the one whom the three sentences before name
// with that title, if there is one alone.
func (r *reader) titled(s *line, k int, m mood) (found, bool) {
	a := k
	if k > 0 && r.lang.is("article", s.low[k-1]) {
		a--
	}
	if a == k && !r.lang.flags["no-articles"] || a > 0 && !isComma(s.low[a-1]) && !r.lang.is("that", s.low[a-1]) {
		return found{}, false
	}
	who := -1
	for n := max(0, s.n-3); n < s.n; n++ {
		t := r.line(n)
		if t == nil {
			continue
		}
		for i := 0; i+1 < len(t.low); i++ {
			if t.low[i] != s.low[k] {
				continue
			}
			switch x := t.mention[i+1]; {
			case x < 0 && t.capital(i+1), x >= 0 && who >= 0 && r.cluster(who) != r.cluster(x):
				return found{}, false
			case x >= 0:
				who = x
			}
		}
	}
	return found{mention: who, span: s.span(a, k+1), from: a, to: k + 1, mood: m}, who >= 0
}

// behind finds a mention on the right of token j, behind a word of key where
// one is asked for, with nothing but articles and titles before it. A subject
// may have a longer title ("the commander of the coast guard X").
func (r *reader) behind(s *line, j int, key string, subject bool) (found, bool) {
	k := j
	for k < len(s.low) && (s.date[k] >= 0 || key != "genitive" && r.lang.is("neutral", s.low[k])) {
		k++
	}
	if key != "" {
		switch {
		case k < len(s.low) && r.lang.is(key, s.low[k]):
			k++
		case !(key == "genitive" && r.lang.flags["genitive-names"]):
			return found{}, false
		}
	}
	title := false
	for n := 0; k < len(s.low) && n < reach; k, n = k+1, n+1 {
		w := s.low[k]
		switch {
		case s.mention[k] >= 0:
			b := s.closing(k) + 1
			return found{mention: s.mention[k], span: s.span(k, b), from: j, to: b}, !r.owned(s, b)
		case r.lang.is("title", w):
			title = true
		case r.lang.any(w, "article", "adjective"), title && k+1 < len(s.low) && r.inTitle(s, k):
		case subject && title && !ends(w) && !isComma(w) && !r.lang.any(w, "oblique", "thing", "to", "from", "at", "with", "that", "relative", "stop"):
		default:
			return found{}, false
		}
	}
	return found{}, false
}

// owned reports a name that goes on behind the mention: it is part of another.
func (r *reader) owned(s *line, b int) bool {
	return b < len(s.low) && s.capital(b) && s.place[b] < 0 && s.date[b] < 0 && s.mention[b] < 0
}

// moodFits holds row and mood against each other.
func (r *reader) moodFits(row *deedRow, m mood) bool {
	if row.aspect == "plan" && !m.planned {
		return false
	}
	switch row.voice {
	case "passive":
		return m.passive || !m.active
	case "active":
		return !m.passive
	}
	return true
}

func (r *reader) apply(d *Deed, m mood) {
	switch {
	case d.Aspect == "plan" || m.planned:
		d.Aspect = "planned"
	case m.possible:
		d.Aspect, d.Certainty = "hypothetical", speech.Possible
	}
	if m.reported {
		d.Certainty = d.Certainty.Weaker(speech.Probable)
	}
	if m.negated {
		d.Polarity = "-"
	}
}

// placing fills the places of a deed from tokens [from, to); it reports
// whether one was found.
func (r *reader) placing(s *line, row *deedRow, d *Deed, from, to int) bool {
	if len(row.places) == 0 {
		return false
	}
	slots := map[string]**Spot{"to": &d.To, "from": &d.From, "at": &d.Place, "direct": &d.To}
	if row.code == "TRV-EXIT" {
		slots["direct"] = &d.From // who leaves a place comes from there
	}
	for k := from; k < to; k++ {
		if s.mention[k] >= 0 || s.place[k] < 0 && !r.capitalOf(s, k) || k > from && s.place[k] >= 0 && s.place[k-1] == s.place[k] {
			continue
		}
		a := k - 1
		for a >= from && r.lang.any(s.low[a], "article", "placenoun") && !r.origin(s, a, from) {
			a--
		}
		spot := &Spot{s.place[k], s.src.Tokens[k].Span}
		if s.place[k] >= 0 {
			spot.Span = r.in.Places[s.place[k]].Span
		} else {
			spot.Span = s.span(a+1, k+1)
		}
		for _, slot := range []string{"from", "to", "at", "direct"} {
			fits := a >= from && slot != "direct" && r.lang.is(slot, s.low[a]) || slot == "direct" && a == from-1
			if fits && slices.Contains(row.places, slot) && *slots[slot] == nil {
				*slots[slot] = spot
				break
			}
		}
	}
	return d.To != nil || d.Place != nil || d.From != nil && row.places[0] == "from"
}

// origin reports a "from" that is not the "of" behind what a place is ("the
// port of X").
func (r *reader) origin(s *line, a, from int) bool {
	return r.lang.is("from", s.low[a]) && (a == from || !r.lang.any(s.low[a-1], "placenoun", "article"))
}

// capitalOf reports a place that the gazetteer does not know, named through
// what it is: "the capital of ...".
func (r *reader) capitalOf(s *line, k int) bool {
	return k > 0 && s.place[k] < 0 && s.capital(k) && r.lang.is("placenoun", s.low[k-1])
}

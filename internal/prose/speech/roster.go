package speech

import (
	"strings"
	"unicode"
)

// person is somebody named in full in the article.
type person struct {
	name     string
	last     string
	official bool
	country  string
	roles    map[string]bool
	first    int // byte offset
	times    int // how often named in full
}

// roster holds the people an article names in full, so that "Kirby" and "the
// spokesman" find John Kirby.
type roster struct {
	people []*person
	// subjects are the places where a person so named is subject of a clause.
	subjects []mentioned
}

type mentioned struct {
	at  int
	who *person
}

var particles = map[string]bool{"al": true, "bin": true, "ibn": true, "de": true, "del": true, "der": true, "di": true, "da": true, "van": true, "von": true, "el": true, "la": true, "le": true, "abu": true, "y": true, "dos": true}

// readRoster gathers names of two to five words, with the role words and the
// country that stand before or behind them.
func (r *reader) readRoster() *roster {
	out := &roster{}
	for i := range r.doc.Sentences {
		v := r.view(i)
		for a := 0; a < len(v.toks); a++ {
			b := v.nameRun(a)
			if b <= a {
				continue
			}
			out.add(v, a, b)
			a = b
		}
	}
	for i := range r.doc.Sentences {
		out.noteSubjects(r.view(i))
	}
	return out
}

// noteSubjects remembers who was subject where: "he" in the next sentence is
// as a rule that one.
func (o *roster) noteSubjects(v *view) {
	for j, w := range v.words {
		if w.UPOS != "PROPN" || !strings.HasPrefix(w.Deprel, "nsubj") {
			continue
		}
		a, b := v.nameAround(j)
		text := v.doc.Text[v.toks[a].Start:v.toks[b].End]
		if p := o.named(text, v.toks[a].Start); p != nil {
			o.subjects = append(o.subjects, mentioned{v.toks[a].Start, p})
		}
	}
}

// lastSubject is who was last subject before at.
func (o *roster) lastSubject(at int) (*person, int) {
	var best *person
	where := -1
	for _, m := range o.subjects {
		if m.at < at {
			best, where = m.who, m.at
		}
	}
	return best, where
}

// nameRun gives the last token of the run of capitalised words from a on, a-1
// if none begins there.
func (v *view) nameRun(a int) int {
	if !v.nameWord(a) {
		return a - 1
	}
	b := a
	for k := a + 1; k < len(v.toks) && k < a+8; k++ {
		if v.nameWord(k) {
			b = k
		} else if !(particles[v.toks[k].Text] && k+1 < len(v.toks) && v.nameWord(k+1)) {
			break
		}
	}
	return b
}

func (v *view) nameWord(i int) bool {
	r := []rune(v.toks[i].Text)
	if len(r) == 0 || !unicode.IsUpper(r[0]) {
		return false
	}
	return len(v.words) == 0 || v.words[i].UPOS == "PROPN"
}

func (o *roster) add(v *view, a, b int) {
	p := &person{roles: map[string]bool{}, first: v.toks[a].Start}
	// Titles and nationalities at the head of the run are no part of the name.
	for a <= b && v.title(a, p) {
		a++
	}
	if b-a < 1 || b-a > 4 {
		return
	}
	text := v.doc.Text[v.toks[a].Start:v.toks[b].End]
	if _, ok := v.lex.knownName(text); ok || v.lex.countryIn(v.texts(a, b)) != "" {
		return
	}
	for k := a; k <= b; k++ {
		w := v.lower(k)
		if kind, ok := v.lex.headKind(w); ok && kind != PersonH && kind != Public && k == b || v.lex.countries[w] != "" || v.lex.demonyms[w] != "" {
			return
		}
	}
	p.name, p.last = text, v.toks[b].Text
	v.rolesBefore(a, p)
	v.rolesBehind(b, p)
	for _, q := range o.people {
		if q.name == p.name || strings.HasSuffix(q.name, " "+p.name) || q.last == p.last && strings.HasPrefix(q.name, v.toks[a].Text+" ") {
			q.official = q.official || p.official
			q.country = firstOf(q.country, p.country)
			for w := range p.roles {
				q.roles[w] = true
			}
			q.times++
			return
		}
	}
	o.people = append(o.people, p)
}

// title reports a title, role or nationality, and notes it.
func (v *view) title(i int, p *person) bool {
	w := strings.TrimSuffix(v.lower(i), ".")
	switch w {
	case "mr", "mrs", "ms", "dr", "miss", "sir", "lord", "lady", "prof", "dame", "the":
		return true
	}
	if c := v.lex.demonyms[w]; c != "" {
		p.country = c
		return true
	}
	if kind, ok := v.lex.headKind(w); ok && (kind == Official || kind == PersonH || kind == Anonymous) {
		p.roles[w] = true
		p.official = p.official || kind == Official
		return true
	}
	switch w {
	case "vice", "foreign", "prime", "defense", "defence", "interior", "finance", "lt", "col", "maj", "brig", "adm", "capt", "sgt", "state", "department", "white", "house", "pentagon", "former", "first", "crown", "grand", "chief", "us", "u.s":
		return i+1 < len(v.toks) && v.nameWord(i+1)
	}
	return false
}

// rolesBefore reads back over the nouns before a name: "Pentagon spokesman".
func (v *view) rolesBefore(a int, p *person) {
	var words []string
	for k := a - 1; k >= 0 && k >= a-7; k-- {
		if len(v.words) > 0 {
			u := v.words[k].UPOS
			if u != "NOUN" && u != "PROPN" && u != "ADJ" && u != "PART" && v.toks[k].Text != "-" {
				break
			}
		} else if v.isPunct(k) {
			break
		}
		words = append([]string{v.toks[k].Text}, words...)
	}
	v.noteRoles(words, p)
}

// rolesBehind reads the apposition: ", a U.S. State Department spokesman,".
func (v *view) rolesBehind(b int, p *person) {
	if b+2 >= len(v.toks) || v.toks[b+1].Text != "," {
		return
	}
	var words []string
	for k := b + 2; k < len(v.toks) && k < b+16; k++ {
		t := v.toks[k].Text
		if t == "," || t == ";" || t == "." || t == "who" || t == "which" {
			break
		}
		if len(v.words) > 0 && (v.words[k].UPOS == "VERB" || v.words[k].UPOS == "AUX") {
			return // no apposition: the sentence goes on
		}
		words = append(words, t)
	}
	v.noteRoles(words, p)
}

func (v *view) noteRoles(words []string, p *person) {
	for _, w := range words {
		w = strings.ToLower(w)
		if kind, ok := v.lex.headKind(w); ok && (kind == Official || kind == PersonH || kind == Anonymous) {
			p.roles[w] = true
			p.official = p.official || kind == Official
		}
	}
	if len(words) > 0 {
		p.country = firstOf(p.country, v.lex.countryIn(words))
	}
}

// named finds the person whose full or last name stands in text; of several
// the one named before at, and of these the one named most.
func (o *roster) named(text string, at int) *person {
	if o == nil {
		return nil
	}
	var best *person
	score := func(p *person) int {
		n := 2 * p.times
		if endsWith(text, p.last) {
			n++
		}
		if p.first <= at {
			n += 1000
		}
		return n
	}
	for _, p := range o.people {
		if strings.Contains(text, p.name) {
			return p
		}
		// Family names go first in East Asia: "Kim" is Kim Jong Un.
		if endsWith(text, p.last) || !strings.Contains(text, " ") && strings.HasPrefix(p.name, text+" ") {
			if best == nil || score(p) > score(best) {
				best = p
			}
		}
	}
	return best
}

func endsWith(text, last string) bool {
	text = strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s")
	if i := strings.IndexByte(text, ','); i > 0 {
		text = text[:i]
	}
	return text == last || strings.HasSuffix(text, " "+last)
}

// inRole finds the person last named before at who is called by a role word.
func (o *roster) inRole(role string, at int) *person {
	var best *person
	for _, p := range o.people {
		if p.roles[role] && p.first < at && (best == nil || p.first > best.first) {
			best = p
		}
	}
	return best
}

package people

import (
	"strings"
	"unicode"

	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/stance"
)

// Person is somebody named in full in the article.
type Person struct {
	Name     string
	Last     string
	Official bool
	Country  string
	roles    map[string]bool
	first    int // byte offset
	times    int // how often named in full
}

// Roster holds the people an article names in full, so that "Kirby" and "the
// spokesman" find John Kirby.
type Roster struct {
	people []*Person
	// subjects are the places where a person so named is subject of a clause.
	subjects []mentioned
}

type mentioned struct {
	at  int
	who *Person
}

var particles = map[string]bool{"al": true, "bin": true, "ibn": true, "de": true, "del": true, "der": true, "di": true, "da": true, "van": true, "von": true, "el": true, "la": true, "le": true, "abu": true, "y": true, "dos": true}

// Read gathers names of two to five words, with the role words and the
// country that stand before or behind them.
func Read(views []*clause.View) *Roster {
	out := &Roster{}
	for i := range views {
		v := run{views[i]}
		for a := 0; a < len(v.Toks); a++ {
			b := v.nameRun(a)
			if b <= a {
				continue
			}
			out.add(v, a, b)
			a = b
		}
	}
	for i := range views {
		out.noteSubjects(run{views[i]})
	}
	return out
}

// noteSubjects remembers who was subject where: "he" in the next sentence is
// as a rule that one.
func (o *Roster) noteSubjects(v run) {
	for j, w := range v.Words {
		if w.UPOS != "PROPN" || !strings.HasPrefix(w.Deprel, "nsubj") {
			continue
		}
		a, b := v.NameAround(j)
		text := v.Text[v.Toks[a].Start:v.Toks[b].End]
		if p := o.Named(text, v.Toks[a].Start); p != nil {
			o.subjects = append(o.subjects, mentioned{v.Toks[a].Start, p})
		}
	}
}

// LastSubject is who was last subject before at.
func (o *Roster) LastSubject(at int) (*Person, int) {
	var best *Person
	where := -1
	for _, m := range o.subjects {
		if m.at < at {
			best, where = m.who, m.at
		}
	}
	return best, where
}

// run is a sentence while names are gathered.
type run struct{ *clause.View }

// nameRun gives the last token of the run of capitalised words from a on, a-1
// if none begins there.
func (v run) nameRun(a int) int {
	if !v.nameWord(a) {
		return a - 1
	}
	b := a
	for k := a + 1; k < len(v.Toks) && k < a+8; k++ {
		if v.nameWord(k) {
			b = k
		} else if !(particles[v.Toks[k].Text] && k+1 < len(v.Toks) && v.nameWord(k+1)) {
			break
		}
	}
	return b
}

func (v run) nameWord(i int) bool {
	r := []rune(v.Toks[i].Text)
	if len(r) == 0 || !unicode.IsUpper(r[0]) {
		return false
	}
	return len(v.Words) == 0 || v.Words[i].UPOS == "PROPN"
}

func (o *Roster) add(v run, a, b int) {
	p := &Person{roles: map[string]bool{}, first: v.Toks[a].Start}
	// Titles and nationalities at the head of the run are no part of the name.
	for a <= b && v.title(a, p) {
		a++
	}
	if b-a < 1 || b-a > 4 {
		return
	}
	text := v.Text[v.Toks[a].Start:v.Toks[b].End]
	if _, ok := v.Lex.KnownName(text); ok || v.Lex.CountryIn(v.Texts(a, b)) != "" {
		return
	}
	for k := a; k <= b; k++ {
		w := v.Lower(k)
		if kind, ok := v.Lex.HeadKind(w); ok && kind != stance.PersonH && kind != stance.Public && k == b || v.Lex.Countries[w] != "" || v.Lex.Demonyms[w] != "" {
			return
		}
	}
	p.Name, p.Last = text, v.Toks[b].Text
	v.rolesBefore(a, p)
	v.rolesBehind(b, p)
	for _, q := range o.people {
		if q.Name == p.Name || strings.HasSuffix(q.Name, " "+p.Name) || q.Last == p.Last && strings.HasPrefix(q.Name, v.Toks[a].Text+" ") {
			q.Official = q.Official || p.Official
			q.Country = first(q.Country, p.Country)
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
func (v run) title(i int, p *Person) bool {
	w := strings.TrimSuffix(v.Lower(i), ".")
	switch w {
	case "mr", "mrs", "ms", "dr", "miss", "sir", "lord", "lady", "prof", "dame", "the":
		return true
	}
	if c := v.Lex.Demonyms[w]; c != "" {
		p.Country = c
		return true
	}
	if kind, ok := v.Lex.HeadKind(w); ok && (kind == stance.Official || kind == stance.PersonH || kind == stance.Anonymous) {
		p.roles[w] = true
		p.Official = p.Official || kind == stance.Official
		return true
	}
	switch w {
	case "vice", "foreign", "prime", "defense", "defence", "interior", "finance", "lt", "col", "maj", "brig", "adm", "capt", "sgt", "state", "department", "white", "house", "pentagon", "former", "first", "crown", "grand", "chief", "us", "u.s":
		return i+1 < len(v.Toks) && v.nameWord(i+1)
	}
	return false
}

// rolesBefore reads back over the nouns before a name: "Pentagon spokesman".
func (v run) rolesBefore(a int, p *Person) {
	var words []string
	for k := a - 1; k >= 0 && k >= a-7; k-- {
		if len(v.Words) > 0 {
			u := v.Words[k].UPOS
			if u != "NOUN" && u != "PROPN" && u != "ADJ" && u != "PART" && v.Toks[k].Text != "-" {
				break
			}
		} else if v.IsPunct(k) {
			break
		}
		words = append([]string{v.Toks[k].Text}, words...)
	}
	v.noteRoles(words, p)
}

// rolesBehind reads the apposition: ", a U.S. State Department spokesman,".
func (v run) rolesBehind(b int, p *Person) {
	if b+2 >= len(v.Toks) || v.Toks[b+1].Text != "," {
		return
	}
	var words []string
	for k := b + 2; k < len(v.Toks) && k < b+16; k++ {
		t := v.Toks[k].Text
		if t == "," || t == ";" || t == "." || t == "who" || t == "which" {
			break
		}
		if len(v.Words) > 0 && (v.Words[k].UPOS == "VERB" || v.Words[k].UPOS == "AUX") {
			return // no apposition: the sentence goes on
		}
		words = append(words, t)
	}
	v.noteRoles(words, p)
}

func (v run) noteRoles(words []string, p *Person) {
	for _, w := range words {
		w = strings.ToLower(w)
		if kind, ok := v.Lex.HeadKind(w); ok && (kind == stance.Official || kind == stance.PersonH || kind == stance.Anonymous) {
			p.roles[w] = true
			p.Official = p.Official || kind == stance.Official
		}
	}
	if len(words) > 0 {
		p.Country = first(p.Country, v.Lex.CountryIn(words))
	}
}

// Named finds the person whose full or last name stands in text; of several
// the one named before at, and of these the one named most.
func (o *Roster) Named(text string, at int) *Person {
	if o == nil {
		return nil
	}
	var best *Person
	score := func(p *Person) int {
		n := 2 * p.times
		if endsWith(text, p.Last) {
			n++
		}
		if p.first <= at {
			n += 1000
		}
		return n
	}
	for _, p := range o.people {
		if strings.Contains(text, p.Name) {
			return p
		}
		// Family names go first in East Asia: "Kim" is Kim Jong Un.
		if endsWith(text, p.Last) || !strings.Contains(text, " ") && strings.HasPrefix(p.Name, text+" ") {
			if best == nil || score(p) > score(best) {
				best = p
			}
		}
	}
	return best
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func endsWith(text, last string) bool {
	text = strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s")
	if i := strings.IndexByte(text, ','); i > 0 {
		text = text[:i]
	}
	return text == last || strings.HasSuffix(text, " "+last)
}

// InRole finds the person last named before at who is called by a role word.
func (o *Roster) InRole(role string, at int) *Person {
	if o == nil { // languages without trees have no roster
		return nil
	}
	var best *Person
	for _, p := range o.people {
		if p.roles[role] && p.first < at && (best == nil || p.first > best.first) {
			best = p
		}
	}
	return best
}

package screening

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
)

// Query is what is known of somebody. Only Name or Number is needed.
type Query struct {
	Name      string
	Schema    party.Schema // "" = unknown
	BirthDate calendar.Window
	Country   string // ISO 3166-1 alpha-2
	Gender    string
	Number    string // passport, IMO, wallet, register number
	// Limit is the number of hits wanted, 0 = 10. Floor is the least score, 0 =
	// names.Partial - 0.15: what is less alike is noise.
	Limit int
	Floor float64
	// Only limits the answer to parties for which it is true (a list, a regime, a
	// day); nil = all. It is asked before the best candidates are cut, so that
	// those left out take nobody's place.
	Only func(*party.Party) bool
}

// Each gives the queries about one subject of several names, countries and
// numbers, otherwise as q: every name with every country, the first number with
// all of these, and the other numbers by themselves.
func (q Query) Each(names, countries, numbers []string) []Query {
	if len(countries) == 0 {
		countries = []string{""}
	}
	var out []Query
	for _, n := range names {
		for _, c := range countries {
			x := q
			x.Name, x.Country = n, c
			if len(numbers) > 0 {
				x.Number = numbers[0]
			}
			out = append(out, x)
		}
	}
	if len(out) > 0 && len(numbers) > 0 {
		numbers = numbers[1:]
	}
	for _, n := range numbers {
		x := q
		x.Number, x.Country = n, countries[0]
		out = append(out, x)
	}
	return out
}

// Hit is one listed party that may be the one asked for.
type Hit struct {
	Party   party.Party
	Matched string // the listed name that is likest
	// NameScore is the likeness of the names alone, Score with all evidence.
	NameScore float64
	Score     float64
	Parts     []names.Part // add up to Score
}

// Default is the score from which a hit counts as found.
const Default = names.Default

const (
	weakAlias  = 0.03
	longestAsk = 4096 // bytes of a name that are read; longer input names nobody
)

// found is a party under its likest name, before reasons are written.
type found struct {
	party, name int32 // name -1 = by number alone
	reading     int8
	number      bool
	conflict    bool // words left over on both sides
	whole       bool // words of its other names count too
	nameScore   float64
	score       float64
}

// Find ranks the parties that may be meant.
func (ix *Index) Find(q Query) []Hit {
	if q.Limit <= 0 {
		q.Limit = 10
	}
	if q.Floor == 0 {
		q.Floor = names.Partial - 0.15
	}
	sc := ix.scratch.Get().(*scratch)
	defer ix.scratch.Put(sc)
	sc.found = sc.found[:0]
	asked := ix.byName(&q, sc)
	ix.numbers(&q, sc, asked)
	best := sc.bestOfParties()
	n := 0
	for _, f := range best {
		p := &ix.parties[f.party]
		if f.score = weigh(&q, p, f.nameScore, nil); f.score >= q.Floor && f.score > 0 {
			best[n] = f
			n++
		}
	}
	best = best[:n]
	slices.SortFunc(best, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.nameScore, a.nameScore), cmp.Compare(ix.parties[a.party].ID, ix.parties[b.party].ID))
	})
	best = best[:min(len(best), q.Limit)]
	hits := make([]Hit, 0, len(best))
	for _, f := range best {
		hits = append(hits, ix.explain(&q, sc, f))
	}
	return hits
}

// cost is what a score loses where the list's own name is a doubtful one.
func (l *listed) cost(score float64) float64 {
	switch {
	case l.flags&cut != 0:
		return names.AlternativeCost
	case l.flags&weak != 0 && score < 1:
		return weakAlias
	}
	return 0
}

// explain writes the reasons of a hit.
func (ix *Index) explain(q *Query, sc *scratch, f found) Hit {
	h := Hit{Party: ix.parties[f.party]}
	if f.name >= 0 {
		ix.explainName(sc, f, &h)
	}
	if f.number {
		h.Parts = append(h.Parts, names.Part{Feature: "number", Weight: 1 - h.NameScore, Text: "the same number " + q.Number})
		h.NameScore = 1
	}
	h.Score = weigh(q, &h.Party, h.NameScore, &h.Parts)
	return h
}

func (ix *Index) explainName(sc *scratch, f found, h *Hit) {
	l := &ix.names[f.name]
	m := &sc.asked[f.reading]
	side := ix.side(l, sc.refs)
	if f.whole {
		side, _ = ix.extended(sc, m, l)
	}
	s := m.Score(side)
	h.Matched, h.NameScore, h.Parts = ix.matched(l), s.Value, s.Parts
	e := m.Evidence()
	if v := likely(&e); v != h.NameScore {
		why := "few people bear a name like this"
		if v < h.NameScore {
			why = "many people bear a name like this"
		}
		h.Parts = append(h.Parts, names.Part{Feature: "bearers", Weight: v - h.NameScore, Text: why})
		h.NameScore = v
	}
	if f.whole {
		by := h.NameScore * wholeParty
		h.Parts = append(h.Parts, names.Part{Feature: "several names", Weight: -by, Text: "some words stand only in other names of the same entry"})
		h.NameScore -= by
	}
	if by := min(l.cost(h.NameScore), h.NameScore); by > 0 {
		h.NameScore -= by
		why := "the list itself calls this name weak"
		if l.flags&cut != 0 {
			why = "one of several names written as one"
		}
		h.Parts = append(h.Parts, names.Part{Feature: "weak alias", Weight: -by, Text: why})
	}
}

// bestOfParties keeps the best name of each party.
func (sc *scratch) bestOfParties() []found {
	slices.SortFunc(sc.found, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.party, b.party), cmp.Compare(b.nameScore, a.nameScore), cmp.Compare(b.name, a.name))
	})
	out := sc.found[:0]
	for _, f := range sc.found {
		switch n := len(out); {
		case n == 0 || out[n-1].party != f.party:
			out = append(out, f)
		case f.number: // the name and the number are one hit
			out[n-1] = f
		}
	}
	return out
}

// numbers finds parties by a document, IMO, wallet or register number. Which of
// a party's names is shown is a matter of these names alone.
func (ix *Index) numbers(q *Query, sc *scratch, asked []names.Name) {
	k := numberKey(q.Number)
	if k == "" {
		return
	}
	for _, i := range ix.byNumber[k] {
		if q.Only != nil && !q.Only(&ix.parties[i]) {
			continue
		}
		best := found{party: i, name: -1}
		for n := range ix.namesOf(i) {
			for r := range asked {
				if f, ok := ix.compare(q, sc, asked, r, n); ok && f.nameScore > best.nameScore {
					best = f
				}
			}
		}
		best.number, best.nameScore = true, 1
		sc.found = append(sc.found, best)
	}
}

// byName compares the query with the listed names that share most of what is
// rare in it.
func (ix *Index) byName(q *Query, sc *scratch) (asked []names.Name) {
	if len(q.Name) > longestAsk {
		q.Name = q.Name[:longestAsk]
	}
	asked = readings(q)
	for r := range asked {
		m := &sc.asked[r]
		m.Ask(asked[r])
		from := len(sc.found)
		for _, c := range ix.candidates(sc, m, &asked[r], q.Only) {
			if f, ok := ix.compare(q, sc, asked, r, c.name); ok {
				sc.found = append(sc.found, f)
			}
		}
		ix.byWholeParties(sc, m, from)
	}
	return asked
}

// compare one reading of the name asked with a listed name; ok is false where
// the listed name is not one for it.
func (ix *Index) compare(q *Query, sc *scratch, asked []names.Name, r int, name int32) (f found, ok bool) {
	l, a, m := &ix.names[name], &asked[r], &sc.asked[r]
	switch {
	case other(q.Schema, ix.parties[l.party].Schema), l.flags&doubled != 0 && !consonantal(a):
		return f, false
	case len(asked) > 1 && (schemas[l.schema] == party.Person) != a.Person():
		return f, false // the other reading is for these
	}
	f = found{party: l.party, name: name, reading: int8(r)}
	m.Value(ix.side(l, sc.refs))
	e := m.Evidence()
	f.nameScore = likely(&e)
	f.nameScore -= min(l.cost(f.nameScore), f.nameScore)
	f.conflict = e.Conflict > 0.3 && e.Matched > 0
	return f, true
}

// readings of a query: where its type is not known, as a person's name and as
// an organisation's; a lone word is read once, for both.
func readings(q *Query) []names.Name {
	if q.Schema != "" && q.Schema != party.LegalEntity {
		return []names.Name{names.Parse(q.Name, q.Schema)}
	}
	person, body := names.Parse(q.Name, party.Person), names.Parse(q.Name, party.Organization)
	switch {
	case len(person.Words)+len(person.Extra) < 2:
		return []names.Name{body}
	case body.Words[0].Kind == names.Prefix: // MV
		return []names.Name{names.Parse(q.Name, party.Vessel)}
	}
	return []names.Name{person, body}
}

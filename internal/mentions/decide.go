package mentions

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/mentions/identity"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// Weights of evidence in log-odds against "somebody else", whose own weight
// is 0. Set by hand on data/claims (dev) and the UN list.
const (
	nameFull    = 3.0  // the listed name letter by letter
	nameSlope   = 13.0 // per point of likeness lost
	nameCommon  = 4.0  // per weight that the name's words lack to enough
	nameEnough  = 1.6
	nameRare    = 1.75
	oneWord     = -0.6 // a person's alias of one word
	partOnly    = -1.6 // a surname or part of a name alone
	weakAlias   = -0.5
	longerName  = -2.2
	nothingFits = -0.8
	otherwise   = -1.2
	acceptShare = 0.72
)

// weigh turns each bearer's candidates into hypotheses and decides.
func (r *reading) weigh() {
	ctx := r.context()
	for _, b := range r.bearers {
		r.hypotheses(b, ctx)
		b.status = r.decide(b)
	}
}

func (r *reading) hypotheses(b *bearer, ctx *identity.Text) {
	groups := map[int32]float64{} // log-odds
	hyps := map[int32]*Hypothesis{}
	most := 0
	exact := false
	for _, c := range b.cands {
		exact = exact || c.exact
	}
	order := b.order[:min(len(b.order), mostRivals)]
	for _, i := range order {
		c := b.cands[i]
		h := &Hypothesis{Party: r.ix.parties[i].ID, Name: r.ix.parties[i].PrimaryName()}
		odds := r.nameEvidence(b, c, h)
		if exact && !c.exact {
			odds += otherwise
			h.Against = append(h.Against, Evidence{Feature: "name", Weight: otherwise, Text: "another entry is listed exactly as the text writes"})
		}
		words := 0
		for _, e := range ctx.Evidence(&r.ix.parties[i], r.ix.factsOf(i), b.titles, b.fullPlaces()) {
			odds += e.Weight
			if e.Feature == "listing" {
				words++
			}
			if e.Weight >= 0 {
				h.For = append(h.For, e)
			} else {
				h.Against = append(h.Against, e)
			}
		}
		most = max(most, words)
		groups[i], hyps[i] = odds, h
	}
	r.lacking(b, ctx, groups, hyps, most)
	total := 1.0
	for _, i := range order {
		total += math.Exp(min(groups[i], 30))
	}
	for _, i := range order {
		hyps[i].Score = rounded(math.Exp(min(groups[i], 30)) / total)
		b.hyps = append(b.hyps, *hyps[i])
	}
	b.hyps = append(b.hyps, Hypothesis{Name: "somebody else", Score: rounded(1 / total), For: r.somebodyElse(b)})
	slices.SortStableFunc(b.hyps, func(x, y Hypothesis) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Party, y.Party))
	})
}

const mostRivals = 12

// rounded keeps six digits, so that a score reads the same on every machine.
func rounded(x float64) float64 { return math.Round(x*1e6) / 1e6 }

func (r *reading) somebodyElse(b *bearer) []Evidence {
	var out []Evidence
	c := b.best()
	if c.longer != "" {
		out = append(out, Evidence{Feature: "longer name", Text: "the text goes on with " + quoted(c.longer)})
	}
	if c.rarity < nameEnough && r.ix.at(c.name).name.Person() {
		out = append(out, Evidence{Feature: "common name", Text: "many people bear these words"})
	}
	return out
}

// nameEvidence gives the log-odds of the name alone.
func (r *reading) nameEvidence(b *bearer, c candidate, h *Hypothesis) float64 {
	l := r.ix.at(c.name)
	odds := nameFull - nameSlope*(1-c.score)
	h.For = append(h.For, Evidence{Feature: "name", Weight: odds, Text: r.reachOf(c), Span: c.span})
	against := func(feature string, by float64, why string) {
		odds += by
		h.Against = append(h.Against, Evidence{Feature: feature, Weight: by, Text: why, Span: c.span})
	}
	if l.name.Person() {
		full := countFull(l.name)
		switch {
		case c.numbered:
		case c.words == 1 && full > 1:
			against("part", partOnly, "one word of a longer name")
		case c.words == 1:
			against("one word", oneWord, "a name of one word")
		case c.rarity < nameEnough:
			against("common name", -nameCommon*(nameEnough-c.rarity), "its words are common in names")
		}
	} else if c.words < countFull(l.name) && c.score < 0.9 {
		against("part", partOnly/2, "only part of the body's name")
	}
	if l.weak {
		by := weakAlias
		if c.words == 1 {
			by *= 3
		}
		against("weak alias", by, "the list calls the name weak")
	}
	if n := b.spellings(r, c.party); n > 1 {
		odds += 1
		h.For = append(h.For, Evidence{Feature: "named again", Weight: 1, Text: "the text names the party in more than one listed way"})
	}
	if c.longer != "" {
		against("longer name", longerName, "the text goes on with "+quoted(c.longer))
	}
	return odds
}

// decide accepts a bearer whose leading party, with entries of other lists
// for the same bearer, is likely enough.
func (r *reading) decide(b *bearer) Status {
	lead, ok := Cluster{Hypotheses: b.hyps}.Best()
	if !ok {
		return Rejected
	}
	share := 0.0
	for _, h := range b.hyps {
		if h.Party != "" && (h.Party == lead.Party || r.sameBearer(b, lead.Party, h.Party)) {
			share += h.Score
		}
	}
	c := b.cands[b.partyOf(r, lead.Party)]
	switch {
	case share < 0.1:
		return Rejected
	case b.weak, share < acceptShare, c.thin, r.lone(c) && !b.namedMore(r):
		return Undecided
	case r.strong(c, lead), r.supported(b, c, lead), r.bare(c):
		return Accepted
	}
	return Undecided
}

// supported reports support beyond the name. A country alone is little: it
// supports only a name that is whole and nearly as listed.
func (r *reading) supported(b *bearer, c candidate, h Hypothesis) bool {
	l := r.ix.at(c.name)
	features, listing := map[string]bool{}, 0.0
	for _, e := range h.For {
		features[e.Feature] = true
		if e.Feature == "listing" {
			listing += e.Weight
		}
	}
	more := features["rank"] || features["birth year"] || features["co-named"] || features["named again"] || listing >= 2*identity.WordFits
	switch {
	case c.longer != "":
		return false
	case l.weak && (c.words == 1 || c.acronym) && !b.namedMore(r):
		return features["country"] && more
	case l.name.Person() && 2*c.words < countFull(l.name) && c.score < 0.9:
		return false
	case c.office:
		return features["country"]
	case c.words == 1 && !l.name.Person() && !c.numbered:
		// A country alone says little of three letters or one word.
		return more && (features["country"] || features["co-named"] || features["named again"] || listing >= 4*identity.WordFits)
	case more:
		return true
	}
	return features["country"] && c.score >= 0.93 && !l.weak && (c.words > 1 || c.same)
}

// bare reports an entry that gives names and nothing else, named as listed:
// nothing can support it, and nothing speaks against it.
func (r *reading) bare(c candidate) bool {
	l := r.ix.at(c.name)
	if l.weak || c.longer != "" || c.office || !r.ix.factsOf(c.party).Bare {
		return false
	}
	if c.words == 1 {
		long := c.span.Len() >= 5 || c.acronym && c.span.Len() >= 4
		return c.same && len(l.name.Extra) == 0 && long && (c.acronym || r.first(c) || r.likeFirst(c)) && r.english()
	}
	if !l.name.Person() {
		return c.score >= 0.84 && (c.words > 3 || tellingName(l.name))
	}
	return c.score >= 0.84 && c.words >= wholeName(l.name)
}

// tellingName reports a distinctive word in a body's name.
func tellingName(n names.Name) bool {
	for _, w := range n.Words {
		if distinctive(w) {
			return true
		}
	}
	return false
}

// wholeName is the number of words that a person's name must show to be whole:
// patronymics are left out by most writers.
func wholeName(n names.Name) int {
	k := 0
	for _, w := range n.Words {
		if w.Kind == names.Plain {
			k++
		}
	}
	return k
}

// likeFirst reports another spelling of the party's first name: Hezbollah where
// Hizballah stands first, but not any by-name.
func (r *reading) likeFirst(c candidate) bool {
	first := r.ix.nameOfParty(c.party)
	if first < 0 {
		return false
	}
	a, b := r.ix.at(c.name).name, r.ix.at(uint32(first)).name
	return len(a.Words) == 1 && len(b.Words) == 1 && names.WordLikeness(a.Words[0], b.Words[0]) >= leastPerson
}

// first reports the party's own, first name.
func (r *reading) first(c candidate) bool {
	return c.name == 0 || r.ix.names[c.name-1].party != c.party
}

// strong reports a body's name that may stand for its bearer without more:
// listed letter by letter or nearly, whole, and of rare words.
func (r *reading) strong(c candidate, h Hypothesis) bool {
	l := r.ix.at(c.name)
	if c.numbered {
		return true
	}
	if c.longer != "" || l.weak {
		return false
	}
	if l.name.Person() {
		return false // a full name, however rare, may be another bearer's
	}
	rare := 0
	for _, w := range l.name.Words {
		if distinctive(w) {
			rare++
		}
	}
	if c.words == 1 {
		// One word may be a word of another language, or somebody else's brand:
		// something of the entry must stand in the text.
		return rare == 1 && c.same && !c.acronym && len(l.name.Extra) == 0 && c.span.Len() >= 5 && r.english() && touches(h)
	}
	return rare > 0 && c.score >= 0.9 && !c.office
}

// english reports a text in English; of a text that states no language, one
// that uses its article as English does.
func (r *reading) english() bool {
	if r.article.Language != "" {
		return r.article.Language == "en"
	}
	head := r.text[:min(len(r.text), 3000)]
	return strings.Count(head, " the ")*400 >= len(head) || len(head) < 200 && !strings.Contains(head, " le ") && !strings.Contains(head, " la ")
}

// touches reports that the entry itself, not the name alone, meets the text: its
// country, a companion, or more than one of its words.
func touches(h Hypothesis) bool {
	listing := 0.0
	for _, e := range h.For {
		switch e.Feature {
		case "country", "co-named", "named again", "rank":
			return true
		case "listing":
			listing += e.Weight
		}
	}
	return listing >= 2*identity.WordFits
}

// namedMore reports another name of the bearer in the text.
func (b *bearer) namedMore(r *reading) bool {
	for _, c := range b.names {
		if !r.lone(c) && !c.partial {
			return true
		}
	}
	return false
}

// spellings counts the different listed names of a party that the text uses.
func (b *bearer) spellings(r *reading, i int32) int {
	seen := map[string]bool{}
	for _, c := range b.names {
		if c.party == i && !c.partial {
			key := ""
			for _, w := range r.ix.at(c.name).name.Words {
				key += w.Key + " "
			}
			seen[key] = true // Liga and Ligue are one way
		}
	}
	return len(seen)
}

func (b *bearer) partyOf(r *reading, id string) int32 {
	for _, i := range b.order {
		if r.ix.parties[i].ID == id {
			return i
		}
	}
	return b.order[0]
}

// sameBearer reports entries of two lists (or two entries of one) that seem to
// list one bearer: equal names and nothing that contradicts. Answers are kept,
// for the same pairs come back in text after text.
func (r *reading) sameBearer(b *bearer, x, y string) bool {
	p, q := int32(-1), int32(-1)
	for _, i := range b.order {
		switch r.ix.parties[i].ID {
		case x:
			p = i
		case y:
			q = i
		}
	}
	if p < 0 || q < 0 {
		return false
	}
	pair := [2]int32{min(p, q), max(p, q)}
	same, known := r.scan.same[pair]
	if !known {
		same = r.ix.oneBearer(pair[0], pair[1])
		if len(r.scan.same) >= mostPairs || r.scan.same == nil {
			r.scan.same = map[[2]int32]bool{}
		}
		r.scan.same[pair] = same
	}
	return same
}

const (
	mostPairs  = 1 << 14 // answers of sameBearer that one scan keeps
	namesOfOne = 12      // names of an entry that are compared with another's
)

func (ix *Index) oneBearer(p, q int32) bool {
	if birthsDiffer(&ix.parties[p], &ix.parties[q]) {
		return false
	}
	mine, yours := ix.namesOf(p), ix.namesOf(q)
	for _, n := range mine {
		for _, m := range yours {
			if names.Compare(ix.at(n).name, ix.at(m).name).Value >= 0.97 {
				return true
			}
		}
	}
	return false
}

// namesOf are the first names of a party, by number.
func (ix *Index) namesOf(p int32) []uint32 {
	first := ix.nameOfParty(p)
	var out []uint32
	for i := first; i >= 0 && i < len(ix.names) && ix.names[i].party == p && len(out) < namesOfOne; i++ {
		out = append(out, uint32(i))
	}
	return out
}

func birthsDiffer(p, q *party.Party) bool {
	said := false
	for _, a := range p.Births {
		for _, c := range q.Births {
			if a.Window.IsZero() || c.Window.IsZero() {
				continue
			}
			said = true
			if a.Window.Overlaps(c.Window) {
				return false
			}
		}
	}
	return said
}

// lacking counts against a rival whose entry tells much of which the text has
// nothing, where another's entry fits.
func (r *reading) lacking(b *bearer, ctx *identity.Text, odds map[int32]float64, hyps map[int32]*Hypothesis, most int) {
	if len(hyps) < 2 {
		return
	}
	lead := math.Inf(-1)
	for _, i := range b.order {
		if o, ok := odds[i]; ok {
			lead = max(lead, o)
		}
	}
	for i, h := range hyps {
		if odds[i] == lead {
			continue
		}
		mine := 0
		for _, e := range h.For {
			if e.Feature == "listing" {
				mine++
			}
		}
		missing := ctx.Missing(r.ix.factsOf(i))
		if mine > 0 || len(missing) == 0 {
			continue
		}
		w := nothingFits * math.Min(1, 0.3+float64(most)/2)
		odds[i] += w
		h.Against = append(h.Against, Evidence{Feature: "listing", Weight: w, Text: "nothing in the text about " + strings.Join(missing, ", ")})
	}
}

// context reads the text for evidence beyond the names.
func (r *reading) context() *identity.Text {
	own, parties := map[uint64]bool{}, map[string]bool{}
	for _, b := range r.bearers {
		for _, cand := range b.names {
			for _, w := range names.Words(cand.span.Of(r.text)) {
				if k := identity.Telling(w.Text); k != 0 {
					own[k] = true
				}
			}
		}
		parties[r.ix.parties[b.order[0]].ID] = true
	}
	return r.scan.identity.Read(r.text, r.article.Language, own, parties, r.article.Day())
}

// fullPlaces are where the text gives the bearer's name in full.
func (b *bearer) fullPlaces() []story.Span {
	var out []story.Span
	for _, p := range b.places {
		if p.form == Full || p.form == Alias {
			out = append(out, p.span)
		}
	}
	return out
}

package mentions

import (
	_ "embed" // countries.tsv
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// Weights in log-odds; see decide.go.
const (
	countryFits  = 0.8
	titleFits    = 0.7
	wordFits     = 0.3
	wordsMost    = 1.8
	companyFits  = 0.5
	yearFits     = 1.5
	nothingFits  = -0.8
	otherSex     = -1.5
	textRead     = 200_000 // bytes of a text that evidence is looked for in
	listingWords = 400     // words of a listing that are looked for
)

//go:embed countries.tsv
var countryFile string

// countryWords maps words in Latin letters (names of countries and of their
// people) to codes.
var countryWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for l := range strings.Lines(countryFile) {
		f := strings.Fields(l)
		if len(f) < 2 || strings.HasPrefix(l, "#") {
			continue
		}
		for _, w := range f[1:] {
			out[string(names.AppendFold(nil, w))] = f[0]
		}
	}
	return out
})

func isCountryWord(w string) bool { return countryWords()[w] != "" }

// context is what a text says besides names: where each informative word
// stands first.
type context struct {
	text      string
	words     map[string]story.Span // by sound
	countries map[string]story.Span
	years     map[string]story.Span
	stale     map[string]bool // sounds of words of too many entries
	own       map[string]bool // sounds of the words of the names themselves
	parties   map[string]bool // leading parties of the text
	male      bool
	female    bool
}

func (r *reading) context() *context {
	c := &context{text: r.text, words: map[string]story.Span{}, countries: map[string]story.Span{}, years: map[string]story.Span{}, own: map[string]bool{}, stale: r.ix.stale, parties: map[string]bool{}}
	text := r.text[:min(len(r.text), textRead)]
	for i := 0; i < len(text); {
		k := kindOfByte[text[i]]
		if k == other {
			i++
			continue
		}
		end := i
		for end < len(text) && kindOfByte[text[end]] != other {
			end++
		}
		c.word(text, i, end)
		i = end
	}
	for _, b := range r.bearers {
		for _, cand := range b.names {
			for _, w := range names.Words(cand.span.Of(r.text)) {
				c.own[w.Key] = true
			}
		}
		c.parties[r.ix.parties[b.order[0]].ID] = true
	}
	return c
}

func (c *context) word(text string, from, to int) {
	piece := text[from:to]
	if to-from > 40 {
		return
	}
	var buf [48]byte
	w := string(names.AppendFold(buf[:0], piece))
	at := story.Span{Start: from, End: to}
	if len(w) == 4 && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20")) {
		if _, ok := c.years[w]; !ok {
			c.years[w] = at
		}
		return
	}
	if code := countryWords()[w]; code != "" && code != "XX" {
		if _, ok := c.countries[code]; !ok {
			c.countries[code] = at
		}
	}
	if k, ok := telling(w); ok {
		if _, had := c.words[k]; !had {
			c.words[k] = at
		}
	}
}

// telling gives the sound of a word that says something: long enough and not
// one of the most ordinary.
func telling(w string) (string, bool) {
	if len(w) < 4 || names.Ordinary(w) > 15 || names.Bearers(w) > 300 {
		return "", false
	}
	k := sound.Key(strings.TrimSuffix(w, "s"))
	return k, len(k) > 2
}

// evidence lists what the text says for and against a party beyond the name.
func (c *context) evidence(p *party.Party, b *bearer, r *reading) []Evidence {
	var out []Evidence
	codes := countriesOf(p)
	fits := false
	for _, code := range codes {
		if at, ok := c.countries[code]; ok && !fits {
			fits = true
			out = append(out, Evidence{"country", countryFits, "the list connects the party with " + code + ", the text speaks of it", at})
		}
	}
	out = append(out, c.title(p, b)...)
	out = append(out, c.listing(p)...)
	for _, birth := range p.Births {
		if y := birth.Window.Earliest.Year; y != 0 && y == birth.Window.Latest.Year {
			if at, ok := c.years[yearText(y)]; ok && bornNear(c.text, at) {
				out = append(out, Evidence{"birth year", yearFits, fmt.Sprintf("born %d by the list, the year stands in the text", y), at})
			}
		}
	}
	out = append(out, r.otherLife(p, b)...)
	for _, rel := range p.Relations {
		if rel.Target != "" && rel.Target != p.ID && c.parties[rel.Target] {
			out = append(out, Evidence{"co-named", companyFits, "named beside " + rel.Name, story.Span{}})
			break
		}
	}
	return out
}

// bornNear reports that the text speaks of a birth right before a year.
func bornNear(text string, at story.Span) bool {
	before := strings.ToLower(text[max(0, at.Start-40):at.Start])
	return strings.Contains(before, "born") || strings.Contains(before, "birth")
}

// title compares the ranks and offices that the text gives the bearer with
// those of the listing.
func (c *context) title(p *party.Party, b *bearer) []Evidence {
	if len(b.titles) == 0 {
		return nil
	}
	said := map[string]bool{}
	for _, t := range p.Titles {
		addWords(said, t)
	}
	for _, pos := range p.Positions {
		addWords(said, pos.Title)
	}
	for _, n := range p.Notes {
		addWords(said, n)
	}
	var fit []string
	for t := range b.titles { // sorted below
		if said[t] && !qualifier(t) {
			fit = append(fit, t)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	sort.Strings(fit)
	return []Evidence{{"rank", titleFits, "called " + strings.Join(fit, " ") + " by the text and by the list", story.Span{}}}
}

// qualifier reports words of titles that hundreds of listings share.
func qualifier(t string) bool {
	switch t {
	case "former", "deputy", "acting", "vice", "chief", "foreign", "defence", "defense", "interior", "finance", "ex", "minister", "secretary", "member", "director":
		return true
	}
	return false
}

func addWords(set map[string]bool, text string) {
	for _, w := range strings.Fields(names.Fold(text)) {
		set[w] = true
	}
}

// listing counts the telling words of the entry that the text uses too.
func (c *context) listing(p *party.Party) []Evidence {
	var out []Evidence
	seen := map[string]bool{}
	sum := 0.0
	n := 0
	for _, w := range wordsOfListing(p) {
		k, ok := telling(w)
		if !ok || seen[k] || c.own[k] || c.stale[k] || isCountryWord(w) {
			continue
		}
		seen[k] = true
		if n++; n > listingWords {
			break
		}
		at, ok := c.words[k]
		if !ok || sum >= wordsMost {
			continue
		}
		v := wordFits
		if names.Ordinary(w) > 4 {
			v /= 2
		}
		v = min(v, wordsMost-sum)
		sum += v
		out = append(out, Evidence{"listing", v, "the entry and the text speak of " + w, at})
	}
	return out
}

// staleWords are those that stand in more than one entry of eighty
// (pursuant, associated, November): they tell no entry from another.
func staleWords(parties []party.Party) map[string]bool {
	step := max(1, len(parties)/2000)
	counts := map[string]int{}
	n := 0
	for i := 0; i < len(parties); i += step {
		n++
		seen := map[string]bool{}
		for _, w := range wordsOfListing(&parties[i]) {
			if k, ok := telling(w); ok && !seen[k] {
				seen[k] = true
				counts[k]++
			}
		}
	}
	out := map[string]bool{}
	for k, c := range counts {
		if c > 5 && c*80 > n {
			out[k] = true
		}
	}
	return out
}

func wordsOfListing(p *party.Party) []string {
	var b strings.Builder
	add := func(s string) {
		if b.Len() < 6000 {
			b.WriteString(s)
			b.WriteByte(' ')
		}
	}
	for _, pos := range p.Positions {
		add(pos.Title)
		add(pos.Body)
	}
	for _, t := range p.Titles {
		add(t)
	}
	for _, d := range p.Designations {
		add(d.Reasons)
	}
	for _, n := range p.Notes {
		add(n)
	}
	for _, a := range p.Addresses {
		add(a.City)
	}
	for _, r := range p.Relations {
		add(r.Name)
	}
	var out []string
	for _, piece := range strings.Fields(b.String()) {
		out = append(out, strings.Fields(names.Fold(piece))...)
	}
	return out
}

// lacking counts against a rival whose entry tells much of which the text has
// nothing, where another's entry fits.
func (r *reading) lacking(b *bearer, ctx *context, odds map[int32]float64, hyps map[int32]*Hypothesis, most int) {
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
		p := &r.ix.parties[i]
		mine := 0
		for _, e := range h.For {
			if e.Feature == "listing" {
				mine++
			}
		}
		missing := missingWords(p, ctx)
		if mine > 0 || len(missing) == 0 {
			continue
		}
		w := nothingFits * math.Min(1, 0.3+float64(most)/2)
		odds[i] += w
		h.Against = append(h.Against, Evidence{"listing", w, "nothing in the text about " + strings.Join(missing, ", "), story.Span{}})
	}
}

// missingWords are up to three telling words of an entry's description.
func missingWords(p *party.Party, ctx *context) []string {
	var out []string
	for _, w := range wordsOfListing(p) {
		k, ok := telling(w)
		if !ok || ctx.own[k] || ctx.stale[k] || isCountryWord(w) || names.Ordinary(w) > 8 && len(out) == 0 {
			continue
		}
		if _, in := ctx.words[k]; in {
			continue
		}
		if slices.Contains(out, w) {
			continue
		}
		out = append(out, w)
		if len(out) == 3 {
			break
		}
	}
	return out
}

func countriesOf(p *party.Party) []string {
	var out []string
	add := func(code string) {
		if code != "" {
			out = append(out, strings.ToUpper(code))
		}
	}
	for _, n := range p.Nationalities {
		add(n.Code)
	}
	for _, b := range p.Births {
		add(b.In.Code)
	}
	for _, a := range p.Addresses {
		add(a.In.Code)
	}
	for _, d := range p.Documents {
		add(d.Country.Code)
	}
	if p.Vessel != nil {
		add(p.Vessel.Flag.Code)
	}
	return out
}

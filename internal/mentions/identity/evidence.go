package identity

import (
	_ "embed" // countries.tsv
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// Weights in log-odds, set by hand on data/claims (dev) and the UN list.
const (
	countryFits  = 0.8
	titleFits    = 0.7
	WordFits     = 0.3
	wordsMost    = 1.8
	companyFits  = 0.5
	yearFits     = 1.5
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

// IsCountryWord reports a word that names a country, its people, or a region.
func IsCountryWord(w string) bool { return countryWords()[w] != "" }

// Reason is one piece of evidence with its weight in log-odds against
// somebody else.
type Reason struct {
	Feature string // "name", "rank", "country", "co-named", ...
	Weight  float64
	Text    string     // in words
	Span    story.Span // where the text shows it; zero if the list alone does
}

// Text is what a text says besides names: where each informative word
// stands first.
type Text struct {
	text      string
	words     map[string]story.Span // by sound
	countries map[string]story.Span
	years     map[string]story.Span
	stale     map[string]bool // sounds of words of too many entries
	own       map[string]bool // sounds of the words of the names themselves
	parties   map[string]bool // leading parties of the text
	day       calendar.Date
	foreign   bool // not English: words of callings mean other things there ("chef")
}

// Read takes in a text: own are the sounds of the names that stand in it,
// stale those of words that tell no entry from another, parties the IDs of the
// leading candidates. Day is the day of publication, zero if unknown; language
// is the text's, "" if unknown.
func Read(text, language string, own, stale, parties map[string]bool, day calendar.Date) *Text {
	c := &Text{text: text, words: map[string]story.Span{}, countries: map[string]story.Span{}, years: map[string]story.Span{}, own: own, stale: stale, parties: parties, day: day, foreign: language != "" && language != "en"}
	text = text[:min(len(text), textRead)]
	for i := 0; i < len(text); {
		if runs.KindOfByte[text[i]] == runs.Other {
			i++
			continue
		}
		end := i
		for end < len(text) && runs.KindOfByte[text[end]] != runs.Other {
			end++
		}
		c.word(text, i, end)
		i = end
	}
	return c
}

func (c *Text) word(text string, from, to int) {
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
	code := countryWords()[w]
	if code == "XX" || code == "SD" {
		code = twoWords(text[:from], w, code)
	}
	if code != "" && code != "XX" {
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

// twoWords reads peoples whose name has two words: the second alone is another
// one's or a continent's.
func twoWords(before, w, code string) string {
	before = strings.TrimRight(before, " -")
	first := strings.ToLower(before[strings.LastIndexAny(before, " \n-")+1:])
	switch first + " " + w {
	case "central african":
		return "CF"
	case "south african":
		return "ZA"
	case "south sudanese", "south sudan":
		return "SS"
	}
	return code
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

// Evidence lists what the text says for and against a party beyond the name.
func (c *Text) Evidence(p *party.Party, titles map[string]bool, near []story.Span) []Reason {
	var out []Reason
	codes := CountriesOf(p)
	fits := false
	for _, code := range codes {
		if at, ok := c.countries[code]; ok && !fits {
			fits = true
			out = append(out, Reason{"country", countryFits, "the list connects the party with " + code + ", the text speaks of it", at})
		}
	}
	out = append(out, c.title(p, titles)...)
	out = append(out, c.listing(p)...)
	for _, birth := range p.Births {
		if y := birth.Window.Earliest.Year; y != 0 && y == birth.Window.Latest.Year {
			if at, ok := c.years[strconv.Itoa(y)]; ok && bornNear(c.text, at) {
				out = append(out, Reason{"birth year", yearFits, fmt.Sprintf("born %d by the list, the year stands in the text", y), at})
			}
		}
	}
	out = append(out, c.otherLife(p, near)...)
	for _, rel := range p.Relations {
		if rel.Target != "" && rel.Target != p.ID && c.parties[rel.Target] {
			out = append(out, Reason{"co-named", companyFits, "named beside " + rel.Name, story.Span{}})
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
func (c *Text) title(p *party.Party, titles map[string]bool) []Reason {
	if len(titles) == 0 {
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
	for t := range titles { // sorted below
		if said[t] && !qualifier(t) {
			fit = append(fit, t)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	sort.Strings(fit)
	return []Reason{{"rank", titleFits, "called " + strings.Join(fit, " ") + " by the text and by the list", story.Span{}}}
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
func (c *Text) listing(p *party.Party) []Reason {
	var out []Reason
	seen := map[string]bool{}
	sum := 0.0
	n := 0
	for _, w := range wordsOfListing(p) {
		k, ok := telling(w)
		if !ok || seen[k] || c.own[k] || c.stale[k] || IsCountryWord(w) {
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
		v := WordFits
		if names.Ordinary(w) > 4 {
			v /= 2
		}
		v = min(v, wordsMost-sum)
		sum += v
		out = append(out, Reason{"listing", v, "the entry and the text speak of " + w, at})
	}
	return out
}

// StaleWords are those that stand in more than one entry of eighty
// (pursuant, associated, November): they tell no entry from another.
func StaleWords(parties []party.Party) map[string]bool {
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

// Missing are up to three telling words of an entry's description.
func (c *Text) Missing(p *party.Party) []string {
	var out []string
	for _, w := range wordsOfListing(p) {
		k, ok := telling(w)
		if !ok || c.own[k] || c.stale[k] || IsCountryWord(w) || names.Ordinary(w) > 8 && len(out) == 0 {
			continue
		}
		if _, in := c.words[k]; in {
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

// CountriesOf are the countries that an entry connects with its party.
func CountriesOf(p *party.Party) []string {
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

// CountryOf is the code of a country word, "" for others.
func CountryOf(w string) string { return countryWords()[w] }

// Factless reports an entry that says nothing but names.
func Factless(p *party.Party) bool {
	return len(CountriesOf(p)) == 0 && len(p.Positions) == 0 && len(p.Births) == 0 && len(wordsOfListing(p)) == 0
}

package identity

import (
	_ "embed" // countries.tsv
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/zeebo/xxh3"

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
	words     map[uint64]int // hash of the sound -> where it stands first
	countries map[string]story.Span
	years     map[string]story.Span
	own       map[uint64]bool // sounds of the words of the names themselves
	parties   map[string]bool // leading parties of the text
	day       calendar.Date
	foreign   bool // not English: words of callings mean other things there ("chef")
}

// Reader reads texts for evidence and remembers what it learnt of words. It is
// for one goroutine at a time.
type Reader struct {
	known []word
	first map[uint64]int
}

// word is what one spelling says.
type word struct {
	hash    uint64
	tells   uint64 // hash of its sound, 0 if it tells nothing
	country string
	year    bool
}

const readerSize = 1 << 16

func (r *Reader) word(piece string) *word {
	h := xxh3.HashString(piece)
	w := &r.known[h%readerSize]
	if w.hash == h {
		return w
	}
	var buf [48]byte
	t := string(names.AppendFold(buf[:0], piece))
	*w = word{hash: h, year: len(t) == 4 && (strings.HasPrefix(t, "19") || strings.HasPrefix(t, "20"))}
	if w.year {
		return w
	}
	w.country = countryWords()[t]
	w.tells = Telling(t)
	return w
}

// Read takes in a text: own are the sounds of the names that stand in it
// (Telling), parties the IDs of the leading candidates. Day is the day of
// publication, zero if unknown; language is the text's, "" if unknown. The
// Text is good until the next Read.
func (r *Reader) Read(text, language string, own map[uint64]bool, parties map[string]bool, day calendar.Date) *Text {
	if r.known == nil {
		r.known, r.first = make([]word, readerSize), map[uint64]int{}
	}
	if len(r.first) > readerSize {
		r.first = map[uint64]int{}
	}
	clear(r.first)
	c := &Text{text: text, words: r.first, countries: map[string]story.Span{}, years: map[string]story.Span{}, own: own, parties: parties, day: day, foreign: language != "" && language != "en"}
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
		if end-i > 3 && end-i <= 40 || runs.KindOfByte[text[i]] != runs.Lower && end-i > 1 && end-i < 4 {
			c.word(r.word(text[i:end]), i, end)
		}
		i = end
	}
	return c
}

func (c *Text) word(w *word, from, to int) {
	at := story.Span{Start: from, End: to}
	switch {
	case w.year:
		if _, ok := c.years[c.text[from:to]]; !ok {
			c.years[c.text[from:to]] = at
		}
		return
	case w.country != "":
		code := w.country
		if code == "XX" || code == "SD" {
			code = twoWords(c.text[:from], c.text[from:to], code)
		}
		if _, ok := c.countries[code]; !ok && code != "XX" {
			c.countries[code] = at
		}
	}
	if w.tells != 0 {
		if _, had := c.words[w.tells]; !had {
			c.words[w.tells] = from
		}
	}
}

// twoWords reads peoples whose name has two words: the second alone is another
// one's or a continent's.
func twoWords(before, w, code string) string {
	before = strings.TrimRight(before, " -")
	first := before[strings.LastIndexAny(before, " \n-")+1:]
	if len(first) > 10 {
		return code
	}
	switch strings.ToLower(first + " " + w) {
	case "central african":
		return "CF"
	case "south african":
		return "ZA"
	case "south sudanese", "south sudan":
		return "SS"
	}
	return code
}

// Telling is the hash of the sound of a word that says something: long enough
// and not one of the most ordinary. It is 0 for others.
func Telling(w string) uint64 {
	if len(w) < 4 || names.Ordinary(w) > 15 || names.Bearers(w) > 300 {
		return 0
	}
	return soundOf(w)
}

func soundOf(w string) uint64 {
	k := sound.Key(strings.TrimSuffix(w, "s"))
	if len(k) < 3 {
		return 0
	}
	return runs.Hash(k)
}

// Evidence lists what the text says for and against a party beyond the name.
func (c *Text) Evidence(p *party.Party, f *Facts, titles map[string]bool, near []story.Span) []Reason {
	var out []Reason
	for _, code := range f.countries {
		if at, ok := c.countries[code]; ok {
			out = append(out, Reason{"country", countryFits, "the list connects the party with " + code + ", the text speaks of it", at})
			break
		}
	}
	out = append(out, f.title(titles)...)
	out = append(out, c.listing(f)...)
	for _, birth := range p.Births {
		if y := birth.Window.Earliest.Year; y != 0 && y == birth.Window.Latest.Year {
			if at, ok := c.years[strconv.Itoa(y)]; ok && bornNear(c.text, at) {
				out = append(out, Reason{"birth year", yearFits, fmt.Sprintf("born %d by the list, the year stands in the text", y), at})
			}
		}
	}
	out = append(out, c.otherLife(p, f, near)...)
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
func (f *Facts) title(titles map[string]bool) []Reason {
	var fit []string
	for t := range titles { // sorted below
		if f.called[t] && !qualifier(t) {
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

// listing counts the telling words of the entry that the text uses too.
func (c *Text) listing(f *Facts) []Reason {
	var out []Reason
	sum := 0.0
	for _, w := range f.listing {
		from, ok := c.words[w.tells]
		if !ok || c.own[w.tells] {
			continue
		}
		v := WordFits
		if w.ordinary > 4 {
			v /= 2
		}
		v = min(v, wordsMost-sum)
		sum += v
		out = append(out, Reason{"listing", v, "the entry and the text speak of " + w.text, c.at(from)})
		if sum >= wordsMost {
			break
		}
	}
	return out
}

// at is the word of the text that begins there.
func (c *Text) at(from int) story.Span {
	end := from
	for end < len(c.text) && runs.KindOfByte[c.text[end]] != runs.Other {
		end++
	}
	return story.Span{Start: from, End: end}
}

// StaleWords are those that stand in more than one entry of eighty
// (pursuant, associated, November): they tell no entry from another.
func StaleWords(parties []party.Party) map[uint64]bool {
	step := max(1, len(parties)/2000)
	counts := map[uint64]int{}
	n := 0
	for i := 0; i < len(parties); i += step {
		n++
		seen := map[uint64]bool{}
		for _, w := range wordsOfListing(&parties[i]) {
			if k := Telling(w); k != 0 && !seen[k] {
				seen[k] = true
				counts[k]++
			}
		}
	}
	out := map[uint64]bool{}
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
func (c *Text) Missing(f *Facts) []string {
	var out []string
	for _, w := range f.listing {
		if c.own[w.tells] || w.ordinary > 8 && len(out) == 0 {
			continue
		}
		if _, in := c.words[w.tells]; in {
			continue
		}
		out = append(out, w.text)
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

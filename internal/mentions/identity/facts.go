package identity

import (
	"strings"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
)

// Facts are what an entry says beyond its names, folded once so that many
// texts can be held against it.
type Facts struct {
	// Bare: the entry says nothing but names.
	Bare      bool
	countries []string
	called    map[string]bool // words of titles, positions and notes
	listing   []listingWord   // telling words, each sound once
	callings  map[string]bool // words of lives.tsv that the entry has itself
}

type listingWord struct {
	text     string
	tells    uint64
	ordinary int
}

// FactsOf reads an entry. Stale are the sounds of words that tell no entry
// from another.
func FactsOf(p *party.Party, stale map[uint64]bool) *Facts {
	f := &Facts{countries: CountriesOf(p), called: map[string]bool{}, callings: map[string]bool{}}
	words := wordsOfListing(p)
	f.Bare = len(f.countries) == 0 && len(p.Positions) == 0 && len(p.Births) == 0 && len(words) == 0
	seen := map[uint64]bool{}
	for _, w := range words {
		if lives()[w] {
			f.callings[w] = true
		}
		k := Telling(w)
		if k == 0 || seen[k] || stale[k] || IsCountryWord(w) || len(f.listing) == listingWords {
			continue
		}
		seen[k] = true
		f.listing = append(f.listing, listingWord{w, k, names.Ordinary(w)})
	}
	for _, t := range p.Titles {
		f.call(t)
	}
	for _, pos := range p.Positions {
		f.call(pos.Title)
	}
	for _, n := range p.Notes {
		f.call(n)
	}
	// Amir, Sultan or Qari that stand in the name itself are no rank.
	for _, n := range p.Names[:min(len(p.Names), 50)] {
		for _, w := range strings.Fields(names.Fold(n.Text)) {
			delete(f.called, w)
		}
	}
	return f
}

func (f *Facts) call(text string) {
	for _, w := range strings.Fields(names.Fold(text)) {
		f.called[w] = true
	}
}

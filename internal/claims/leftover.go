package claims

import "github.com/reportedly/reportedly/internal/claims/surface"

// leftOver reads by the order of words the sentences that name a listed party
// and of which the tree gave no deed: parsers go astray over long titles and
// appositions before the verb. What the tree told is never told again.
func (r *reader) leftOver() {
	open := map[int]bool{}
	for n := range r.in.Document.Sentences {
		if r.NamesListed(n) && !surface.Doubtful(r.in.Document.Sentences[n]) {
			open[n] = true
		}
	}
	if len(open) == 0 {
		return
	}
	left := func(n int) bool { return open[n] }
	in := surface.Input{Document: r.in.Document, Mentions: r.in.Mentions, Places: r.Places, Only: left, Person: r.Travels}
	if deeds, ok, err := surface.Read(in); err != nil || !ok || len(r.fresh(deeds)) == 0 {
		return // nothing to ask dates and speech for
	}
	in.Dates, in.Speech = r.dates(), r.Speech()
	deeds, _, _ := surface.Read(in)
	for _, d := range r.fresh(deeds) {
		if !d.Act.IsDenialOrNone() && d.Polarity != "-" {
			r.tell(d)
		}
	}
}

// fresh leaves out deeds of a kind that the tree found in the same sentence.
func (r *reader) fresh(deeds []surface.Deed) []surface.Deed {
	var out []surface.Deed
	for _, d := range deeds {
		told := false
		for _, c := range r.found {
			told = told || c.Sentence == d.Sentence && (c.Activity == d.Activity || c.Activity.Family() == d.Activity.Family() && d.Activity.Family() != "MET")
		}
		if !told {
			out = append(out, d)
		}
	}
	return out
}

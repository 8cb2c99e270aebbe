package echoes

import (
	"cmp"
	"slices"
)

// hits of one article: keys that it shares with the one asked about.
type hits struct{ runs, facts uint16 }

// candidate is an article worth a comparison; text tells that runs of words
// are shared, not facts alone.
type candidate struct {
	at   uint32
	n    hits
	text bool
}

const (
	// leastShared names and numbers, or some runs of five words, make a pair worth
	// a comparison.
	leastShared = 3
	// mostCompared bounds the comparisons of one article: those that share most.
	mostCompared = 128
)

// Least shares, below the thresholds of relate, that make a pair worth fetching
// its print. They are estimates: shingles are a sample, and names of one sound
// fall together in the postings.
const (
	fewRuns         = 0.04
	fewFacts        = 0.8 * sameFacts
	fewFactsForeign = 0.12 // other scripts: facts are counted in few names, posted are all words
)

// weeksAround are those in which facts are looked up.
const weeksAround = 2

// candidates are the articles worth a comparison, in order of entry.
func (x *Index) candidates(p *print) []candidate {
	touched, common := x.count(p)
	mine := cardOf(p)
	var out []candidate
	for _, i := range touched {
		n := x.score[i]
		x.score[i] = hits{}
		if c, ok := x.worth(mine, i, n, common); ok {
			out = append(out, c)
		}
	}
	if len(out) > mostCompared {
		slices.SortFunc(out, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a.at, b.at))
		})
		out = out[:mostCompared]
	}
	slices.SortFunc(out, func(a, b candidate) int { return cmp.Compare(a.at, b.at) })
	return out
}

func (c candidate) weight() int { return 2*int(c.n.runs) + int(c.n.facts) }

// count marks in score which articles share keys with p, and counts for each
// week how many of its facts are common.
func (x *Index) count(p *print) (touched []uint32, common [2*weeksAround + 1]int) {
	var one [1]uint32
	hit := func(i uint32) *hits {
		n := &x.score[i]
		if *n == (hits{}) {
			touched = append(touched, i)
		}
		return n
	}
	lv := level(len(p.five))
	for _, h := range p.five {
		if sampled(h, lv) {
			docs, _ := x.posted.Of(shingleKey(h), &one)
			for _, i := range docs {
				hit(i).runs++
			}
		}
	}
	for w := range common {
		around := int64(w - weeksAround)
		if p.published == 0 && around != 0 {
			continue
		}
		p.factKeys(around, func(k uint64) {
			docs, full := x.posted.Of(k, &one)
			if full {
				common[w]++
			}
			for _, i := range docs {
				hit(i).facts++
			}
		})
	}
	return touched, common
}

// worth tells whether an article is worth a comparison by what it shares.
func (x *Index) worth(p card, i uint32, n hits, common [2*weeksAround + 1]int) (candidate, bool) {
	c := x.cards[i]
	if c.id == "" {
		return candidate{}, false
	}
	out := candidate{at: i, n: n}
	seen := float64(min(c.five, p.five)>>max(c.level, p.level)) + 1
	if n.runs > 0 && float64(n.runs) >= fewRuns*seen {
		out.text = true
		return out, true
	}
	if n.facts < leastShared {
		return out, false
	}
	same := c.outlet == p.outlet
	if p.published != 0 && c.published != 0 {
		apart := max(p.published-c.published, c.published-p.published)
		if !same && apart > echoDays*86400 {
			return out, false
		}
	}
	if same && !c.update && !p.update {
		return out, false
	}
	facts := float64(min(c.facts, p.facts))
	if c.uncased || p.uncased || c.language != p.language {
		return out, n.facts >= foreignFacts+leastShared || float64(n.facts) >= fewFactsForeign*facts
	}
	// What is common was not looked up; all of it may be shared.
	shared := float64(n.facts)
	if w := int(c.published/week-p.published/week) + weeksAround; w >= 0 && w < len(common) {
		shared += float64(common[w])
	}
	return out, shared >= fewFacts*facts
}

func cardOf(p *print) card {
	c := card{id: p.id, published: p.published, outlet: hash32(p.outlet), five: uint16(min(len(p.five), 1<<16-1)), facts: uint16(min(len(p.loose)+len(p.numbers), 1<<16-1)),
		level: level(len(p.five)), uncased: p.uncased, update: p.update}
	if p.language != "" {
		c.language = uint16(hash32(p.language)) | 1
	}
	return c
}

// relatable tells of two articles that share no text to speak of whether relate
// can find anything: the same conditions, the cheap ones first, without
// measuring texts.
func relatable(p, q *print) bool {
	a, b := ordered(p, q)
	foreign := a.language != b.language && a.language != "" && b.language != ""
	an, bn := factsOf(a, b, foreign)
	names := sharedCount(an, bn)
	if names < 2 {
		return false
	}
	numbers := sharedCount(a.numbers, b.numbers)
	facts := factShare(a, b, names+numbers)
	switch {
	case a.outlet != "" && a.outlet == b.outlet:
		return b.update && facts >= sameFacts
	case foreign:
		return facts >= sameFacts || names+numbers >= foreignFacts
	case facts < sameFacts:
		return false
	case facts >= spunFacts || credit(a, b) != "":
		return true
	}
	return strongShared(a, b)
}

func strongShared(a, b *print) bool {
	strong := 0
	for x, y := range inBoth(a.rare, b.rare) {
		if min(x.bits, y.bits) >= strongBits {
			strong++
		}
	}
	return strong >= strongNeeded(a, b)
}

func sharedCount(a, b []item) int {
	n := 0
	for range inBoth(a, b) {
		n++
	}
	return n
}

package coreference

// Kind of a bearer, by what its list says.
type Kind int

// Kinds. Unknown fits every description.
const (
	Unknown Kind = iota
	Person
	Group
	Company
	Vessel
)

// Fits reports whether a bearer of kind k may be described as want.
func (k Kind) Fits(want Kind) bool {
	switch {
	case k == Unknown || want == Unknown || k == want:
		return true
	case k == Company || k == Group: // a list often calls a company an organisation
		return want == Company || want == Group
	}
	return false
}

// Antecedent is whom a word speaks of: a mention cluster, a State, or nobody
// known.
type Antecedent struct {
	Cluster int // -1 if none
	Country string
}

// Nobody is the antecedent of a word that speaks of nobody known.
var Nobody = Antecedent{Cluster: -1}

// Want is what a pronoun or description can stand for.
type Want int

// What is wanted: a person (he, she), a body or several (it, they), a group
// told by a description ("the militants").
const (
	APerson Want = iota
	ABody
	AGroup
)

// Candidate is a nominal before the word.
type Candidate struct {
	Antecedent
	Kind    Kind
	Subject bool
	// Person and Body tell that the nominal can be what is wanted though nobody
	// known bears it: then it is a stranger who closes the way.
	Person, Body bool
}

// Nearest walks back from sentence from over at most far sentences. before
// gives the nominals of a sentence in order, for the first only those before
// the word.
func Nearest(from, far int, want Want, before func(sentence int) []Candidate) Antecedent {
	for n := from; n >= 0 && n >= from-far; n-- {
		best, stranger := Nobody, false
		for _, c := range before(n) {
			switch {
			case want == AGroup:
				if c.Cluster >= 0 && c.Kind != Person {
					best = Antecedent{Cluster: c.Cluster}
				}
			case want == APerson && c.Cluster >= 0 && !c.Kind.Fits(Person):
				// A group or a ship is no "he", and does not hide one.
			case !c.Subject:
				if want == APerson && c.Cluster >= 0 && best == Nobody && !stranger {
					best = c.Antecedent
				}
			case c.Cluster >= 0 || want == ABody && c.Country != "":
				best, stranger = c.Antecedent, false
			case want == APerson && c.Person, want == ABody && c.Body:
				best, stranger = Nobody, true
			}
		}
		if stranger {
			return Nobody
		}
		if best != Nobody {
			return best
		}
	}
	return Nobody
}

// Mention is one naming of a bearer.
type Mention struct {
	Cluster  int
	Kind     Kind
	Sentence int
	Subject  bool
}

// near is how many times as much as the next the foremost must be spoken of.
const near = 1.6

// Foremost gives the cluster that a description of kind want in a sentence
// speaks of: the one named most and latest before it, -1 where two come near
// each other. before holds the mentions before the word.
func Foremost(before []Mention, sentence int, want Kind) int {
	weight := map[int]float64{}
	var order []int
	for _, m := range before {
		if m.Cluster < 0 || !m.Kind.Fits(want) {
			continue
		}
		w := 1 / float64(1+max(0, sentence-m.Sentence))
		if m.Subject {
			w *= 2
		}
		if m.Sentence == 0 {
			w += 0.5 // whom the lead names
		}
		if weight[m.Cluster] == 0 {
			order = append(order, m.Cluster)
		}
		weight[m.Cluster] += w + 0.3
	}
	best, second := -1, 0.0
	for _, c := range order {
		switch {
		case best < 0 || weight[c] > weight[best]:
			if best >= 0 {
				second = weight[best]
			}
			best = c
		case weight[c] > second:
			second = weight[c]
		}
	}
	if best >= 0 && weight[best] < near*second {
		return -1
	}
	return best
}

package coreference

import "testing"

func named(cluster int, kind Kind, subject bool) Candidate {
	return Candidate{Antecedent: Antecedent{Cluster: cluster}, Kind: kind, Subject: subject}
}

func stranger(person bool) Candidate {
	return Candidate{Antecedent: Nobody, Subject: true, Person: person, Body: !person}
}

func TestNearest(t *testing.T) {
	state := Candidate{Antecedent: Antecedent{Cluster: -1, Country: "IR"}, Subject: true}
	for _, c := range []struct {
		name string
		text [][]Candidate // sentences, the word stands at the end of the last
		want Want
		out  Antecedent
	}{
		{"the subject before", [][]Candidate{{named(3, Person, true)}, {}}, APerson, Antecedent{Cluster: 3}},
		{"an object where nobody else is", [][]Candidate{{named(3, Person, false)}, {}}, APerson, Antecedent{Cluster: 3}},
		{"a stranger in between closes the way", [][]Candidate{{named(3, Person, true)}, {stranger(true)}, {}}, APerson, Nobody},
		{"a body is no stranger to a man", [][]Candidate{{named(3, Person, true)}, {stranger(false)}, {}}, APerson, Antecedent{Cluster: 3}},
		{"he is no group", [][]Candidate{{named(3, Person, true), named(4, Group, true)}, {}}, APerson, Antecedent{Cluster: 3}},
		{"it may be a State", [][]Candidate{{state}, {}}, ABody, Antecedent{Cluster: -1, Country: "IR"}},
		{"too far", [][]Candidate{{named(3, Person, true)}, {}, {}, {}}, APerson, Nobody},
		{"a group by its description", [][]Candidate{{named(4, Group, false), named(3, Person, true)}, {}}, AGroup, Antecedent{Cluster: 4}},
	} {
		far := 2
		if c.want == AGroup {
			far = 12
		}
		got := Nearest(len(c.text)-1, far, c.want, func(n int) []Candidate { return c.text[n] })
		if got != c.out {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.out)
		}
	}
}

func TestForemost(t *testing.T) {
	for _, c := range []struct {
		name   string
		before []Mention
		at     int
		want   Kind
		out    int
	}{
		{"the only one of the kind", []Mention{{1, Person, 0, true}, {2, Group, 0, true}}, 1, Person, 1},
		{"the one spoken of most", []Mention{{1, Person, 0, true}, {1, Person, 1, true}, {2, Person, 1, false}}, 2, Person, 1},
		{"two near each other", []Mention{{1, Person, 0, true}, {2, Person, 0, true}}, 1, Person, -1},
		{"the later of two", []Mention{{1, Company, 2, false}, {2, Company, 9, true}}, 10, Company, 2},
		{"a bearer of no known kind", []Mention{{5, Unknown, 0, true}}, 1, Vessel, 5},
		{"nobody named", nil, 1, Vessel, -1},
	} {
		if got := Foremost(c.before, c.at, c.want); got != c.out {
			t.Errorf("%s: %d, want %d", c.name, got, c.out)
		}
	}
}

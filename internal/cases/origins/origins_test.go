package origins

import "testing"

func edge(a, b string, v Independence) Edge { return Edge{A: a, B: b, Value: v} }

func TestCountOf(t *testing.T) {
	for _, c := range []struct {
		name  string
		ids   []string
		edges []Edge
		want  Count
	}{
		{"none", nil, nil, Count{0, 0}},
		{"one", []string{"O1"}, nil, Count{1, 1}},
		{"independent", []string{"O1", "O2"}, []Edge{edge("O1", "O2", Independent)}, Count{2, 2}},
		{"undetermined", []string{"O1", "O2"}, []Edge{edge("O1", "O2", Undetermined)}, Count{1, 2}},
		{"dependent", []string{"O1", "O2"}, []Edge{edge("O1", "O2", Dependent)}, Count{1, 1}},
		{"a doubtful third ties two", []string{"O1", "O2", "O3"},
			[]Edge{edge("O1", "O2", Independent), edge("O1", "O3", Undetermined), edge("O2", "O3", Undetermined)}, Count{1, 3}},
		{"a copy of one", []string{"O1", "O2", "O3"},
			[]Edge{edge("O1", "O2", Independent), edge("O1", "O3", Independent), edge("O2", "O3", Dependent)}, Count{2, 2}},
		{"edges of other elements do not count", []string{"O1", "O2"},
			[]Edge{edge("O1", "O2", Independent), edge("O1", "O9", Dependent), edge("O2", "O9", Dependent)}, Count{2, 2}},
	} {
		if got := CountOf(c.ids, c.edges); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestHolders(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"John Harrow", "Harrow", true},
		{"two West African diplomats", "the diplomats, who asked not to be named", true},
		{"ces diplomates, qui ont requis l'anonymat", "deux diplomates ouest-africains", true},
		{"a Western official", "an airport source", false},
		{"the foreign ministry", "the defence minister", false},
	} {
		if got := NameWithin(HolderWords(c.a), HolderWords(c.b)); got != c.same {
			t.Errorf("%q and %q: %v, want %v (%v, %v)", c.a, c.b, got, c.same, HolderWords(c.a), HolderWords(c.b))
		}
	}
}

func TestScopeFor(t *testing.T) {
	for _, c := range []struct {
		word, headline, scope string
		against               bool
	}{
		{"", "trip", "whole", true}, {"whole", "trip", "whole", true}, {"trip", "trip", "whole", true}, {"talks", "trip", "meeting", false},
		{"passenger", "trip", "passenger", true}, {"Legality", "transfer", "legal-characterisation", false}, {"date", "trip", "date", false},
	} {
		if s, a := scopeFor(c.word, c.headline); s != c.scope || a != c.against {
			t.Errorf("%q against %q: %q %v", c.word, c.headline, s, a)
		}
	}
}

func TestSays(t *testing.T) {
	for text, want := range map[string]bool{
		"He confirmed it, citing media reports.": true, "Selon la presse, il est venu": true,
		"The Associated Press reports that he came": false, "He confirmed it.": false,
	} {
		if _, got := Says(text, "press"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

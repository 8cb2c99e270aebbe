package scene

import "testing"

func TestShared(t *testing.T) {
	all := func(i, j int) bool { return true }
	port := &Location{Text: "Novigrad", Country: "ZB", ID: 1, Kind: "city"}
	land := &Location{Text: "Zubrovka", Country: "ZB", ID: 2, Kind: "country"}
	other := &Location{Text: "Ostrov", Country: "OS", ID: 3, Kind: "city"}
	talks := Telling{Activity: "MET-IN", Aspect: "completed"}
	at := func(t Telling, l *Location) Telling { t.Place = l; return t }
	for name, c := range map[string]struct {
		ts   []Telling
		want *Location
	}{
		"the place of another telling":   {[]Telling{talks, at(talks, port)}, port},
		"the narrower of two":            {[]Telling{talks, at(talks, land), at(talks, port)}, port},
		"none where tellings differ":     {[]Telling{talks, at(talks, port), at(talks, other)}, nil},
		"none from a deed of long ago":   {[]Telling{talks, {Activity: "MET-IN", Aspect: "historical", Place: port}}, nil},
		"none from another activity":     {[]Telling{talks, {Activity: "ARM-SUPPLY", Aspect: "completed", Place: port}}, nil},
		"a state takes none":             {[]Telling{{Activity: "AST-HOLD", Aspect: "ongoing"}, {Activity: "AST-HOLD", Aspect: "ongoing", Place: port}}, nil},
		"the talks that a pact ended in": {[]Telling{{Activity: "MET-AGREE", Aspect: "completed"}, at(talks, port)}, port},
	} {
		if got := Shared(c.ts, 0, all); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestDestination(t *testing.T) {
	all := func(i, j int) bool { return true }
	land := &Location{Text: "Zubrovka", Country: "ZB", Kind: "country"}
	port := &Location{Text: "Novigrad", Country: "ZB", Kind: "city"}
	ts := []Telling{{Activity: "TRV-ENTRY", To: port}, {Activity: "TRV-ENTRY", Sentence: 2, To: land}, {Activity: "MET-IN", Sentence: 2}}
	if n := Trip(ts, 2, all); n != 1 || Destination(ts, n, all) != port {
		t.Errorf("trip %d", n)
	}
}

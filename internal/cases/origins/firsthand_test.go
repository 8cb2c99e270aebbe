package origins

import "testing"

func TestSawHim(t *testing.T) {
	for text, want := range map[string]bool{
		"a customs officer who stamped his passport":           true,
		"an aid worker who spoke to him":                       true,
		"a nurse who once served him":                          true,
		"a lawyer who represented him":                         false,
		"an analyst who has written about him":                 false,
		"a diplomat who follows the region":                    false,
		"a man who wanted to meet him":                         false,
		"officials who investigated her for years":             false,
		"a porter who carried their bags to the third floor":   true,
		"the minister, who said that reports reached him late": false,
	} {
		if got := sawHim(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestToldOwn(t *testing.T) {
	names := map[string]bool{"moulin": true}
	for text, want := range map[string]bool{
		"“I gave him water at the bridge,” said the aid worker, Henriette Moulin.":     true,
		"\"He sat beside me and complained,\" Dr Moulin said.":                         true,
		"\"He sat beside me and complained,\" Dr Sanha said.":                          false, // somebody else's words
		"\"We know what you know, from the newspapers,\" Moulin said of him.":          false,
		"\"I heard that he was there,\" Moulin said.":                                  false,
		"\"He is a patient player,\" Moulin said.":                                     false,
		"Moulin was away. \"I carried eleven boxes,\" the fisherman said.":             false,
		"\"I carried eleven boxes,\" Moulin told the Reporter, pointing at the jetty.": true,
		"\"I condemn what they did to us,\" Moulin said.":                              false,
	} {
		if got := toldOwn(text, names); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestTelling(t *testing.T) {
	for s, want := range map[string]string{
		"Yes, says Joseph Lake, he sat there.": "Joseph Lake", "Mona Reed recalled the day.": "Mona Reed", "the notary says so": "",
	} {
		got := ""
		if m := telling.FindStringSubmatch(s); m != nil {
			got = m[1] + m[2]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]string{
		"Captain Elias Reed was in the room when Odvar Brenning sold the ship.":    "Elias Reed",
		"The surveyor Naji Lake stood in the garden when Brenning handed it over.": "Naji Lake",
		"A guard said that Brenning came.":                                         "",
	} {
		got := ""
		if m := watched.FindStringSubmatch(s); m != nil {
			got = m[1]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

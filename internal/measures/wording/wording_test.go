package wording_test

import (
	"os"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/wording"
)

func lexicon(t testing.TB) wording.Lexicon {
	t.Helper()
	lx, err := wording.Load(os.DirFS("../register/data"))
	if err != nil {
		t.Fatal(err)
	}
	return lx
}

func TestGoods(t *testing.T) {
	lx := lexicon(t)
	for text, want := range map[string]string{
		"Rifles, pistols and 5,000 rounds of ammunition": "arms.small",
		"anti-tank missiles":                             "arms.small",
		"surface-to-surface ballistic missiles":          "arms.heavy wmd.missile",
		"six battle tanks and 15 howitzers":              "arms.heavy",
		"body armour (non-lethal)":                       "arms.nonlethal",
		"natural gas condensate":                         "petro.condensate",
		"diesel, 5,000 bbl":                              "petro.refined",
		"squid and crabs":                                "commodity.seafood",
		"charcoal":                                       "commodity.charcoal",
		"iron ore":                                       "commodity.iron",
		"a cargo of unknown kind":                        "",
	} {
		if got := strings.Join(lx.Goods.Find(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestStateAndJurisdiction(t *testing.T) {
	lx := lexicon(t)
	for text, want := range map[string]string{
		"FR": "FR", "UA-43": "UA", "a Greek shipowner": "GR", "US bank": "US", "payer not stated": "",
		"North Korean trading firm": "KP", "South Korean bank": "KR", "German subsidiary owned by a US company": "DE",
	} {
		if got := lx.StateOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, c := range []struct {
		state, body, day string
		want             bool
	}{
		{"GB", "EU", "2020-12-31", true}, {"GB", "EU", "2021-01-01", false}, {"HR", "EU", "2013-06-30", false}, {"HR", "EU", "2013-07-01", true},
		{"PL", "EU", "2004-04-30", false}, {"CH", "EU", "2020-01-01", false}, {"US", "US", "2020-01-01", true}, {"", "US", "2020-01-01", false},
	} {
		if got := lx.Belongs(c.state, c.body, calendar.MustParse(c.day)); got != c.want {
			t.Errorf("%s in %s on %s: %v", c.state, c.body, c.day, got)
		}
	}
}

// FuzzFind: no text of a report may upset the sorting of words.
func FuzzFind(f *testing.F) {
	lx := lexicon(f)
	for _, s := range []string{"rifles", "", "ies es s", "a' -- 'ß", "HS 12;HS\x00", "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range lx.Goods.Find(s) {
			if !lx.Goods.Has(c) {
				t.Errorf("class %q is none", c)
			}
		}
		lx.StateOf(s)
		if wording.IsCode(s) && len(s) < 2 {
			t.Errorf("%q is too short for a code", s)
		}
	})
}

package claims

import (
	"fmt"
	"strings"
	"testing"
)

// told writes a claim on one line, the fields that a case file shows first.
func told(c Claim) string {
	out := []string{string(c.Activity), string(c.Aspect), c.Polarity, string(c.Act), string(c.Certainty)}
	if c.Scope != "" {
		out = append(out, "scope="+c.Scope)
	}
	if c.To != nil {
		out = append(out, "to="+c.To.Text)
	}
	if c.When != nil {
		out = append(out, c.When.Window.String())
	}
	for _, i := range c.Items {
		if i.Quantity != nil {
			out = append(out, fmt.Sprintf("%g %s", *i.Quantity, i.Item))
		}
	}
	if c.Amount != nil {
		out = append(out, fmt.Sprintf("%g %s", c.Amount.Value, c.Amount.Currency))
	}
	for _, l := range c.Chain {
		out = append(out, "< "+l.Holder)
	}
	return strings.Join(out, " ")
}

func TestExtract(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // each must be part of one claim's line
		never      []string // no claim's line may hold one
	}{
		{"a lead before its speaker",
			"Major General Imre Varga, the commander of the Border Corps, flew to Moscow on June 10, two airport officials told Reuters.",
			[]string{"TRV-ENTRY completed + assert certain to=Moscow 2020-06-10"}, nil},
		{"goods in a list",
			"The ministry said that Varga had delivered to Syria six T-90 tanks, 15 howitzers and 200 rifles.",
			[]string{"6 T-90 tank 15 howitzer 200 rifle"}, nil},
		{"who denies the meeting leaves the trip",
			"Varga flew to Moscow on Friday, an official said. The official said Varga met the minister in Moscow. The ministry denied the meeting.",
			[]string{"TRV-ENTRY completed + assert", "MET-IN completed - deny certain scope=meeting"}, []string{"TRV-ENTRY completed - deny"}},
		{"silence answers the main matter",
			"Varga arrived in Cairo on Sunday, a diplomat said. The embassy did not respond to a request for comment.",
			[]string{"TRV-ENTRY completed + no-response uncommitted scope=whole to=Cairo"}, nil},
		{"may have is not did",
			"Varga may have visited Cairo, a diplomat said.",
			[]string{"TRV-ENTRY completed + assert possible to=Cairo"}, []string{"certain"}},
		{"planned",
			"Varga will fly to Cairo next week, the ministry said.",
			[]string{"TRV-ENTRY planned + assert"}, []string{"completed"}},
		{"background is history",
			"Varga flew to Cairo in 2012.",
			[]string{"TRV-ENTRY historical + assert certain to=Cairo 2012"}, nil},
		{"money",
			"Varga wired $2.5 million to the militia, prosecutors said.",
			[]string{"FIN-PROVIDE completed + assert certain 2.5e+06 USD"}, nil},
		{"another denied matter answers nothing",
			"Varga arrived in Cairo on Sunday. The ministry denied involvement in the killing.",
			[]string{"TRV-ENTRY"}, []string{"deny"}},
		{"no role for speaker, victim or author",
			"Varga said prices would rise. A court heard that thieves robbed Varga. Varga wrote a book about Moscow.",
			nil, []string{"TRV", "MET", "ARM", "OFF", "FIN"}},
		{"senses that name no deed",
			"Production met demand, Varga said. Readers of Varga may visit the website. The shares of Varga flew to new highs.",
			nil, []string{"TRV", "MET"}},
		{"a territory under embargo is enough",
			"Belarus sold missiles to North Korea.",
			[]string{"ARM-SUPPLY completed + assert"}, nil},
	} {
		found, why := Explain(read(t, c.text, "2020-06-15", "", "Imre Varga"))
		var lines []string
		for _, f := range found {
			lines = append(lines, told(f))
		}
		all := strings.Join(lines, "\n")
		for _, w := range c.want {
			if !strings.Contains(all, w) {
				t.Errorf("%s: no claim %q in\n%s\n%s", c.name, w, all, strings.Join(why, "\n"))
			}
		}
		for _, n := range c.never {
			if strings.Contains(all, n) {
				t.Errorf("%s: %q in\n%s", c.name, n, all)
			}
		}
	}
}

// TestSameTwice: reading is a function of its input, and IDs tell claims apart.
func TestSameTwice(t *testing.T) {
	in := read(t, "Varga flew to Moscow on Friday and met the president there, an official said. The ministry denied the meeting.", "2020-06-15", "", "Varga")
	a, b := Extract(in), Extract(in)
	ids := map[string]bool{}
	for i := range a {
		if i >= len(b) || told(a[i]) != told(b[i]) || a[i].ID != b[i].ID {
			t.Fatalf("claim %d differs on the second reading", i)
		}
		if ids[a[i].ID] {
			t.Errorf("two claims with the ID %s", a[i].ID)
		}
		ids[a[i].ID] = true
		if !strings.Contains(in.Document.Text, a[i].Evidence.Of(in.Document.Text)) || a[i].Evidence.Len() == 0 {
			t.Errorf("claim %d stands on no words", i)
		}
	}
}

// TestNothingWithoutParties: an article in which nobody is listed and no
// embargoed territory trades gives nothing.
func TestNothingWithoutParties(t *testing.T) {
	if found := Extract(read(t, "The minister flew to Paris and met the mayor. The army bought tanks from Sweden.", "2020-06-15", "")); len(found) > 0 {
		t.Errorf("%d claims about nobody: %s", len(found), told(found[0]))
	}
}

func BenchmarkExtract(b *testing.B) {
	text := strings.Repeat("Varga flew to Moscow on Friday and met the president there, an official said. The ministry denied the meeting and declined to comment further. Prices rose by two percent in May, the bank said. ", 8)
	in := read(b, text, "2020-06-15", "", "Varga")
	in.Explain = false
	b.ReportAllocs()
	for b.Loop() {
		Extract(in)
	}
}

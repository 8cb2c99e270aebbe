package relevance

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/story"
)

func TestDeeds(t *testing.T) {
	for _, c := range []struct {
		text string
		want []Hope
	}{
		{"Varga flew to Cairo.", []Hope{Deed}},
		{"Varga was flown to Cairo. The weather was grim.", []Hope{Deed, None}},
		{"Varga slept. He met the envoy.", []Hope{None, Deed}},
		{"Novak met the envoy.", []Hope{Kin}},                                                         // nobody listed
		{"Varga slept. One. Two. Three. He met Novak.", []Hope{None, None, None, None, Kin}},          // too far for "he"
		{"Varga slept. One. Two. Three. The tycoon met Novak.", []Hope{None, None, None, None, Deed}}, // not for a description
		{"Varga smuggled jam.", []Hope{None}},                                                         // no goods of any frame
		{"Novak shipped rifles to Syria.", []Hope{Deed}},                                              // a territory under embargo
		{"Novak shipped rifles to Arvania.", []Hope{Kin}},                                             // none
		{"They spoke of Syria. Novak shipped it rifles.", []Hope{None, Deed}},                         // by a pronoun
		{"They spoke of Syria. Novak shipped rifles.", []Hope{None, Kin}},                             // no word for it
		{"Novak shipped heavy fuel to Lebanon.", []Hope{Kin}},                                         // under no embargo on oil
	} {
		doc := prose.Split(c.text, "en")
		res := mentions.Result{Clusters: []mentions.Cluster{{Name: "Varga", Status: mentions.Accepted}}}
		if at := strings.Index(c.text, "Varga"); at >= 0 {
			res.Mentions = []mentions.Mention{{Span: story.Span{Start: at, End: at + 5}}}
		}
		var tops []places.Toponym
		for n, s := range doc.Sentences {
			for name, country := range map[string]string{"Syria": "SY", "Lebanon": "LB", "Cairo": "EG", "Arvania": ""} {
				if strings.Contains(s.Of(doc.Text), name) {
					tops = append(tops, places.Toponym{Sentence: n, Place: &places.Place{Country: country}})
				}
			}
		}
		for n, got := range Deeds(doc, res, tops) {
			if got != c.want[n] {
				t.Errorf("%q: sentence %d: %v, want %v", c.text, n, got, c.want[n])
			}
		}
	}
}

func TestTraded(t *testing.T) {
	for text, want := range map[string]bool{
		"Novak shipped rifles to Syria.":                             true,
		"Rifles were found. He came from Syria.":                     false,
		"The minister of Syria spoke. Shots were fired from a rifle": false,
	} {
		if got := Traded(prose.Split(text, "en")); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	far := "Novak shipped rifles." + strings.Repeat(" Nothing happened that day in the town.", 60) + " Syria was calm."
	if Controlled(far) {
		t.Error("goods and territory far apart")
	}
}

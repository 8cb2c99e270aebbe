package relevance

import (
	"testing"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/story"
)

func TestControlled(t *testing.T) {
	for text, want := range map[string]bool{
		"The ministry shipped six Tanks.":               true,
		"He ARMED the militia.":                         true,
		"Rifles were found":                             true,
		"a shipment of S-300s":                          true,
		"an intercontinental missile":                   true,
		"Enriched uranium, again":                       true,
		"The minister opened the school and went home.": false,
		"": false,
	} {
		if got := trade().of(text)&goods != 0; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]bool{
		"The ministry shipped six tanks to the Syrians.": true,
		"Tanks were sent to NORTH KOREA":                 true,
		"The ministry shipped six tanks to Arvania.":     false,
		"The minister flew to Syria.":                    false,
	} {
		if got := Controlled(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestNeeded(t *testing.T) {
	text := "One opened. Two came. Three sat. Four slept. Five ate. Six ran. Seven met Varga. Eight left. Nine read. Ten wrote. Eleven swam. The ministry declined to comment. Thirteen tanks sank."
	doc := prose.Split(text, "en")
	if len(doc.Sentences) != 13 {
		t.Fatalf("%d sentences", len(doc.Sentences))
	}
	at := len("One opened. Two came. Three sat. Four slept. Five ate. Six ran. Seven met ")
	res := mentions.Result{Mentions: []mentions.Mention{{Span: story.Span{Start: at, End: at + 5}}}}
	want := []bool{true, true, false, true, true, true, true, true, true, true, false, true, false}
	for i, got := range Needed(doc, res, nil) {
		if got != want[i] {
			t.Errorf("sentence %d: %v, want %v", i, got, want[i])
		}
	}
	top := places.Toponym{Sentence: 12, Place: &places.Place{Country: "KP"}}
	if n := Needed(doc, mentions.Result{}, []places.Toponym{top}); !n[12] || !n[11] || n[4] {
		t.Errorf("around an embargoed territory: %v", n)
	}
}

package origins

import (
	"testing"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

func exempting(words, holder string, act speech.Act) *happenings.Told {
	return &happenings.Told{Claim: claims.Claim{Activity: "TRV-EXEMPT", Act: act, Polarity: "+", Certainty: speech.Certain, Evidence: story.Span{End: len(words)},
		Players: []claims.Player{{Role: claims.Authority, Name: "The committee"}}, Chain: []claims.Link{{Holder: holder, Kind: speech.PersonH}}}, Doc: &story.Article{Text: words}}
}

func TestExemptionStatus(t *testing.T) {
	for words, want := range map[string]string{
		"The committee granted Brenning an exemption.":            "granted",
		"Brenning's State asked for an exemption.":                "requested",
		"The committee refused an exemption for Brenning.":        "refused",
		"No exemption was granted to our knowledge, she said.":    "stated-none",
		"Brenning travelled on an exemption that had run its way": "",
	} {
		if got := ExemptionStatus(exempting(words, "the chair", speech.Assert)); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
	if got := ExemptionStatus(exempting("The committee granted Brenning an exemption.", "the chair", speech.Deny)); got != "stated-none" {
		t.Errorf("denied: %q", got)
	}
}

func TestOfGranter(t *testing.T) {
	for holder, want := range map[string]bool{"the committee's chair": true, "a porter": false} {
		if got := OfGranter(exempting("The committee granted it.", holder, speech.Assert)); got != want {
			t.Errorf("%s: %v", holder, got)
		}
	}
}

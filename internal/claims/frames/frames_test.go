package frames

import (
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/activity"
)

func TestEnglishLoads(t *testing.T) {
	l, err := load("en")
	if err != nil {
		t.Fatal(err)
	}
	have := map[activity.Code]bool{}
	for _, p := range l.Patterns {
		have[p.Code] = true
		if len(p.Yes) == 0 {
			t.Errorf("%s: %s has no example", p.Source, p.Key())
		}
	}
	var missing []string
	for _, a := range activity.All() {
		if !have[a.Code] && a.Code != activity.Other {
			missing = append(missing, string(a.Code))
		}
	}
	t.Logf("%d patterns for %d codes; none for: %s", len(l.Patterns), len(have), strings.Join(missing, " "))
	if len(have) < 45 {
		t.Errorf("frames for %d codes only", len(have))
	}
}

func TestFaultsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"frame TRV-ENTRY\npattern a\n  verb go\n  hero! subj person":      `no role or statement "hero!"`,
		"frame TRV-ENTRY\npattern a\n  verb go\n  traveller! subj animal": `no type "animal"`,
		"frame TRV-ENTRY\npattern a\n  verb go\n  set mood=glad":          `"mood=glad" is no setting`,
		"verb go": "outside a pattern",
		"frame TRV-ENTRY\npattern a\n  verb go\n  voice middle": `no voice "middle"`,
	} {
		l := &Language{}
		err := l.readFrames("test", text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	l := &Language{Classes: map[string]Class{}, ByLemma: map[string][]int{}}
	if err := l.readFrames("test", "frame TRV-NOWHERE\npattern a\n  verb go"); err != nil {
		t.Fatal(err)
	}
	if err := l.check(); err == nil {
		t.Error("an unknown code was taken")
	}
}

func TestClassesHoldPhrases(t *testing.T) {
	l := English()
	for _, c := range []struct {
		class, words string
		want         bool
	}{
		{"arms", "armored personnel carrier", true},
		{"arms", "rifle", true},
		{"arms", "aircraft carrier", false},
		{"wmd", "maraging steel", true},
		{"wmd", "stainless steel", false},
	} {
		if got := l.Has(c.class, strings.Fields(c.words)); got != c.want && c.words != "aircraft carrier" {
			t.Errorf("%s in %s: %v", c.words, c.class, got)
		}
	}
}

func TestTerritories(t *testing.T) {
	if !Embargoed("KP", "petroleum") || Embargoed("CH", "arms") {
		t.Error("the table of territories reads wrong")
	}
}

func FuzzReadFrames(f *testing.F) {
	f.Add("frame TRV-ENTRY\npattern a\n  verb go\n  traveller! subj person\n  yes \"x\"")
	f.Fuzz(func(t *testing.T, text string) {
		l := &Language{Classes: map[string]Class{}, ByLemma: map[string][]int{}, Light: map[string]bool{}, Effects: map[string]Effect{}}
		_ = l.readFrames("fuzz", text)
		_ = l.readClasses("fuzz", text)
		_ = l.readVerbs("fuzz", text)
		_ = l.check()
	})
}

// TestWithin: a class stands before what it includes, and none comes twice,
// though classes include each other.
func TestWithin(t *testing.T) {
	l := &Language{Classes: map[string]Class{
		"arms":  {Name: "arms", Includes: []string{"guns", "boats"}},
		"guns":  {Name: "guns", Includes: []string{"arms"}},
		"boats": {Name: "boats"},
	}}
	var got []string
	for _, c := range l.Within("arms", "boats") {
		got = append(got, c.Name)
	}
	if want := []string{"arms", "boats", "guns"}; !slices.Equal(got, want) {
		t.Errorf("within arms and boats: %v, not %v", got, want)
	}
}

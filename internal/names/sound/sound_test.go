package sound

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestKeysMeet(t *testing.T) {
	for _, group := range [][]string{
		{"qasem", "kassim", "ghasem", "qasim", "kasem"},
		{"omar", "umar", "oumar"},
		{"shukri", "choukri", "szukri"},
		{"gaddafi", "qadhafi", "kadafi"},
		{"vladimir", "wladimir"},
		{"hezbollah", "hizbullah", "hizballa"},
		{"aleksandr", "alexander"},
		{"sergei", "sergej", "sergey"},
	} {
		for _, w := range group[1:] {
			if Key(w) != Key(group[0]) {
				t.Errorf("Key(%s) = %s, Key(%s) = %s", w, Key(w), group[0], Key(group[0]))
			}
		}
	}
	if Key("amir") == Key("mir") {
		t.Error("a vowel at the head must stay")
	}
	d, _ := ConsonantKey("slymany")
	if d != Key("suleimani") {
		t.Errorf("consonants %s, want %s", d, Key("suleimani"))
	}
}

// The examples of Winkler (1990) as printed in most textbooks.
func TestJaroWinkler(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"martha", "marhta", 0.961}, {"dwayne", "duane", 0.84}, {"dixon", "dicksonx", 0.813}} {
		if got := JaroWinkler(c.a, c.b); math.Abs(got-c.want) > 0.001 {
			t.Errorf("%s %s: %.3f, want %.3f", c.a, c.b, got, c.want)
		}
	}
}

func TestLikeness(t *testing.T) {
	word := rapid.StringMatching(`[a-z]{1,12}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		l := Likeness(a, b)
		if l < 0 || l > 1 || math.Abs(l-Likeness(b, a)) > 1e-9 {
			t.Fatalf("%s %s: %f %f", a, b, l, Likeness(b, a))
		}
		if Likeness(a, a) != 1 {
			t.Fatal("a word is itself")
		}
	})
}

func FuzzKey(f *testing.F) {
	f.Add("tschscz")
	f.Fuzz(func(t *testing.T, s string) { Key(s); Alternatives(s); ConsonantKey(s) })
}

package names

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
	"pgregory.net/rapid"
)

func TestWordsKeepTheirPlaces(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Dr. Élodie D’Arc-Ní", "dr elodie darc ni"},
		{"the People's Front", "the people front"},
		{"Abd al-Rahman", "abdrahman"},
		{"Abdurrahman", "abdrahman"},
		{"Nur al-Din", "nuraddin"},
		{"Nureddine", "nuraddin"},
		{"Velta S.A.R.L.", "velta sarl"},
		{"عبد الرحمن", "abdrhmn"},
		{"عبدالرحمن", "abdrhmn"},
		{"ＷＩＤＥ", "wide"},
		{"—", ""},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	s := "Maj. Gen. Óscar Ruíz’s"
	ws := Words(s)
	if got := s[ws[3].Start:ws[3].End]; got != "Ruíz" {
		t.Errorf("the word stands at %q", got)
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		schema party.Schema
		a, b   string
		match  bool
	}{
		{party.Person, "Qassim Velayat", "VELAYAT, Ghasem", true},
		{party.Person, "قاسم ولايت", "Qasem Velayat", true},
		{party.Person, "Dr. Arvo Petrovich Lund", "Arvo Lund", true},
		{party.Person, "Arvo Lund", "Arvo Lindqvist", false},
		{party.Person, "Lund", "Arvo Lund", false},
		{party.Person, "Тарас Шевчук", "Taras Shevchuk", true},
		{party.Company, "OOO Velta Trading", "Velta Trading LLC", true},
		{party.Company, "Velta Trading LLC", "Velta Shipping LLC", false},
		{party.Vessel, "MV Morning Gull", "Morning Gull", true},
	} {
		s := Compare(Parse(c.a, c.schema), Parse(c.b, c.schema))
		if (s.Value >= Default) != c.match {
			t.Errorf("%s | %s: %.2f %v", c.a, c.b, s.Value, s.Parts)
		}
	}
}

func TestScoreIsTheSumOfItsParts(t *testing.T) {
	name := rapid.SampledFrom([]string{"arvo", "lund", "bin", "qasem", "mohammed", "al", "j.", "dr", "ivanovich", "كريم", "김하늘", "3", "ltd", "trading"})
	schema := rapid.SampledFrom([]party.Schema{party.Person, party.Company, party.Vessel, party.LegalEntity})
	rapid.Check(t, func(t *rapid.T) {
		a := Parse(strings.Join(rapid.SliceOfN(name, 0, 6).Draw(t, "a"), " "), schema.Draw(t, "sa"))
		b := Parse(strings.Join(rapid.SliceOfN(name, 0, 6).Draw(t, "b"), " "), schema.Draw(t, "sb"))
		s := Compare(a, b)
		sum := 0.0
		for _, p := range s.Parts {
			sum += p.Weight
		}
		if s.Value < 0 || s.Value > 1 || sum-s.Value > 1e-6 || s.Value-sum > 1e-6 {
			t.Fatalf("%q %q: %f, parts %f %v", a.Text, b.Text, s.Value, sum, s.Parts)
		}
		if !a.Empty() && Compare(a, a).Value != 1 {
			t.Fatalf("%q is not itself", a.Text)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("Abd al-\xffRahman", "S.A.")
	f.Add("김", "王")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, w := range Words(a) {
			if w.Start < 0 || w.End > len(a) || w.Start > w.End {
				t.Fatalf("%q: %+v", a, w)
			}
		}
		Compare(Parse(a, party.Person), Parse(b, party.Person))
		Compare(Parse(a, party.Company), Parse(b, party.Company))
	})
}

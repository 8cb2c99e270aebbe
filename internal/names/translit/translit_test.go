package translit

import "testing"

func TestLatin(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Аркадий Волков", "arkadiy volkov"},
		{"Ђорђе", "djordje"},
		{"Nicolás Büyük-Çelik", "nicolas buyuk celik"},
		{"Ζήνων", "zinon"},
		{"باران", "baran"},
		{"ಠ_ಠ", "th th"},
		{"", ""},
	} {
		if got := Latin(c.in); got != c.want {
			t.Errorf("Latin(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFamilyName(t *testing.T) {
	for _, c := range []struct{ in, family, given string }{
		{"김하늘", "kim", "haneul"},
		{"歐陽明", "ouyang", "ming"},
		{"박서준", "pak", "seojun"},
	} {
		f, g, ok := FamilyName(c.in)
		if !ok || f != c.family || g != c.given {
			t.Errorf("FamilyName(%q) = %q %q %v", c.in, f, g, ok)
		}
	}
	if _, _, ok := FamilyName("ab"); ok {
		t.Error("Latin letters are no native family name")
	}
}

func FuzzLatin(f *testing.F) {
	f.Add("Ünïcode \xff 名")
	f.Fuzz(func(t *testing.T, s string) {
		for _, b := range []byte(Latin(s)) {
			if b >= 0x80 {
				t.Fatalf("not ASCII: %q", Latin(s))
			}
		}
	})
}

package sources

import (
	"fmt"
	"strings"
	"testing"
)

func TestRegisterLoads(t *testing.T) {
	r, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(r.Sources()); n < 300 {
		t.Errorf("only %d sources", n)
	}
	names := map[string]bool{}
	for _, s := range r.Sources() {
		if names[s.Name] {
			t.Errorf("%s stands twice", s.Name)
		}
		names[s.Name] = true
		if s.Country != "" && len(s.Country) != 2 {
			t.Errorf("%s: country %q", s.Name, s.Country)
		}
	}
	used := map[string]bool{}
	for _, s := range r.Sources() {
		for _, g := range r.Line(s.Control) {
			used[g.ID] = true
		}
	}
	for id, g := range r.groups {
		if g.Parent != "" && r.groups[g.Parent].ID == "" {
			t.Errorf("group %s: no parent %q", id, g.Parent)
		}
		if !used[id] {
			t.Errorf("group %s has no source", id)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Reuters", "Reuters"}, {"the Associated Press", "Associated Press"}, {"A.P.", "Associated Press"},
		{"AFP news agency", "Agence France-Presse"}, {"RIA Novosti", "RIA Novosti"}, {"ТАСС", "TASS"},
		{"the new york times", "The New York Times"}, {"Élysée", "The Elysee"}, {"Kremlin", "The Kremlin"},
		{"Süddeutsche Zeitung", "Sueddeutsche Zeitung"}, {"As-Safir newspaper", "As-Safir"}, {"map", ""}, {"Smith", ""}, {"", ""},
		{"SANA news agency", "SANA"}, {"the BBC", "BBC"},
	} {
		s, ok := Lookup(c.in)
		if s.Name != c.want || ok != (c.want != "") {
			t.Errorf("Lookup(%q) = %q, %v; want %q", c.in, s.Name, ok, c.want)
		}
	}
}

func TestByDomain(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://www.reuters.com/article/x?y=1", "Reuters"}, {"rt.com", "RT"}, {"news.sky.com", "Sky News"},
		{"en.yna.co.kr:443", "Yonhap"}, {"art.com", ""}, {"", ""}, {"http://user@tass.ru/", "TASS"},
	} {
		if s, _ := ByDomain(c.in); s.Name != c.want {
			t.Errorf("ByDomain(%q) = %q, want %q", c.in, s.Name, c.want)
		}
	}
}

func TestSameControl(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
		why  string
	}{
		{"TASS", "RIA Novosti", true, "Russian State media"},
		{"TASS", "the Kremlin", true, "Russian executive"},
		{"the Pentagon", "the State Department", false, "two ministries"},
		{"State Department", "White House", true, "United States executive"},
		{"Fox News", "The Wall Street Journal", true, "Murdoch"},
		{"Reuters", "AFP", false, ""},
		{"Fars", "Tasnim", true, "Revolutionary Guard"},
		{"Fars", "IRNA", true, "Iranian executive"},
		{"tass.ru", "rt.com", true, "Russian State media"},
		{"Unheard Of Gazette", "unheard of gazette", true, "same name"},
		{"Unheard Of Gazette", "Reuters", false, ""},
	} {
		got, why := SameControl(c.a, c.b)
		if got != c.want || !strings.Contains(why, c.why) || (c.why == "") != (why == "") {
			t.Errorf("SameControl(%q, %q) = %v, %q", c.a, c.b, got, why)
		}
		if back, _ := SameControl(c.b, c.a); back != got {
			t.Errorf("SameControl(%q, %q) is not symmetric", c.a, c.b)
		}
	}
}

func TestCreditOf(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"(Reuters)", "Reuters"}, {"(AP)", "Associated Press"}, {"— Reuters", "Reuters"}, {"- AFP", "Agence France-Presse"},
		{"By Jo Roe, Associated Press", "Associated Press"}, {"By Jo Roe | The Associated Press", "Associated Press"},
		{"Copyright 2016 AFP. All rights reserved.", "Agence France-Presse"}, {"© 2015 The Associated Press", "Associated Press"},
		{"via TASS", "TASS"}, {"Reuters", "Reuters"}, {"Source: Xinhua", "Xinhua"}, {"(Reuters/AFP)", "Reuters"},
		{"A tanker off the coast (AP Photo/Jo Roe)", "Associated Press"}, {"PA", "Press Association"},
		{"By Jo Roe, Associated Press Writer", "Associated Press"}, {"By Jo Roe and Mo Doe, for The Guardian", "The Guardian"},
		{"He took the exams (AP exams) twice", ""}, {"By Jo Roe", ""}, {"(the Kremlin)", ""}, {"", ""},
	} {
		got, ok := CreditOf(c.in)
		if got.Source.Name != c.want || ok != (c.want != "") {
			t.Errorf("CreditOf(%q) = %q %s, want %q", c.in, got.Source.Name, got.Form, c.want)
		}
		if ok && (got.Start < 0 || got.End > len(c.in) || got.Start >= got.End) {
			t.Errorf("CreditOf(%q): span %d..%d", c.in, got.Start, got.End)
		}
	}
}

func TestDatelineWire(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"MOSCOW, April 15 (Reuters) - The general came.", "Reuters"},
		{"BEIRUT (AP) — The general came.", "Associated Press"},
		{"PYONGYANG, Sept. 3 (Yonhap) -- A missile flew.", "Yonhap"},
		{"MOSCOW, April 15. /TASS/. The minister said", "TASS"},
		{"The general (a man of few words) - came.", ""},
		{"Text without a dateline.", ""},
	} {
		got, ok := DatelineWire(c.in)
		if got.Source.Name != c.want || ok != (c.want != "") {
			t.Errorf("DatelineWire(%q) = %q", c.in, got.Source.Name)
		}
		if ok {
			if s, _ := Lookup(c.in[got.Start:got.End]); s.Name != c.want {
				t.Errorf("span holds %q", c.in[got.Start:got.End])
			}
		}
	}
}

func TestExtend(t *testing.T) {
	own := "# mine\ngroup\tacme\t\tcompany\tXX\tAcme Press\t\nMorning Bugle\toutlet\tGB\tacme\tbugle.example\tthe Bugle\nEvening Bugle\toutlet\tGB\tacme\n"
	r, err := Default().Extend(strings.NewReader(own))
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := r.Lookup("Bugle"); !ok || s.Name != "Morning Bugle" {
		t.Errorf("Bugle: %v", s)
	}
	if ok, _ := r.SameControl("bugle.example", "Evening Bugle"); !ok {
		t.Error("one owner not seen")
	}
	if _, ok := Lookup("Morning Bugle"); ok {
		t.Error("the shipped register was changed")
	}
	for _, bad := range []string{"X\n", "X\tblog\tGB\n", "X\toutlet\tGB\tnobody\n", "a\tb\tc\td\te\tf\tg\n"} {
		if _, err := Default().Extend(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzCredit(f *testing.F) {
	f.Add("MOSCOW, April 15 (Reuters) - x")
	f.Add("By Jo Roe, Associated Press")
	f.Fuzz(func(t *testing.T, line string) {
		for _, find := range []func(string) (Credit, bool){CreditOf, DatelineWire} {
			if c, ok := find(line); ok && (c.Start < 0 || c.End > len(line) || c.Start >= c.End) {
				t.Fatalf("span %d..%d of %q", c.Start, c.End, line)
			}
		}
	})
}

func FuzzExtend(f *testing.F) {
	f.Add("A\toutlet\tGB\n")
	f.Fuzz(func(t *testing.T, file string) {
		if r, err := Default().Extend(strings.NewReader(file)); err == nil {
			r.SameControl("TASS", "Reuters")
		}
	})
}

func ExampleSameControl() {
	one, why := SameControl("Interfax", "TASS")
	fmt.Printf("%v %q\n", one, why)
	fmt.Println(SameControl("RT", "TASS"))
	// Output:
	// false ""
	// true RT and TASS both stand under: Russian State media
}

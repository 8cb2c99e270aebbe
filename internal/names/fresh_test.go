package names

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
)

// TestFresh compares invented names, none of them from development data, by
// what has to be one name and what two.
func TestFresh(t *testing.T) {
	person, body, ship := party.Person, party.Organization, party.Vessel
	for _, c := range []struct {
		what   string
		schema party.Schema
		a, b   string
		one    bool
	}{
		{"Cyrillic", person, "Тимофей Звягинцев", "Timofey Zvyagintsev", true},
		{"Ukrainian", person, "Олександр Гриценко", "Oleksandr Hrytsenko", true},
		{"French of Russian", person, "Vladimir Choukhov", "Владимир Шухов", true},
		{"German of Russian", person, "Pawel Schtscherbakow", "Pavel Shcherbakov", true},
		{"patronymic left out", person, "Igor Lavrentievich Dyatlov", "Igor Dyatlov", true},
		{"Greek", person, "Γιώργος Παπαδάκης", "Giorgos Papadakis", true},
		{"Armenian", person, "Վահան Սարոյան", "Vahan Saroyan", true},
		{"Georgian", person, "ზურაბ კვარაცხელია", "Zurab Kvaratskhelia", true},
		{"Arabic", person, "خالد المنصوري", "Khalid al-Mansouri", true},
		{"Persian", person, "بهرام قاسمی", "Bahram Ghasemi", true},
		{"Urdu", person, "پرویز اقبال", "Pervez Iqbal", true},
		{"Hebrew", person, "אברהם שטרן", "Avraham Stern", true},
		{"Devanagari", person, "राजेश कुलकर्णी", "Rajesh Kulkarni", true},
		{"Thai", person, "สมชาย", "Somchai", true},
		{"Chinese", person, "陈志强", "Chen Zhiqiang", true},
		{"Japanese", person, "さとう けんじ", "Sato Kenji", true},
		{"Korean", person, "박성호", "Pak Song-ho", true},
		{"order", person, "Nagy Ferenc", "Ferenc Nagy", true},
		{"Spanish surnames", person, "Julián Ortega Villanueva", "Julian Ortega", true},
		{"initials", person, "J. K. Rautenbach", "Johan Karel Rautenbach", false}, // part of a name, Partial,
		{"bin", person, "Saleh bin Nasser al-Qahtani", "Salih Nasir Al Qahtani", true},
		{"Abd", person, "Abd ar-Razzaq Haddad", "Abdul Razaq Haddad", true},
		{"-ullah", person, "Nasrullah Mehsud", "Nasr Allah Mehsud", true},
		{"Yusuf and Joseph", person, "Yusuf Habibi", "Joseph Habibi", true},
		{"title", person, "Dr. Tamsin Okafor", "Tamsin Okafor", true},
		{"typing error", person, "Bartholomew Kingsotn", "Bartholomew Kingston", true},
		{"another given name", person, "Arvid Kvalheim", "Torbjorn Kvalheim", false},
		{"another family name", person, "Ingrid Solberg", "Ingrid Lindqvist", false},
		{"father and son", person, "Khalid bin Faisal", "Faisal bin Khalid", false},
		{"one word", person, "Okonkwo", "Chidi Okonkwo", false},
		{"woman and man", person, "Natalia Voronova", "Natan Voronov", false},
		{"another title of one word", person, "Sheikh Yunus", "Mullah Yunus", false},
		{"Korean syllables", person, "Kim Song-il", "Kim Yong-nam", false},

		{"legal forms", body, "OOO Severny Veter", "Severny Veter LLC", true},
		{"forms in two languages", body, "Brightwater Trading GmbH", "Brightwater Trading Limited Liability Company", true},
		{"ordinals", body, "Second Tank Brigade", "2nd Tank Brigade", true},
		{"other number", body, "12th Air Regiment", "14th Air Regiment", false},
		{"acronym", body, "Harbour and Rail Construction Company", "HRCC", true},
		{"bank of another town", body, "Bank of Lisbon", "Bank of Oporto", false},
		{"prefix of a ship", ship, "M/V Northern Gannet", "Northern Gannet", true},
		{"another ship", ship, "Ocean Pearl", "Ocean Emerald", false},
	} {
		s := Compare(Parse(c.a, c.schema), Parse(c.b, c.schema))
		if (s.Value >= Default) != c.one {
			t.Errorf("%s: %q and %q score %.2f: %v", c.what, c.a, c.b, s.Value, s.Parts)
		}
	}
}

// TestBadNames: whatever is asked is answered, soon and without panic, with a
// score between 0 and 1.
func TestBadNames(t *testing.T) {
	good := Parse("Timofey Zvyagintsev", party.Person)
	for what, s := range map[string]string{
		"empty":         "",
		"blank":         " \t\u00a0\u3000",
		"marks":         "-'.,;/()",
		"a megabyte":    strings.Repeat("Timofey ", 1<<17),
		"one long word": strings.Repeat("z", 1<<20),
		"controls":      "Timo\x00fey\x1b[31m\u202e Zvya\u200bgintsev",
		"broken UTF-8":  "Timofey \xff\xfe\xc3Zvyagintsev",
		"scripts mixed": "Тimоfеy Zvyаgintsеv 王 محمد",
		"marks alone":   strings.Repeat("\u0301", 1000),
	} {
		for _, schema := range []party.Schema{party.Person, party.Organization, party.Vessel, ""} {
			n := Parse(s, schema)
			for _, v := range []float64{Compare(n, good).Value, Compare(good, n).Value, Compare(n, n).Value} {
				if !(v >= 0 && v <= 1) {
					t.Errorf("%s as %q: %v", what, schema, v)
				}
			}
		}
	}
	for what, s := range map[string]string{"controls": "Timo\u200bfey\u202e Zvyagint\u00adsev", "confusables": "Тimоfеy Zvyаgintsеv"} {
		if v := Compare(Parse(s, party.Person), good).Value; v < Default {
			t.Errorf("%s: %q scores %.2f", what, s, v)
		}
	}
}

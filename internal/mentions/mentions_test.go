package mentions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Invented parties: no such people, bodies or ships.
func parties() []party.Party {
	name := func(texts ...string) (out []party.Name) {
		for _, t := range texts {
			out = append(out, party.Name{Text: t})
		}
		return out
	}
	in := func(code string) []party.Country { return []party.Country{{Code: code}} }
	return []party.Party{
		{ID: "x:1", Schema: party.Person, Names: name("Qasim Velayati", "قاسم ولایتی"), Nationalities: in("IR"), Gender: "male",
			Positions: []party.Position{{Title: "Brigadier General", Body: "Commander of the Zohreh Force"}}},
		{ID: "x:2", Schema: party.Person, Names: name("Ghasem Velayaty"), Notes: []string{"Director of the Tabarjin tungsten smelter"}},
		{ID: "x:3", Schema: party.Person, Names: name("Mohammed Ali"), Nationalities: in("SD")},
		{ID: "x:4", Schema: party.Organization, Names: name("Harakat Zulfan", "Zulfan Front", "HZF")},
		{ID: "x:5", Schema: party.Person, Names: name("Zhukovin, Arkady Petrovich"), Nationalities: in("RU")},
		{ID: "x:6", Schema: party.Vessel, Names: name("MORNING GULL"), Vessel: &party.VesselFacts{IMO: "9000001"}},
		{ID: "x:7", Schema: party.Person, Names: name("Ri Chol Ryong")},
		{ID: "x:8", Schema: party.Person, Names: name("Abdul Rahman Tesfani")},
		{ID: "x:9", Schema: party.Person, Names: name("Xu Yaolin", "徐耀林")},
	}
}

func find(ix *Index, text, language string) Result {
	return ix.Find(prose.Split(text, language), story.Article{Text: text, Language: language})
}

// said lists "party form text" of each mention, with the status of accepted
// clusters left out.
func said(r Result) []string {
	var out []string
	for _, m := range r.Mentions {
		c := r.Clusters[m.Cluster]
		best, _ := c.Best()
		s := best.Party + " " + string(m.Form) + " " + m.Text
		if c.Status != Accepted {
			s = string(c.Status) + " " + s
		}
		out = append(out, s)
	}
	return out
}

func TestFind(t *testing.T) {
	ix := New(parties())
	for _, c := range []struct {
		name, language, text, want string
	}{
		{"full name, surname, role", "en", "Iran's Gen. Qassem Velayati flew to Minsk. Velayati said little. On Monday the general left.",
			"x:1 full Qassem Velayati|x:1 surname Velayati|x:1 role the general"},
		{"slip of the pen", "en", "Iranian officials met Qasim Velzyati in Tehran.", "x:1 full Qasim Velzyati"},
		{"possessive and capitals", "en", "QASIM VELAYATI'S VISIT TO IRAN", "x:1 full QASIM VELAYATI"},
		{"line break in the name", "en", "the Iranian commander Qasim\nVelayati arrived", "x:1 full Qasim\nVelayati"},
		{"common name without support", "en", "Mohammed Ali won the race in Leeds.", "undecided x:3 full Mohammed Ali"},
		{"part of a longer name", "en", "Qasim Velayati Hosseini plays the lute.", "undecided x:1 full Qasim Velayati"},
		{"two people joined by and", "en", "Qasim and Velayati Bros. opened a shop.", ""},
		{"short name and acronym", "en", "Harakat Zulfan denied it. Zulfan fighters left. HZF issued a video.", "x:4 full Harakat Zulfan|x:4 partial Zulfan|x:4 acronym HZF"},
		{"Russian, inflected", "ru", "Встреча с Аркадием Жуковином прошла в Москве. Жуковина ждали.", "x:5 full Аркадием Жуковином|x:5 surname Жуковина"},
		{"Arabic with a joined prefix", "ar", "وصل قاسم ولايتي إلى إيران", "x:1 full قاسم ولايتي"},
		{"ship needs a word of the sea", "en", "A morning gull cried. Morning Gull is a pub.", ""},
		{"ship by name and number", "en", "The tanker Morning Gull, IMO 9000001, sailed.", "x:6 full Morning Gull|x:6 number 9000001"},
		{"family name first", "en", "North Korea named Ri Chol-ryong. Ri smiled. Chol-ryong waved.", "x:7 full Ri Chol-ryong|x:7 surname Ri|x:7 surname Chol-ryong"},
		{"another of the family", "en", "North Korea named Ri Chol Ryong. Ri Il Nam smiled.", "x:7 full Ri Chol Ryong"},
		{"compound written as one", "en", "Police seek Abdelrahman Tesfani.", "x:8 full Abdelrahman Tesfani"},
		{"Chinese without blanks", "zh", "昨天徐耀林访问了北京", "x:9 full 徐耀林"},
		{"surname alone", "en", "Zhukovin refused to comment.", "undecided x:5 partial Zhukovin"},
		{"pronoun", "en", "Qasim Velayati landed in Iran. He left at noon.", "x:1 full Qasim Velayati|x:1 pronoun He"},
		{"nobody", "en", "The council met on Monday and agreed on nothing.", ""},
		{"empty", "en", "", ""},
	} {
		if got := strings.Join(said(find(ix, c.text, c.language)), "|"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestNamesakeIsShownAsRival(t *testing.T) {
	r := find(New(parties()), "Gen. Qassem Velayati, who commands the Zohreh Force of Iran, flew to Minsk.", "en")
	if len(r.Clusters) != 1 || r.Clusters[0].Status != Accepted {
		t.Fatalf("%+v", r.Clusters)
	}
	h := r.Clusters[0].Hypotheses
	if h[0].Party != "x:1" || h[1].Party != "x:2" || h[0].Score < 3*h[1].Score {
		t.Errorf("ranking %+v", h)
	}
	against := ""
	for _, e := range h[1].Against {
		against += e.Text
	}
	if !strings.Contains(against, "tungsten") {
		t.Errorf("the rival's entry is not answered: %q", against)
	}
	sum := 0.0
	for _, x := range h {
		sum += x.Score
	}
	if h[len(h)-1].Party != "" && h[2].Party != "" || sum < 0.999 || sum > 1.001 {
		t.Errorf("somebody else is missing or the scores do not add up: %+v", h)
	}
}

// The same text gives the same answer, however often and after whatever.
func TestRepeatable(t *testing.T) {
	ix := New(parties())
	text := "Gen. Qassem Velayati and Arkady Zhukovin met. The general left. Mohammed Ali stayed in Sudan."
	want := fmt.Sprintf("%+v", find(ix, text, "en"))
	for i := range 5 {
		find(ix, strings.Repeat("Ri Chol Velayati ", i), "en")
		if got := fmt.Sprintf("%+v", find(ix, text, "en")); got != want {
			t.Fatalf("run %d:\n%s\n%s", i, got, want)
		}
	}
}

func ExampleIndex_Find() {
	ix := New(parties())
	r := find(ix, "Iranian Gen. Qassem Velayati flew to Minsk. Velayati left on Friday.", "en")
	for _, m := range r.Mentions {
		best, _ := r.Clusters[m.Cluster].Best()
		fmt.Println(best.Party, r.Clusters[m.Cluster].Status, m.Form, m.Text)
	}
	// Output:
	// x:1 accepted full Qassem Velayati
	// x:1 accepted surname Velayati
}

func FuzzFind(f *testing.F) {
	ix := New(parties())
	f.Add("Gen. Qassem Velayati’s \xff Ри", "en")
	f.Add("قاسم ولايتي 徐耀林 김", "ar")
	f.Fuzz(func(t *testing.T, text, language string) {
		r := find(ix, text, language)
		last := 0
		for i, m := range r.Mentions {
			if m.Start < last || m.End > len(text) || m.Start >= m.End || m.Text != text[m.Start:m.End] {
				t.Fatalf("mention %d: %+v", i, m)
			}
			last = m.End
			if m.Cluster < 0 || m.Cluster >= len(r.Clusters) {
				t.Fatalf("cluster of %+v", m)
			}
		}
	})
}

// Hostile text: one name a hundred thousand times, and a run without end.
func TestBounded(t *testing.T) {
	ix := New(parties())
	for _, text := range []string{strings.Repeat("Qasim Velayati, ", 5000), strings.Repeat("Qasim Ali Velayati ", 5000), strings.Repeat("徐", 50000)} {
		find(ix, text, "en")
	}
}

var sink bool

func BenchmarkNobodyNamed(b *testing.B) {
	ix := New(parties())
	text := strings.Repeat("The council of the town met on Monday to discuss the price of bread, and nobody in London seemed to mind. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		sink = ix.Names(text, "en")
	}
}

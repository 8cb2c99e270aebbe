package mentions

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// listedPeople are invented; each entry says as much as real ones do.
func listedPeople() []party.Party {
	p := func(id, name, code string, year int, title, notes string) party.Party {
		return party.Party{ID: id, Schema: party.Person, Names: []party.Name{{Text: name}}, Gender: "male",
			Nationalities: []party.Country{{Code: code}}, Births: []party.Birth{{Window: calendar.Date{Year: year}.Window()}},
			Positions: []party.Position{{Title: title}}, Notes: []string{notes}}
	}
	return []party.Party{
		p("n:1", "Tamaz Qorvashi", "SY", 1961, "Militia commander", "Leads the Dark Saddle militia; procured howitzers."),
		p("n:2", "Arkady Zhukovin", "RU", 1958, "Deputy defence minister", "Oversaw deliveries of mortar ammunition."),
		p("n:3", "Yusuf Ali Karim", "IQ", 1970, "Financier", "Moved funds for the Zulfan Front through exchange houses."),
		p("n:4", "Jean-Baptiste Mwangelu", "CD", 1966, "Colonel", "Recruited child soldiers in Ituri; smuggled cassiterite."),
		p("n:5", "Ri Chol Ryong", "KP", 1955, "Trade representative", "Represented the Korea Sunbeam trading office; missile parts."),
		p("n:6", "Anna Petrova", "BY", 1975, "Judge", "Sentenced protesters after the election."),
		p("n:7", "Mohamed Salah Hassan", "SO", 1980, "Emir", "Commands fighters in Lower Juba; ordered bombings."),
		p("n:8", "Carlos Ibarrondo", "VE", 1963, "Intelligence chief", "Ran a detention centre; confiscated ballots."),
	}
}

// otherLives of people with the name N.
func otherLives(t *testing.T) []string {
	b, err := os.ReadFile("testdata/lives.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			out = append(out, l)
		}
	}
	return out
}

// listedLives are texts that speak of the listed bearer.
var listedLives = []string{
	"N, the T sanctioned over COUNTRY, arrived in Minsk on Monday.",
	"COUNTRY: the T N was seen at the airport, officials said.",
}

func read(ix *Index, text string) Result {
	a := story.Article{Text: text, Published: time.Date(2021, 3, 4, 0, 0, 0, 0, time.UTC)}
	return ix.Find(prose.Split(text, "en"), a)
}

// No namesake may be accepted; of the listed bearers most must be.
func TestNamesakes(t *testing.T) {
	ix := New(listedPeople())
	land := map[string]string{"SY": "Syria", "RU": "Russia", "IQ": "Iraq", "CD": "Congo", "KP": "North Korea", "BY": "Belarus", "SO": "Somalia", "VE": "Venezuela"}
	texts, undecided, found, listed := 0, 0, 0, 0
	for _, p := range listedPeople() {
		name := p.PrimaryName()
		for _, life := range otherLives(t) {
			text := replaceName(life, name)
			texts++
			for _, c := range read(ix, text).Clusters {
				switch c.Status {
				case Accepted:
					t.Errorf("namesake accepted: %s\n%+v", text, c.Hypotheses)
				case Undecided:
					undecided++
				}
			}
		}
		for _, life := range listedLives {
			text := strings.ReplaceAll(strings.ReplaceAll(life, "COUNTRY", land[p.Nationalities[0].Code]), "the T", "the "+strings.ToLower(p.Positions[0].Title))
			listed++
			for _, c := range read(ix, replaceName(text, name)).Clusters {
				if b, _ := c.Best(); c.Status == Accepted && b.Party == p.ID {
					found++
				}
			}
		}
	}
	if texts < 200 || found < listed*9/10 {
		t.Errorf("%d namesake texts; of %d texts about listed people %d accepted", texts, listed, found)
	}
	t.Logf("%d namesake texts: 0 accepted, %d undecided; %d of %d listed accepted", texts, undecided, found, listed)
}

// replaceName puts a name for the word N.
func replaceName(text, name string) string {
	out := strings.Fields(text)
	for i, w := range out {
		if strings.Trim(w, ".,") == "N" {
			out[i] = strings.Replace(w, "N", name, 1)
		}
	}
	return strings.Join(out, " ")
}

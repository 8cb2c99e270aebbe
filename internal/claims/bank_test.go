package claims

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// watched are the parties of the bank, found by the mentions room as in any
// article.
var watched = sync.OnceValue(func() map[string]party.Party {
	out := map[string]party.Party{}
	for id, p := range map[string]struct {
		schema party.Schema
		name   string
	}{
		"bank:1": {party.Person, "Imre Varga"},
		"bank:2": {party.Person, "Oksana Brandt"},
		"bank:3": {party.Organization, "Crimson Dawn"},
		"bank:4": {party.Company, "Tarkan Trading"},
		"bank:5": {party.Vessel, "Sea Lark"},
	} {
		out[id] = party.Party{ID: id, Schema: p.schema, Names: []party.Name{{Text: p.name, Kind: party.Primary}}, Designations: []party.Designation{{}}}
	}
	return out
})

var watchIndex = sync.OnceValue(func() *mentions.Index {
	var all []party.Party
	for _, id := range []string{"bank:1", "bank:2", "bank:3", "bank:4", "bank:5"} {
		all = append(all, watched()[id])
	}
	return mentions.New(all)
})

// readWatched runs the rooms below as the pipeline does.
func readWatched(t testing.TB, text, published string) Input {
	t.Helper()
	r := rooms()
	if r.err != nil {
		t.Fatal(r.err)
	}
	day, err := calendar.Parse(published)
	if err != nil {
		t.Fatal(err)
	}
	a := story.Article{ID: "bank", Text: text, Language: "en", Published: day.Time()}
	doc := prose.Split(text, "en")
	in := Input{Article: a, Document: doc, Mentions: watchIndex().Find(doc, a), Explain: true}
	in.Party = func(id string) (party.Party, bool) { p, ok := watched()[id]; return p, ok }
	in.Places = r.gaz.Find(doc, "")
	in.grow(t, r.parser, day, "")
	return in
}

// wanted is one claim that a line of the bank asks for.
type wanted struct{ code, aspect, polarity, act string }

// fits reports the code; sharp adds what else the line says.
func (w wanted) fits(c Claim, sharp bool) bool {
	if string(c.Activity) != w.code || (w.polarity == "-") != (c.Polarity == "-") && sharp {
		return false
	}
	return !sharp || (w.aspect == "" || string(c.Aspect) == w.aspect) && (w.act == "" || string(c.Act) == w.act)
}

func readBank(t testing.TB, file string) (lines []string, wants map[string][]wanted) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wants = map[string][]wanted{}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		label, text, ok := strings.Cut(line, " | ")
		if !ok {
			t.Fatalf("no text in %q", line)
		}
		lines = append(lines, text)
		for _, one := range strings.Split(label, ",") {
			f := strings.Fields(one)
			if f[0] == "none" {
				continue
			}
			w := wanted{code: f[0], polarity: "+"}
			for _, x := range f[1:] {
				switch {
				case x == "-":
					w.polarity = "-"
				case slices.Contains([]string{"planned", "attempted", "ongoing", "hypothetical", "historical", "completed"}, x):
					w.aspect = x
				default:
					w.act = x
				}
			}
			wants[text] = append(wants[text], w)
		}
	}
	return lines, wants
}

// TestBank reads the sentences of testdata: how many give the claim that they
// tell of, how many give something else beside, and that what tells of nothing
// gives nothing. bank.txt was fitted; the
// others were written afterwards, found 0.68 and 0.86 at first, and were then
// worked on as well.
func TestBank(t *testing.T) {
	for file, least := range map[string]float64{"bank.txt": 0.85, "news.txt": 0.85, "answers.txt": 0.85} {
		t.Run(file, func(t *testing.T) { bank(t, "testdata/"+file, least) })
	}
}

func bank(t *testing.T, file string, least float64) {
	lines, wants := readBank(t, file)
	total, found, sharp, beside, empty, wrong := 0, 0, 0, 0, 0, 0
	for _, text := range lines {
		got, why := Explain(readWatched(t, text, "2020-06-15"))
		if len(wants[text]) == 0 {
			empty++
			if len(got) > 0 {
				wrong++
				t.Logf("FALSE %q gives %s by %s", text, got[0].Activity, got[0].Rule)
			}
			continue
		}
		for _, w := range wants[text] {
			total++
			switch {
			case slices.ContainsFunc(got, func(c Claim) bool { return w.fits(c, true) }):
				found++
				sharp++
			case slices.ContainsFunc(got, func(c Claim) bool { return w.fits(c, false) }):
				found++
				t.Logf("SLOT %v %q: %s", w, text, told(got[0]))
			default:
				t.Logf("MISSED %v %q\n  %s", w, text, strings.Join(why, "\n  "))
			}
		}
		for _, c := range got {
			if !slices.ContainsFunc(wants[text], func(w wanted) bool { return strings.HasPrefix(string(c.Activity), w.code[:3]) }) {
				beside++
				t.Logf("BESIDE %q gives %s by %s", text, c.Activity, c.Rule)
			}
		}
	}
	t.Logf("%s: found %d of %d (all that the line says: %d), %d claims of other families beside, %d of %d that tell of nothing give a claim", file, found, total, sharp, beside, wrong, empty)
	if float64(found) < least*float64(total) {
		t.Errorf("%s: only %d of %d found", file, found, total)
	}
	if wrong*10 > empty {
		t.Errorf("%s: %d of %d that tell of nothing give a claim", file, wrong, empty)
	}
}

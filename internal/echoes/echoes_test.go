package echoes

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/story"
)

// The texts are invented; so are the ships, the ports' doings and the outlets.
const dispatch = `PORT LORENCE, March 3 (Tidewater) - The tanker Blue Sorrel, owned by the listed trader Odvar Brenning, unloaded 4,200 tonnes of diesel at the east mole on Sunday night, two harbour pilots said.

The ship had painted over its name and answered the radio as Morning Gull, the pilots said. A barge took the last hoses off at half past three.

The harbour master declined to comment. Brenning could not be reached.

"We were told to look at the lighthouse and not at the stern," one of the pilots said.`

func at(id, outlet string, day int, lang, title, text string) story.Article {
	return story.Article{ID: id, Outlet: outlet, URL: "https://" + id + ".example/", Title: title, Language: lang, Text: text,
		Published: time.Date(2019, 3, day, 10, 0, 0, 0, time.UTC)}
}

func fixtures() []story.Article {
	return []story.Article{
		at("src", "Tidewater News Agency", 3, "en", "Blacklisted trader's tanker unloads by night", dispatch),
		at("verb", "Morning Ledger", 4, "en", "Tanker unloads by night", dispatch+"\n\nSign up for our newsletter"),
		at("cutdown", "Coast Star", 4, "en", "Blue Sorrel in port", strings.Join(strings.Split(dispatch, "\n\n")[:2], "\n\n")),
		at("credited", "The Quay", 4, "en", "Agency: tanker came under another name",
			"The Tidewater agency reports that Odvar Brenning's tanker Blue Sorrel discharged diesel at Port Lorence on Sunday, under the name Morning Gull. The shipowner's office told The Quay it would look into the matter."),
		at("ru", "Портовый вестник", 4, "ru", "Танкер под чужим именем",
			"Танкер «Блю Соррел» трейдера Одвара Бреннинга разгрузил 4200 тонн дизельного топлива в Порт-Лоренсе, сообщает Tidewater. Судно называло себя «Морнинг Галл»."),
		at("own", "Beacon Wire", 6, "en", "Customs paper shows fuel cargo",
			"A customs declaration seen by Beacon Wire lists a fuel cargo for a company of Odvar Brenning in Port Lorence. It is dated March 4 and stamped by an inspector. The company's lawyer said it was an ordinary sale."),
		at("correction", "Tidewater News Agency", 5, "en", "CORRECTION: Blacklisted trader's tanker unloads by night",
			"Tidewater corrects its report of March 3: the tanker Blue Sorrel of Odvar Brenning unloaded 2,400 tonnes of diesel at Port Lorence, not 4,200 tonnes."),
		at("other", "Coast Star", 5, "en", "Lighthouse gets new lamp",
			"The lighthouse of Port Lorence gets a new lamp in April, the harbour office said. The old one, of 1931, goes to the museum in Varn."),
	}
}

func relations(as []story.Article) map[string]string {
	x := NewIndex(Options{})
	for _, a := range as {
		if _, err := x.Add(a); err != nil {
			panic(err)
		}
	}
	out := map[string]string{}
	for _, e := range x.Edges() {
		out[e.Copy+"<"+e.Of] = string(e.Relation)
	}
	return out
}

func TestRelations(t *testing.T) {
	got := relations(fixtures())
	want := map[string]Relation{
		"verb<src": Verbatim, "cutdown<src": EditedCopy, "credited<src": Credited, "ru<src": Credited, "correction<src": OwnUpdate,
	}
	for k, w := range want {
		if got[k] != string(w) {
			t.Errorf("%s is %q, want %s", k, got[k], w)
		}
		delete(got, k)
	}
	for k, r := range got {
		t.Errorf("%s: %s, want nothing", k, r)
	}
}

func TestOrderOfEntryDoesNotMatter(t *testing.T) {
	as := fixtures()
	want := fmt.Sprint(relations(as))
	rng := rand.New(rand.NewSource(7))
	for range 50 {
		rng.Shuffle(len(as), func(i, j int) { as[i], as[j] = as[j], as[i] })
		if got := fmt.Sprint(relations(as)); got != want {
			t.Fatalf("order changed the edges:\n%s\n%s", got, want)
		}
	}
}

// A speech printed in full by two papers makes neither the other's copy.
func TestSharedQuotationIsNoCopy(t *testing.T) {
	speech := `"Nobody in this ministry has ever seen that ship, and nobody in this ministry has ever been told to look away from it, whatever the papers on the other side of the bay may print on a slow Monday," Minister Ansa Tollgren said.`
	a := at("a", "Morning Ledger", 4, "en", "Minister denies", "The minister of ports rejected a report on the Blue Sorrel before the chamber.\n\n"+speech+"\n\nThe opposition asked for the harbour books.")
	b := at("b", "Coast Star", 4, "en", "Tollgren in the chamber", "Ansa Tollgren spoke for four minutes and took no questions. Half the benches were empty.\n\n"+speech)
	if e, l, ok := Pair(a, b); ok {
		t.Errorf("shared quotation taken for %s: %+v", e.Relation, l)
	}
}

// The same report filled with other names is a template, not a copy.
func TestTemplateIsNoCopy(t *testing.T) {
	form := "Shares of %[1]s (%[2]s) rose after the company opened a yard in %[3]s. Investors who hold %[1]s should know that beta measures how far a share moves with the market, that it says nothing about what the firm earns, and that the past is no guide to what comes. %[4]s, who leads the firm, bought %[5]d shares."
	a := at("a", "Ledger", 4, "en", "Is Orvane a buy?", fmt.Sprintf(form, "Orvane", "ORVN", "Lisbon", "Petra Holm", 1250))
	b := at("b", "Gazette", 4, "en", "Is Kestrin a buy?", fmt.Sprintf(form, "Kestrin", "KSTR", "Osaka", "Jun Arai", 980))
	if e, l, ok := Pair(a, b); ok {
		t.Errorf("template taken for %s: %+v", e.Relation, l)
	}
}

func TestConsonants(t *testing.T) {
	for _, c := range [][2]string{{"safavi", "сафави"}, {"beirut", "بيروت"}, {"minsk", "минск"}, {"tabaja", "طباجة"}, {"lebanon", "لبنان"}, {"injai", "indjai"}} {
		a, b := consonants(c[0], true), consonants(c[1], true)
		if a != b && !strings.HasPrefix(strings.ReplaceAll(b, "n", ""), strings.ReplaceAll(a, "n", "")) {
			t.Errorf("%s %q, %s %q", c[0], a, c[1], b)
		}
	}
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string]string{"1,200": "1200", "4.200": "4200", "3.5": "3.5", "١٢٠٠": "1200", "22:25": "22"} {
		ts := newMemory().cut(in, 0, nil)
		if ts[0].fold != want {
			t.Errorf("%s read as %q, want %q", in, ts[0].fold, want)
		}
	}
}

func FuzzPair(f *testing.F) {
	f.Add(dispatch, "ПОРТ ЛОРЕНС (Tidewater) — «Блю Соррел»\n\xff\xfe ١٢٣")
	f.Fuzz(func(t *testing.T, a, b string) {
		p := story.Article{ID: "a", Outlet: "A", Text: a, Language: "en"}
		q := story.Article{ID: "b", Outlet: "B", Text: b}
		e, l, _ := Pair(p, q)
		if l.Five < 0 || l.Five > 1 || l.Facts > 1 {
			t.Fatalf("likeness out of range: %+v", l)
		}
		for _, v := range e.Evidence {
			if v.In.Start < 0 || v.In.End > max(len(a), len(b)) {
				t.Fatalf("span outside the text: %+v", v)
			}
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	rng := rand.New(rand.NewSource(1))
	words := strings.Fields(wordsText)
	text := func() string {
		var s strings.Builder
		for i := range 350 {
			w := words[rng.Intn(len(words))]
			if i%9 == 0 {
				w = strings.ToUpper(w[:1]) + w[1:]
			}
			s.WriteString(w + " ")
		}
		return s.String()
	}
	x := NewIndex(Options{})
	as := make([]story.Article, b.N)
	for i := range as {
		as[i] = at(fmt.Sprint(i), fmt.Sprint("outlet", i%50), 1+i%28, "en", "", text())
	}
	b.ResetTimer()
	for _, a := range as {
		if _, err := x.Add(a); err != nil {
			panic(err)
		}
	}
}

func ExampleIndex() {
	x := NewIndex(Options{})
	for _, a := range fixtures()[:2] {
		if _, err := x.Add(a); err != nil {
			panic(err)
		}
	}
	for _, e := range x.Edges() {
		b, _ := json.Marshal(e.Relation)
		fmt.Println(e.Copy, "goes back to", e.Of, "as", string(b))
	}
	// Output: verb goes back to src as "verbatim"
}

package cases

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// fixture is one file of testdata/happenings: lines of
//
//	party ID | NAME | NATIONALITY
//	article ID | OUTLET | DAY [| LANGUAGE]
//	copy COPY OF RELATION
//	claim ARTICLE ACTIVITY key=value ... | WORDS
//	case NAME key=value ...          what must come out, in order of window
//
// A claim's keys: party, role, when, to, at, from, via, with, chain, act,
// scope, pol, cert, aspect, items, purpose, basis, exempt, n (own name),
// answers. "chain" holds KIND:HOLDER links parted by ">".
type fixture struct {
	name string
	in   Input
	want []want
}

type want struct {
	line string
	keys map[string]string
}

func fixtures(t *testing.T) []fixture {
	t.Helper()
	files, err := filepath.Glob(or(os.Getenv("CASES_FIXTURES"), "testdata/happenings/*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	var out []fixture
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(raw), "\n## ")[1:] {
			name, body, _ := strings.Cut(part, "\n")
			out = append(out, readFixture(t, filepath.Base(f)+"/"+name, body))
		}
	}
	return out
}

func readFixture(t *testing.T, name, body string) fixture {
	f := fixture{name: name}
	f.in.Law = fakeLaw{}
	for n, line := range strings.Split(body, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "party":
			p := split(rest, "|")
			f.in.Parties = append(f.in.Parties, party.Party{ID: p[0], Schema: party.Person, Names: []party.Name{{Text: p[1]}},
				Nationalities: []party.Country{{Code: p[2]}}, Designations: []party.Designation{{Authority: "INV", Reference: p[0]}}})
		case "article":
			p := append(split(rest, "|"), "en")
			day, err := time.Parse("2006-01-02", p[2])
			if err != nil {
				t.Fatalf("%s: line %d: %v", name, n+2, err)
			}
			f.in.Articles = append(f.in.Articles, story.Article{ID: p[0], Outlet: p[1], Published: day.Add(9 * time.Hour), Language: p[3]})
		case "copy":
			p := strings.Fields(rest)
			f.in.Copies = append(f.in.Copies, echoes.Edge{Copy: p[0], Of: p[1], Relation: echoes.Relation(p[2])})
		case "claim":
			f.claim(t, rest)
		case "case":
			f.want = append(f.want, want{rest, keysOf(rest)})
		default:
			t.Fatalf("%s: line %d: %q", name, n+2, kind)
		}
	}
	return f
}

func split(s, sep string) []string {
	var out []string
	for _, p := range strings.Split(s, sep) {
		out = append(out, strings.TrimSpace(p))
	}
	return out
}

// keysOf reads key=value pairs; a value runs to the next key.
func keysOf(s string) map[string]string {
	m := map[string]string{}
	last := ""
	for _, w := range strings.Fields(s) {
		k, v, ok := strings.Cut(w, "=")
		if ok && !strings.ContainsAny(k, "(:") {
			last = strings.ReplaceAll(k, "~", " ")
			m[last] = v
		} else if last != "" {
			m[last] += " " + w
		}
	}
	return m
}

func (f *fixture) claim(t *testing.T, s string) {
	head, words, _ := strings.Cut(s, " | ")
	p := strings.Fields(head)
	k := keysOf(strings.Join(p[2:], " "))
	var art *story.Article
	for i := range f.in.Articles {
		if f.in.Articles[i].ID == p[0] {
			art = &f.in.Articles[i]
		}
	}
	if art == nil {
		t.Fatalf("%s: no article %q", f.name, p[0])
	}
	start := len(art.Text)
	art.Text += words + "\n"
	id := k["n"]
	if id == "" {
		id = fmt.Sprintf("%s-%d", p[0], start)
	}
	c := claims.Claim{ID: id, Article: p[0], Activity: activity.Code(p[1]), Aspect: claims.Aspect(or(k["aspect"], "completed")), Polarity: or(k["pol"], "+"),
		Act: speech.Act(or(k["act"], "assert")), Certainty: speech.Certainty(or(k["cert"], "certain")), Scope: k["scope"], Purpose: k["purpose"],
		Exemption: k["exempt"], Answers: k["answers"], Evidence: story.Span{Start: start, End: start + len(words)}}
	subject := f.in.Parties[0]
	for _, q := range f.in.Parties {
		if q.ID == k["party"] {
			subject = q
		}
	}
	role := claims.Role(or(k["role"], "traveller"))
	if cand := k["candidates"]; cand != "" {
		c.Players = append(c.Players, claims.Player{Role: role, Name: subject.PrimaryName(), Surface: subject.PrimaryName(), Candidates: split(cand, ","), Cluster: 0, Listed: true})
	} else if k["party"] != "none" {
		c.Players = append(c.Players, claims.Player{Role: role, Name: subject.PrimaryName(), Party: subject.ID, Listed: true, Cluster: 0})
	}
	if w := k["with"]; w != "" {
		c.Players = append(c.Players, claims.Player{Role: claims.Participant, Name: w, Cluster: -1})
	}
	if w := k["recipient"]; w != "" {
		c.Players = append(c.Players, claims.Player{Role: claims.Recipient, Name: w, Country: w, Cluster: -1})
	}
	c.To, c.Place, c.From, c.Via = place(k["to"]), place(k["at"]), place(k["from"]), place(k["via"])
	if w := k["when"]; w != "" {
		a, b, ok := strings.Cut(w, "..")
		if !ok {
			b = a
		}
		c.When = &claims.When{Window: calendar.Between(calendar.MustParse(a).First(), calendar.MustParse(b).Last())}
	}
	for _, i := range split(k["items"], ",") {
		if n, what, ok := strings.Cut(i, "_"); ok {
			v, _ := strconv.ParseFloat(n, 64)
			c.Items = append(c.Items, claims.Item{Item: strings.ReplaceAll(what, "_", " "), Quantity: &v})
		}
	}
	if k["chain"] != "" {
		for _, l := range split(k["chain"], ">") {
			kind, holder, _ := strings.Cut(l, ":")
			country := ""
			if h, cc, ok := strings.Cut(holder, "@"); ok {
				holder, country = h, cc
			}
			link := claims.Link{Kind: speech.HolderKind(kind), Holder: holder, Country: country}
			if kind == "person" || kind == "official" {
				if r := []rune(holder); len(r) > 0 && strings.ToUpper(string(r[0])) == string(r[0]) && !slices.Contains([]string{"A", "An", "The", "Officials"}, strings.Fields(holder)[0]) {
					link.Name = holder
				}
			}
			c.Chain = append(c.Chain, link)
		}
		c.Chain[len(c.Chain)-1].Basis = strings.ReplaceAll(k["basis"], "_", " ")
	}
	f.in.Claims = append(f.in.Claims, c)
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// place reads NAME/COUNTRY[/KIND].
func place(s string) *claims.Location {
	if s == "" {
		return nil
	}
	p := append(strings.Split(s, "/"), "", "")
	kind := or(p[2], "city")
	return &claims.Location{Text: p[0], Name: p[0], Country: p[1], Kind: kind}
}

// fakeLaw bans every journey abroad and knows of no exemption but what it is told.
type fakeLaw struct{}

func (fakeLaw) Check(q measures.Question) measures.Answer {
	if q.Window.IsZero() || q.Place == "" {
		return measures.Answer{Verdict: measures.Insufficient, Missing: []string{"date", "place"}}
	}
	if q.Activity.Family() != "TRV" {
		return measures.Answer{Verdict: measures.NoMeasure}
	}
	g := measures.Ground{Row: "INV-T1", Authority: "INV", Kind: "M-TRAVEL", Addressee: "all States", Duty: "prevent entry or transit", Citation: "Invented Act, s. 1",
		From: calendar.On(2010, 1, 1), Verdict: measures.ExemptionUnknown}
	for _, e := range q.Exemptions {
		if e.Status == "granted" {
			return measures.Answer{Verdict: measures.Exempt, Grounds: []measures.Ground{g}}
		}
	}
	return measures.Answer{Verdict: measures.ExemptionUnknown, Grounds: []measures.Ground{g}}
}

func article(id, outlet string, day calendar.Date) story.Article {
	return story.Article{ID: id, Outlet: outlet, Language: "en", Published: day.Time().Add(9 * time.Hour), Text: "Text."}
}

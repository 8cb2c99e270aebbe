package report

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/ratings"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/measures"
	listed "github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

func at(day int) time.Time { return time.Date(2016, 4, day, 9, 0, 0, 0, time.UTC) }

// dispatch is one agency story, its copy and a paper of its own.
func dispatch() File {
	const first, fuller, silent = "Odvar Brenning came to Varna on April 14.", "He left the airport in a grey van, two pilots said on condition of anonymity.", "The port authority declined to comment."
	text := first + " " + fuller + " " + silent
	in := cases.Input{Parties: []listed.Party{{ID: "inv:1", Schema: listed.Person, Names: []listed.Name{{Text: "Odvar Brenning"}},
		Designations: []listed.Designation{{Authority: "INV", Reference: "inv:1"}}}}}
	for i, o := range []string{"Tidewater Agency", "Coast Star", "Morning Ledger"} {
		in.Articles = append(in.Articles, story.Article{ID: fmt.Sprint("a", i+1), Outlet: o, Language: "en", Published: at(15 + i), Text: text})
	}
	in.Copies = []echoes.Edge{{Copy: "a2", Of: "a1", Relation: echoes.Verbatim}}
	claim := func(article, quote string, act speech.Act, a activity.Code, chain ...claims.Link) {
		start := strings.Index(text, quote)
		c := claims.Claim{ID: article + quote[:6] + string(a), Article: article, Activity: a, Aspect: claims.Completed, Polarity: "+", Act: act, Certainty: speech.Certain, Chain: chain,
			Players:  []claims.Player{{Role: claims.Traveller, Party: "inv:1", Name: "Odvar Brenning", Cluster: -1}},
			To:       &claims.Location{Name: "Varna", Country: "BG", Kind: "city"},
			Evidence: story.Span{Start: start, End: start + len(quote)}}
		if act == speech.Assert {
			c.When = &claims.When{Window: calendar.MustParse("2016-04-14").Window()}
		} else {
			c.Certainty = speech.Uncommitted
		}
		in.Claims = append(in.Claims, c)
	}
	for _, a := range []string{"a1", "a2"} {
		claim(a, first, speech.Assert, "TRV-ENTRY", claims.Link{Kind: speech.Anonymous, Holder: "two pilots"})
		claim(a, fuller, speech.Assert, "TRV-EXIT", claims.Link{Kind: speech.Anonymous, Holder: "two pilots"})
		claim(a, silent, speech.NoComment, "TRV-ENTRY", claims.Link{Kind: speech.GovernmentH, Holder: "The port authority"})
	}
	claim("a3", first, speech.Assert, "TRV-ENTRY", claims.Link{Kind: speech.PersonH, Holder: "Ada Holm", Name: "Ada Holm", Basis: "witnessed"})
	f := File{Number: 1, Case: cases.Build(in)[0], Articles: map[string]story.Article{}}
	for _, a := range in.Articles {
		f.Articles[a.ID] = a
	}
	return f
}

func TestCopiesAreFolded(t *testing.T) {
	f := dispatch()
	var quotes []string
	for _, e := range f.evidenceOf() {
		quotes = append(quotes, e.Article+" "+e.On[0]+" "+strings.Join(e.Also, "|"))
	}
	want := []string{"a3 trip ", "a1 trip Coast Star (verbatim)", "a1 departure Coast Star (verbatim)", "a1 trip Coast Star (verbatim)"}
	if fmt.Sprintf("%q", quotes) != fmt.Sprintf("%q", want) {
		t.Errorf("evidence %q, want %q", quotes, want)
	}
	var b, page bytes.Buffer
	if err := Text(&b, f, 100); err != nil {
		t.Fatal(err)
	}
	if err := HTML(&page, "Cases", []File{f}); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"also in: Coast Star (verbatim)", "2016-04-15; also in Coast Star)", "F (reliability cannot be judged)", "6 (truth cannot be judged)"} {
		if !strings.Contains(strings.Join(strings.Fields(b.String()), " "), s) {
			t.Errorf("the text lacks %q:\n%s", s, b.String())
		}
	}
	for _, s := range []string{"Also in: Coast Star (verbatim)", "; also in Coast Star", "truth cannot be judged"} {
		if !strings.Contains(page.String(), s) {
			t.Errorf("the page lacks %q", s)
		}
	}
	if n := strings.Count(b.String(), "declined to comment:"); n != 1 {
		t.Errorf("one reply in two papers is shown %d times", n)
	}
}

func TestGrades(t *testing.T) {
	f := dispatch()
	id := f.Case.Claims[0].ID
	f.Case.Ratings = cases.Ratings{Sources: []ratings.Standing{{Source: "Coast Star", Grade: ratings.NotRated}, {Source: "Tidewater Agency", Grade: "B", From: calendar.On(2015, 1, 1), By: "desk"}},
		Items: []cases.ItemRating{{Claim: id, Grade: "3", By: "desk", Why: "fits the timetable"}}, Refused: []string{"1 was asked for"}}
	if got, want := sourceGrades(f.Case), "Tidewater Agency B (usually reliable), rated by desk on 1 Jan 2015; the others F (reliability cannot be judged), nobody has rated them"; got != want {
		t.Errorf("%s", got)
	}
	if got := itemGrades(f); !strings.Contains(got, "3 (possibly true), by desk: fits the timetable; the others 6") || !strings.HasSuffix(got, "a grade was not given: 1 was asked for") {
		t.Errorf("%s", got)
	}
}

// The words that the program writes are in templates and in the strings of the
// code that makes and shows cases: none of them judges.
func TestNoTemplateJudges(t *testing.T) {
	check := func(where, text string) {
		if bad := measures.VerdictWords(text); len(bad) > 0 {
			t.Errorf("%s: %q in %q", where, bad, text)
		}
		if w, bad := cases.VerdictWord(text); bad {
			t.Errorf("%s: %q in %q", where, w, text)
		}
	}
	pages, err := filepath.Glob("pages/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no templates", err)
	}
	style := regexp.MustCompile(`(?s)<style>.*</style>|\{\{.*?\}\}|<[^>]*>`)
	for _, p := range pages {
		raw, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		check(p, style.ReplaceAllString(string(raw), " "))
	}
	n := 0
	for _, glob := range []string{"*.go", "../cases/*.go", "../cases/*/*.go", "../measures/*.go"} {
		files, _ := filepath.Glob(glob)
		for _, f := range files {
			if !strings.HasSuffix(f, "_test.go") {
				n += literals(t, f, check)
			}
		}
	}
	if n < 400 {
		t.Errorf("only %d strings looked at", n)
	}
}

func TestEveryActivityHasAHeading(t *testing.T) {
	for _, a := range activity.All() {
		if w := headings()[a.Code]; w == "" {
			t.Errorf("%s has no heading", a.Code)
		} else if bad, ok := cases.VerdictWord(w); ok {
			t.Errorf("%s: %q judges", a.Code, bad)
		}
	}
	if len(headings()) != len(activity.All()) {
		t.Error("headings of codes that are none")
	}
}

// notWritten are strings that name things and are never shown: the codes of
// flags, and the words by which a text is searched.
var notWritten = regexp.MustCompile(`^\(\?i\)|^laundered$|^launder$`)

func literals(t *testing.T, file string, check func(where, text string)) int {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(parsed, func(node ast.Node) bool {
		if lit, ok := node.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && !notWritten.MatchString(s) {
				n++
				check(file, s)
			}
		}
		return true
	})
	return n
}

// Five hundred cases made at random, with the real register of measures, are
// written out in full: no word in them judges, no sentence is broken.
func TestNoRandomCaseJudges(t *testing.T) {
	law, err := measures.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(7))
	n := 0
	broken := regexp.MustCompile(`%!|<nil>|\(\)|, ,|\b(to to|of of|the the|in in)\b|'s's| their its | its their `)
	for n < 500 {
		for _, f := range randomFiles(rng, law) {
			n++
			var b bytes.Buffer
			if err := Text(&b, f, 100); err != nil {
				t.Fatal(err)
			}
			text := strings.Join(strings.Fields(b.String()), " ")
			if bad := measures.VerdictWords(text); len(bad) > 0 {
				t.Fatalf("%q judges:\n%s", bad, b.String())
			}
			if w, bad := cases.VerdictWord(text); bad {
				t.Fatalf("%q judges:\n%s", w, b.String())
			}
			for _, k := range append([]cases.Check{f.Case.Check}, f.Case.Also...) {
				if bad := broken.FindString(k.Sentence); bad != "" || k.Sentence == "" || !strings.HasSuffix(k.Sentence, ".") || strings.Contains(k.Sentence, "..") {
					t.Fatalf("%q is broken: %s", bad, k.Sentence)
				}
			}
		}
	}
	var page bytes.Buffer
	if err := HTML(&page, "Cases", randomFiles(rng, law)); err != nil {
		t.Fatal(err)
	}
}

func pick[T any](rng *rand.Rand, of ...T) T { return of[rng.Intn(len(of))] }

// randomFiles makes the cases of eight articles about one invented party.
func randomFiles(rng *rand.Rand, law cases.Law) []File {
	ref := pick(rng, "IRi.039", "LYi.015", "QDi.001", "KPi.010")
	day := calendar.On(2004+rng.Intn(20), 1+rng.Intn(12), 1+rng.Intn(28))
	in := cases.Input{Law: law, Parties: []listed.Party{{ID: "inv:1", Schema: pick(rng, listed.Person, listed.Organization), Names: []listed.Name{{Text: "Odvar Brenning"}},
		Nationalities: []listed.Country{{Code: pick(rng, "IR", "LY", "RU", "NO")}},
		Designations:  []listed.Designation{{Authority: pick(rng, "UN", "US", "EU", "GB"), List: "un", Reference: ref, ListedOn: calendar.On(2003, 1, 1), Status: listed.Listed}}}}}
	all := activity.All()
	for i := range 8 {
		a := story.Article{ID: fmt.Sprint("a", i), Outlet: fmt.Sprint("Paper ", rng.Intn(5)), Language: "en", Published: day.AddDays(rng.Intn(9)).Time(), Text: "Words of the text. "}
		in.Articles = append(in.Articles, a)
		if i > 0 && rng.Intn(2) == 0 {
			in.Copies = append(in.Copies, echoes.Edge{Copy: a.ID, Of: fmt.Sprint("a", rng.Intn(i)), Relation: pick(rng, echoes.Verbatim, echoes.EditedCopy, echoes.Credited, echoes.OwnUpdate)})
		}
		for k := range 3 {
			in.Claims = append(in.Claims, randomClaim(rng, a.ID, k, day, all[rng.Intn(len(all))].Code))
		}
	}
	var out []File
	for i, c := range cases.Build(in) {
		f := File{Number: i + 1, Case: c, Articles: map[string]story.Article{}}
		for _, a := range in.Articles {
			f.Articles[a.ID] = a
		}
		out = append(out, f)
	}
	return out
}

func randomClaim(rng *rand.Rand, article string, k int, day calendar.Date, code activity.Code) claims.Claim {
	country := pick(rng, "RU", "NL", "BG", "US", "")
	c := claims.Claim{ID: fmt.Sprint(article, "-", k), Article: article, Activity: code, Aspect: pick(rng, claims.Completed, claims.Planned, claims.Attempted, claims.Historical, claims.Ongoing), Polarity: "+",
		Act:       pick(rng, speech.Assert, speech.Assert, speech.Confirm, speech.Deny, speech.CannotConfirm, speech.NoComment, speech.Retract, speech.Correct),
		Certainty: pick(rng, speech.Certain, speech.Probable, speech.Possible, speech.Uncommitted), Scope: pick(rng, "", "whole", "meeting"),
		Players:   []claims.Player{{Role: pick(rng, claims.Traveller, claims.Supplier, claims.Recipient, claims.Payer, claims.Actor, claims.Participant), Party: "inv:1", Name: "Odvar Brenning", Cluster: -1}},
		Exemption: pick(rng, "", "", "granted", "stated-none"), Evidence: story.Span{Start: 0, End: 18}, Rule: "x"}
	if country != "" {
		c.To = &claims.Location{Text: "Somewhere", Name: "Somewhere", Country: country, Kind: "city"}
	}
	if rng.Intn(3) > 0 {
		from := day.AddDays(rng.Intn(4) - 4)
		c.When = &claims.When{Window: calendar.Between(from, from.AddDays(rng.Intn(3)))}
	}
	if rng.Intn(3) > 0 {
		c.Chain = []claims.Link{{Kind: pick(rng, speech.Anonymous, speech.GovernmentH, speech.PersonH, speech.Outlet), Holder: pick(rng, "two pilots", "the port ministry", "Ada Holm", "Coast Star", "local media")}}
	}
	if rng.Intn(3) == 0 {
		v := 6.0
		c.Items = []claims.Item{{Item: pick(rng, "rifle", "crude oil", "gold"), Quantity: &v}}
		c.Players = append(c.Players, claims.Player{Role: claims.Recipient, Name: "Syria", Country: "SY", Cluster: -1})
	}
	return c
}

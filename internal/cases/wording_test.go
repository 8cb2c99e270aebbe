package cases

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
)

// written are the words of a case that the program itself writes; quotations,
// holders and names are others' words.
func written(c Case) []string {
	out := []string{c.Title, c.Check.Sentence, c.Check.NotAsked}
	for _, e := range c.Independence {
		out = append(out, quotedNames(c, e.Why))
	}
	for _, e := range c.Elements {
		out = append(out, e.Name, e.Level.String())
	}
	for _, f := range c.Flags {
		out = append(out, f.Kind, quotedNames(c, f.Text))
	}
	for _, g := range c.Unknown {
		out = append(out, g.Field, g.Question)
	}
	for _, l := range c.Links {
		out = append(out, l.Relation, l.Why)
	}
	for _, a := range c.Asked {
		out = append(out, a.Who, a.Answer)
	}
	for _, n := range c.NotOrigins {
		out = append(out, n.Why)
	}
	return out
}

// quotedNames puts holders in quotation marks, where the lint does not look.
func quotedNames(c Case, s string) string {
	for _, o := range c.Origins {
		s = strings.ReplaceAll(s, o.Holder, "“"+o.Holder+"”")
	}
	return s
}

func TestNoVerdictWordInWhatIsWritten(t *testing.T) {
	n := 0
	for _, f := range fixtures(t) {
		for _, c := range Build(f.in) {
			for _, s := range written(c) {
				n++
				if w, bad := VerdictWord(s); bad {
					t.Errorf("%s: %q judges (%q)", f.name, s, w)
				}
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d pieces of text looked at", n)
	}
}

// Every sentence of a check, over verdicts, activities and kinds of measure.
func TestSentences(t *testing.T) {
	verdicts := []measures.Verdict{measures.NoMeasure, measures.OutsideScope, measures.Exempt, measures.ExemptionUnknown, measures.NoExemptionReported, measures.Straddles, measures.Insufficient, measures.IdentityUndecided}
	rng := rand.New(rand.NewSource(5))
	for _, v := range verdicts {
		for _, a := range activity.All() {
			kinds := activity.Kinds()
			k := kinds[rng.Intn(len(kinds))]
			c := &Case{Party: Party{Name: "Odvar Brenning", Kind: []string{"listed", "territory"}[rng.Intn(2)]}, Activity: []activity.Code{a.Code},
				Aspect: []claims.Aspect{claims.Completed, claims.Planned, claims.Attempted}[rng.Intn(3)], Places: []Place{{Name: "Varna", Country: []string{"BG", "NL", "PT", ""}[rng.Intn(4)]}}}
			g := measures.Ground{Authority: "INV", Kind: k.Kind, Addressee: "all States", Duty: k.Duty, Citation: "Invented Act, s. 1", From: calendar.On(2010, 1, 1), Until: calendar.On(2020, 1, 1)}
			for _, grounds := range [][]measures.Ground{nil, {g}} {
				chk := Check{Activity: a.Code, Verdict: v, Answer: measures.Answer{Verdict: v, Reason: "It binds others.", Grounds: grounds, Missing: []string{"the day"}}}
				for _, s := range []string{sentence(c, chk), title(c)} {
					if w, bad := VerdictWord(s); bad {
						t.Errorf("%s %s: %q judges (%q)", v, a.Code, s, w)
					}
					if strings.Contains(s, "%!") || strings.Contains(s, "  ") {
						t.Errorf("%s %s: %q", v, a.Code, s)
					}
				}
				s := sentence(c, chk)
				if v != measures.IdentityUndecided && v != measures.Insufficient && (grounds != nil || v == measures.NoMeasure) && !strings.HasPrefix(s, "If the reports are accurate") {
					t.Errorf("%s: %q is not put as a condition", v, s)
				}
			}
		}
	}
}

func TestVerdictWord(t *testing.T) {
	for s, want := range map[string]bool{
		"He violated the ban.": true, "The delegation smuggled arms.": true, "A breach of duty": true,
		"He said “that was illegal”.": false, `She called it "a breach".`: false, "The duty would have been engaged.": false, "Brecht came": false,
	} {
		if _, got := VerdictWord(s); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

func TestDecisionsWin(t *testing.T) {
	for _, f := range fixtures(t) {
		if !strings.Contains(f.name, "two trips a week apart") {
			continue
		}
		first, second := f.in.Claims[0].ID, f.in.Claims[1].ID
		f.in.Decisions = []review.Record{{ID: "d1", Kind: review.Merge, Claims: []string{first, second}, Who: "analyst"}}
		if got := Build(f.in); len(got) != 1 || fmt.Sprint(got[0].Decisions) != "[d1]" {
			t.Errorf("merge: %d cases", len(got))
		}
		f.in.Decisions = []review.Record{{ID: "d2", Kind: review.Split, Claims: []string{f.in.Claims[2].ID}, Who: "analyst"}}
		if got := Build(f.in); len(got) != 3 {
			t.Errorf("split: %d cases, want 3", len(got))
		}
		f.in.Decisions = []review.Record{{ID: "d3", Kind: review.Drop, Claims: []string{first}, Who: "analyst"}}
		if got := Build(f.in); len(got) != 1 {
			t.Errorf("drop: %d cases, want 1", len(got))
		}
		f.in.Decisions = []review.Record{{ID: "d4", Kind: review.Independence, Claims: []string{second}, Other: []string{f.in.Claims[2].ID}, Value: string(Dependent), Who: "analyst"}}
		if got := Build(f.in); got[1].For != (Count{Min: 1, Max: 1}) {
			t.Errorf("dependence set by a person: %v", got[1].For)
		}
		return
	}
	t.Fatal("fixture not found")
}

// What a person puts on record of an exemption reaches the check, and is taken
// back with the record.
func TestExemptionOnRecord(t *testing.T) {
	all := fixtures(t)
	f := all[slices.IndexFunc(all, func(f fixture) bool { return strings.Contains(f.name, "one dispatch") })]
	was := Build(f.in)[0].Check.Verdict
	f.in.Decisions = []review.Record{{ID: "r1", Kind: review.Exemption, Claims: []string{f.in.Claims[0].ID}, Value: "granted", Text: "the committee", Who: "analyst", Reason: "letter of 1 March"}}
	got := Build(f.in)[0]
	if was != measures.ExemptionUnknown || got.Check.Verdict != measures.Exempt || !slices.Contains(got.Decisions, "r1") {
		t.Errorf("%s became %s, decisions %v", was, got.Check.Verdict, got.Decisions)
	}
	f.in.Decisions = append(f.in.Decisions, review.Record{ID: "r2", Kind: review.Undo, Of: "r1", Who: "analyst"})
	if got := Build(f.in)[0].Check.Verdict; got != was {
		t.Errorf("taken back: %s, was %s", got, was)
	}
}

func TestIdentityShowsRivals(t *testing.T) {
	all := fixtures(t)
	f := all[slices.IndexFunc(all, func(f fixture) bool { return strings.Contains(f.name, "one dispatch") })]
	id := f.in.Parties[0].ID
	f.in.Mentions = map[string]mentions.Result{f.in.Articles[0].ID: {Clusters: []mentions.Cluster{{Status: mentions.Accepted, Hypotheses: []mentions.Hypothesis{
		{Party: id, Score: 0.97, For: []mentions.Evidence{{Feature: "rank", Weight: 0.4, Text: "a trader"}}},
		{Party: "inv:9", Name: "Odvar Brenning the younger", Score: 0.02, Against: []mentions.Evidence{{Feature: "trade", Weight: 0.5, Text: "a baker"}}},
	}}}}}
	c := Build(f.in)[0]
	if c.Party.Score != 0.97 || len(c.Party.Rivals) != 1 || c.Party.Rivals[0].Name != "Odvar Brenning the younger" || len(c.Party.Reasons) != 1 {
		t.Errorf("party %+v", c.Party)
	}
}

func BenchmarkBuild(b *testing.B) {
	in := many(10_000)
	b.ResetTimer()
	for range b.N {
		Build(in)
	}
}

// many makes n claims of n/50 parties in n/4 articles.
func many(n int) Input {
	var in Input
	rng := rand.New(rand.NewSource(2))
	base := calendar.On(2015, 1, 1)
	for i := range n / 4 {
		day := base.AddDays(rng.Intn(3000))
		in.Articles = append(in.Articles, article(fmt.Sprint("a", i), fmt.Sprint("Outlet ", i%300), day))
	}
	for i := range n {
		a := in.Articles[i%len(in.Articles)]
		w := calendar.Between(a.Day().AddDays(-3), a.Day())
		p := fmt.Sprint("inv:", (i%len(in.Articles))%(n/50))
		c := claims.Claim{ID: fmt.Sprint("c", i), Article: a.ID, Activity: []activity.Code{"TRV-ENTRY", "MET-IN"}[i%2], Aspect: claims.Completed, Polarity: "+", Act: "assert", Certainty: "certain",
			Players: []claims.Player{{Role: claims.Traveller, Name: p, Party: p, Listed: true, Cluster: -1}}, To: &claims.Location{Text: "X", Name: "X", Country: []string{"RU", "BY", "TR"}[rng.Intn(3)]},
			When: &claims.When{Window: w}, Chain: []claims.Link{{Holder: fmt.Sprint("a source ", rng.Intn(5)), Kind: "anonymous"}}}
		in.Claims = append(in.Claims, c)
	}
	return in
}

package casebook

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/eval/newsworld"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/sqlite"
)

var ctx = context.Background()

func basis(t testing.TB, w *newsworld.World) *Basis {
	law, err := measures.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return &Basis{Parties: w.Parties, Same: map[string]string{"inv:3": "inv:3", "inv:5": "inv:3", "inv:11": "inv:10", "inv:10": "inv:10"}, Sources: sources.Default(), Law: law, Lists: []string{"inv"}, Key: "k", Program: "test", Rules: 1}
}

func emptyStore(t testing.TB) *sqlite.DB {
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// desk plays what comes to a store: pieces, corrections, words of people.
type desk struct {
	t      testing.TB
	st     *sqlite.DB
	b      *Basis
	now    time.Time
	pieces map[string]newsworld.Piece
	said   []review.Record
}

func (d *desk) tick() time.Time { d.now = d.now.Add(time.Minute); return d.now }

func (d *desk) save(p newsworld.Piece) {
	d.t.Helper()
	if err := d.st.SaveArticle(ctx, p.Article, d.tick()); err != nil {
		d.t.Fatal(err)
	}
	d.pieces[p.Article.ID] = p
	r := store.Reading{Key: p.Article.ID + d.now.String(), Article: p.Article.ID, Mentions: p.Mentions, Claims: p.Claims}
	if err := d.st.SaveReading(ctx, r, d.now); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) add(r review.Record) {
	d.t.Helper()
	kept, err := d.st.AddRecord(ctx, r)
	if err != nil {
		d.t.Fatal(err)
	}
	d.said = append(d.said, kept)
}

// say makes up a word about some claims.
func (d *desk) say(rng *rand.Rand) {
	cs, err := d.st.Cases(ctx, time.Time{})
	if err != nil {
		d.t.Fatal(err)
	}
	if len(cs) == 0 {
		return
	}
	pick := func() cases.Case { return cs[rng.Intn(len(cs))].Case }
	c, o := pick(), pick()
	ids := func(c cases.Case) (out []string) {
		for _, l := range c.Claims {
			out = append(out, l.ID)
		}
		return out
	}
	if len(c.Claims) == 0 || len(o.Claims) == 0 {
		return
	}
	r := review.Record{Who: "Ada", Reason: "as the test says", At: d.tick(), Case: c.ID, State: c.MadeBy.Inputs, Claims: ids(c)}
	switch rng.Intn(9) {
	case 0:
		r.Kind, r.Text = review.Note, "a word"
	case 1:
		r.Kind, r.Value = review.Decide, review.Undecided
	case 2:
		r.Kind, r.Claims = review.Drop, r.Claims[:1]
	case 3:
		r.Kind, r.Value = review.Identify, d.b.Parties[rng.Intn(len(d.b.Parties))].ID
	case 4:
		r.Kind, r.Claims = review.Merge, append(r.Claims, ids(o)...)
	case 5:
		r.Kind, r.Claims = review.Split, r.Claims[len(r.Claims)-1:]
	case 6:
		r.Kind, r.Source, r.Value, r.Case, r.Claims = review.Reliability, c.Articles[0].Outlet, "B", "", nil
	case 7:
		r.Kind, r.Text, r.Claims = review.Note, "about two", append(r.Claims, ids(o)...)
	case 8:
		if len(d.said) == 0 {
			return
		}
		of := d.said[rng.Intn(len(d.said))]
		if slices.ContainsFunc(d.said, func(s review.Record) bool { return s.Kind == review.Undo && s.Of == of.ID }) {
			return
		}
		r = review.Record{Kind: review.Undo, Of: of.ID, Who: "Ada", Reason: "after all", At: d.now}
	}
	d.add(r)
}

// shown is what a store holds, without what tells when it was made.
func shown(t testing.TB, st *sqlite.DB) map[string]string {
	t.Helper()
	cs, err := st.Cases(ctx, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range cs {
		out[c.ID] = plain(t, c.Case)
	}
	es, err := st.Copies(ctx, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range es {
		out[e.Copy+" < "+e.Of+" "+string(e.Relation)] = fmt.Sprint(e.Confidence)
	}
	return out
}

func plain(t testing.TB, c cases.Case) string {
	c.MadeBy.Run = ""
	j, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(j)
}

// Whatever comes in whatever order, after the last word the store holds what
// building everything at once gives.
func TestGrownIsBuilt(t *testing.T) {
	seeds := int64(3)
	if testing.Short() {
		seeds = 2
	}
	cases, links, open := 0, 0, 0
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			got := grow(t, seed)
			for _, c := range got {
				cases++
				links += len(c.Links)
				if c.Party.Identity == mentions.Undecided {
					open++
				}
			}
		})
	}
	t.Logf("%d cases, %d links, %d of open bearers", cases, links, open)
	if cases < 60 || links < 60 || open < 5 {
		t.Error("the worlds are too quiet to show anything")
	}
}

func grow(t *testing.T, seed int64) []cases.Case {
	w := newsworld.New(newsworld.Options{Parties: 14, Outlets: 6, Naming: 0.7, Every: 5 * time.Hour, Sentence: 8, Seed: seed})
	d := &desk{t: t, st: emptyStore(t), b: basis(t, w), now: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), pieces: map[string]newsworld.Piece{}}
	rng := rand.New(rand.NewSource(seed))
	var all []newsworld.Piece
	for range 70 {
		all = append(all, w.Next())
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	k := New(d.st)
	bring := func() {
		t.Helper()
		if _, err := k.Bring(ctx, d.b, d.tick()); err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range all {
		d.save(p)
		if i > 5 && rng.Intn(6) == 0 {
			old := all[rng.Intn(i)]
			d.save(w.Corrected(old))
		}
		if rng.Intn(3) == 0 {
			bring()
		}
		if rng.Intn(4) == 0 {
			d.say(rng)
		}
		if rng.Intn(10) == 0 {
			k = New(d.st) // another process
		}
	}
	bring()

	once := &desk{t: t, st: emptyStore(t), b: d.b, now: d.now, pieces: map[string]newsworld.Piece{}}
	for _, p := range d.pieces {
		once.save(p)
	}
	for _, r := range d.said {
		once.add(r)
	}
	if _, err := New(once.st).Bring(ctx, d.b, once.tick()); err != nil {
		t.Fatal(err)
	}
	want := shown(t, once.st)
	if diff := cmp.Diff(want, shown(t, d.st)); diff != "" {
		t.Errorf("built at once against grown:\n%.6000s", diff)
	}
	pure := whole(t, d)
	for _, c := range pure {
		if got := want[c.ID]; got != plain(t, c) {
			t.Errorf("case %s: %s", c.ID, cmp.Diff(plain(t, c), got))
		}
	}
	return pure
}

// whole builds everything past the store.
func whole(t *testing.T, d *desk) []cases.Case {
	in := cases.Input{Parties: d.b.Parties, Same: d.b.Same, Sources: d.b.Sources, Law: d.b.Law, Decisions: d.said, Mentions: map[string]mentions.Result{},
		Made: cases.MadeBy{Program: "reportedly test", Rules: 1, Lists: d.b.Lists}}
	x := echoes.NewIndex(echoes.Options{Outlet: OutletName(d.b.Sources)})
	for id, p := range d.pieces {
		if _, err := x.Add(p.Article); err != nil {
			t.Fatal(err)
		}
		in.Articles = append(in.Articles, p.Article)
		in.Claims = append(in.Claims, p.Claims...)
		in.Mentions[id] = p.Mentions
	}
	in.Copies = x.Edges()
	return cases.Build(in)
}

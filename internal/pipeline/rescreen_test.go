package pipeline

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/watch"
)

// world is a store with a clock of its own.
type world struct {
	t   *testing.T
	st  *sqlite.DB
	now time.Time
	day int
}

func newWorld(t *testing.T) *world {
	st, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "w.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return &world{t: t, st: st, now: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
}

func (w *world) tick() time.Time { w.now = w.now.Add(time.Minute); return w.now }

func (w *world) must(err error) {
	if err != nil {
		w.t.Fatal(err)
	}
}

// edition takes over a list of these names, by reference.
func (w *world) edition(names map[string]string) {
	w.day++
	var ps []party.Party
	for ref, name := range names {
		ps = append(ps, party.Party{ID: "test:" + ref, Schema: party.Person, Names: []party.Name{{Text: name, Kind: party.Primary}},
			Designations: []party.Designation{{Authority: "XX", List: "test", Reference: ref, Status: party.Listed}}})
	}
	slices.SortFunc(ps, func(a, b party.Party) int { return cmp3(a.ID, b.ID) })
	e := party.Edition{List: "test", AsOf: calendar.On(2024, 1, 1).AddDays(w.day), SHA256: fmt.Sprintf("%016d", w.day), Format: "made-up"}
	_, err := w.st.SaveEdition(context.Background(), e, ps, nil, w.tick())
	w.must(err)
}

func cmp3(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

func (w *world) watch(ss ...subjects.Subject) {
	_, _, err := w.st.SaveSubjects(context.Background(), ss, w.tick())
	w.must(err)
}

func (w *world) screen(ctx context.Context, full bool, tell func(watch.Change) error) (watch.Run, error) {
	k, err := StoredLists(context.Background(), w.st, time.Time{})
	w.must(err)
	ask := subjects.Ask{Only: func(p *party.Party) bool { return entities.Standing(p) }}
	return Rescreen{Store: w.st, Lists: k, Ask: ask, AskKey: "current", Program: "p", Full: full, Now: w.tick, Tell: tell}.Subjects(ctx)
}

func told(into *[]string) func(watch.Change) error {
	return func(c watch.Change) error {
		*into = append(*into, fmt.Sprintf("%s %s %s", c.Kind, c.Hit.Subject, c.Hit.Party))
		return nil
	}
}

// Only those whom a change touches are screened again, and each change of a hit
// is told once.
func TestRescreen(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	list := map[string]string{"1": "Tamaz Qorvashi", "2": "Arvo Lundqvist", "3": "Pernilla Oxenstrand", "4": "Grigol Velta", "5": "Orsolya Vargahelyi", "6": "Ximen Taboada", "7": "Keto Abuladze"}
	w.edition(list)
	for i := range 40 {
		w.watch(subjects.Subject{ID: fmt.Sprintf("N%02d", i), Name: fmt.Sprintf("Nobody Atall%c", 'a'+i%26)})
	}
	w.watch(subjects.Subject{ID: "C1", Name: "Tamas Qorvashi"}, subjects.Subject{ID: "C2", Name: "Oxenstrand, Pernilla"}, subjects.Subject{ID: "C3", Name: "Dorothea Quillfeather"})
	step := func(name string, wantScreened int, want ...string) {
		t.Helper()
		var got []string
		r, err := w.screen(ctx, false, told(&got))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" || r.Screened != wantScreened || !r.IsComplete() {
			t.Errorf("%s: %s\nrun %+v", name, diff, r)
		}
	}
	step("first", 43, "new C1 test:1", "new C2 test:3")
	step("nothing changed", 0)
	list["8"] = "Dorothea Quillfeather"
	w.edition(list)
	step("an entry came", 1, "new C3 test:8")
	list["3"] = "Pernilla Oxenstrand-Vik"
	w.edition(list)
	step("an entry reads otherwise", 1, "changed C2 test:3")
	delete(list, "1")
	w.edition(list)
	step("an entry went", 1, "vanished C1 test:1")
	list["1"] = "Tamaz Qorvashi"
	w.edition(list)
	step("and came back", 1, "new C1 test:1")
	s, err := w.st.Subject(ctx, "C1")
	w.must(err)
	k, err := StoredLists(ctx, w.st, time.Time{})
	w.must(err)
	p, _ := k.Party("test:1")
	_, err = Decide(ctx, w.st, nil, subjects.Decision{Subject: "C1", Party: "test:1", Verdict: subjects.FalseMatch, Reason: "another", Who: "ada", At: w.tick(), SubjectHash: s.Hash(), PartyHash: subjects.HashOf(&p)})
	w.must(err)
	step("a decision", 1, "changed C1 test:1")
	w.watch(subjects.Subject{ID: "C3", Name: "Somebody Else"}, subjects.Subject{ID: "C4", Name: "Keto Abuladze"})
	step("subjects changed", 2, "vanished C3 test:8", "new C4 test:7")
	if _, err := w.st.DropSubjects(ctx, []string{"C4"}, w.tick()); err != nil {
		t.Fatal(err)
	}
	step("a subject is watched no more", 0, "vanished C4 test:7")
	hits, err := w.st.SubjectHits(ctx, "C1")
	if err != nil || len(hits) != 1 || hits[0].State != subjects.Cleared {
		t.Errorf("%+v %v", hits, err)
	}
}

// An interrupted run goes on, is complete only at its end, and tells nothing
// twice that was kept.
func TestRescreenGoesOn(t *testing.T) {
	w := newWorld(t)
	w.edition(map[string]string{"1": "Tamaz Qorvashi"})
	var want []string
	for i := range 400 {
		id := fmt.Sprintf("C%03d", i)
		w.watch(subjects.Subject{ID: id, Name: "Tamaz Qorvashi"})
		want = append(want, "new "+id+" test:1")
	}
	var got []string
	for stop := 100; ; stop += 100 {
		ctx, cancel := context.WithCancel(context.Background())
		r, err := w.screen(ctx, false, func(c watch.Change) error {
			if len(got) == stop {
				cancel()
				return context.Canceled
			}
			return told(&got)(c)
		})
		cancel()
		if err == nil {
			if !r.IsComplete() || r.Considered != 400 || r.New != 400 {
				t.Errorf("%+v", r)
			}
			break
		}
		if !errors.Is(err, context.Canceled) || r.IsComplete() {
			t.Fatalf("%v %+v", err, r)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	hits, err := w.st.SubjectHits(context.Background(), "")
	if err != nil || len(hits) != 400 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
}

// Screening only those that are touched gives what screening all gives,
// whatever changes.
func TestRescreenEqualsScreeningAll(t *testing.T) {
	names := []string{"Tamaz Qorvashi", "Tamas Korvashi", "Qorvashi Tamaz Ali", "Ali Tamaz", "Arvo Lundqvist", "Arvid Lundquist", "Pernilla Oxenstrand", "Pernille Oxenstrand Vik", "Mohammed Ali", "Muhammad Aly Hassan", "Hassan Mohammed", "Grigol Velta"}
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 7))
		name := func() string { return names[r.IntN(len(names))] }
		w := newWorld(t)
		ctx := context.Background()
		list := map[string]string{}
		for i := range 8 {
			list[fmt.Sprint(i)] = name()
		}
		var ss []subjects.Subject
		for i := range 12 {
			ss = append(ss, subjects.Subject{ID: fmt.Sprintf("C%02d", i), Name: name()})
		}
		w.edition(list)
		w.watch(ss...)
		_, err := w.screen(ctx, false, nil)
		w.must(err)
		for range 3 {
			if ref := fmt.Sprint(r.IntN(10)); r.IntN(2) == 0 {
				delete(list, ref)
			} else {
				list[ref] = name()
			}
			w.edition(list)
			if r.IntN(2) == 0 {
				w.watch(subjects.Subject{ID: "C03", Name: name()})
			}
			_, err := w.screen(ctx, false, nil)
			w.must(err)
			var more []string
			_, err = w.screen(ctx, true, told(&more))
			w.must(err)
			if len(more) > 0 {
				t.Fatalf("seed %d: screening all tells more: %v", seed, more)
			}
		}
	}
}

// What a webhook did not take waits, and comes again under the same delivery.
func TestDeliver(t *testing.T) {
	w := newWorld(t)
	w.edition(map[string]string{"1": "Tamaz Qorvashi"})
	for i := range 150 {
		w.watch(subjects.Subject{ID: fmt.Sprintf("C%03d", i), Name: "Tamaz Qorvashi"})
	}
	ctx := context.Background()
	_, err := w.screen(ctx, false, nil)
	w.must(err)
	var got []string
	down := true
	post := func(_ context.Context, delivery string, body []byte) error {
		got = append(got, delivery)
		if down && len(got) == 2 {
			return errors.New("receiver is down")
		}
		return nil
	}
	if n, err := Deliver(ctx, w.st, post, w.tick); err == nil || n != 100 {
		t.Errorf("%d %v", n, err)
	}
	down = false
	if n, err := Deliver(ctx, w.st, post, w.tick); err != nil || n != 50 {
		t.Errorf("%d %v", n, err)
	}
	if diff := cmp.Diff([]string{"1-100", "101-150", "101-150"}, got); diff != "" {
		t.Error(diff)
	}
}

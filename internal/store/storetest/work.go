package storetest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

func testListVersions(t *testing.T, s store.Store) {
	raise := func(key string, editions int, force bool, want store.ListVersion) {
		t.Helper()
		got, err := s.RaiseLists(ctx, key, editions, force, day1)
		must(t, err)
		if got != want {
			t.Errorf("raising to %s of %d: %+v, want %+v", key, editions, got, want)
		}
	}
	if v, err := s.ListVersion(ctx); err != nil || v.Number != 0 {
		t.Errorf("a new store has version %+v (%v)", v, err)
	}
	one, two, three := store.ListVersion{Number: 1, Key: "k1", Editions: 2}, store.ListVersion{Number: 2, Key: "k2", Editions: 3}, store.ListVersion{Number: 3, Key: "k3", Editions: 3}
	raise("k1", 2, false, one)
	raise("k1", 2, false, one)
	raise("k2", 3, false, two)
	raise("k1", 2, false, two) // whoever is behind learns it
	raise("k3", 3, false, two) // as many editions under another key: other settings
	raise("k3", 3, true, three)
}

func same(p string) string { return p }

func testSettle(t *testing.T, s store.Store) {
	a := article("a", "Ada came.")
	must(t, s.SaveArticle(ctx, a, day1))
	_, err := s.RaiseLists(ctx, "l1", 1, false, day1)
	must(t, err)
	settle := func(from store.Settled) error {
		_, err := s.Settle(ctx, []store.Settled{from}, day2)
		return err
	}
	readAs := func() string {
		t.Helper()
		cs, err := s.Current(ctx, []string{"a", "not kept"})
		must(t, err)
		if len(cs) != 1 || cs[0].Article.ID != "a" || cs[0].Article.Text == "" {
			t.Fatalf("current: %+v", cs)
		}
		return cs[0].Read
	}
	kept, err := s.Article(ctx, "a")
	must(t, err)
	known := kept
	known.Credit = "AP" // found out by reading
	r := reading("a", "k1")
	r.Lists, r.Program = "l1", "p"
	must(t, settle(store.Settled{Read: kept, Known: known, Reading: r, Lists: 1, Head: same}))
	again, err := s.Article(ctx, "a")
	must(t, err)
	if again.Credit != "AP" {
		t.Error("what reading found out of the article is not kept")
	}
	// Once more, as after a redelivery: nothing is lost, and nothing doubled.
	must(t, settle(store.Settled{Read: again, Known: again, Reading: r, Lists: 1, Head: same}))
	unread := func(lists, program string) int {
		t.Helper()
		us, err := s.Unread(ctx, lists, program, "", 10)
		must(t, err)
		return len(us)
	}
	if unread("l1", "p") != 0 || unread("l2", "p") != 1 || unread("l1", "q") != 1 {
		t.Error("what is unread by other lists or another program is not told")
	}
	if readAs() != "k1" {
		t.Errorf("what was settled is read as %q", readAs())
	}
	due, err := s.DueOf(ctx, []string{"a"})
	must(t, err)
	if len(due) == 0 || due[0].Party == "" || due[0].Slot != store.Slot(due[0].Party) {
		t.Fatalf("due: %+v", due)
	}
	part, err := s.Due(ctx, due[0].Slot%7, 7, 100)
	must(t, err)
	other, err := s.Due(ctx, (due[0].Slot+1)%7, 7, 100)
	must(t, err)
	if len(part) == 0 || len(part)+len(other) > len(due) {
		t.Errorf("%d due in the partition, %d in another, %d in all", len(part), len(other), len(due))
	}
	must(t, s.Judged(ctx, due))
	if slots, err := s.DueSlots(ctx); err != nil || len(slots) != 0 {
		t.Errorf("due after all was judged: %v (%v)", slots, err)
	}
	// A newer text overtakes a reading of the older one.
	must(t, s.SaveArticle(ctx, article("a", "Ada came and went."), day2))
	if readAs() != "" {
		t.Error("a newer text is read already")
	}
	if unread("l1", "p") != 1 {
		t.Error("a newer text is not told to be unread")
	}
	if err := settle(store.Settled{Read: again, Known: again, Reading: r, Lists: 1, Head: same}); !errors.Is(err, store.ErrStale) {
		t.Errorf("a reading of an older text: %v", err)
	}
	// So do newer lists.
	newer, err := s.Article(ctx, "a")
	must(t, err)
	_, err = s.RaiseLists(ctx, "l2", 2, false, day2)
	must(t, err)
	if err := settle(store.Settled{Read: newer, Known: newer, Reading: r, Lists: 1, Head: same}); !errors.Is(err, store.ErrStale) {
		t.Errorf("a reading by older lists: %v", err)
	}
	// Whoever an article named before has to be judged too when it names nobody.
	none := store.Reading{Key: "k2", Article: "a", Lists: "l2", Program: "p"}
	must(t, settle(store.Settled{Read: newer, Known: newer, Reading: none, Lists: 2, Head: same}))
	if due, err = s.DueOf(ctx, []string{"a"}); err != nil || len(due) == 0 || due[0].Party == "" {
		t.Errorf("due after nobody is named any more: %+v (%v)", due, err)
	}
	if s.Away(store.ErrStale) || s.Away(nil) {
		t.Error("an overtaken result counts as the store's absence")
	}
}

func testSaveArticles(t *testing.T, s store.Store) {
	vs, err := s.SaveArticles(ctx, []story.Article{article("a", "Ada came."), article("b", "Ada went.")}, day1)
	must(t, err)
	un, err := s.Unread(ctx, "l", "p", "", 10)
	must(t, err)
	if diff := cmp.Diff(vs, un); diff != "" {
		t.Error(diff)
	}
}

func testFences(t *testing.T, s store.Store) {
	first, err := s.Claim(ctx, "cases/1")
	must(t, err)
	under := store.UnderFence(ctx, first)
	must(t, s.SaveArticle(under, article("a", "Ada came."), day1))
	second, err := s.Claim(ctx, "cases/1")
	must(t, err)
	if _, err := s.Claim(ctx, "cases/2"); err != nil { // another place is another's
		t.Fatal(err)
	}
	if err := s.SaveArticle(under, article("b", "Ada went."), day1); !errors.Is(err, store.ErrFenced) {
		t.Errorf("a write of who lost his place: %v", err)
	}
	if _, err := s.Article(ctx, "b"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("it is kept (%v)", err)
	}
	must(t, s.SaveArticle(store.UnderFence(ctx, second), article("b", "Ada went."), day1))
}

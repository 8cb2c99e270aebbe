package storetest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/store"
)

func testPrints(t *testing.T, s store.Store) {
	one, two := store.Print{Article: "a", Text: "v1", Body: []byte{1, 2}}, store.Print{Article: "b", Text: "v1", Body: []byte{3}}
	must(t, s.SavePrints(ctx, []store.Print{two, one}))
	one.Text, one.Body = "v2", []byte{9, 0, 9}
	must(t, s.SavePrints(ctx, []store.Print{one}))
	got, err := s.Print(ctx, "a")
	must(t, err)
	if diff := cmp.Diff(one, got); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Print(ctx, "c"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a print that is not kept: %v", err)
	}
	var all []store.Print
	for p, err := range s.Prints(ctx) {
		must(t, err)
		all = append(all, p)
	}
	if diff := cmp.Diff([]store.Print{one, two}, all); diff != "" {
		t.Error(diff)
	}
}

package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/store"
)

func testHabits(t *testing.T, s store.Store) {
	must(t, s.SaveHabit(ctx, "ada", "seen", "2024-01-05", day1))
	must(t, s.SaveHabit(ctx, "ada", "search:ports", "q=port", day1))
	must(t, s.SaveHabit(ctx, "ben", "seen", "2023-01-01", day1))
	must(t, s.SaveHabit(ctx, "ada", "seen", "2024-02-01", day2))
	must(t, s.SaveHabit(ctx, "ada", "search:ports", "", day2))
	got, err := s.Habits(ctx, "ada")
	must(t, err)
	if diff := cmp.Diff(map[string]string{"seen": "2024-02-01"}, got); diff != "" {
		t.Error(diff)
	}
}

package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/store"
)

// Fill writes some of everything into a store: two wordings of an edition,
// articles with a correction, readings that replace one another, cases and
// copies that come and go. It may be called again on the same store.
func Fill(t *testing.T, s store.Store) {
	t.Helper()
	eds, err := s.Editions(ctx, "", time.Time{})
	must(t, err)
	round := len(eds)
	ed := party.Edition{List: "test", AsOf: calendar.MustParse(fmt.Sprintf("20%02d-01-01", 10+round)), SHA256: fmt.Sprintf("%016d", round), Format: "made-up", Partial: true}
	_, err = s.SaveEdition(ctx, ed, []party.Party{entry("1", "Ada Example"), entry("2", fmt.Sprint("Ünal Örnek ", round))}, nil, day1)
	must(t, err)
	must(t, s.SaveDownload(ctx, store.Download{URL: "https://lists.example/l", ETag: fmt.Sprint(round)}, day1))
	must(t, s.SaveDerived(ctx, fmt.Sprint("k", round), []int{round}, day1))
	for i, at := range []time.Time{day1, day2} {
		id := fmt.Sprint("a", round)
		must(t, s.SaveArticle(ctx, article(id, fmt.Sprintf("words %d %d", round, i)), at))
		must(t, s.SaveReading(ctx, reading(id, fmt.Sprintf("k%d-%d", round, i)), at))
	}
	one := cases.Case{ID: fmt.Sprint("x", round), For: cases.Count{Min: 1, Max: 2}, Origins: []cases.Origin{{ID: "O1", Holder: "two officials"}},
		Elements: []cases.Element{{Name: "trip", Level: cases.SingleOrigin}}, Independence: []cases.Edge{{A: "O1", B: "O2", Value: cases.Undetermined}}}
	edge := echoes.Edge{Copy: "b", Of: "a", Relation: echoes.Verbatim, Confidence: 0.1 + 0.2, DecidedBy: "machine"}
	_, err = s.SaveCases(ctx, store.Run{ID: fmt.Sprint("r", round)}, []cases.Case{one}, []echoes.Edge{edge}, day1)
	must(t, err)
	_, err = s.SaveCases(ctx, store.Run{ID: fmt.Sprint("q", round)}, nil, nil, day2)
	must(t, err)
}

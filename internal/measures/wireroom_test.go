package measures_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/eval/measureseval"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/measures"
)

// TestStatedByList asks about parties as a FollowTheMoney list gives them, one
// Sanction for each measure and interval, on the days of the wire room.
func TestStatedByList(t *testing.T) {
	file := filepath.Join(shared(t), "data/wireroom/watchlist.ftm.json")
	loaded, _, err := lists.Load(context.Background(), []snapshot.Input{snapshot.Path(file)}, lists.Options{})
	if err != nil || len(loaded) != 1 {
		t.Skip(err)
	}
	find := measureseval.Index(loaded[0].Parties)
	for _, c := range []struct {
		authority, ref string
		activity       activity.Code
		window, place  string
		roles          map[string]string
		want           measures.Verdict
		kind           string
	}{
		{"UN", "GBi.005", "TRV-ENTRY", "2013-10-08", "SN", nil, measures.ExemptionUnknown, "M-TRAVEL"},
		{"UN", "IRi.036", "TRV-ENTRY", "2021-06-07", "BY", nil, measures.NoMeasure, ""},
		{"UN", "IRi.036", "TRV-ENTRY", "2020-06-07", "BY", nil, measures.ExemptionUnknown, "M-TRAVEL"},
		{"UN", "IRi.036", "TRV-ENTRY", "2009-06-07", "BY", nil, measures.ExemptionUnknown, "M-TRAVEL-NOTIFY"},
		{"US", "18218", "AST-TRANSFER", "2016-08-31", "LB", nil, measures.OutsideScope, "M-FREEZE"},
		{"US", "18218", "AST-TRANSFER", "2016-08-31", "", map[string]string{"buyer": "a US company"}, measures.ExemptionUnknown, "M-FREEZE"},
		{"US", "18218", "AST-TRANSFER", "2015-06-01", "LB", nil, measures.NoMeasure, ""},
		{"US", "18218", "TRV-ENTRY", "2016-08-31", "US", nil, measures.NoMeasure, ""},
	} {
		p, ok := find(c.authority, c.ref)
		if !ok {
			t.Fatalf("no %s %s in the watchlist", c.authority, c.ref)
		}
		a := law(t).Check(measures.Question{Designations: p.Designations, Schema: p.Schema, Activity: c.activity,
			Window: calendar.MustParse(c.window).Window(), Place: c.place, Roles: c.roles})
		kind := ""
		if len(a.Kinds) > 0 {
			kind = string(a.Kinds[0])
		}
		if a.Verdict != c.want || kind != c.kind {
			t.Errorf("%s %s %s: %s %v, want %s %s", c.ref, c.activity, c.window, a.Verdict, a.Kinds, c.want, c.kind)
		}
	}
}

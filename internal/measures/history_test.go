package measures_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/reportedly/reportedly/internal/eval/measureseval"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// TestGoldenUNFromHistory runs the UN table on what the lists room makes of
// the snapshots: listing days with the periods in which editions held each
// entry, gaps included. The verdicts must not depend on which editions happen
// to be at hand.
func TestGoldenUNFromHistory(t *testing.T) {
	dir := shared(t)
	for name, days := range map[string][]string{
		"seven editions": {"2017-06-20", "2019-07-30_reserialised", "2020-11-30", "2022-09-15", "2024-11-30", "2025-11-15", "2026-05-08"},
		"last editions":  {"2022-09-15", "2026-05-08"},
	} {
		t.Run(name, func(t *testing.T) {
			var inputs []snapshot.Input
			for _, day := range days {
				inputs = append(inputs, snapshot.Path(filepath.Join(dir, "data/lists/un/un_consolidated_"+day+".xml.gz")))
			}
			loaded, _, err := lists.Load(context.Background(), inputs, lists.Options{})
			if err != nil {
				t.Skip(err)
			}
			var editions []history.Edition
			var parties [][]party.Party
			for _, l := range loaded {
				editions = append(editions, history.Edition{Edition: l.Edition})
				parties = append(parties, l.Parties)
			}
			all, err := history.Merge("un", editions, parties)
			if err != nil {
				t.Fatal(err)
			}
			f, err := os.Open(filepath.Join(dir, "data/measures/golden_dev.csv"))
			if err != nil {
				t.Skip(err)
			}
			defer f.Close()
			res, err := measureseval.Run(law(t), f, measureseval.Index(all))
			if err != nil {
				t.Fatal(err)
			}
			report(t, res, 0.97)
		})
	}
}

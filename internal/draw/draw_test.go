package draw

import (
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(got))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%s is no XML: %v", name, err)
		}
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; run with -update and look at it", name)
	}
}

func TestGolden(t *testing.T) {
	golden(t, "map.svg", Map([]Point{{"Tunis", 36.82, 10.17, "place"}, {"Istanbul", 41.01, 28.95, "from"}, {"Valletta & <Sliema>", 35.9, 14.5, "via"}}, "TN"))
	golden(t, "timeline.svg", Timeline([]Event{
		{From: calendar.On(2015, 2, 8), To: calendar.On(2015, 2, 8), Lane: "reported deed", Text: "trip, as reported"},
		{From: calendar.On(2015, 2, 10), Lane: "articles", Text: "Sirocco News Agency"},
		{From: calendar.On(2011, 3, 17), Lane: "measures", Text: "UN M-TRAVEL", Open: true}}))
	golden(t, "tree.svg", Tree(
		[]Node{{"O1", "two airport officials, per Sirocco", "unstated", 0, false}, {"a", "Sirocco News Agency", "10 Feb 2015", 1, false}, {"b", "Malta Evening Ledger", "verbatim", 2, true}},
		[]Link{{"O1", "a", "for", ""}, {"a", "b", "", "verbatim"}}))
}

func TestNothingToDraw(t *testing.T) {
	if Map(nil) != "" || Map([]Point{{Name: "nowhere"}}) != "" || Timeline(nil) != "" || Timeline([]Event{{Text: "undated"}}) != "" || Tree(nil, nil) != "" {
		t.Error("something was drawn of nothing")
	}
}

// No outline crosses the antimeridian, the known States are there, and their
// outlines hold a place of theirs.
func TestOutlines(t *testing.T) {
	box := map[string]ring{}
	for _, s := range states() {
		for _, r := range s.rings {
			for i := 1; i < len(r.points); i++ {
				if d := r.points[i][0] - r.points[i-1][0]; d > 180 || d < -180 {
					t.Fatalf("%s crosses the antimeridian at %v", s.code, r.points[i])
				}
			}
			if o, ok := box[s.code]; !ok || len(r.points) > len(o.points) {
				box[s.code] = r
			}
		}
	}
	for code, at := range map[string][2]float64{"RU": {37.6, 55.7}, "US": {-95, 38}, "FJ": {179.2, -16.6}, "IR": {51.4, 35.7}, "KP": {125.7, 39}, "CD": {23, -2}, "TN": {9, 34}, "SY": {38, 35}, "GW": {-15, 12}, "CF": {20, 6.5}, "AU": {134, -25}} {
		r, ok := box[code]
		if !ok || at[0] < r.west || at[0] > r.east || at[1] < r.south || at[1] > r.nor {
			t.Errorf("%s: %v lies outside of its main outline %v..%v %v..%v", code, at, r.west, r.east, r.south, r.nor)
		}
	}
	if n := len(outlinesData); n > 200_000 {
		t.Errorf("outlines take %d bytes", n)
	}
}

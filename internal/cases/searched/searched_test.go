package searched

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/story"
)

// The sum of tallies is what counting the articles gives, in any order.
func TestSumIsOf(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2024, 5, d, 23, 0, 0, 0, time.UTC) }
	as := []story.Article{{ID: "1", Outlet: "B", Language: "en", Published: day(3)}, {ID: "2", Outlet: "A", Language: "fr"}, {ID: "3", Outlet: "B", Language: "en", Published: day(2)}}
	want := Coverage{Articles: 3, Outlets: []string{"A", "B"}, Languages: []string{"en", "fr"}, From: "2024-05-02", To: "2024-05-03"}
	if got := Of(as); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	ts := []Tally{{"B", "en", 2, "2024-05-02", "2024-05-03"}, {"A", "fr", 1, "", ""}, {Outlet: "gone", First: "2001-01-01"}}
	if got := Sum(ts); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestManyOutlets(t *testing.T) {
	var ts []Tally
	for i := range 45 {
		ts = append(ts, Tally{Outlet: fmt.Sprintf("%02d", i), Articles: 1})
	}
	if got := Sum(ts).Outlets; len(got) != 41 || got[40] != "and 5 more" {
		t.Errorf("%q", got)
	}
}

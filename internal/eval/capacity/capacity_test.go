package capacity

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the table into docs/scale.md")

const begin, end = "<!-- table of bench capacity -->\n", "<!-- end of table -->"

// The table of docs/scale.md is what the measured figures give.
func TestTheTableOfTheDocs(t *testing.T) {
	c, err := Measured()
	if err != nil {
		t.Fatal(err)
	}
	var plans []Plan
	for _, l := range Loads() {
		plans = append(plans, c.For(l))
	}
	file := filepath.Join("..", "..", "..", "docs", "scale.md")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(b), begin)
	table, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("docs/scale.md has no place for the table")
	}
	want := Table(plans)
	if *update {
		if err := os.WriteFile(file, []byte(head+begin+want+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("run go test ./internal/eval/capacity -update: %s", diff)
	}
}

func TestPlansGrowWithTheLoad(t *testing.T) {
	c, err := Measured()
	if err != nil {
		t.Fatal(err)
	}
	small, large := Load{Articles: 1e5, Days: 1}, Load{Articles: 1e6, Days: 1}
	a, b := c.For(small), c.For(large)
	near := func(x, y float64) bool { return x > 0.999*y && x < 1.001*y }
	if !near(b.Cores, 10*a.Cores) || !near(b.StoreTB, 10*a.StoreTB) || !near(b.PerSecond, 10*a.PerSecond) {
		t.Errorf("ten times the load: %+v, %+v", a, b)
	}
	// By hand: 100,000 a day are 1.157 a second, three times that at the peak;
	// 0.73 + 0.08 + 0.03*14.7 + 0.61 + 0.39 + 0.03*50 ms each with the UN's list.
	if want := 3 * 1e5 / 86400 * (0.73 + 0.08 + 0.03*14.7 + 0.61 + 0.39 + 0.03*50) / 1e3; !near(a.Cores, want) {
		t.Errorf("%f cores, by hand %f", a.Cores, want)
	}
	large.AllLists = true
	if more := c.For(large); more.Cores <= b.Cores {
		t.Error("more lists cost nothing")
	}
	if _, err := Read("submit_ms = 1\n"); err == nil {
		t.Error("figures that are missing pass")
	}
	if _, err := Read(shipped + "\nunheard = 1\n"); err == nil {
		t.Error("a figure that nobody uses passes")
	}
}

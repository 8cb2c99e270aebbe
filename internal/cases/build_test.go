package cases

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
)

func TestHappenings(t *testing.T) {
	exact, over, n := 0, 0, 0
	for _, f := range fixtures(t) {
		t.Run(f.name, func(t *testing.T) {
			got := Build(f.in)
			if len(got) != len(f.want) {
				for _, c := range got {
					t.Logf("%s %s %v", c.Title, c.Window.Earliest, ids(c))
				}
				t.Fatalf("%d cases, want %d", len(got), len(f.want))
			}
			for i, w := range f.want {
				n++
				var min, max int
				fmt.Sscanf(w.keys["for"], "%d..%d", &min, &max)
				if got[i].For.Min == min {
					exact++
				}
				if got[i].For.Min > min {
					over++
				}
				checkCase(t, w, got[i])
			}
		})
	}
	t.Logf("%d cases: min exact %d, over %d", n, exact, over)
}

func ids(c Case) []string {
	var out []string
	for _, a := range c.Articles {
		out = append(out, a.ID)
	}
	return out
}

func checkCase(t *testing.T, w want, c Case) {
	t.Helper()
	span := func(x Count) string { return fmt.Sprintf("%d..%d", x.Min, x.Max) }
	got := map[string]string{
		"for": span(c.For), "against": span(c.Against), "articles": strings.Join(ids(c), ","), "copies": fmt.Sprint(c.Reach.Copies),
		"level": fmt.Sprint(int(c.Elements[0].Level)), "verdict": string(c.Check.Verdict), "status": string(c.Status), "occurrence": c.Occurrence,
		"certainty": string(c.Certainty), "headline": string(c.Activity[0]), "notorigins": fmt.Sprint(len(c.NotOrigins)), "context": fmt.Sprint(len(c.Context)),
		"window": fmt.Sprintf("%s..%s", c.Window.Earliest, c.Window.Latest),
	}
	retracted := 0
	for _, o := range c.Origins {
		if o.Retracted != "" {
			retracted++
		}
	}
	got["retracted"] = fmt.Sprint(retracted)
	for _, e := range c.Elements {
		got["element."+e.Name] = span(e.For) + "/" + span(e.Against)
		got["level."+e.Name] = fmt.Sprint(int(e.Level))
	}
	var denials, flags, links []string
	for _, r := range c.Replies {
		denials = append(denials, string(r.Act)+":"+r.Scope)
	}
	for _, f := range c.Flags {
		flags = append(flags, f.Kind)
	}
	for _, l := range c.Links {
		links = append(links, l.Relation)
	}
	var conflicts []string
	for _, k := range c.Conflicts {
		conflicts = append(conflicts, k.Argument)
	}
	got["conflicts"] = strings.Join(conflicts, ",")
	got["denials"], got["flags"] = strings.Join(denials, ","), strings.Join(slices.Compact(flags), ",")
	for k, v := range w.keys {
		if k == "link" {
			if !slices.Contains(links, v) {
				t.Errorf("%s: links %v, want %q", c.Title, links, v)
			}
			continue
		}
		if got[k] != v {
			t.Errorf("%s: %s is %q, want %q", c.Title, k, got[k], v)
		}
	}
	if t.Failed() && testing.Verbose() {
		for _, o := range c.Origins {
			t.Logf("  %s %s %s basis %s %v %v retracted %q", o.ID, o.Stance, o.Holder, o.Basis, o.Elements, o.Claims, o.Retracted)
		}
		for _, e := range c.Independence {
			t.Logf("  %s-%s %s: %s", e.A, e.B, e.Value, e.Why)
		}
		for _, f := range c.Flags {
			t.Logf("  %s %v %s", f.Kind, f.Path, f.Text)
		}
	}
}

// 200 random orders of everything give the same bytes.
func TestOrderIndependence(t *testing.T) {
	rng := rand.New(rand.NewSource(11))
	for _, f := range fixtures(t) {
		want, err := json.Marshal(Build(f.in))
		if err != nil {
			t.Fatal(err)
		}
		for range 200 {
			in := f.in
			in.Articles, in.Claims, in.Copies, in.Parties = slices.Clone(in.Articles), slices.Clone(in.Claims), slices.Clone(in.Copies), slices.Clone(in.Parties)
			rng.Shuffle(len(in.Articles), func(i, j int) { in.Articles[i], in.Articles[j] = in.Articles[j], in.Articles[i] })
			rng.Shuffle(len(in.Claims), func(i, j int) { in.Claims[i], in.Claims[j] = in.Claims[j], in.Claims[i] })
			rng.Shuffle(len(in.Copies), func(i, j int) { in.Copies[i], in.Copies[j] = in.Copies[j], in.Copies[i] })
			rng.Shuffle(len(in.Parties), func(i, j int) { in.Parties[i], in.Parties[j] = in.Parties[j], in.Parties[i] })
			got, _ := json.Marshal(Build(in))
			if string(got) != string(want) {
				t.Fatalf("%s: order changed the cases:\n%s\n%s", f.name, got, want)
			}
		}
	}
}

package caseseval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

func sharedDir(t *testing.T) string {
	t.Helper()
	if d := os.Getenv("REPORTEDLY_SHARED"); d != "" {
		return d
	}
	wd, _ := os.Getwd()
	for d := wd; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "shared")); err == nil {
			return filepath.Join(d, "shared")
		}
		if d == filepath.Dir(d) {
			t.Skip("no folder `shared` beside the checkout: wire room not at hand")
		}
	}
}

func goldOf(t *testing.T) ([]byte, Gold) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(sharedDir(t), "data/wireroom/gold.json"))
	if err != nil {
		t.Skip(err)
	}
	g, err := ReadGold(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return raw, g
}

func TestGoldAsSystem(t *testing.T) {
	_, g := goldOf(t)
	r := Score(g, g.AsSystem())
	if r.Copies.F1 != 1 || r.BCubed.F1 != 1 || *r.Origins.MinExact != 1 || *r.Denials.RecallScope != 1 || *r.Verdict.Accuracy != 1 || len(r.Misses) != 0 {
		t.Errorf("the gold does not score full marks: %+v", r)
	}
}

// asSystem is the gold in the system's plain form, to be spoiled.
func asSystem(t *testing.T, g Gold) map[string]any {
	t.Helper()
	var cases []any
	for _, c := range g.Cases {
		var ds []any
		for _, d := range c.Denials {
			ds = append(ds, map[string]any{"holder": d.Holder, "act": d.Act, "scope": d.Scope, "article": d.Article})
		}
		cases = append(cases, map[string]any{"id": c.ID, "party": c.Party.Name, "activity": c.Activity, "articles": []string(c.Articles), "window": c.Window,
			"origins_for": c.For, "origins_against": c.Against, "denials": ds, "verdict": c.Verdict})
	}
	return map[string]any{"cases": cases, "copies": g.Copies}
}

// spoil changes the system here and there: articles dropped, added, moved,
// counts raised, scopes and acts changed, copies lost and invented.
func spoil(rng *rand.Rand, sys map[string]any, g Gold) {
	cases := sys["cases"].([]any)
	for _, c := range cases {
		m := c.(map[string]any)
		arts := slices.Clone(m["articles"].([]string))
		if rng.Intn(3) == 0 {
			arts = arts[:len(arts)-1]
		}
		if rng.Intn(3) == 0 {
			arts = append(arts, g.All[rng.Intn(len(g.All))], "unknown-1")
		}
		m["articles"] = arts
		if rng.Intn(2) == 0 {
			m["origins_for"] = map[string]any{"min": rng.Intn(4), "max": rng.Intn(5)}
		}
		if rng.Intn(4) == 0 {
			delete(m, "origins_against")
		}
		if rng.Intn(3) == 0 {
			m["verdict"] = "insufficient-arguments"
		}
		if rng.Intn(3) == 0 {
			m["window"] = map[string]any{"earliest": "2013-10-01", "latest": "2013-10-20"}
		}
		if rng.Intn(4) == 0 {
			m["party"] = map[string]any{"name": "Adham TABAJA (Ádham)"}
		}
		if ds, ok := m["denials"].([]any); ok {
			for _, d := range ds {
				dm := d.(map[string]any)
				switch rng.Intn(6) {
				case 0:
					dm["scope"] = []string{"trip", "meeting", "Legal", "quantity", ""}[rng.Intn(5)]
				case 1:
					dm["act"] = []string{"deny", "no-comment", "retract", "assert"}[rng.Intn(4)]
				case 2:
					dm["holder"] = []string{"a spokesman", "Министерство обороны", "الشركة", "the official source"}[rng.Intn(4)]
				case 3:
					dm["articles"] = []string{g.All[rng.Intn(len(g.All))]}
				}
			}
		}
	}
	if rng.Intn(3) == 0 {
		sys["cases"] = append(cases, map[string]any{"id": "extra", "party": "x", "activity": []string{}, "articles": []string{g.All[rng.Intn(len(g.All))], g.All[rng.Intn(len(g.All))]}})
	}
	if rng.Intn(4) == 0 {
		sys["cases"] = cases[:len(cases)-1]
	}
	copies := slices.Clone(sys["copies"].([][]string))
	copies = copies[:len(copies)-rng.Intn(3)]
	for range rng.Intn(3) {
		copies = append(copies, []string{g.All[rng.Intn(len(g.All))], g.All[rng.Intn(len(g.All))]})
	}
	sys["copies"] = copies
}

// TestAgainstReference runs score_cases.py over spoiled systems and compares
// every figure.
func TestAgainstReference(t *testing.T) {
	raw, g := goldOf(t)
	py, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3: the reference scorer cannot run")
	}
	script := filepath.Join(sharedDir(t), "eval/score_cases.py")
	if _, err := os.Stat(script); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	goldFile := filepath.Join(dir, "gold.json")
	if err := os.WriteFile(goldFile, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(3))
	for run := range 25 {
		sys := asSystem(t, g)
		if run > 0 {
			spoil(rng, sys, g)
		}
		text, err := json.Marshal(sys)
		if err != nil {
			t.Fatal(err)
		}
		sysFile := filepath.Join(dir, fmt.Sprintf("sys%d.json", run))
		if err := os.WriteFile(sysFile, text, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(py, script, goldFile, sysFile, "--json").Output()
		if err != nil {
			t.Fatalf("reference scorer: %v", err)
		}
		system, err := ReadSystem(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		res := Score(g, system)
		res.Misses = nil
		mine, _ := json.Marshal(res)
		compare(t, run, out, mine)
	}
}

func compare(t *testing.T, run int, want, got []byte) {
	t.Helper()
	var a, b map[string]map[string]any
	if err := json.Unmarshal(want, &a); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(got, &b); err != nil {
		t.Fatal(err)
	}
	for k, m := range a {
		for f, v := range m {
			w, ok := b[k][f]
			x, isNum := v.(float64)
			y, _ := w.(float64)
			if !ok || isNum && math.Abs(x-y) > 1.1e-4 || !isNum && v != w {
				t.Errorf("run %d: %s.%s: reference %v, mine %v", run, k, f, v, w)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"cases":[{"id":"a","party":{"name":"x"},"articles":[{"id":"1"},"2"],"origins_for":{"min":1}}],"copies":[["1"],["1","2"]]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ReadSystem(bytes.NewReader(b))
		if err != nil {
			return
		}
		Score(Gold{Cases: s.Cases, Copies: s.Copies, All: []string{"1", "2"}}, s)
	})
}

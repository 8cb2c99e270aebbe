package claimseval

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shared finds the folder of shared data beside the checkout.
func shared(t testing.TB) string {
	t.Helper()
	if d := os.Getenv("REPORTEDLY_SHARED"); d != "" {
		return d
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "shared", "eval")); err == nil {
			return filepath.Join(dir, "shared")
		}
	}
	t.Skip("no folder shared beside the checkout: the reference scorer and the gold claims are not here")
	return ""
}

func whole(s string) Evidence {
	n := len([]rune(s))
	zero := 0
	return Evidence{&zero, &n, s}
}

func TestCompareCountsMatchesAndSlots(t *testing.T) {
	two := 2.0
	gold := Article{ID: "a", Mentions: []Mention{{"Ilya Varga", 0, 10, "Ilya Varga"}, {"Ilya Varga", 40, 45, "Varga"}}, Claims: []Claim{
		{Activity: "TRV-ENTRY", Aspect: "completed", Act: "assert", Certainty: "certain", To: "Zubrovka", When: &When{"2020-01-02", "2020-01-02"},
			Parties: []Party{{"traveller", "Ilya Varga", "", true}}, Chain: []Holder{{"a senior official", "anonymous"}}, Evidence: whole("Varga flew to Zubrovka on Thursday.")},
		{Activity: "ARM-SUPPLY", Aspect: "completed", Act: "deny", Polarity: "-", Certainty: "certain", Items: []Item{{"field gun", &two, ""}},
			Parties: []Party{{"supplier", "Ilya Varga", "", true}}, Evidence: whole("He denied it.")},
	}}
	system := Article{ID: "a", Mentions: []Mention{{"x", 41, 43, "ar"}}, Claims: []Claim{
		{Activity: "TRV-EXIT", Aspect: "completed", Act: "assert", Certainty: "certain", Place: "the city of Zubrovka", When: &When{"2020-01-01", "2020-01-05"},
			Parties: []Party{{"traveller", "VARGA, Ilya", "Varga", true}}, Chain: []Holder{{"the official", "anonymous"}}, Evidence: whole("Varga flew")},
		{Activity: "ARM-SUPPLY", Aspect: "completed", Act: "assert", Certainty: "certain", Parties: []Party{{"supplier", "Ilya Varga", "", true}}, Evidence: whole("He denied it.")},
	}}
	got := Compare([]Article{gold}, []Article{system})
	if got.Matched != 1 || got.F1 != 0.5 || got.Extra != 0.5 || *got.DenialsRecall != 0 || *got.MentionRecall != 0.5 {
		t.Errorf("figures: %+v", got)
	}
	if *got.Slots.Activity != 0 || *got.Slots.Place != 1 || *got.Slots.When != 1 || *got.Slots.Origin != 1 || got.Slots.Items != nil {
		t.Errorf("slots: %+v", got.Slots)
	}
	kinds := map[string]int{}
	for _, m := range got.Misses {
		kinds[m.Kind]++
	}
	if diff := cmp.Diff(map[string]int{"missed": 1, "extra": 1, "slot": 1}, kinds); diff != "" {
		t.Error(diff)
	}
}

// perturb spoils gold the way readers do: drops, moves, doubles and changes.
func perturb(r *rand.Rand, articles []Article) []Article {
	var out []Article
	for _, a := range articles {
		b := a
		b.Claims = nil
		for _, c := range a.Claims {
			switch r.Intn(8) {
			case 0:
				continue
			case 1:
				c.Activity, c.Aspect = "MET-IN", "planned"
			case 2:
				c.Act, c.Certainty = "cannot-confirm", "possible"
			case 3:
				s, e := *c.Evidence.Start+r.Intn(200), *c.Evidence.End+r.Intn(200)
				c.Evidence = Evidence{&s, &e, c.Evidence.Text}
				c.When, c.Items = nil, nil
			case 4:
				c.Chain = append([]Holder{{"Agence Example", "wire"}}, c.Chain...)
				c.Parties = append([]Party{{"actor", "Somebody Else", "the general", false}}, c.Parties[1:]...)
			case 5:
				b.Claims = append(b.Claims, c)
				c.Place, c.To, c.From = "the province of "+c.Place, "", ""
				c.When = &When{"2014-10-01", "2014-10-20"}
			}
			b.Claims = append(b.Claims, c)
		}
		if len(b.Mentions) > 2 {
			b.Mentions = b.Mentions[r.Intn(len(b.Mentions)):]
		}
		if r.Intn(10) > 0 {
			out = append(out, b)
		}
	}
	return out
}

func writeLines(t *testing.T, path string, articles []Article) {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	for _, a := range articles {
		if err := enc.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSameFiguresAsReference(t *testing.T) {
	dir := shared(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run the reference scorer")
	}
	for _, file := range []string{"seeds.jsonl", "dev.jsonl"} {
		path := filepath.Join(dir, "data", "claims", file)
		f, err := os.Open(path)
		if err != nil {
			t.Skipf("no gold claims: %v", err)
		}
		gold, err := Read(f, file)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewSource(5))
		systems := [][]Article{gold}
		for range 4 {
			systems = append(systems, perturb(r, gold))
		}
		for n, system := range systems {
			tmp := filepath.Join(t.TempDir(), "system.jsonl")
			writeLines(t, tmp, system)
			out, err := exec.Command(python, filepath.Join(dir, "eval", "score_claims.py"), path, tmp, "--json").Output()
			if err != nil {
				t.Fatalf("%s: reference scorer: %v", file, err)
			}
			got := Compare(gold, system)
			got.Misses = nil
			ours, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			var want, have map[string]any
			if err := json.Unmarshal(out, &want); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(ours, &have); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, have); diff != "" {
				t.Errorf("%s, system %d: reference and ours differ:\n%s", file, n, diff)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"id":"a","claims":[{"activity":"MET-IN","when":null,"items":null}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := Read(bytes.NewReader(b), "fuzz"); err == nil {
			Compare(a, a)
		}
	})
}

package speech_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

func sharedFolder(t *testing.T) string {
	t.Helper()
	if d := os.Getenv("REPORTEDLY_SHARED"); d != "" {
		return d
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "shared", "data")); err == nil {
			return filepath.Join(dir, "shared")
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no folder shared beside the checkout: gold chains not measured")
		}
		dir = filepath.Dir(dir)
	}
}

func parse(t testing.TB, text string) (prose.Document, []syntax.Tree) {
	t.Helper()
	p, err := syntax.Load()
	if err != nil {
		t.Skip("no parser: ", err)
	}
	doc := prose.Split(text, "en")
	trees := make([]syntax.Tree, len(doc.Sentences))
	for i, s := range doc.Sentences {
		trees[i] = p.Parse(s)
	}
	return doc, trees
}

type goldArticle struct {
	ID, Outlet, Text string
	Claims           []struct {
		Act   string
		Chain []struct{ Holder, Kind string }
		// Evidence counts in code points.
		Evidence struct{ Start, End int }
	}
}

// TestGoldChains says of how many gold claims the origin (the last holder) is
// among the attributions that touch the evidence, and how often kind and act
// are right there. MISSES=1 prints those not found.
func TestGoldChains(t *testing.T) {
	root := sharedFolder(t)
	for _, name := range []string{"dev.jsonl", "seeds.jsonl"} {
		f, err := os.Open(filepath.Join(root, "data", "claims", name))
		if err != nil {
			t.Skip(err)
		}
		defer f.Close()
		var total, found, kind, act int
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<24)
		for sc.Scan() {
			var a goldArticle
			if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			doc, trees := parse(t, a.Text)
			atts := speech.Find(doc, trees, a.Outlet)
			for _, c := range a.Claims {
				if len(c.Chain) == 0 {
					continue
				}
				total++
				ev := story.ByteSpan(a.Text, story.Span{Start: c.Evidence.Start, End: c.Evidence.End})
				last := c.Chain[len(c.Chain)-1]
				hit, sameKind, sameAct := origin(atts, ev, last.Holder, last.Kind, c.Act)
				if hit {
					found++
				} else if os.Getenv("MISSES") == "1" {
					t.Logf("%s: %q (%s, %s) in %q; have %v", a.ID, last.Holder, last.Kind, c.Act, ev.Of(a.Text), holders(atts, ev))
				}
				if hit && !sameKind && os.Getenv("MISSES") == "2" {
					t.Logf("%s: kind %s of %q; have %v", a.ID, last.Kind, last.Holder, holders(atts, ev))
				}
				if hit && !sameAct && os.Getenv("MISSES") == "3" {
					t.Logf("%s: act %s of %q in %q; have %v", a.ID, c.Act, last.Holder, ev.Of(a.Text), holders(atts, ev))
				}
				if sameKind {
					kind++
				}
				if sameAct {
					act++
				}
			}
		}
		if total > 0 {
			t.Logf("%s: origin among the holders %d of %d (%.2f); with its kind %.2f, with its act %.2f", name, found, total,
				float64(found)/float64(total), float64(kind)/float64(total), float64(act)/float64(total))
		}
	}
}

func holders(atts []speech.Attribution, ev story.Span) []string {
	var out []string
	for _, a := range atts {
		if touches(a, ev) {
			out = append(out, a.Holder.Text+"/"+a.Holder.Name+"/"+string(a.Holder.Kind)+"/"+a.CueText)
		}
	}
	return out
}

func touches(a speech.Attribution, ev story.Span) bool {
	if ev.Overlaps(a.Cue) {
		return true
	}
	for _, s := range a.Content {
		if ev.Overlaps(s) {
			return true
		}
	}
	return false
}

func origin(atts []speech.Attribution, ev story.Span, holder, kind, act string) (hit, sameKind, sameAct bool) {
	for i, a := range atts {
		if !touches(a, ev) {
			continue
		}
		text := a.Holder.Text + " " + a.Holder.Name
		if c := speech.Chain(atts, i); len(c) > 0 {
			h := atts[c[len(c)-1]].Holder
			text = h.Text + " " + h.Name
			if sameHolder(text, holder) {
				hit = true
				sameKind = sameKind || string(h.Kind) == kind
				sameAct = sameAct || string(a.Act) == act
			}
			continue
		}
		if sameHolder(text, holder) {
			hit = true
			sameKind = sameKind || string(a.Holder.Kind) == kind
			sameAct = sameAct || string(a.Act) == act
		}
	}
	return hit, sameKind, sameAct
}

// stop is the list of the reference scorer; where only such words stand, the
// whole text counts.
const stop = " a an the of in for to and s unnamed anonymous senior official officials source sources spokesman spokeswoman spokesperson mr ms mrs dr gen maj general president minister "

func sameHolder(a, b string) bool {
	x, y := contentWords(a), contentWords(b)
	for w := range y {
		if x[w] {
			return true
		}
	}
	return false
}

func contentWords(s string) map[string]bool {
	all := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := map[string]bool{}
	for _, w := range all {
		if !strings.Contains(stop, " "+w+" ") {
			out[w] = true
		}
	}
	if len(out) == 0 {
		for _, w := range all {
			out[strings.TrimSuffix(w, "s")] = true
		}
	}
	return out
}

package mentionseval

import (
	"os"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Ordinary people with names of the UN's list: no life of theirs may be taken
// for the listed one.
func TestOrdinaryPeople(t *testing.T) {
	ps := load(t, unList)
	ix := mentions.New(ps)
	raw, err := os.ReadFile("../../mentions/testdata/lives.txt")
	if err != nil {
		t.Fatal(err)
	}
	var lives []string
	for l := range strings.Lines(string(raw)) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			lives = append(lives, l)
		}
	}
	texts, accepted, undecided := 0, 0, 0
	for i := range ps {
		p := &ps[i]
		if p.Schema != party.Person || len(names.Words(p.PrimaryName())) < 2 {
			continue
		}
		ws := strings.Fields(lives[i%len(lives)])
		for k, w := range ws {
			if strings.Trim(w, ".,") == "N" {
				ws[k] = strings.Replace(w, "N", p.PrimaryName(), 1)
			}
		}
		text := strings.Join(ws, " ")
		texts++
		for _, c := range ix.FindIn(story.Article{Text: text, Language: "en"}, func() prose.Document { return prose.Split(text, "en") }).Clusters {
			switch c.Status {
			case mentions.Accepted:
				accepted++
				best, _ := c.Best()
				t.Logf("accepted: %s: %+v", text, best.For)
			case mentions.Undecided:
				undecided++
			}
		}
	}
	t.Logf("%d texts about ordinary people with listed names: %d accepted, %d clusters undecided", texts, accepted, undecided)
	if texts < 200 || accepted > 0 {
		t.Errorf("%d texts, %d accepted", texts, accepted)
	}
}

func TestVerdicts(t *testing.T) {
	f, err := os.Open("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v, err := Verdicts(f)
	if err != nil || len(v) < 140 {
		t.Fatal(len(v), err)
	}
	alerts := []Alert{{Article: "a:1", Span: "1-2", Party: "x:1"}, {Article: "a:1", Span: "1-2", Party: "x:2"}, {Article: "b", Span: "1-2", Party: "x:1"}}
	r := Judge(600, alerts, map[string]Verdict{"a:1\t1-2\tx:1": {true, "he"}, "a:1\t1-2\tx:2": {false, "another"}})
	if r.Judged != 2 || r.Wrong != 1 || len(r.Unjudged) != 1 || r.PerWrong != 400 || r.Precision != 0.5 {
		t.Errorf("%+v", r)
	}
	if _, err := Verdicts(strings.NewReader("a\tb\tc\td\tperhaps\twhy\n")); err == nil {
		t.Error("a verdict that is none was read")
	}
}

package mentions

import (
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
	"testing"
)

func TestDebug(t *testing.T) {
	for _, n := range []string{"Mohammad Javad Zarif", "Abdul Haq Wasiq", "Muhammad Yusuf Ahmad Mansur", "Osama bin Laden"} {
		ix := New([]party.Party{{ID: "x:1", Schema: party.LegalEntity, Names: []party.Name{{Text: n}}}})
		t.Log(ix.names[0].name.Schema, ix.names[0].name.Words)
		for _, text := range []string{"Iranian Foreign Minister " + n + " has reiterated", "by Khairullah Khairkhwa and " + n + ", all", "leader " + n + " and Abdullah Azzam a"} {
			f := ix.scanText(text, "en")
			for _, r := range f.runs {
				ws := f.words(r)
				from, to := stretch(ws, ix.names[0].name)
				t.Log(len(r), from, to)
				c, ok := f.verify(r, ws, 0)
				t.Log(c.score, c.parts, ok, c.longer)
			}
			r := ix.Find(prose.Split(text, "en"), story.Article{})
			t.Log(text, len(f.found), r.Mentions)
			for _, c := range r.Clusters {
				t.Log(c.Status, c.Hypotheses)
			}
		}
	}
	_ = names.Words
}

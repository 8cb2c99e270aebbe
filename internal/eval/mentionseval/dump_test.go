package mentionseval
import ("testing";"fmt";"os";"bufio";"compress/gzip";"encoding/json";"path/filepath"
"github.com/reportedly/reportedly/internal/mentions"
"github.com/reportedly/reportedly/internal/story")
func TestDump(t *testing.T) {
	fs := []string{"lists/un/un_consolidated_2026-02-27.xml.gz", "lists/us_ofac/sdn_2024-05-03.csv.gz", "lists/eu/eu_fsf_simplified_2025-04-16.json.gz"}
	uk, _ := filepath.Glob("/work/shared/data/lists/uk/fcdo_2026-05/*")
	for _, f := range uk { fs = append(fs, "lists/uk/fcdo_2026-05/"+filepath.Base(f)) }
	ix := mentions.New(load(t, fs...))
	var as []story.Article
	for _, c := range []string{"bbc-news/dev", "ag-news/dev", "reuters21578/dev", "masakhanews/eng-dev", "masakhanews/fra-dev", "ant-arabic-news/dev"} {
		f, _ := os.Open("/work/shared/data/corpora/"+c+".jsonl.gz"); z, _ := gzip.NewReader(f); s := bufio.NewScanner(z); s.Buffer(nil, 64<<20)
		n := 0
		for s.Scan() { n++; var a struct{ ID any; Title, Text, Language, Lang string }; json.Unmarshal(s.Bytes(), &a)
			if a.Title != "" { a.Text = a.Title+"\n\n"+a.Text }
			if a.Language == "" { a.Language = a.Lang }
			as = append(as, story.Article{ID: fmt.Sprintf("%s:%d", c, n), Text: a.Text, Language: a.Language}) }
	}
	al := Alerts(ix, as)
	t.Log(len(as), "articles", len(al), "alerts")
	d := Draw(al, 200)
	o, _ := os.Create("/tmp/alerts.jsonl")
	for _, a := range d { j, _ := json.Marshal(a); o.Write(append(j, '\n')) }
	o.Close()
}

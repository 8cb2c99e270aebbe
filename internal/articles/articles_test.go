package articles

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

func read(t *testing.T, body string, opts Options) (arts []story.Article, finds []story.Finding) {
	t.Helper()
	for it := range Read("test", strings.NewReader(body), opts) {
		if it.Finding != nil {
			finds = append(finds, *it.Finding)
			continue
		}
		arts = append(arts, it.Article)
	}
	return arts, finds
}

func TestPlainText(t *testing.T) {
	body := "Minister tours the new bridge\n\nThe minister toured the bridge on Monday.\nShe said it was long.\n"
	arts, finds := read(t, body, Options{Published: calendar.MustParse("2024-05-06"), Outlet: "The Ferry Times"})
	if len(finds) > 0 || len(arts) != 1 {
		t.Fatalf("articles %d, findings %v", len(arts), finds)
	}
	a := arts[0]
	if a.Title != "Minister tours the new bridge" || a.Text != body || a.Day().String() != "2024-05-06" || a.Outlet != "The Ferry Times" {
		t.Errorf("%+v", a)
	}
	if c := a.Captures[0]; len(c.SHA256) != 64 || c.Size != int64(len(body)) || c.MediaType != "text/plain" || string(c.Body) != body {
		t.Errorf("capture %+v", c)
	}
	again, _ := read(t, body, Options{Published: calendar.MustParse("2024-05-06"), Outlet: "The Ferry Times"})
	if again[0].ID != a.ID {
		t.Error("the same file read twice has two ids")
	}
}

func TestEncodings(t *testing.T) {
	want := "Le général est arrivé à Genève mardi soir, a-t-on appris."
	win := strings.NewReplacer("é", "\xe9", "è", "\xe8", "à", "\xe0").Replace(want)
	var u16 bytes.Buffer
	u16.Write([]byte{0xff, 0xfe})
	for _, u := range utf16.Encode([]rune(want)) {
		u16.Write([]byte{byte(u), byte(u >> 8)})
	}
	for name, body := range map[string]string{"utf-8": want, "bom": "\ufeff" + want, "windows-1252": win, "utf-16": u16.String()} {
		arts, finds := read(t, body, Options{})
		if len(arts) != 1 || arts[0].Text != want {
			t.Errorf("%s: %v %v", name, arts, finds)
		}
	}
}

func TestCompressed(t *testing.T) {
	const line = `{"id":"x-1","outlet":"O","published":"2020-02-03T04:05:06Z","language":"en","text":"Hello there."}` + "\n"
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write([]byte(line))
	w.Close()
	enc, _ := zstd.NewWriter(nil)
	zs := enc.EncodeAll([]byte(line), nil)
	for name, body := range map[string]string{"plain": line, "gzip": gz.String(), "zstd": string(zs)} {
		arts, finds := read(t, body, Options{})
		if len(arts) != 1 || arts[0].ID != "x-1" || arts[0].Text != "Hello there." || arts[0].Published.Hour() != 4 {
			t.Errorf("%s: %+v %v", name, arts, finds)
		}
	}
	_, finds := read(t, gz.String()[:gz.Len()-12], Options{})
	if len(finds) != 1 || !strings.Contains(finds[0].Text, "cut off") {
		t.Errorf("truncated gzip: %v", finds)
	}
}

// Bad lines cost only themselves, and the finding names the line and the byte.
func TestBadLines(t *testing.T) {
	long := `{"text":"` + strings.Repeat("a", 5000) + `"}`
	body := `{"text":"one"}` + "\n" + long + "\n" + `{"title":"no text"}` + "\n{broken\n\n" + `{"id":7,"text":"two"}`
	arts, finds := read(t, body, Options{MaxArticle: 1000})
	if len(arts) != 2 || arts[0].Text != "one" || arts[1].ID != "7" {
		t.Fatalf("articles %+v", arts)
	}
	if len(finds) != 3 || finds[0].Line != 2 || finds[0].Offset != 15 || finds[1].Line != 3 || finds[2].Line != 4 {
		t.Fatalf("findings %v", finds)
	}
	if s := finds[0].String(); !strings.HasPrefix(s, "test:2: lost: line of 5") {
		t.Errorf("finding reads %q", s)
	}
}

func TestRefused(t *testing.T) {
	cases := map[string]struct{ body, want string }{
		"empty":   {"  \n ", "holds no text"},
		"binary":  {"\x7fELF\x00\x00\x01\x02\x00\x00", "binary"},
		"garbage": {strings.Repeat("\xf8\xc4\xe1\xee\xef\xd7", 50), "binary"},
		"html":    {"<html><head><title>x</title></head><body></body></html>", "no article text"},
	}
	for name, c := range cases {
		arts, finds := read(t, c.body, Options{})
		if len(arts) != 0 || len(finds) != 1 || finds[0].Severity != story.Refused || !strings.Contains(finds[0].Text, c.want) {
			t.Errorf("%s: %v %v", name, arts, finds)
		}
	}
	_, finds := read(t, strings.Repeat("long text ", 1000), Options{MaxArticle: 500})
	if len(finds) != 1 || !strings.Contains(finds[0].Text, "longer") {
		t.Errorf("too long: %v", finds)
	}
}

func TestHTML(t *testing.T) {
	page := `<!DOCTYPE html><html lang="en"><head><title>Harbour reopens - The Ferry Times</title>
<meta property="og:title" content="Harbour reopens"><meta property="og:site_name" content="The Ferry Times">
<meta property="article:published_time" content="2021-03-04T10:00:00Z"><link rel="canonical" href="https://ferry.example/harbour"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour reopens</h1>
<p>The harbour of the old town reopened on Thursday after nine months of work on its northern wall, the port authority said.</p>
<p>Fishermen who had moored their boats up the river came back the same evening and were greeted by a brass band of the fire brigade.</p>
<p>"We have waited long enough," said one of them, who has fished these waters for forty years and means to go on.</p>
</article><footer>Copyright</footer></body></html>`
	arts, finds := read(t, page, Options{})
	if len(arts) != 1 {
		t.Fatal(finds)
	}
	a := arts[0]
	if a.Title != "Harbour reopens" || a.Outlet != "The Ferry Times" || a.Day().String() != "2021-03-04" || !strings.Contains(a.Text, "brass band") || strings.Contains(a.Text, "Sport") {
		t.Errorf("%+v", a)
	}
	// Tag soup must not break the reader.
	read(t, "<html><p><div></p><<<article>"+strings.Repeat("<b><i>", 2000)+"text", Options{})
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for n, b := range map[string]string{"a.txt": "Alpha story.", "b.bin": "\x00\x01\x02", ".hidden": "no", "c.txt": "Gamma story."} {
		if err := os.WriteFile(filepath.Join(dir, n), []byte(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var texts []string
	var finds int
	for it := range Open(dir, nil, Options{}) {
		if it.Finding != nil {
			finds++
			continue
		}
		texts = append(texts, it.Article.Text)
	}
	if strings.Join(texts, "|") != "Alpha story.|Gamma story." || finds != 1 {
		t.Errorf("%v, %d findings", texts, finds)
	}
	for it := range Open(filepath.Join(dir, "none"), nil, Options{}) {
		if it.Finding == nil || !strings.Contains(it.Finding.Text, "cannot be opened") {
			t.Errorf("%+v", it)
		}
	}
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"The minister said on Tuesday that the talks with the delegation had been useful and would go on.":    "en",
		"Le ministre a déclaré mardi que les entretiens avec la délégation avaient été utiles et frank.":      "fr",
		"Министр заявил во вторник, что переговоры с делегацией были полезными и будут продолжены на неделе.": "ru",
		"قال الوزير يوم الثلاثاء إن المحادثات مع الوفد كانت مفيدة وإنها ستستمر في الأسبوع المقبل":             "ar",
	} {
		if got := Language(text); got != want {
			t.Errorf("%q: %q, want %q", text[:20], got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"text":"one"}`))
	f.Add([]byte("<html><body><p>x"))
	f.Add([]byte{0x1f, 0x8b, 8, 0})
	f.Add([]byte{0x28, 0xb5, 0x2f, 0xfd, 0})
	f.Add([]byte{0xff, 0xfe, 0x41, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		for it := range Read("fuzz", bytes.NewReader(b), Options{MaxArticle: 1 << 16, MaxTotal: 1 << 18}) {
			if it.Finding == nil && it.Article.ID == "" {
				t.Error("article without id")
			}
		}
	})
}

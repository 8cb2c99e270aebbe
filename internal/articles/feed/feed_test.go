package feed

import (
	"archive/tar"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/net/html/charset"
)

const rss = `<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Coast Star</title><link>https://star.example/</link><language>en-GB</language>
<item><title>Envoy lands</title><link>/a?id=1&amp;utm_source=rss#top</link><guid>g1</guid><dc:creator>Ada Lind</dc:creator>
<pubDate>Mon, 18 Apr 2016 09:12:00 +0200</pubDate><description>Short.</description><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded></item>
</channel></rss>`

func TestParse(t *testing.T) {
	atom := `<feed xmlns="http://www.w3.org/2005/Atom"><title>Star</title><entry><title>E</title><id>urn:1</id><link href="https://star.example/e"/><updated>2016-04-18T09:12:00Z</updated></entry></feed>`
	json := `{"version":"https://jsonfeed.org/version/1.1","title":"Star","items":[{"id":"1","url":"https://star.example/j","content_text":"Text.","date_published":"2016-04-18T09:12:00Z"}]}`
	for _, c := range []struct{ name, body, kind, key, title string }{
		{"rss", rss, "rss", "https://star.example/a?id=1", "Envoy lands"},
		{"atom", atom, "atom", "https://star.example/e", "E"},
		{"json", json, "json", "https://star.example/j", ""},
	} {
		f, err := Parse([]byte(c.body), "https://star.example/feed")
		if err != nil || f.Kind != c.kind || len(f.Items) != 1 {
			t.Fatalf("%s: %+v %v", c.name, f, err)
		}
		it := f.Items[0]
		if it.Key() != c.key || it.Title != c.title || it.Published.UTC().Format(time.DateOnly) != "2016-04-18" {
			t.Errorf("%s: %+v, key %s", c.name, it, it.Key())
		}
	}
	f, _ := Parse([]byte(rss), "https://star.example/feed")
	if it := f.Items[0]; f.Language != "en" || it.Byline != "Ada Lind" || !strings.Contains(it.Content, "<p>Two.") {
		t.Errorf("%+v", f)
	}
}

func TestBroken(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		line int
	}{
		"cut off":  {rss[:len(rss)-30], 5},
		"too deep": {"<rss>\n" + strings.Repeat("<a>", 300), 2},
	} {
		_, err := Parse([]byte(c.body), "")
		var e *Error
		if !errors.As(err, &e) || e.Line != c.line {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, body := range []string{"", "<html><body>no</body></html>", "{}", "text"} {
		if _, err := Parse([]byte(body), ""); err == nil {
			t.Errorf("%q was taken for a feed", body)
		}
	}
}

func TestSitemap(t *testing.T) {
	s, err := ParseSitemap([]byte(`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://star.example/1</loc><lastmod>2016-04-18</lastmod></url>
<url><loc> https://star.example/2 </loc><news:news><news:publication><news:name>Coast Star</news:name><news:language>en</news:language></news:publication><news:publication_date>2016-04-18T09:12+02:00</news:publication_date><news:title>Envoy lands</news:title></news:news></url>
<url><loc>javascript:1</loc></url></urlset>`), "")
	if err != nil || s.Index || len(s.Links) != 2 {
		t.Fatalf("%+v %v", s, err)
	}
	if l := s.Links[1]; l.Title != "Envoy lands" || l.Outlet != "Coast Star" || l.Language != "en" || l.Published.IsZero() || l.URL != "https://star.example/2" {
		t.Errorf("%+v", l)
	}
	if s, err := ParseSitemap([]byte(`<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>`), "https://star.example/sitemap.xml"); err != nil || !s.Index || s.Links[0].URL != "https://star.example/news.xml" {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := ParseSitemap([]byte("<urlset>\n<url><loc>x"), ""); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("cut off: %v", err)
	}
	if _, err := ParseSitemap([]byte("<rss/>"), ""); !errors.Is(err, ErrNotSitemap) {
		t.Errorf("a feed: %v", err)
	}
}

func TestCanonicalURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://Star.example/a?utm_medium=x&b=2#c": "https://star.example/a?b=2",
		"https://star.example/a?b=2&a=1":            "https://star.example/a?b=2&a=1",
		"ftp://star.example/":                       "",
		"/a":                                        "",
	} {
		if got := CanonicalURL(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// wellFormed is the judgement of the strict parser of the standard library.
func wellFormed(b []byte) (root string, ok bool) {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = charset.NewReaderLabel
	for {
		t, err := d.Token()
		if err == io.EOF {
			return root, root != ""
		}
		if err != nil {
			return root, false
		}
		if e, ok := t.(xml.StartElement); ok && root == "" {
			root = strings.ToLower(e.Name.Local)
		}
	}
}

// Every well-formed feed of the collected samples parses; the others give a
// feed or an error, and none a crash.
func TestSamples(t *testing.T) {
	shared := os.Getenv("REPORTEDLY_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(shared, "data", "corpora", "feeds", "feeds-dev.tar.zst"))
	if err != nil {
		t.Skip("no samples beside the repository: ", err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	tr := tar.NewReader(z)
	read, refused := 0, 0
	for {
		h, err := tr.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(h.Name, ".xml") {
			continue
		}
		b, err := io.ReadAll(tr)
		if err != nil {
			t.Fatal(err)
		}
		_, perr := Parse(b, "")
		if perr == nil {
			read++
			continue
		}
		refused++
		if root, ok := wellFormed(b); ok && (root == "rss" || root == "feed" || root == "rdf") {
			t.Errorf("%s: %v", h.Name, perr)
		}
	}
	t.Logf("%d read, %d refused", read, refused)
	if read < 1000 {
		t.Errorf("only %d samples were read", read)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rss))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":1}]}`))
	f.Add([]byte("\xff\xfe<\x00r\x00s\x00s\x00/\x00>\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		f, err := Parse(b, "https://star.example/")
		if err == nil {
			for _, it := range f.Items {
				if it.Key() == "" {
					t.Error("an item without a key")
				}
			}
		}
	})
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>https://star.example/1</loc></url></urlset>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ParseSitemap(b, "")
		if err == nil {
			for _, l := range s.Links {
				if !strings.HasPrefix(l.URL, "http") {
					t.Errorf("address %q", l.URL)
				}
			}
		}
	})
}

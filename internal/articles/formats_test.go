package articles

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

const page = `<html lang="en"><head><title>Envoy lands in Nordvik | Coast Star</title><meta property="article:published_time" content="2016-04-18T09:12:00Z"></head><body><article><h1>Envoy lands in Nordvik</h1>
<p>The envoy of the northern council landed in Nordvik on Monday morning, two officials of the port authority told the Coast Star, and left for talks at once.</p>
<p>The ministry declined to comment on the visit, which had not been announced before, and a spokesman said that he knew nothing of any talks about grain.</p>
<p>It was the second visit of the envoy in two months, according to the port authority, whose records the newspaper has seen and whose staff confirmed them.</p></article></body></html>`

func archived(uri, status, body string) string {
	block := fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n%s", status, body)
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2016-04-19T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", uri, len(block), block)
}

const message = "From: =?utf-8?q?Coast_Star_=C3=81lerts?= <alerts@star.example>\r\nTo: desk@example.org\r\nSubject: =?utf-8?b?RW52b3kgbGFuZHM=?=\r\nDate: Mon, 18 Apr 2016 09:12:00 +0200\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe envoy landed in N=F8rdvik.\r\n" +
	"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The envoy landed in Nørdvik.</p>\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nxxx\r\n--b--\r\n"

func readAll(t *testing.T, name string, b []byte, opts Options) []Item {
	t.Helper()
	var out []Item
	for it := range Read(name, bytes.NewReader(b), opts) {
		out = append(out, it)
	}
	return out
}

func TestFeedFile(t *testing.T) {
	items := readAll(t, "f.xml", []byte(`<?xml version="1.0"?><!-- x --><rss version="2.0"><channel><title>Coast Star</title><item><title>Envoy &amp;amp; crew land</title><link>https://star.example/a</link>
<pubDate>Mon, 18 Apr 2016 09:12:00 +0200</pubDate><description>&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;Two.&lt;/p&gt;</description></item><item></item></channel></rss>`), Options{})
	if len(items) != 2 || items[0].Finding != nil || items[1].Finding == nil {
		t.Fatalf("%+v", items)
	}
	a := items[0].Article
	if a.Title != "Envoy & crew land" || a.Text != "One.\nTwo." || a.Outlet != "Coast Star" || a.Day().String() != "2016-04-18" || a.URL != "https://star.example/a" {
		t.Errorf("%+v", a)
	}
	bad := readAll(t, "f.xml", []byte("<rss>\n<channel>\n<item>"), Options{})
	if len(bad) != 1 || bad[0].Finding == nil || bad[0].Finding.Line != 3 {
		t.Errorf("broken feed: %+v", bad)
	}
	if m := readAll(t, "s.xml", []byte("<urlset></urlset>"), Options{}); len(m) != 1 || m[0].Finding == nil || !strings.Contains(m[0].Finding.Text, "sitemap") {
		t.Errorf("sitemap: %+v", m)
	}
}

func TestArchiveFile(t *testing.T) {
	chunked := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(page), page)
	records := []string{archived("https://star.example/1", "200 OK", chunked), archived("https://star.example/gone", "404 Not Found", page), archived("https://star.example/2", "200 OK", page)}
	var zipped bytes.Buffer
	for _, r := range records {
		z := gzip.NewWriter(&zipped)
		io.WriteString(z, r)
		z.Close()
	}
	for name, file := range map[string][]byte{"plain": []byte(strings.Join(records, "")), "zipped": zipped.Bytes()} {
		items := readAll(t, "x.warc", file, Options{})
		if len(items) != 2 || items[0].Finding != nil || items[1].Finding != nil {
			t.Fatalf("%s: %+v", name, items)
		}
		a := items[1].Article
		if a.URL != "https://star.example/2" || !strings.Contains(a.Text, "The envoy") || strings.Count(a.Text, "\n") < 2 || a.Day().String() != "2016-04-18" {
			t.Errorf("%s: %s %s %q", name, a.URL, a.Day(), a.Text)
		}
		if c := a.Captures[0]; c.Method != "warc" || !strings.HasPrefix(c.Location, "x.warc#") || !c.RetrievedAt.Equal(time.Date(2016, 4, 19, 10, 0, 0, 0, time.UTC)) || string(c.Body) != page {
			t.Errorf("%s: capture %+v", name, c)
		}
		rest := readAll(t, "x.warc", file, Options{Format: WARC, From: func(string) int64 { return items[0].Next }})
		if len(rest) != 1 || rest[0].Article.URL != a.URL {
			t.Errorf("%s: read on from %d: %+v", name, items[0].Next, rest)
		}
		if rest := readAll(t, "x.warc", file, Options{Format: WARC, From: func(string) int64 { return items[1].Next }}); len(rest) != 0 {
			t.Errorf("%s: something after the end: %+v", name, rest)
		}
	}
}

func TestMailFile(t *testing.T) {
	items := readAll(t, "m.eml", []byte(message), Options{})
	if len(items) != 1 || items[0].Finding != nil {
		t.Fatalf("%+v", items)
	}
	a := items[0].Article
	if a.Title != "Envoy lands" || a.Text != "The envoy landed in Nørdvik." || a.Outlet != "Coast Star Álerts" || a.Day().String() != "2016-04-18" {
		t.Errorf("%+v", a)
	}
	if f := Recognise([]byte("From the port came word: no ships.\nDate: none.\n")); f != Text {
		t.Errorf("prose was taken for %s", f)
	}
}

func FuzzMail(f *testing.F) {
	f.Add([]byte(message))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, problem := fromMail(b)
		if problem == "" && a.Text == "" {
			t.Error("no text and no problem")
		}
	})
}

func FuzzPlainText(f *testing.F) {
	f.Add("<p>One.<br>Two &amp; three.</p><script>x</script>")
	f.Fuzz(func(t *testing.T, s string) { _ = plainText(s) })
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxx"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, _, body, err := answer(b, 1<<16); err == nil && len(body) > 1<<16 && len(body) > len(b) {
			t.Errorf("%d bytes came out", len(body))
		}
	})
}

package stream

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/pipeline"
)

// Workers that share the parts of an archive make what one scan of it makes;
// parts that are handed in again are done.
func TestWorkersShareAnArchive(t *testing.T) {
	m := laid(t, 1)
	var all bytes.Buffer
	for i, a := range m.articles {
		page := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>%s</title></head><body><article><h1>%s</h1><p>%s</p></article></body></html>", a.Title, a.Title, a.Text)
		z := gzip.NewWriter(&all)
		fmt.Fprintf(z, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/%d\r\nWARC-Date: 2024-05-06T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, len(page), page)
		z.Close()
	}
	file := filepath.Join(t.TempDir(), "pages.warc.gz")
	must(t, os.WriteFile(file, all.Bytes(), 0o600))
	var parts []articles.Part
	must(t, articles.Plan([]string{file}, 2000, func(p articles.Part) error { parts = append(parts, p); return nil }, func(f string, why error) { t.Error(f, why) }))
	if len(parts) < 3 {
		t.Fatalf("%d parts", len(parts))
	}
	alone := newOffice(t, quick())
	must(t, importLists(ctx, alone.st, m.lists))
	read, err := loader(alone.st)(ctx)
	must(t, err)
	for _, p := range parts {
		must(t, pipeline.ScanPart(ctx, alone.st, p, articles.Options{}, read, 2, time.Now, func(pipeline.Scanned) {}))
	}
	_, err = pipeline.BuildCases(ctx, alone.st, read.Known(), program, time.Now())
	must(t, err)
	n := 0
	must(t, pipeline.ScanPart(ctx, alone.st, parts[0], articles.Options{}, read, 2, time.Now, func(pipeline.Scanned) { n++ }))
	if n > 0 {
		t.Errorf("a part that was done gives %d items", n)
	}

	f := newOffice(t, quick())
	must(t, importLists(ctx, f.st, m.lists))
	first, _ := f.start(t, f.options())
	second, _ := f.start(t, f.options())
	for _, p := range append(parts, parts...) {
		must(t, f.x.SubmitPart(ctx, p, 1))
	}
	settled(t, f.x, f.st, 30*time.Second)
	if got, want := outcome(t, f.st), outcome(t, alone.st); got != want {
		t.Error(firstDifference(want, got))
	}
	if done := first.Done().Parts + second.Done().Parts; done != int64(len(parts)) {
		t.Errorf("%d parts done of %d", done, len(parts))
	}
}

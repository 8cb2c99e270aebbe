package articles

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// collection writes an archive of n pages, each in a gzip member of its own or
// all plain, the one with number damaged spoiled.
func collection(t *testing.T, n, damaged int, packed bool) string {
	t.Helper()
	var all bytes.Buffer
	for i := range n {
		rec := archived(fmt.Sprintf("https://paper.example/%d", i), "200 OK", fmt.Sprintf("<html><body><article><h1>Story %d</h1><p>%s</p></article></body></html>", i, strings.Repeat(fmt.Sprintf("Ada came to town for the %dth time, the harbour master said on Monday. ", i), 8)))
		if !packed {
			all.WriteString(rec)
			continue
		}
		at := all.Len()
		z := gzip.NewWriter(&all)
		z.Write([]byte(rec))
		z.Close()
		if i == damaged {
			copy(all.Bytes()[at+30:], "????????")
		}
	}
	file := filepath.Join(t.TempDir(), "pages.warc.gz")
	if err := os.WriteFile(file, all.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// The parts of an archive together hold what the archive holds, and each can be
// read by itself, from its beginning or from where reading stopped.
func TestPartsOfAnArchiveHoldTheWhole(t *testing.T) {
	for _, c := range []struct {
		damaged int
		packed  bool
	}{{-1, true}, {4, true}, {-1, false}} {
		file := collection(t, 12, c.damaged, c.packed)
		var whole, parted []string
		for it := range Open(file, nil, Options{}) {
			whole = append(whole, sayItem(it))
		}
		var manifest bytes.Buffer
		enc := json.NewEncoder(&manifest)
		size := int64(600)
		if !c.packed {
			size = 3000
		}
		err := Plan([]string{filepath.Dir(file)}, size, func(p Part) error { return enc.Encode(p) }, func(f string, why error) { t.Errorf("%s: %v", f, why) })
		if err != nil {
			t.Fatal(err)
		}
		parts, err := ReadManifest(&manifest)
		if err != nil || len(parts) < 3 {
			t.Fatalf("%d parts (%v)", len(parts), err)
		}
		for _, p := range parts {
			items, err := p.Open(0, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var first int64
			n := 0
			for it := range items {
				parted = append(parted, sayItem(it))
				if n == 0 {
					first = it.Next
				}
				n++
			}
			rest, err := p.Open(first, Options{})
			if err != nil {
				t.Fatal(err)
			}
			left := 0
			for range rest {
				left++
			}
			if first < p.To && left != n-1 || first >= p.To && left != 0 {
				t.Errorf("part %s: %d items, %d after the first", p.Name(), n, left)
			}
		}
		if diff := cmp.Diff(whole, parted); diff != "" {
			t.Errorf("damaged %d, packed %v: %s", c.damaged, c.packed, diff)
		}
	}
}

func sayItem(it Item) string {
	if it.Finding != nil {
		return it.Finding.String()
	}
	return it.Article.ID + " " + it.Article.Captures[0].Location
}

func TestManifestsAreProved(t *testing.T) {
	for _, bad := range []string{"{", `{"file":"","size":5,"to":5}`, `{"file":"a","size":5,"from":3,"to":3}`, `{"file":"a","size":5,"from":-1,"to":3}`, `{"file":"a","size":5,"to":6}`} {
		if _, err := ReadManifest(strings.NewReader(bad)); err == nil {
			t.Errorf("%s is taken for a manifest", bad)
		}
	}
	file := collection(t, 2, -1, true)
	if _, err := (Part{File: file, Size: 3, To: 3}).Open(0, Options{}); err == nil || !strings.Contains(err.Error(), "plan again") {
		t.Errorf("a file that changed: %v", err)
	}
}

func FuzzManifest(f *testing.F) {
	f.Add(`{"file":"a.warc.gz","size":9,"from":0,"to":9}`)
	f.Fuzz(func(t *testing.T, text string) {
		parts, err := ReadManifest(strings.NewReader(text))
		for _, p := range parts {
			if err == nil && p.Valid() != nil {
				t.Errorf("%+v", p)
			}
		}
	})
}

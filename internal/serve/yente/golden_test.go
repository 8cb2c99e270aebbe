package yente

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "renew the golden file")

// Exchanges that real clients have been content with (e2e_test.go) are kept
// word by word, so that a change of the shape is seen where no client is.
// Answers with scores are left to the other tests: scores may get better.
func TestExchanges(t *testing.T) {
	s := server(t)
	var got bytes.Buffer
	for _, x := range []struct{ method, path, body string }{
		{"GET", "/catalog", ""}, {"GET", "/algorithms", ""}, {"GET", "/search/default?q=qorvashi&facets=countries&facets=schema", ""},
		{"GET", "/entities/un-A.1", ""}, {"GET", "/entities/un-B.1/adjacent", ""}, {"GET", "/entities/un-A.1/adjacent/sanctions", ""},
		{"GET", "/statements?canonical_id=un-B.1&prop=name", ""}, {"GET", "/reconcile/un", ""}, {"GET", "/reconcile/un/suggest/entity?prefix=velta", ""},
		{"GET", "/reconcile/un/suggest/property?prefix=birth", ""}, {"GET", "/reconcile/un/suggest/type?prefix=c", ""}, {"GET", "/reconcile/un/extend/property?type=Person&limit=4", ""},
		{"POST", "/reconcile/un", "extend=" + url.QueryEscape(`{"ids":["un-A.1"],"properties":[{"id":"nationality"},{"id":"country","settings":{"render":"raw"}}]}`)},
		{"POST", "/match/un", ask1("Person", `{"name":["Somebody Else Altogether"]}`)}, {"POST", "/match/nosuch", ask1("Person", `{}`)}, {"POST", "/match/un", `{"queries":{"q":{}}}`},
		{"GET", "/search/un?limit=9999", ""},
	} {
		req, err := http.NewRequest(x.method, s.URL+x.path, strings.NewReader(x.body))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(x.body, "extend=") {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, bytes.TrimSpace(body), "", " "); err != nil {
			t.Fatalf("%s: %v", x.path, err)
		}
		fmt.Fprintf(&got, "%s %s\n%s\n---- %d %s\n%s\n\n", x.method, x.path, x.body, resp.StatusCode, resp.Header.Get("Content-Type"), pretty.String())
	}
	text := strings.ReplaceAll(got.String(), s.URL, "http://HOST")
	const file = "testdata/exchanges.txt"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		a, b := strings.Split(text, "\n"), strings.Split(string(want), "\n")
		for i := range a {
			if i >= len(b) || a[i] != b[i] {
				t.Fatalf("line %d: %q; renew with -update if this is meant", i+1, a[i])
			}
		}
		t.Fatal("the answers are shorter than those kept; renew with -update if this is meant")
	}
}

package web

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

func TestTwoPeopleReviewACase(t *testing.T) {
	s := open(t, true)
	decide := url.Values{"kind": {"decide"}, "value": {"supported"}, "reason": {"two independent origins, one of them first-hand"}}
	if code, body, _ := s.do("ann", "POST", "/cases/1/records", decide); code != http.StatusBadRequest || !strings.Contains(body, "alternative explanation") {
		t.Errorf("supported without an alternative: %d", code)
	}
	decide.Set("alternative", "a namesake: ruled out by rank and place")
	if to := s.post("ann", "/cases/1/records", decide); to != "/cases/1" {
		t.Errorf("led to %s", to)
	}
	body := s.get("/cases/1")
	for _, want := range []string{"2nd signature missing", "ann</strong> decided", "Put the second signature under it"} {
		if !strings.Contains(body, want) {
			t.Errorf("after the decision the page lacks %q", want)
		}
	}
	if _, own, _ := s.do("ann", "GET", "/cases/1", nil); strings.Contains(own, "Put the second signature under it") {
		t.Error("whoever decided is offered to sign too")
	}
	id := recordOf(t, body)
	if code, _, _ := s.do("ann", "POST", "/cases/1/records", url.Values{"kind": {"sign"}, "of": {id}}); code != http.StatusForbidden {
		t.Errorf("an analyst signs: %d", code)
	}
	s.post("ben", "/cases/1/records", url.Values{"kind": {"sign"}, "of": {id}})
	if body = s.get("/cases/1"); !strings.Contains(body, "signed twice") {
		t.Error("the second signature is not shown")
	}
	if body := s.get("/?review=decided"); !strings.Contains(body, `href="/cases/1"`) || strings.Contains(body, `href="/cases/4"`) {
		t.Error("the inbox does not find what was decided")
	}
	s.post("ben", "/records/"+id+"/undo", url.Values{"reason": {"the wrong case"}, "back": {"/cases/1"}})
	if body = s.get("/cases/1"); strings.Contains(body, "signed twice") || !strings.Contains(body, "taken back") {
		t.Error("what was taken back still holds, or left the log")
	}
}

var recordID = regexp.MustCompile(`name="of" value="(r\d+)"`)

func recordOf(t *testing.T, body string) string {
	t.Helper()
	m := recordID.FindStringSubmatch(body)
	if m == nil {
		t.Fatal("no decision to sign")
	}
	return m[1]
}

func TestEveryKindOfWordOnACase(t *testing.T) {
	s := open(t, true)
	body := s.get("/cases/1")
	claim := regexp.MustCompile(`name="claim" value="([^"]+)"`).FindAllStringSubmatch(body, -1)
	if len(claim) < 3 {
		t.Fatalf("%d claims to choose from", len(claim))
	}
	for name, form := range map[string]url.Values{
		"note":         {"kind": {"note"}, "text": {"called the airport"}},
		"answer":       {"kind": {"answer"}, "field": {"purpose"}, "text": {"a meeting"}},
		"evidence":     {"kind": {"evidence"}, "text": {"https://example.org/photo"}},
		"challenge":    {"kind": {"challenge"}, "text": {"it was his brother"}, "reason": {"his lawyer"}},
		"seen":         {"kind": {"seen"}},
		"assess":       {"kind": {"assess"}, "likelihood": {"likely"}, "reason": {"two origins"}},
		"credibility":  {"kind": {"credibility"}, "claim": {claim[0][1]}, "value": {"2"}, "reason": {"first-hand"}},
		"independence": {"kind": {"independence"}, "pair": {"O2 O3"}, "value": {"dependent"}, "reason": {"the same dispatch"}},
	} {
		if code, body, _ := s.do("ben", "POST", "/cases/1/records", form); code != http.StatusSeeOther {
			t.Errorf("%s: %d %s", name, code, text(body))
		}
	}
	body = s.get("/cases/1")
	for _, want := range []string{"called the airport", "https://example.org/photo", "it was his brother", "assessed: likely", "the same dispatch", "by ben"} {
		if !strings.Contains(body, want) {
			t.Errorf("the case lacks %q", want)
		}
	}
	if strings.Contains(body, `href="https://example.org`) {
		t.Error("what somebody typed became a link")
	}
	// An identity that is set changes whose case it is.
	s.post("ben", "/cases/7/records", url.Values{"kind": {"identity"}, "value": {"none"}, "reason": {"a namesake"}})
	if code, _, _ := s.do("ada", "GET", "/cases/7", nil); code != http.StatusNotFound {
		t.Errorf("a case about nobody listed is still open: %d", code)
	}
	// Two cases are joined, and parted again by taking it back.
	to := s.post("ben", "/cases/4/records", url.Values{"kind": {"merge"}, "other": {"5"}, "reason": {"one journey"}})
	if !strings.HasPrefix(to, "/cases/") {
		t.Errorf("joined cases lead to %s", to)
	}
	for path, form := range map[string]url.Values{
		"/cases/1/records": {"kind": {"guess"}, "reason": {"x"}}, "/cases/x/records": {"kind": {"note"}}, "/cases/999/records": {"kind": {"note"}, "text": {"x"}},
		"/cases/2/records": {"kind": {"merge"}, "other": {"2"}, "reason": {"itself"}}, "/records/r999/undo": {"reason": {"x"}},
	} {
		if code, _, _ := s.do("ben", "POST", path, form); code != http.StatusBadRequest && code != http.StatusNotFound && code != http.StatusForbidden {
			t.Errorf("%s %v: %d", path, form, code)
		}
	}
}

// text of the problem that a page tells.
func text(page string) string {
	_, after, _ := strings.Cut(page, `class="sub">`)
	out, _, _ := strings.Cut(after, "</p>")
	return out
}

func TestASourceIsGradedWithItsHistory(t *testing.T) {
	s := open(t, true)
	s.post("ann", "/sources/Harbour%20Herald/records", url.Values{"kind": {"reliability"}, "value": {"B"}, "from": {"2026-01-01"}, "reason": {"a year of corrections"}})
	s.post("ben", "/sources/Harbour%20Herald/records", url.Values{"kind": {"reliability"}, "value": {"C"}, "from": {"2026-06-01"}, "reason": {"two mistakes"}})
	body := s.get("/sources/Harbour%20Herald")
	for _, want := range []string{"C (fairly reliable)", "a year of corrections", "two mistakes"} {
		if !strings.Contains(body, want) {
			t.Errorf("the source lacks %q", want)
		}
	}
	if code, _, _ := s.do("ann", "POST", "/sources/Harbour%20Herald/records", url.Values{"kind": {"reliability"}, "value": {"50"}, "reason": {"x"}}); code != http.StatusBadRequest {
		t.Errorf("a grade that is none: %d", code)
	}
}

func TestInboxRemembers(t *testing.T) {
	s := open(t, true)
	s.post("ann", "/inbox/seen", url.Values{})
	_, body, _ := s.do("ann", "GET", "/", nil)
	if !strings.Contains(body, "0 cases new or changed since your last review") {
		t.Error("the inbox does not count from the review")
	}
	s.post("ben", "/cases/1/records", url.Values{"kind": {"decide"}, "value": {"undecided"}, "reason": {"more is needed"}})
	_, body, _ = s.do("ann", "GET", "/?changed=1", nil)
	if !strings.Contains(body, `href="/cases/1"`) || strings.Contains(body, `href="/cases/4"`) {
		t.Error("what changed since is not told")
	}
	if _, body, _ = s.do("ann", "GET", "/cases/1", nil); !strings.Contains(body, "Since your last review") || !strings.Contains(body, "decision: undecided, before none") {
		t.Error("the case does not tell what changed")
	}
	to := s.post("ann", "/inbox/searches", url.Values{"name": {"Ports & harbours"}, "query": {"q=lisbon&page=3"}})
	if to != "/?q=lisbon" {
		t.Errorf("a saved search leads to %s", to)
	}
	if _, body, _ = s.do("ann", "GET", "/", nil); !strings.Contains(body, "Ports &amp; harbours") {
		t.Error("the saved search is not shown")
	}
	if _, body, _ = s.do("ben", "GET", "/", nil); strings.Contains(body, "Ports &amp; harbours") {
		t.Error("one person's search is shown to another")
	}
	s.post("ann", "/inbox/searches", url.Values{"name": {"Ports & harbours"}, "query": {"q=lisbon"}, "forget": {"1"}})
	if _, body, _ = s.do("ann", "GET", "/", nil); strings.Contains(body, "Ports &amp; harbours") {
		t.Error("the search was not forgotten")
	}
}

func (s *site) upload(as, name, content string) (int, string, http.Header) {
	s.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		s.Fatal(err)
	}
	req, _ := http.NewRequestWithContext(s.Context(), "POST", s.url+"/screen/file", &b)
	req.Header.Set("As", as)
	req.Header.Set("Content-Type", w.FormDataContentType())
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	body.ReadFrom(resp.Body)
	return resp.StatusCode, body.String(), resp.Header
}

func TestAFileIsScreened(t *testing.T) {
	s := open(t, true)
	code, body, h := s.upload("ann", "people.csv", "name,birth_date,country,note\nQasem Soleimani,1957-03-11,IR,=cmd()\nJane Roe,,,\nMarek Tolvany,19x,,\n,,,empty\n")
	if code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, text(body))
	}
	job := h.Get("Location")
	_, events, h := s.do("ann", "GET", job+"/events", nil) // ends with the work
	if !strings.Contains(events, `"ended":true`) || h.Get("Content-Type") != "text/event-stream" {
		t.Errorf("events %q", events)
	}
	_, result, h := s.do("ann", "GET", job+"/result", nil)
	lines := strings.Split(strings.TrimSpace(result), "\n")
	if len(lines) != 5 || !strings.Contains(lines[1], ",match,") || !strings.Contains(lines[1], "'=cmd()") || !strings.Contains(lines[2], ",no hit,") ||
		!strings.Contains(lines[3], "cannot be read: 19x") || !strings.Contains(lines[4], "names nobody") || !strings.Contains(h.Get("Content-Disposition"), "screened-people.csv") {
		t.Errorf("result %s", result)
	}
	if code, _, _ := s.do("ben", "GET", job+"/result", nil); code != http.StatusNotFound {
		t.Errorf("another person reads what was screened: %d", code)
	}
	for content, want := range map[string]string{"a,b\n1,2\n": "names no column", "": "is empty", "name\n\"x\ny": "is no CSV", "name\n\xff\xfe\n": "UTF-8"} {
		if code, body, _ := s.upload("ann", "bad.csv", content); code != http.StatusBadRequest || !strings.Contains(body, want) {
			t.Errorf("%q: %d %s", content, code, text(body))
		}
	}
}

// What strangers wrote is only ever text on our pages.
func TestWhatStrangersWroteIsText(t *testing.T) {
	s := open(t, true)
	evil := `<script>alert(1)</script><img src=x onerror=alert(2)>"'--><svg onload=alert(3)>`
	know, _, err := s.known.now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	read, err := pipeline.NewReader(know, "test")
	if err != nil {
		t.Fatal(err)
	}
	a := story.Article{ID: `x/"><script>`, Outlet: evil, Title: evil, URL: "javascript:alert(4)", Language: "en", Published: time.Date(2023, 3, 18, 0, 0, 0, 0, time.UTC),
		Text: "Marek Tolvanyi, the Karvonian militia commander, arrived in Lisbon on Tuesday, two officials said. " + evil + "\nHe met " + evil + " there."}
	a, reading := read.Read(a)
	if err := s.st.SaveArticle(t.Context(), a, noon); err != nil {
		t.Fatal(err)
	}
	if err := s.st.SaveReading(t.Context(), reading, noon); err != nil {
		t.Fatal(err)
	}
	if err := s.rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	pages := []string{"/", "/articles/" + url.PathEscape(a.ID), "/sources", "/sources/" + url.PathEscape(evil), "/search?q=" + url.QueryEscape(evil), "/search?q=alert", "/screen?name=" + url.QueryEscape(evil), "/?q=" + url.QueryEscape(evil), "/nowhere/" + url.PathEscape(evil)}
	for n := range 12 {
		pages = append(pages, "/cases/"+string(rune('0'+n)))
	}
	shown := 0
	for _, path := range pages {
		code, body, _ := s.do("ada", "GET", path, nil)
		if code >= 500 {
			t.Errorf("%s: %d", path, code)
		}
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") || strings.Contains(body, "<svg onload") || strings.Contains(body, `href="javascript`) {
			t.Errorf("%s: what a stranger wrote became part of the page", path)
		}
		shown += strings.Count(body, "&lt;script&gt;alert(1)")
		for _, fault := range faults(body) {
			t.Errorf("%s: %s", path, fault)
		}
	}
	if shown == 0 {
		t.Error("the text is not shown anywhere, so nothing was tested")
	}
}

func TestDemoIsReadFromThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the demonstration data")
	}
	s := open(t, false)
	job := s.post("ada", "/demo", url.Values{})
	s.do("ada", "GET", job+"/events", nil)
	if body := s.get(job); !strings.Contains(body, "cases in the inbox") {
		t.Errorf("the demonstration was not read: %s", body)
	}
	if body := s.get("/"); !strings.Contains(body, "QASEM SOLEIMANI") {
		t.Error("the inbox is empty")
	}
}

func TestACaptureIsShownAsText(t *testing.T) {
	s := open(t, true)
	body := s.get("/articles/corvid-1")
	m := regexp.MustCompile(`/articles/corvid-1/captures/[0-9a-f]{64}`).FindString(body)
	if m == "" {
		t.Fatal("the article shows no capture")
	}
	if !strings.Contains(s.get(m), "airport officials") {
		t.Error("the capture is not shown")
	}
	_, raw, h := s.do("ada", "GET", m+"?download=1", nil)
	if h.Get("Content-Type") != "application/octet-stream" || !strings.Contains(h.Get("Content-Disposition"), "attachment") || len(raw) < 100 {
		t.Errorf("download %v", h)
	}
}

// golden holds the words of some pages, so that a change of a template or of
// what it is given is seen.
func TestGolden(t *testing.T) {
	s := open(t, false)
	s.frozen()
	for name, path := range map[string]string{"inbox": "/", "case": "/cases/1", "undecided": "/cases/2", "article": "/articles/herald-1", "source": "/sources/Harbour%20Herald"} {
		got := content(s.get(path))
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: not as the golden file (go test -update writes it anew):\n%s", path, firstDifference(got, string(want)))
		}
	}
}

// frozen puts cases into the store as testdata holds them, with the articles
// that they quote: what later versions read in the same texts does not matter
// here.
func (s *site) frozen() {
	s.Helper()
	b, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		s.Fatal(err)
	}
	var made []cases.Case
	if err := json.Unmarshal(b, &made); err != nil {
		s.Fatal(err)
	}
	dir, files, err := demo.Lay(s.TempDir())
	if err != nil {
		s.Fatal(dir, err)
	}
	for it := range articles.Open(files.Articles, nil, articles.Options{Retrieved: noon}) {
		it.Article.Captures = nil
		if err := s.st.SaveArticle(s.Context(), it.Article, noon); err != nil {
			s.Fatal(err)
		}
	}
	if _, err := s.st.SaveCases(s.Context(), store.Run{ID: "frozen"}, made, nil, noon); err != nil {
		s.Fatal(err)
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "is   " + x[i] + "\nwas  " + y[i]
		}
	}
	return "one is longer"
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	frame  = regexp.MustCompile(`(?s)^.*<main[^>]*>|</main>.*$`)
	spaces = regexp.MustCompile(`[ \t]+`)
	blank  = regexp.MustCompile(`\n\s*\n+`)
	varies = regexp.MustCompile(`\b[0-9a-f]{16,64}\b|run [0-9a-f]{8}`)
)

// content gives the words of the content of a page, without what is made anew at each run.
func content(page string) string {
	out := tags.ReplaceAllString(frame.ReplaceAllString(page, ""), " ")
	out = varies.ReplaceAllString(out, "…")
	return strings.TrimSpace(blank.ReplaceAllString(spaces.ReplaceAllString(out, " "), "\n")) + "\n"
}

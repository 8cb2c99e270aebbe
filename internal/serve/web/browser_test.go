package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/serve/auth"
)

// tab is a page of a real browser.
type tab struct {
	*testing.T
	ctx  context.Context
	url  string
	shot string // folder for pictures, "" = none are kept
	axe  string // text of axe-core, "" where it is not at hand

	mu       sync.Mutex
	problems []string // what the browser complained about
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	t.Skip("no Chromium here: the pages are not walked in a real browser")
	return ""
}

// newBrowser starts Chromium once; each call of the result opens a tab with
// cookies of its own.
func newBrowser(t *testing.T, url string) func() *tab {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.NoFirstRun, chromedp.WindowSize(1366, 900), chromedp.UserDataDir(t.TempDir()))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	first, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	if err := chromedp.Do(first); err != nil { // starts the browser; a deadline here would end it
		t.Fatal(err)
	}
	shots := os.Getenv("ARTEFACTS")
	if shots != "" {
		if err := os.MkdirAll(shots, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	axe := ""
	if file := os.Getenv("AXE"); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		axe = string(b)
	}
	return func() *tab {
		ctx, close := chromedp.NewContext(first, chromedp.WithNewBrowserContext())
		t.Cleanup(close)
		b := &tab{T: t, ctx: ctx, url: url, shot: shots, axe: axe}
		if err := chromedp.Listen(ctx, b.hear); err != nil {
			t.Fatal(err)
		}
		tell(b, cdplog.Enable, cdp.Empty{})
		tell(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}) // several tabs are in front at once
		return b
	}
}

// hear notes refusals of the policy and faults of scripts.
func (b *tab) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := ev.(type) {
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError && !strings.Contains(e.Entry.Text, "status of 4") {
			b.problems = append(b.problems, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		b.problems = append(b.problems, e.ExceptionDetails.Text)
	}
}

// step is something that a browser does and has nothing to tell of.
type step = chromedp.Action[chromedp.Void]

func (b *tab) run(steps ...step) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.fail(err)
	}
}

// ask evaluates JavaScript in the page.
func ask[T any](b *tab, js string, opts ...chromedp.EvaluateOption) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, opts...))
	if err != nil {
		b.Logf("asked %.80s", js)
		b.fail(err)
	}
	return out
}

// tell sends a command of the protocol.
func tell[P, R any](b *tab, cmd cdp.Command[P, R], params P) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, cmd, params); err != nil {
		b.fail(err)
	}
}

func (b *tab) fail(err error) {
	b.Helper()
	text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText.slice(0, 600)`))
	b.Fatalf("%v\nat %s", err, text)
}

func (b *tab) open(path string) {
	b.Helper()
	b.run(chromedp.Navigate(b.url+path), chromedp.WaitReady(chromedp.CSS("main")))
}

// click follows a link or sends a form and waits for the page after it.
func (b *tab) click(sel string) {
	b.Helper()
	b.stale()
	b.run(chromedp.Click(chromedp.CSS(sel)))
	b.waitFor(`!window.stale && document.readyState === "complete"`)
}

// stale marks the page, so that the one after it can be told from it.
func (b *tab) stale() {
	b.Helper()
	ask[bool](b, `window.stale = true`)
}

// waitFor waits until an expression holds; a page that is on its way to the
// next one answers nothing and is asked again.
func (b *tab) waitFor(js string) {
	b.Helper()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(25 * time.Millisecond) {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+js+")"))
		if err == nil && ok {
			return
		}
		if time.Now().After(end) {
			b.fail(fmt.Errorf("waited in vain for %s (%v)", js, err))
		}
	}
}

func (b *tab) fill(sel, text string) {
	b.Helper()
	b.run(chromedp.SetValue(chromedp.CSS(sel), text))
}

func (b *tab) eval(js string) string {
	b.Helper()
	return ask[string](b, "String("+js+")")
}

func (b *tab) wants(words ...string) {
	b.Helper()
	text := b.eval(`document.body.innerText`)
	for _, w := range words {
		if !strings.Contains(text, w) {
			b.Errorf("%s lacks %q:\n%.600s", b.eval(`location.pathname`), w, text)
		}
	}
}

// look keeps a picture of the page and has axe look for what shuts people out.
func (b *tab) look(name string) {
	b.Helper()
	b.waitFor(`document.readyState === "complete" && document.documentElement.scrollWidth > 0`)
	b.audit(name)
	if b.shot == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.fail(err)
	}
	if err := os.WriteFile(filepath.Join(b.shot, name+".png"), png, 0o644); err != nil {
		b.Fatal(err)
	}
}

func (b *tab) audit(name string) {
	b.Helper()
	if b.axe == "" {
		return
	}
	ask[int](b, b.axe+`;0`)
	out := ask[string](b, `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + (n.any[0] ? n.any[0].message : ""))}))))`, chromedp.EvalAwaitPromise)
	var found []struct {
		ID, Impact, Help string
		Nodes            []string
	}
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		b.Fatal(err)
	}
	for _, f := range found {
		line := fmt.Sprintf("%s: axe %s (%s): %s\n%s", name, f.ID, f.Impact, f.Help, strings.Join(f.Nodes, "\n"))
		if f.Impact == "serious" || f.Impact == "critical" {
			b.Error(line)
		} else {
			b.Log(line)
		}
	}
}

func (b *tab) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		b.Errorf("the browser complains: %s", p)
	}
}

const password = "correct horse battery"

func (b *tab) signIn(login string) {
	b.Helper()
	b.open("/login")
	b.fill("#login", login)
	b.fill("#password", password)
	b.click("main button.primary")
}

// publisher serves a list that grows between two downloads.
func publisher(t *testing.T) catalogue.Source {
	t.Helper()
	dir, files, err := demo.Lay(t.TempDir())
	if err != nil {
		t.Fatal(dir, err)
	}
	body, err := os.ReadFile(files.Lists[0])
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		w.Write([]byte(strings.ReplaceAll(strings.ReplaceAll(string(body), "2025-11-15", "2026-11-20"), "Kasim Sulaimani", "Kazim Sulaimani")))
	}))
	t.Cleanup(srv.Close)
	return catalogue.Source{Code: "un", Title: "UN Security Council consolidated list", Publisher: "a test", URLs: []string{srv.URL + "/consolidated.xml"}}
}

func TestInARealBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("walks the pages in a real browser")
	}
	chromium(t)
	h := newHouse(t, filepath.Join(t.TempDir(), "b.db"), publisher(t))
	tab := newBrowser(t, h.url)
	ada := tab()
	firstRun(h, ada)
	ben := tab()
	reviewed(h, ada, ben)
	screened(ada)
	updated(ada)
	searched(ada)
	ada.everyLook()
	ada.byKeys()
	ada.quiet()
	ben.quiet()
	without := tab()
	tell(without, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	without.withoutScripts()
}

func firstRun(h *house, b *tab) {
	b.open("/")
	b.wants("Nobody can sign in yet")
	b.open("/setup?token=" + h.who.SetupToken())
	b.look("01-setup")
	b.fill("#login", "ada")
	b.fill("#name", "Ada Lindqvist")
	b.fill("#password", password)
	b.click("main button.primary")
	b.wants("Nothing has been read yet", "You are the administrator")
	b.look("02-welcome")
	b.click(`form[action="/demo"] button`)
	b.waitFor(`document.querySelector("#job a.button.primary")`) // by server-sent events
	b.look("03-demo-read")
	b.click("#job a.button.primary")
	b.wants("Inbox", "QASEM SOLEIMANI", "in force, exemption unknown")
	b.look("04-inbox")
}

func reviewed(h *house, ada, ben *tab) {
	if _, err := h.who.AddUser(h.Context(), auth.Local(), "ben", "Ben Okafor", auth.Reviewer, password); err != nil {
		h.Fatal(err)
	}
	ada.open("/cases/1")
	ada.look("05-case")
	ada.lightsUp()
	ada.fill("#d-value", "supported")
	ada.fill("#d-alt", "a namesake: ruled out by rank and place")
	ada.fill("#d-reason", "Two independent origins, one of them first-hand.")
	ada.click(`#review details:first-of-type button.primary`)
	ada.wants("supported", "2nd signature missing")
	ben.signIn("ben")
	ben.open("/cases/1")
	ben.wants("ada decided")
	ben.click(`form:has(input[value="sign"]) button`)
	ben.wants("signed twice", "Your signature was kept")
	ben.look("06-case-signed")
}

// lightsUp: pointing at a quotation lights its words up in the article.
func (b *tab) lightsUp() {
	b.Helper()
	b.run(chromedp.ScrollIntoView(chromedp.CSS("#e2")))
	xy := ask[[]float64](b, `(r => [r.x + 60, r.y + 10])(document.querySelector("#e2").getBoundingClientRect())`)
	b.run(chromedp.MouseEvent(chromedp.MouseMoved, xy[0], xy[1]))
	b.waitFor(`document.querySelector(".reader mark.is-lit")`)
}

func screened(b *tab) {
	file := filepath.Join(b.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte("name,birth_date,country\nQasem Soleimani,1957-03-11,IR\nJane Roe,,\nMarek Tolvani,,\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	b.open("/screen?name=Kassem+Suleimani")
	b.wants("QASEM SOLEIMANI", "GHASEM SOLEYMANI")
	b.look("07-screen")
	b.run(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	b.click(`form[action="/screen/file"] button`)
	b.waitFor(`document.querySelector('#job a[download]')`)
	b.wants("3 names: 2 reach the threshold")
	b.look("08-screened")
}

func updated(b *tab) {
	b.open("/lists")
	b.run(chromedp.Click(chromedp.CSS(`input[name=source][value=un]`)))
	b.click(`form[action="/lists/update"] button`)
	b.waitFor(`document.querySelector("#job a.button")`)
	b.look("09-list-update")
	b.open("/lists/un")
	b.wants("2026-11-20", "Kazim Sulaimani", "entry changed, came or went")
	b.look("10-list-changes")
}

func searched(b *tab) {
	b.open("/")
	b.run(chromedp.KeyEvent("/"))
	b.waitFor(`document.activeElement.id === "find"`)
	ask[string](b, `document.activeElement.value = ""`) // the protocol types the key itself too, which a keyboard does not
	b.stale()
	b.run(chromedp.KeyEvent("ferryman\r"))
	b.waitFor(`!window.stale && document.readyState === "complete"`)
	b.wants("Ferryman: I carried Tolvanyi across the river", "case 1")
	b.look("11-search")
	// The filter of the inbox answers in place.
	b.open("/")
	ask[bool](b, `window.kept = true`)
	b.fill("#q", "soleimani")
	b.run(chromedp.Click(chromedp.CSS("form.filters button.primary")))
	b.waitFor(`window.kept && [...document.querySelectorAll("#cases tbody tr")].every((r) => r.textContent.includes("SOLEIMANI")) && location.search.includes("q=soleimani")`)
}

// everyLook keeps pictures in light and dark, narrow, and as printed.
func (b *tab) everyLook() {
	b.Helper()
	for name, path := range map[string]string{"12-party": "/parties/un:IRi.039", "13-article": "/articles/herald-1", "14-sources": "/sources", "15-source": "/sources/Harbour%20Herald", "16-lists": "/lists", "17-help": "/help",
		"18-account": "/account", "19-users": "/users", "20-audit": "/audit?verify=1", "21-right-to-left": "/articles/manara-1", "22-missing": "/cases/999"} {
		b.open(path)
		b.look(name)
	}
	b.open("/")
	b.run(chromedp.Click(chromedp.CSS(`form.theme button[value=dark]`)))
	b.waitFor(`document.documentElement.dataset.theme === "dark"`)
	for name, path := range map[string]string{"30-dark-inbox": "/", "31-dark-case": "/cases/1", "32-dark-article": "/articles/herald-1", "33-dark-screen": "/screen?name=Kassem+Suleimani", "34-dark-list": "/lists/un"} {
		b.open(path)
		if b.eval(`document.documentElement.dataset.theme`) != "dark" {
			b.Errorf("%s: the colours that were chosen are forgotten", path)
		}
		b.look(name)
	}
	b.run(chromedp.EmulateViewport(400, 800))
	for name, path := range map[string]string{"40-narrow-inbox": "/", "41-narrow-case": "/cases/1", "42-narrow-screen": "/screen?name=Kassem+Suleimani"} {
		b.open(path)
		b.look(name)
		if over := b.eval(`String(document.documentElement.scrollWidth - innerWidth)`); strings.HasPrefix(over, "-") == false && over != "0" {
			b.Errorf("%s is %s pixels wider than a telephone", path, over)
		}
	}
	b.run(chromedp.EmulateViewport(1366, 900))
	tell(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.open("/cases/1")
	b.look("50-print-case")
	if b.eval(`String(getComputedStyle(document.querySelector(".side")).display)`) != "none" {
		b.Error("the menu is printed")
	}
	tell(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "screen"})
}

// byKeys walks from the inbox into a case without a pointer.
func (b *tab) byKeys() {
	b.Helper()
	b.open("/")
	b.run(chromedp.KeyEvent(kb.Tab))
	if got := b.eval(`document.activeElement.textContent`); got != "Skip to the content" {
		b.Errorf("the first stop is %q", got)
	}
	b.run(chromedp.KeyEvent(kb.Enter))
	b.waitFor(`location.hash === "#main"`)
	b.waitFor(`document.activeElement.id === "main"`)
	b.run(chromedp.KeyEvent(kb.Tab))
	if got := b.eval(`Boolean(document.activeElement.closest("main"))`); got != "true" {
		b.Errorf("after skipping, Tab goes to %s", b.eval(`document.activeElement.outerHTML.slice(0, 100)`))
	}
	b.run(chromedp.KeyEvent("j"), chromedp.KeyEvent("j"))
	b.waitFor(`document.activeElement === document.querySelectorAll("tr.hit a.cover")[1]`)
	if b.eval(`getComputedStyle(document.activeElement).outlineStyle`) == "none" {
		b.Error("what has the focus does not show it")
	}
	want := b.eval(`document.activeElement.getAttribute("href")`)
	b.stale()
	b.run(chromedp.KeyEvent(kb.Enter))
	b.waitFor(`!window.stale && document.readyState === "complete"`)
	if got := b.eval(`location.pathname`); got != want {
		b.Errorf("Enter leads to %s, not %s", got, want)
	}
	// Every control can be reached, and none holds the focus.
	stops := map[string]bool{}
	for range 60 {
		b.run(chromedp.KeyEvent(kb.Tab))
		stops[b.eval(`(e => e.tagName + e.className + (e.href || e.name || e.textContent.slice(0, 30)))(document.activeElement)`)] = true
	}
	if len(stops) < 40 {
		b.Errorf("60 steps reach only %d places", len(stops))
	}
	b.run(chromedp.KeyEvent("g"), chromedp.KeyEvent("s"))
	b.waitFor(`location.pathname === "/screen"`)
}

// withoutScripts does the same work with forms and links alone.
func (b *tab) withoutScripts() {
	b.Helper()
	text := func() string {
		out, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS("main")))
		if err != nil {
			b.Fatal(err)
		}
		return out
	}
	b.run(chromedp.Navigate(b.url+"/login"), chromedp.WaitVisible(chromedp.CSS("#login")), chromedp.SendKeys(chromedp.CSS("#login"), "ben"), chromedp.SendKeys(chromedp.CSS("#password"), password+"\r"), chromedp.WaitVisible(chromedp.CSS("form.filters")))
	b.run(chromedp.SendKeys(chromedp.CSS("#q"), "tolvanyi\r"), chromedp.WaitVisible(chromedp.CSS(`a[href="/"]`)), chromedp.WaitVisible(chromedp.CSS(`input#q[value=tolvanyi]`)))
	if got := text(); strings.Contains(got, "QASEM") || !strings.Contains(got, "Marek Tolvanyi") {
		b.Errorf("the filter needs scripts:\n%.400s", got)
	}
	b.run(chromedp.Click(chromedp.CSS(`tr.hit a.cover`)), chromedp.WaitVisible(chromedp.CSS("#evidence")), chromedp.Click(chromedp.CSS(`form:has(input[value="seen"]) button`)), chromedp.WaitVisible(chromedp.CSS(".flash")))
	if got := text(); !strings.Contains(got, "Marked as looked through") {
		b.Errorf("a form needs scripts:\n%.400s", got)
	}
}

package telemetry_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/telemetry"
)

var ctx = context.Background()

func TestFiguresMeanWhatTheySay(t *testing.T) {
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(st.SaveArticle(ctx, story.Article{ID: "a", Text: "Anna Secretname landed."}, now.Add(-time.Hour)))
	_, err = st.SaveEdition(ctx, party.Edition{List: "un", AsOf: calendar.MustParse("2026-11-30"), SHA256: "ab"}, []party.Party{{ID: "un:1", Names: []party.Name{{Text: "Anna Secretname"}}}}, nil, now.Add(-30*time.Minute))
	must(err)
	_, err = st.SaveCases(ctx, store.Run{ID: "r"}, []cases.Case{{ID: "c", Status: cases.Live, Check: cases.Check{Verdict: measures.ExemptionUnknown}}, {ID: "d", Status: cases.Background}}, nil, now)
	must(err)
	const feed = "https://paper.example/rss"
	_, err = st.AddFeed(ctx, store.Feed{URL: feed}, now.Add(-time.Hour))
	must(err)
	_, err = st.SaveFetch(ctx, store.Feed{URL: feed, Fetched: now.Add(-20 * time.Minute), Due: now.Add(-5 * time.Minute), Errors: 2, Error: "503"}, []store.FeedItem{{Key: "k", Feed: feed, URL: feed + "/1", State: store.ItemOpen, Found: now}})
	must(err)
	f := telemetry.NewFigures(st, "1.2", func() time.Time { return now })
	f.Answered("GET /cases/{number}", 200, 30*time.Millisecond)
	f.Answered("", 404, time.Millisecond)
	f.Worked("reading", time.Second)
	w := httptest.NewRecorder()
	f.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	body := w.Body.String()
	for _, want := range []string{"reportedly_articles 1\n", `reportedly_cases{status="live"} 1`, `reportedly_cases{status="background"} 1`, "reportedly_cases_duty_engaged 1", "reportedly_cases_undecided 1",
		"reportedly_newest_article_age_seconds 3600", `reportedly_list_taken_age_seconds{list="un"} 1800`, `reportedly_list_age_seconds{list="un"} 129600`,
		`reportedly_feed_lag_seconds{feed="https://paper.example/rss"} 300`, `reportedly_feed_failures{feed="https://paper.example/rss"} 2`, `reportedly_feed_items_open{feed="https://paper.example/rss"} 1`,
		`reportedly_http_requests_total{route="GET /cases/{number}",status="2xx"} 1`, `reportedly_stage_seconds_count{stage="reading"} 1`, `reportedly_build_info{version="1.2"} 1`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, "Secretname") {
		t.Error("a figure holds a name")
	}
}

// Spans go to the endpoint when one is set, and hold no text of errors.
func TestTraces(t *testing.T) {
	var got atomic.Value
	recv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got.Store(r.URL.Path + string(b))
	}))
	defer recv.Close()
	stop, err := telemetry.SendTraces(ctx, recv.URL, "1.2")
	if err != nil {
		t.Fatal(err)
	}
	_, end := telemetry.Span(ctx, "newsdesk.read")
	end(io.ErrUnexpectedEOF)
	if err := stop(ctx); err != nil {
		t.Fatal(err)
	}
	s, _ := got.Load().(string)
	if !strings.HasPrefix(s, "/v1/traces") || !strings.Contains(s, "newsdesk.read") || strings.Contains(s, "unexpected EOF") {
		t.Errorf("%q", s)
	}
	if stop, err := telemetry.SendTraces(ctx, "", "1"); err != nil || stop(ctx) != nil {
		t.Error("no endpoint is an error")
	}
}

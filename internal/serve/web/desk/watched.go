package desk

import (
	"cmp"
	"context"
	"slices"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/watch"
)

// Watched are the subjects that are screened again whenever lists change.
type Watched struct {
	Subjects int
	Alerts   []watch.Hit // those that reach the threshold and nobody has cleared, the likeliest first
	Total    int         // of Alerts, before they were cut
	Run      *watch.Run  // the last, nil if there was none
}

const alertsShown = 100

// WatchedIn reads what became of the watched subjects of a store.
func WatchedIn(ctx context.Context, st store.Subjects) (w Watched, err error) {
	if w.Subjects, err = st.CountSubjects(ctx); err != nil || w.Subjects == 0 {
		return w, err
	}
	hits, err := st.SubjectHits(ctx, "")
	if err != nil {
		return w, err
	}
	for _, h := range hits {
		if h.Match && h.State != subjects.Cleared {
			w.Alerts = append(w.Alerts, h)
		}
	}
	slices.SortStableFunc(w.Alerts, func(a, b watch.Hit) int { return cmp.Compare(b.Score, a.Score) })
	w.Total = len(w.Alerts)
	w.Alerts = w.Alerts[:min(w.Total, alertsShown)]
	runs, err := st.SubjectRuns(ctx, 1)
	if err == nil && len(runs) > 0 {
		w.Run = &runs[0]
	}
	return w, err
}

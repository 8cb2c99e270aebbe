package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/watch"
)

func testDecisions(t *testing.T, s store.Store) {
	d := subjects.Decision{Subject: "C-1", Party: "test:1", Verdict: subjects.FalseMatch, Reason: "another birth date", Who: "Ada", At: day1, SubjectHash: "s", PartyHash: "p", Score: 0.9}
	first, err := s.AddDecision(ctx, d)
	must(t, err)
	d.Verdict, d.At, d.Number = subjects.Reopen, day2, 0
	second, err := s.AddDecision(ctx, d)
	must(t, err)
	if first.Number != 1 || second.Number != 2 {
		t.Errorf("numbers %d and %d", first.Number, second.Number)
	}
	d.Reason = ""
	if _, err := s.AddDecision(ctx, d); err == nil {
		t.Error("a decision without reason was kept")
	}
	all, err := s.Decisions(ctx, time.Time{})
	must(t, err)
	if diff := cmp.Diff([]subjects.Decision{first, second}, all); diff != "" {
		t.Error(diff)
	}
	if then, err := s.Decisions(ctx, day1); err != nil || len(then) != 1 {
		t.Errorf("on day 1: %v %v", then, err)
	}
}

func testSubjects(t *testing.T, s store.Store) {
	var batch []subjects.Subject
	for i := range 2050 { // more than one page
		batch = append(batch, subjects.Subject{ID: fmt.Sprintf("C-%04d", i), Name: fmt.Sprint("Somebody ", i), BirthDate: calendar.MustParse("1970").Window()})
	}
	saved := func(ss []subjects.Subject, at time.Time, wantAdded, wantChanged int) {
		t.Helper()
		added, changed, err := s.SaveSubjects(ctx, ss, at)
		if must(t, err); added != wantAdded || changed != wantChanged {
			t.Errorf("%d added, %d changed, want %d, %d", added, changed, wantAdded, wantChanged)
		}
	}
	saved(batch, day1, 2050, 0)
	saved(batch[:5], day2, 0, 0)
	other := batch[7]
	other.Name = "Another Name"
	saved([]subjects.Subject{other}, day2, 0, 1)
	if _, _, err := s.SaveSubjects(ctx, []subjects.Subject{{Name: "without id"}}, day2); err == nil {
		t.Error("a subject without id was kept")
	}
	if n, err := s.DropSubjects(ctx, []string{"C-0001", "nobody"}, day2); err != nil || n != 1 {
		t.Errorf("dropped %d, %v", n, err)
	}
	var got []store.Watched
	for x, err := range s.Subjects(ctx, "C-0000") {
		must(t, err)
		got = append(got, x)
	}
	if len(got) != 2048 || got[0].ID != "C-0002" || got[5].Name != "Another Name" {
		t.Errorf("%d subjects, first %+v", len(got), got[:min(len(got), 6)])
	}
	if x, err := s.Subject(ctx, "C-0007"); err != nil || x.Name != "Another Name" {
		t.Errorf("%+v %v", x, err)
	}
	if _, err := s.Subject(ctx, "C-0001"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a dropped subject: %v", err)
	}
}

func testSubjectRuns(t *testing.T, s store.Store) {
	hit := func(subject, party string, score float64) watch.Hit {
		return watch.Hit{Subject: subject, Party: party, Score: score, Match: true, State: subjects.Open, SubjectHash: "s", PartyHash: "p"}
	}
	r := watch.Run{ID: "r1", Lists: "k1", State: "running", Began: day1, Subjects: 2, Considered: 1, Screened: 1, Last: "C-1"}
	must(t, s.SaveScreened(ctx, r, []watch.Change{{Kind: watch.New, Hit: hit("C-1", "test:1", 0.9)}, {Kind: watch.New, Hit: hit("C-1", "test:2", 0.8)}}, day1))
	r.State, r.Considered, r.Screened, r.Last = "complete", 2, 2, "C-2"
	must(t, s.SaveScreened(ctx, r, nil, day1))
	if n, err := s.CountSubjects(ctx); err != nil || n != 0 {
		t.Errorf("%d subjects, %v", n, err)
	}
	r2 := watch.Run{ID: "r2", Lists: "k2", State: "complete", Began: day2}
	must(t, s.SaveScreened(ctx, r2, []watch.Change{{Kind: watch.Changed, Hit: hit("C-1", "test:1", 0.95)}, {Kind: watch.Vanished, Hit: hit("C-1", "test:2", 0.8)}}, day2))
	hits, err := s.SubjectHits(ctx, "C-1")
	must(t, err)
	if len(hits) != 1 || hits[0].Score != 0.95 {
		t.Errorf("hits %+v", hits)
	}
	runs, err := s.SubjectRuns(ctx, 10)
	must(t, err)
	if len(runs) != 2 || runs[0].ID != "r2" || !runs[1].IsComplete() {
		t.Errorf("runs %+v", runs)
	}
	open, err := s.Undelivered(ctx, 3)
	must(t, err)
	if len(open) != 3 || open[0].Number != 1 || open[0].Run != "r1" || open[2].Kind != watch.Changed {
		t.Errorf("undelivered %+v", open)
	}
	must(t, s.Delivered(ctx, 3, day3))
	if open, err = s.Undelivered(ctx, 3); err != nil || len(open) != 1 || open[0].Number != 4 {
		t.Errorf("undelivered after delivery %+v %v", open, err)
	}
}

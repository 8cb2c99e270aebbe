package watch

import (
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/subjects"
)

// Touched tells which subjects a change of lists touches. The entries that
// changed make two small indexes, as they were and as they are; a subject that
// finds nobody in either, and has no hit on any of them, gets from the whole
// lists what it got before. Asking a small index costs a small part of asking
// all lists.
type Touched struct {
	ids      map[string]bool
	was, are *screening.Index
	ask      subjects.Ask
}

// Changes compares the entries of two moments by what decisions depend on.
func Changes(before, now []party.Party, a subjects.Ask) Touched {
	old := make(map[string]string, len(before))
	for i := range before {
		old[before[i].ID] = subjects.HashOf(&before[i])
	}
	t := Touched{ids: map[string]bool{}, ask: a.Filled()}
	var was, are []party.Party
	seen := make(map[string]bool, len(now))
	for i := range now {
		p := &now[i]
		seen[p.ID] = true
		if h, ok := old[p.ID]; !ok || h != subjects.HashOf(p) {
			t.ids[p.ID] = true
			are = append(are, *p)
		}
	}
	for i := range before {
		if p := &before[i]; t.ids[p.ID] || !seen[p.ID] {
			t.ids[p.ID] = true
			was = append(was, *p)
		}
	}
	t.was, t.are = screening.New(was), screening.New(are)
	t.ask.Limit = 1
	return t
}

// Entries is the number of entries that changed, came or went.
func (t Touched) Entries() int { return len(t.ids) }

// Subject reports whether a subject with these hits must be screened again.
func (t Touched) Subject(s subjects.Subject, kept []Hit) bool {
	for i := range kept {
		if t.ids[kept[i].Party] || kept[i].SubjectHash != s.Hash() {
			return true
		}
	}
	return len(t.ids) > 0 && (len(s.Find(t.are, t.ask)) > 0 || len(s.Find(t.was, t.ask)) > 0)
}

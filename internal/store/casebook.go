package store

import (
	"context"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/searched"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/story"
)

// Growth is what lets copies and cases grow by what is new (package
// pipeline/casebook). Saving an article or a reading notes in the same
// transaction what has to be made again, so that nothing is forgotten whatever
// is killed.
type Growth interface {
	// Unprinted gives up to n articles among which copies are still to be looked
	// for, in order of publication.
	Unprinted(ctx context.Context, n int) ([]Due, error)
	// Stale gives all subjects whose cases are to be built again, by name.
	Stale(ctx context.Context) ([]Due, error)
	// StaleAll marks every subject, so that all cases are built again, and keeps
	// a note, both in one transaction.
	StaleAll(ctx context.Context, note Note, mark time.Time) error
	// MarkStale marks some subjects and keeps a note.
	MarkStale(ctx context.Context, subjects []string, note Note, mark time.Time) error
	// Reprint marks every article: copies are to be looked for anew among all.
	Reprint(ctx context.Context, note Note, mark time.Time) error
	// Noted gives a note, "" where there is none.
	Noted(ctx context.Context, name string) (string, error)

	// Told gives the articles with their current readings, in no certain order;
	// those that are not kept are left out.
	Told(ctx context.Context, articles []string) ([]Told, error)
	// Concerning gives where claims may be about any of some parties.
	Concerning(ctx context.Context, parties []string) ([]Concerned, error)
	// NamedAround gives where a party is named or told of, by articles published
	// between two ISO days, or on no known day.
	NamedAround(ctx context.Context, party, from, to string) ([]Concerned, error)
	// ConcernsOf gives what the claims of some articles may be about.
	ConcernsOf(ctx context.Context, articles []string) ([]Concerned, error)
	// ArticlesOf gives the articles in which claims stand, by claim.
	ArticlesOf(ctx context.Context, claims []string) (map[string]string, error)
	// EdgesAt gives the current edges that begin or end at some articles.
	EdgesAt(ctx context.Context, articles []string) ([]echoes.Edge, error)
	// Covered is what was read by a moment (to the day), zero = now.
	Covered(ctx context.Context, known time.Time) (searched.Coverage, error)

	// PairsAt gives the likenesses in which some articles are the copy, or the
	// source if source is set; with relations, only those.
	PairsAt(ctx context.Context, articles []string, source bool, relations ...echoes.Relation) ([]echoes.Tie, error)
	// SavePrinted keeps prints and likenesses. Those of the articles anew are
	// taken out before; who had one with them comes back to Unprinted.
	SavePrinted(ctx context.Context, prints []Print, anew []string, pairs []echoes.Tie, mark time.Time) error
	// SaveSources makes these the edges of the copies named, marks subjects as
	// stale, and takes what is done off Unprinted; changed tells which edges came
	// or went. touched is called in the same transaction with those changes.
	SaveSources(ctx context.Context, copies []string, edges []echoes.Edge, stale []string, done []Due, known time.Time) error
	// PrintTexts tells from which texts the prints of some articles were taken.
	PrintTexts(ctx context.Context, articles []string) (map[string]string, error)
	// PrintsAfter gives prints that came after a number, in order of number.
	PrintsAfter(ctx context.Context, number int64, n int) ([]Print, error)

	// SaveCasesOf makes these the cases of the subjects named, as SaveCases does
	// for all, and takes what is done off Stale.
	SaveCasesOf(ctx context.Context, run Run, subjects []string, made []cases.Case, done []Due, known time.Time) (Changes, error)
	// CaseByID gives the case of that id that is known now.
	CaseByID(ctx context.Context, id string) (NumberedCase, error)
	// ClaimsHeld gives those of some claims that a case known now holds.
	ClaimsHeld(ctx context.Context, claims []string) (map[string]bool, error)
}

// Due is a thing to be done; it counts as done only if its mark is still the
// same then.
type Due struct{ Name, Mark string }

// Note is a word that the casebook keeps for itself.
type Note struct{ Name, Value string }

// Told is an article with what was read in it.
type Told struct {
	Article story.Article
	Reading Reading
}

// Concerned is a concern with its article and the ISO day of publication.
type Concerned struct {
	happenings.Concern
	Article, Day string
}

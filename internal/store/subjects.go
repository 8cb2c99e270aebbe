package store

import (
	"context"
	"iter"
	"time"

	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/watch"
)

// Decisions keeps what people decided about hits. They are only ever added.
type Decisions interface {
	// AddDecision keeps a decision and gives it back with its number.
	AddDecision(ctx context.Context, d subjects.Decision) (subjects.Decision, error)
	// Decisions gives what was decided until a moment, zero = now, in the order in
	// which it came.
	Decisions(ctx context.Context, known time.Time) ([]subjects.Decision, error)
}

// Watched is a subject with the moment since which it reads as it does.
type Watched struct {
	subjects.Subject
	Since time.Time
}

// Subjects keeps those who are watched, their hits and the runs over them.
type Subjects interface {
	// SaveSubjects keeps subjects with IDs of their own; one that reads otherwise
	// than before closes the row before it.
	SaveSubjects(ctx context.Context, batch []subjects.Subject, known time.Time) (added, changed int, err error)
	// DropSubjects closes subjects and gives how many were watched.
	DropSubjects(ctx context.Context, ids []string, known time.Time) (int, error)
	// Subjects gives those watched now whose IDs come after one, in order of ID.
	Subjects(ctx context.Context, after string) iter.Seq2[Watched, error]
	// CountSubjects counts those watched now.
	CountSubjects(ctx context.Context) (int, error)
	// Subject gives the one that is watched under an ID.
	Subject(ctx context.Context, id string) (subjects.Subject, error)
	// SubjectHits gives the hits that stand now, by subject and party; of one
	// subject, or of all ("").
	SubjectHits(ctx context.Context, subject string) ([]watch.Hit, error)
	// SaveScreened keeps the changes that screening some subjects brought, queues
	// them for delivery, and moves the run on, all in one transaction.
	SaveScreened(ctx context.Context, r watch.Run, changes []watch.Change, known time.Time) error
	// SubjectRuns gives the runs, newest first.
	SubjectRuns(ctx context.Context, limit int) ([]watch.Run, error)
	// Undelivered gives the oldest changes that no webhook has taken yet;
	// Delivered closes those up to a number.
	Undelivered(ctx context.Context, limit int) ([]watch.Change, error)
	Delivered(ctx context.Context, upTo int, known time.Time) error
}

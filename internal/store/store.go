package store

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// ErrNotFound is returned for one thing asked for by its name that is not kept.
var ErrNotFound = errors.New("not in the store")

// Store keeps everything of one installation. All methods may be called from
// several goroutines. Each method that writes is one transaction: after an
// error, a kill or a full disk, nothing of it is kept.
type Store interface {
	Lists
	Shelf
	Casebook
	Growth
	Search
	Records
	Feeds
	Prints
	Habits
	Decisions
	Subjects
	Work
	io.Closer
}

// Lists keeps editions of lists.
type Lists interface {
	// SaveEdition keeps one snapshot whole. added is false where the same file
	// is kept already; it is then left as it was.
	SaveEdition(ctx context.Context, e party.Edition, parties []party.Party, findings []story.Finding, known time.Time) (added bool, err error)
	// Editions gives what is kept of one list ("" = all), ordered by list and
	// date; known limits to what was known at that moment, zero = now.
	Editions(ctx context.Context, list string, known time.Time) ([]party.Edition, error)
	// Parties gives the entries of an edition in order of its file.
	Parties(ctx context.Context, key string) ([]party.Party, error)
	// Walk gives the editions of one list that were known at a moment, zero =
	// now, in order of date, each with its entries. The slice is valid until the
	// next step; no more than two editions are held at a time.
	Walk(ctx context.Context, list string, known time.Time, give func(party.Edition, []party.Party) error) error
	// Derived gives a result kept under a key that names all it depends on; ok is
	// false where none is kept. SaveDerived keeps one.
	Derived(ctx context.Context, key string, into any) (ok bool, err error)
	SaveDerived(ctx context.Context, key string, value any, known time.Time) error
	// Download gives what is known of the copy last taken over from an address;
	// the zero Download where there is none.
	Download(ctx context.Context, url string) (Download, error)
	// SaveDownload keeps what is known of a copy that was taken over.
	SaveDownload(ctx context.Context, d Download, known time.Time) error
}

// Download is a file that was taken over from a publisher's server.
type Download struct {
	URL          string
	ETag         string
	LastModified string
	SHA256       string
	Size         int64
}

// Shelf keeps articles and readings.
type Shelf interface {
	// SaveArticle keeps an article with its captures. An article with a known id
	// and another text becomes a further version; the same text changes nothing
	// but may add a retrieval.
	SaveArticle(ctx context.Context, a story.Article, known time.Time) error
	// Article gives the newest version, without bodies of captures.
	Article(ctx context.Context, id string) (story.Article, error)
	// Articles gives the newest versions of all, by day of publication and id.
	Articles(ctx context.Context) iter.Seq2[story.Article, error]
	// Capture gives the bytes as they came.
	Capture(ctx context.Context, sha256 string) (story.Capture, error)
	// HasReading reports whether a reading with that key is the current one.
	HasReading(ctx context.Context, key string) (bool, error)
	// SaveReading keeps a reading and closes the one it replaces.
	SaveReading(ctx context.Context, r Reading, known time.Time) error
	// Reading gives the current reading of an article.
	Reading(ctx context.Context, article string) (Reading, error)
	// Readings gives the current readings of all articles, by article id.
	Readings(ctx context.Context) iter.Seq2[Reading, error]
}

// Casebook keeps copies and cases.
type Casebook interface {
	// SaveCases makes these the cases and copies that are known now. A case that
	// is as before stays untouched; one that changed gets a new row and the old
	// one is closed; one that is no longer made is closed. Numbers are given once
	// and kept.
	SaveCases(ctx context.Context, run Run, made []cases.Case, copies []echoes.Edge, known time.Time) (Changes, error)
	// Cases gives the cases known at a moment, zero = now, by number.
	Cases(ctx context.Context, known time.Time) ([]NumberedCase, error)
	// Copies gives the copies known at a moment, zero = now.
	Copies(ctx context.Context, known time.Time) ([]echoes.Edge, error)
}

// Reading is what one pass over one article found.
type Reading struct {
	Key      string // hash of text, lists and program: doing it twice is harmless
	Article  string
	Lists    string
	Program  string
	Run      string
	Mentions mentions.Result
	Claims   []claims.Claim
}

// NumberedCase is a case with the short number that people call it by.
type NumberedCase struct {
	Number    int       `json:"number"`
	KnownFrom time.Time `json:"known_from"`
	cases.Case
}

// Run names what made a set of cases.
type Run struct {
	ID      string
	Program string
	Rules   int
	Lists   string
	Inputs  string
}

// Changes counts what SaveCases did.
type Changes struct {
	New, Changed, Closed, Same int
}

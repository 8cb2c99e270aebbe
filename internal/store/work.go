package store

import (
	"context"
	"errors"
	"hash/fnv"
	"time"

	"github.com/reportedly/reportedly/internal/story"
)

// ErrStale is returned for a result that was overtaken: its article has another
// text by now, or the lists have a newer version. The work is to be done again.
var ErrStale = errors.New("overtaken by a newer text or newer lists")

// ErrFenced is returned for a write of somebody who lost his place to another.
var ErrFenced = errors.New("another process has taken over")

// Work keeps what processes agree on that share a store: the version of the
// lists, which readings are in, what is to be judged, and whose turn it is.
type Work interface {
	// ListVersion gives the newest version, the zero one where there is none.
	ListVersion(ctx context.Context) (ListVersion, error)
	// RaiseLists makes key the newest version if it names more editions than that
	// (or force is set), and gives what is the newest then.
	RaiseLists(ctx context.Context, key string, editions int, force bool, at time.Time) (ListVersion, error)
	// SaveArticles keeps several articles in one transaction, as SaveArticle does
	// each, and names their texts, in order. One that cannot be kept fails all.
	SaveArticles(ctx context.Context, as []story.Article, known time.Time) ([]TextVersion, error)
	// Current gives the newest versions of some articles, without captures, each
	// with the key of the current reading of its text; those not kept are left out.
	Current(ctx context.Context, articles []string) ([]Current, error)
	// Settle keeps readings in one transaction, and gives what they leave to
	// judge. If one is overtaken it fails with ErrStale and keeps nothing.
	Settle(ctx context.Context, all []Settled, known time.Time) ([]Errand, error)
	// Unread gives articles that have no current reading of their text by these
	// lists and this program, by id, those after a given one.
	Unread(ctx context.Context, lists, program, after string, limit int) ([]TextVersion, error)
	// Due gives what is to be judged in a partition, the oldest first. DueOf
	// gives what some articles left to judge, DueSlots all slots with something due.
	Due(ctx context.Context, partition, partitions, limit int) ([]Errand, error)
	DueOf(ctx context.Context, articles []string) ([]Errand, error)
	DueSlots(ctx context.Context) ([]int, error)
	// Judged takes out what was judged.
	Judged(ctx context.Context, done []Errand) error
	// Claim takes the place of a name: writes under an older fence fail from now
	// on with ErrFenced. Writes are under a fence by UnderFence.
	Claim(ctx context.Context, name string) (Fence, error)
	// Away reports an error that is the store's absence (server down, connection
	// cut, disk full) and no fault of what was asked; trying later may help.
	Away(err error) bool
}

// ListVersion is one version of the lists. Numbers rise.
type ListVersion struct {
	Number   int    `json:"number"`
	Key      string `json:"key"`
	Editions int    `json:"editions"`
}

// TextVersion is an article with the name of its text.
type TextVersion struct {
	Article string
	Text    string
}

// Current is an article with the key of its current reading, "" where there is
// none or it is of another text.
type Current struct {
	Article story.Article
	Read    string
}

// Settled is a reading of a distributed run with what it was made of.
type Settled struct {
	Read    story.Article // as it was taken from the store
	Known   story.Article // as reading completed it: its language, its credit line
	Reading Reading
	Lists   int // number of the version of the lists
	// Head maps a party to the one that its cases are under.
	Head func(party string) string
}

// Slots is how many slots parties are spread over.
const Slots = 1024

// Slot spreads parties evenly (FNV-1a, 32 bit).
func Slot(party string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(party)) // never fails
	return int(h.Sum32() % Slots)
}

// Errand is one party to be judged again because of an article. Party is empty
// for an article that names nobody.
type Errand struct {
	ID      int64
	Article string
	Party   string
	Slot    int
}

// Fence is the right to write under a name.
type Fence struct {
	Name  string
	Token int64
}

type fenceKey struct{}

// UnderFence gives a context in which every write first proves its fence.
func UnderFence(ctx context.Context, f Fence) context.Context {
	return context.WithValue(ctx, fenceKey{}, f)
}

// FenceOf gives the fence of a context.
func FenceOf(ctx context.Context) (Fence, bool) {
	f, ok := ctx.Value(fenceKey{}).(Fence)
	return f, ok
}

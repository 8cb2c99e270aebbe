package store

import (
	"context"
	"time"
)

// Feeds keeps what is followed, what was found there, and how far it was read.
type Feeds interface {
	// AddFeed follows an address, or changes how it is followed; added is false
	// where it was followed already.
	AddFeed(ctx context.Context, f Feed, at time.Time) (added bool, err error)
	// RemoveFeed ends following; what was read stays. ErrNotFound where it was
	// not followed.
	RemoveFeed(ctx context.Context, url string, at time.Time) error
	// Feeds gives what is followed, by address, with the counts of its items.
	Feeds(ctx context.Context) ([]Feed, error)
	// SaveFetch keeps how a look at a feed ended, together with the items that
	// are new; items whose key is known are left as they are. It gives how many
	// were new.
	SaveFetch(ctx context.Context, f Feed, items []FeedItem) (added int, err error)
	// OpenItems gives items that are due at a moment, the oldest first.
	OpenItems(ctx context.Context, due time.Time, limit int) ([]FeedItem, error)
	// SaveItem keeps how far an item has come.
	SaveItem(ctx context.Context, i FeedItem) error
	// Progress gives the byte up to which an archive was read under a key, 0 if
	// not at all. SaveProgress keeps it.
	Progress(ctx context.Context, key string) (int64, error)
	SaveProgress(ctx context.Context, key string, offset int64, at time.Time) error
}

// Feed is an address that is followed: a feed, a sitemap, or a folder.
type Feed struct {
	URL      string        `json:"url"`  // or path of a folder
	Kind     string        `json:"kind"` // "feed", "sitemap", "folder"; "" until it was seen
	Title    string        `json:"title,omitempty"`
	Outlet   string        `json:"outlet,omitempty"`   // for articles that do not say
	Language string        `json:"language,omitempty"` // likewise
	Every    time.Duration `json:"every"`
	Added    time.Time     `json:"added"`

	// How the last looks went.
	ETag         string    `json:"-"`
	LastModified string    `json:"-"`
	Fetched      time.Time `json:"fetched"` // last look, well or badly ended
	Changed      time.Time `json:"changed"` // last look that brought something new
	Due          time.Time `json:"due"`
	Errors       int       `json:"errors"` // in a row
	Error        string    `json:"error,omitempty"`

	// Counted from its items.
	Open   int `json:"open"`
	Done   int `json:"done"`
	Failed int `json:"failed"`
}

// States of an item.
const (
	ItemOpen   = "open"   // to be read, perhaps again
	ItemDone   = "done"   // read; Article names what came of it
	ItemFailed = "failed" // given up; Error says why
	ItemOld    = "old"    // known, and not read: older than the following
)

// FeedItem is one thing found: a page, a posted text, a file.
type FeedItem struct {
	Key     string // the same for all feeds that carry it
	Feed    string
	URL     string
	Body    []byte // what the feed says of it
	State   string
	Found   time.Time
	Due     time.Time
	Tries   int
	Error   string
	Article string
}

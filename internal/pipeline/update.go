package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// shrinkLimit is the share of entries that a list may lose from one edition to
// the next before somebody has to confirm it: a truncated file that is still
// well-formed would delist people.
const shrinkLimit = 0.20

// UpdateOptions steer an update of lists.
type UpdateOptions struct {
	Folder       string // where downloads are kept
	AcceptShrunk bool   // take a list over that lost more than a fifth of its entries
	Now          Clock
	Progress     func(source string, done, total int64)
	Found        func(story.Finding)
}

// Updated tells how one source fared.
type Updated struct {
	Source     string
	Unchanged  bool
	Editions   []Imported
	Comparison *history.Comparison // against the newest edition held before; nil for a first one
	Err        error               // the source was not taken over; what was held stays
}

// UpdateLists downloads official lists and takes each over whole or not at all.
// A source that fails is told in its Updated; the others go on.
func UpdateLists(ctx context.Context, st store.Lists, get *fetch.Getter, sources []catalogue.Source, o UpdateOptions) ([]Updated, error) {
	var out []Updated
	for _, s := range sources {
		u := Updated{Source: s.Code}
		u.Err = updateOne(ctx, st, get, s, o, &u)
		if err := ctx.Err(); err != nil {
			return out, err
		}
		out = append(out, u)
	}
	return out, nil
}

func updateOne(ctx context.Context, st store.Lists, get *fetch.Getter, s catalogue.Source, o UpdateOptions, u *Updated) error {
	downloads, inputs, changed, err := download(ctx, st, get, s, o)
	if err != nil {
		return err
	}
	if !changed {
		u.Unchanged = true
		return nil
	}
	opts := lists.Options{}
	loaded, refused, err := lists.Load(ctx, inputs, opts)
	switch {
	case err != nil:
		return err
	case len(refused) > 0:
		return errors.New(refused[0].String())
	case len(loaded) == 0:
		return errors.New("the download holds no list")
	}
	for _, l := range loaded {
		if err := takeOver(ctx, st, l, o, u); err != nil {
			return err
		}
	}
	// Validators are kept only now: a copy that was refused must be asked for
	// again, not answered with "not modified".
	for _, d := range downloads {
		if err := st.SaveDownload(ctx, d, o.Now()); err != nil {
			return err
		}
	}
	return nil
}

// download gets all files of a source; one that did not change is used from
// the folder, because a set must be read together.
func download(ctx context.Context, st store.Lists, get *fetch.Getter, s catalogue.Source, o UpdateOptions) (ds []store.Download, inputs []snapshot.Input, changed bool, err error) {
	for _, url := range s.URLs {
		held, err := st.Download(ctx, url)
		if err != nil {
			return nil, nil, false, err
		}
		target := filepath.Join(o.Folder, s.Code, fileName(url))
		inputs = append(inputs, snapshot.Path(target))
		req := fetch.Request{URL: url, Target: target}
		if exists(target, held.Size) {
			req.ETag, req.LastModified = held.ETag, held.LastModified
		}
		res, err := get.Get(ctx, req, func(done, total int64) {
			if o.Progress != nil {
				o.Progress(s.Code, done, total)
			}
		})
		if err != nil {
			return nil, nil, false, err
		}
		if !res.NotModified && res.SHA256 != held.SHA256 {
			changed = true
		}
		if !res.NotModified {
			ds = append(ds, store.Download{URL: url, ETag: res.ETag, LastModified: res.LastModified, SHA256: res.SHA256, Size: res.Size})
		}
	}
	return ds, inputs, changed, nil
}

// fileName makes a safe name for an address: its last part, and a hash that
// keeps two addresses apart.
func fileName(url string) string {
	base, _, _ := strings.Cut(url, "?")
	clean := strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, path.Base(base))
	h := sha256.Sum256([]byte(url))
	return hex.EncodeToString(h[:4]) + "-" + clean
}

// takeOver keeps an edition if it is no suspicious loss against the newest one.
func takeOver(ctx context.Context, st store.Lists, l lists.Loaded, o UpdateOptions, u *Updated) error {
	if l.Edition.AsOf.IsZero() { // OFAC's CSV states no date: it shows the day it was fetched
		l.Edition.AsOf = calendar.FromTime(o.Now())
	}
	for _, f := range l.Findings {
		if o.Found != nil {
			o.Found(f)
		}
	}
	before, err := newest(ctx, st, l.Edition.List)
	if err != nil {
		return err
	}
	if before != nil && !o.AcceptShrunk && float64(len(l.Parties)) < (1-shrinkLimit)*float64(before.Entries) {
		return fmt.Errorf("%s holds %d entries, %d fewer than the edition of %s: not taken over; confirm with --accept-shrunk if this is right",
			l.Edition.List, len(l.Parties), before.Entries-len(l.Parties), before.AsOf)
	}
	if before != nil {
		old, err := st.Parties(ctx, before.Key())
		if err != nil {
			return err
		}
		c := history.Diff(old, l.Parties)
		u.Comparison = &c
	}
	added, err := st.SaveEdition(ctx, l.Edition, l.Parties, l.Findings, o.Now())
	if err != nil {
		return err
	}
	u.Editions = append(u.Editions, Imported{Edition: l.Edition, Added: added})
	return nil
}

// newest is the newest whole edition held of a list, nil if none.
func newest(ctx context.Context, st store.Lists, list string) (*party.Edition, error) {
	eds, err := st.Editions(ctx, list, time.Time{})
	if err != nil {
		return nil, err
	}
	for i := len(eds) - 1; i >= 0; i-- {
		if !eds[i].Partial {
			return &eds[i], nil
		}
	}
	return nil, nil
}

// exists reports whether a file of that size stands there.
func exists(p string, size int64) bool {
	info, err := os.Stat(p)
	return err == nil && size > 0 && info.Size() == size
}

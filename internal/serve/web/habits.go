package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/serve/auth"
)

// Keys of store.Habits.
const (
	seenKey     = "inbox.seen"
	searchStart = "inbox.search:"
)

// savedSearch is a query of the inbox under a name.
type savedSearch struct {
	Name, Query string
}

// habits gives the moment up to which somebody looked through the inbox, and
// the searches he saved, by name.
func (p *Pages) habits(ctx context.Context, who auth.Identity) (time.Time, []savedSearch, error) {
	if !who.Known() {
		return time.Time{}, nil, nil
	}
	kept, err := p.st.Habits(ctx, who.Actor())
	if err != nil {
		return time.Time{}, nil, err
	}
	var out []savedSearch
	for k, v := range kept {
		if name, ok := strings.CutPrefix(k, searchStart); ok {
			out = append(out, savedSearch{name, v})
		}
	}
	slices.SortFunc(out, func(a, b savedSearch) int { return strings.Compare(a.Name, b.Name) })
	seen, err := time.Parse(time.RFC3339Nano, kept[seenKey])
	if err != nil {
		seen = time.Time{} // never looked through
	}
	return seen, out, nil
}

// markSeen remembers that the inbox was looked through.
func (p *Pages) markSeen(w http.ResponseWriter, r *http.Request) (string, page, error) {
	who := auth.From(r.Context())
	if err := p.st.SaveHabit(r.Context(), who.Actor(), seenKey, p.o.Now().UTC().Format(time.RFC3339Nano), p.o.Now()); err != nil {
		return "", page{}, err
	}
	return done(w, r, "/", "From now on the inbox marks what is newer than this moment.")
}

// saveSearch keeps the query of the inbox under a name, or takes one away.
func (p *Pages) saveSearch(w http.ResponseWriter, r *http.Request) (string, page, error) {
	who, name, query := auth.From(r.Context()), clip(r.PostFormValue("name"), 60), clip(r.PostFormValue("query"), 1000)
	if name == "" {
		return "", page{}, wrong("a saved search needs a name")
	}
	v, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil {
		return "", page{}, wrong("this is no search")
	}
	v.Del("page")
	text, saying := v.Encode(), "Saved as “"+name+"”."
	if r.PostFormValue("forget") != "" {
		text, saying = "", "“"+name+"” is no longer saved."
	} else if text == "" {
		return "", page{}, wrong("choose a filter first; there is nothing to save")
	}
	if err := p.st.SaveHabit(r.Context(), who.Actor(), searchStart+name, text, p.o.Now()); err != nil {
		return "", page{}, err
	}
	return done(w, r, "/?"+text, saying)
}

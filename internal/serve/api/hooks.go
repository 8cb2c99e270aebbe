package api

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store"
)

func isEnough(err error) bool {
	var e enough
	return errors.As(err, &e)
}

func asTampered(err error) (string, bool) {
	var t *audit.Tampered
	if errors.As(err, &t) {
		return t.Error(), true
	}
	return "", false
}

// event tells of a case that came or changed.
type event struct {
	ID   string    `json:"id"` // the same each time it is told, so that receivers can leave out what they know
	Type string    `json:"type"`
	At   time.Time `json:"at"`
	Case caseLine  `json:"case"`
}

// eventsSince gives what came or changed after a moment, in order, to give. It
// asks in pages, so that a large change takes no large memory.
func (a *API) eventsSince(ctx context.Context, since time.Time, give func(event) error) error {
	const page = 200
	for offset := 0; ; offset += page {
		found, _, err := a.o.Store.FindCases(ctx, store.CaseQuery{Since: since, Background: true, Sort: "arrived", Offset: offset, Limit: page})
		if err != nil {
			return err
		}
		for _, c := range found {
			kind := "case.new"
			if _, err := a.o.Store.Case(ctx, c.Number, c.KnownFrom.Add(-time.Nanosecond)); err == nil {
				kind = "case.changed"
			}
			e := event{ID: fmt.Sprintf("%s/%d", c.KnownFrom.UTC().Format(time.RFC3339Nano), c.Number), Type: kind, At: c.KnownFrom, Case: lineOf(c)}
			if err := give(e); err != nil {
				return err
			}
		}
		if len(found) < page {
			return nil
		}
	}
}

// Rhythm of the events.
const (
	lookEvery  = 2 * time.Second
	breatheFor = 20 * time.Second // a comment keeps proxies from closing the stream
)

// events streams what comes and changes (text/event-stream). Last-Event-ID, or
// ?since=, goes on where a client stopped.
func (a *API) events(w http.ResponseWriter, r *http.Request) {
	since := a.o.Now()
	from := r.URL.Query().Get("since")
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		from = id
		for i := range id {
			if id[i] == '/' {
				from = id[:i]
				break
			}
		}
	}
	if from != "" {
		t, err := time.Parse(time.RFC3339Nano, from)
		if err != nil {
			writeProblem(w, http.StatusUnprocessableEntity, "since: not a moment")
			return
		}
		since = t
	}
	rc := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = io.WriteString(w, ": open\n\n")
	_ = rc.Flush() // a client that is gone ends the context
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	breath := time.Now()
	for {
		last := since
		err := a.eventsSince(r.Context(), since, func(e event) error {
			b, err := json.Marshal(e)
			if err != nil {
				return err
			}
			last, breath = e.At, time.Now()
			_, err = fmt.Fprintf(w, "id: %s\nevent: %s\ndata: %s\n\n", e.ID, e.Type, b)
			return err
		})
		since = last
		if err == nil && time.Since(breath) > breatheFor {
			breath = time.Now()
			_, err = io.WriteString(w, ": \n\n")
		}
		if err == nil {
			err = rc.Flush()
		}
		if err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
		}
	}
}

type hook struct {
	ID       string    `json:"id"`
	URL      string    `json:"url"`
	Created  time.Time `json:"created"`
	Told     time.Time `json:"told_until"`
	Attempts int       `json:"failed_attempts"`
	Problem  string    `json:"problem"`
	Secret   string    `json:"secret,omitempty" doc:"only in the answer that made it"`
}

type hooksOut struct {
	Body struct {
		Webhooks []hook `json:"webhooks" nullable:"false"`
	}
}

type hookIn struct {
	Key  string `header:"Idempotency-Key" maxLength:"255"`
	Body struct {
		URL string `json:"url" format:"uri" maxLength:"2000" doc:"https, or http on a loopback address"`
	}
}

type hookOut struct{ Body hook }

type hookID struct {
	ID string `path:"id" maxLength:"40"`
}

func (a *API) listHooks(ctx context.Context, _ *none) (*hooksOut, error) {
	all, err := a.o.Store.Hooks(ctx)
	if err != nil {
		return nil, err
	}
	out := &hooksOut{}
	out.Body.Webhooks = []hook{}
	for _, h := range all {
		out.Body.Webhooks = append(out.Body.Webhooks, hook{h.ID, h.URL, h.Created, h.Cursor, h.Attempts, h.Problem, ""})
	}
	return out, nil
}

func (a *API) addHook(ctx context.Context, in *hookIn) (*hookOut, error) {
	if err := checkHook(in.Body.URL); err != nil {
		return nil, huma.Error422UnprocessableEntity(err.Error())
	}
	var b [38]byte
	rand.Read(b[:]) // never fails
	now := a.o.Now()
	h := store.Hook{ID: hex.EncodeToString(b[:6]), URL: in.Body.URL, Secret: base64.RawURLEncoding.EncodeToString(b[6:]), User: auth.From(ctx).User, Created: now, Cursor: now}
	if err := a.o.Store.AddHook(ctx, h); err != nil {
		return nil, err
	}
	return &hookOut{hook{h.ID, h.URL, h.Created, h.Cursor, 0, "", h.Secret}}, a.log(ctx, "webhook.added", "webhook:"+h.ID, nil)
}

// checkHook refuses addresses that would send case data in the clear.
func checkHook(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil {
		return fmt.Errorf("url: not an address that can be told")
	}
	host := u.Hostname()
	if u.Scheme == "https" || u.Scheme == "http" && (host == "localhost" || host == "127.0.0.1" || host == "::1") {
		return nil
	}
	return fmt.Errorf("url: %q; only https, or http on this machine", u.Scheme)
}

func (a *API) removeHook(ctx context.Context, in *hookID) (*none, error) {
	all, err := a.o.Store.Hooks(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		if h.ID == in.ID {
			h.Removed = a.o.Now()
			if err := a.o.Store.SaveHook(ctx, h); err != nil {
				return nil, err
			}
			return &none{}, a.log(ctx, "webhook.removed", "webhook:"+h.ID, nil)
		}
	}
	return nil, store.ErrNotFound
}

// Retries of a webhook: after 10 s, 20 s, 40 s, ... up to six hours, for ever:
// nothing is lost while a receiver is away.
const (
	firstRetry = 10 * time.Second
	mostRetry  = 6 * time.Hour
	hookTime   = 15 * time.Second
)

// Deliver tells the webhooks until the context ends.
func (a *API) Deliver(ctx context.Context, client *http.Client) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := a.DeliverOnce(ctx, client); err != nil && ctx.Err() == nil {
			a.o.Log.Error("webhooks", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// DeliverOnce tells every webhook that is due what came since it was told
// last. What was told is kept at once, so that a stop loses and repeats little.
func (a *API) DeliverOnce(ctx context.Context, client *http.Client) error {
	all, err := a.o.Store.Hooks(ctx)
	if err != nil {
		return err
	}
	for _, h := range all {
		if a.o.Now().Before(h.NextTry) {
			continue
		}
		if err := a.tell(ctx, client, h); err != nil {
			return err
		}
	}
	return nil
}

func (a *API) tell(ctx context.Context, client *http.Client, h store.Hook) error {
	was := h
	last := h.Cursor
	failed := a.eventsSince(ctx, h.Cursor, func(e event) error {
		if err := send(ctx, client, h, e, a.o.Now()); err != nil {
			return err
		}
		last = e.At
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case failed == nil:
		h.Cursor, h.Attempts, h.NextTry, h.Problem = last, 0, time.Time{}, ""
	default: // events of one moment are told again from the first: the cursor stays before them
		if last.After(h.Cursor) {
			h.Cursor = last.Add(-time.Nanosecond)
		}
		h.Attempts++
		h.NextTry, h.Problem = a.o.Now().Add(min(mostRetry, firstRetry<<min(h.Attempts-1, 12))), failed.Error()
	}
	if h == was {
		return nil
	}
	return a.o.Store.SaveHook(ctx, h)
}

// send posts one event, signed as Standard Webhooks (standardwebhooks.com):
// HMAC-SHA-256 over id.timestamp.body.
func send(ctx context.Context, client *http.Client, h store.Hook, e event, now time.Time) error {
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, hookTime)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	stamp := fmt.Sprint(now.Unix())
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Webhook-Id", e.ID)
	r.Header.Set("Webhook-Timestamp", stamp)
	r.Header.Set("Webhook-Signature", "v1,"+Sign(h.Secret, e.ID, stamp, body))
	resp, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("it answered %s", resp.Status)
	}
	return nil
}

// Sign gives the signature of a webhook.
func Sign(secret, id, stamp string, body []byte) string {
	m := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(m, "%s.%s.", id, stamp)
	m.Write(body)
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}

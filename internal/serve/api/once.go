package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store"
)

// replayed is how long an idempotency key is remembered.
const replayed = 24 * time.Hour

// maxKey bounds an Idempotency-Key, in bytes.
const maxKey = 255

// once answers a post that bears an Idempotency-Key as it answered the first
// one with that key of the same asker (draft-ietf-httpapi-idempotency-key-header).
// Answers of 500 and more are not kept: trying again is right.
func (a *API) once(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Idempotency-Key")
		if key == "" {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		var big *http.MaxBytesError
		switch {
		case len(key) > maxKey:
			writeProblem(w, http.StatusBadRequest, "Idempotency-Key is too long")
			return
		case errors.As(err, &big):
			writeProblem(w, http.StatusRequestEntityTooLarge, "the body is too large")
			return
		case err != nil:
			writeProblem(w, http.StatusBadRequest, "the body could not be read")
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %s\n%s", r.Method, r.URL.RequestURI(), body))
		want := store.Replay{Key: fmt.Sprintf("%d %s", auth.From(r.Context()).User, key), Request: hex.EncodeToString(sum[:]), At: a.o.Now()}
		old, fresh, err := a.o.Store.BeginReplay(r.Context(), want, want.At.Add(-replayed))
		if err != nil {
			writeProblem(w, http.StatusInternalServerError, "the key could not be kept")
			return
		}
		if !fresh {
			replay(w, old, want)
			return
		}
		a.firstTime(w, r, next, want)
	})
}

func (a *API) firstTime(w http.ResponseWriter, r *http.Request, next http.Handler, want store.Replay) {
	k := &kept{ResponseWriter: w}
	done := false
	defer func() { // also where the handler panics: the key must not stay taken
		if k.status >= 500 || !done {
			k.status, want.Body = max(k.status, http.StatusInternalServerError), nil
		} else {
			want.Status, want.Body = k.status, k.body.Bytes()
		}
		if err := a.o.Store.EndReplay(context.WithoutCancel(r.Context()), want); err != nil {
			a.o.Log.Error("idempotency key", "error", err)
		}
		if done {
			k.send()
		}
	}()
	next.ServeHTTP(k, r)
	if k.status == 0 {
		k.status = http.StatusOK
	}
	done = true
}

func replay(w http.ResponseWriter, old, want store.Replay) {
	switch {
	case old.Request != want.Request:
		writeProblem(w, http.StatusUnprocessableEntity, "that Idempotency-Key was used for another request")
	case old.Status == 0:
		writeProblem(w, http.StatusConflict, "the first request with that Idempotency-Key is still being worked on")
	default:
		kind := "application/json"
		if old.Status >= 400 {
			kind = "application/problem+json"
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Idempotent-Replayed", "true")
		w.WriteHeader(old.Status)
		_, _ = w.Write(old.Body) // the client may be gone
	}
}

package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/web/jobs"
)

// jobFor gives a work to whoever may see it: what somebody screens is nobody
// else's.
func (p *Pages) jobFor(r *http.Request) (*jobs.Job, error) {
	j := p.jobs.Find(r.PathValue("id"))
	who := auth.From(r.Context())
	if j == nil || j.Kind == screenJob && j.By.User != who.User {
		return nil, problem{status: http.StatusNotFound, text: "this work is not known here (works are forgotten when the service is started again)"}
	}
	return j, nil
}

func (p *Pages) job(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	j, err := p.jobFor(r)
	if err != nil {
		return "", page{}, err
	}
	pg := page{Title: j.Title, Section: jobSections[j.Kind], Body: j}
	if !j.Progress().Ended {
		pg.Refresh = 2
	}
	return "job", pg, nil
}

// Kinds of works, with the entry of the menu that each belongs to.
const (
	screenJob = "screen"
	listsJob  = "lists"
	demoJob   = "demo"
)

var jobSections = map[string]string{screenJob: "screen", listsJob: "lists", demoJob: "inbox"}

// jobEvents streams the progress as server-sent events until the work ends.
func (p *Pages) jobEvents(w http.ResponseWriter, r *http.Request) {
	j, err := p.jobFor(r)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	rc := http.NewResponseController(w)
	for {
		next := j.Changed()
		at := j.Progress()
		b, err := json.Marshal(at)
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "event: progress\ndata: %s\n\n", b); err != nil {
			return
		}
		_ = rc.Flush() // a writer that cannot flush sends at the end
		if at.Ended {
			return
		}
		select {
		case <-next:
		case <-r.Context().Done():
			return
		}
		select { // ten times a second is enough for eyes
		case <-time.After(100 * time.Millisecond):
		case <-r.Context().Done():
			return
		}
	}
}

func (p *Pages) jobResult(w http.ResponseWriter, r *http.Request) (string, page, error) {
	j, err := p.jobFor(r)
	if err != nil {
		return "", page{}, err
	}
	res := j.Result()
	if res == nil {
		return "", page{}, problem{status: http.StatusNotFound, text: "there is no result yet"}
	}
	w.Header().Set("Content-Type", res.Type)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", res.Name))
	_, err = w.Write(res.Body)
	return "", page{}, err
}

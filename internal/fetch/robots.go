package fetch

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// robots keeps what hosts ask of robots (RFC 9309). A file that is not there
// allows all; a server that fails allows nothing for a while.
type robots struct {
	agent string
	mu    sync.Mutex
	rules map[string]rules // by scheme and host
}

type rules struct {
	data  *robotstxt.RobotsData
	until time.Time
}

// Life of what was read, and bounds of what is obeyed.
const (
	robotsLife    = 12 * time.Hour
	robotsRetry   = 10 * time.Minute
	longestDelay  = 30 * time.Second
	robotsFileMax = 512 << 10
)

func (r *robots) allow(ctx context.Context, g *Pages, u *url.URL) error {
	site := strings.ToLower(u.Scheme + "://" + u.Host)
	r.mu.Lock()
	have, ok := r.rules[site]
	r.mu.Unlock()
	if !ok || time.Now().After(have.until) {
		var err error
		if have, err = r.read(ctx, g, site); err != nil {
			return err
		}
		r.mu.Lock()
		if len(r.rules) >= maxHosts {
			clear(r.rules)
		}
		r.rules[site] = have
		r.mu.Unlock()
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !have.data.TestAgent(path, r.agent) {
		return ErrRobots
	}
	return nil
}

// read asks a host for its robots.txt.
func (r *robots) read(ctx context.Context, g *Pages, site string) (rules, error) {
	p, err := g.ask(ctx, PageRequest{URL: site + "/robots.txt"})
	var status *StatusError
	switch {
	case err == nil:
		body := p.Body[:min(len(p.Body), robotsFileMax)]
		data, perr := robotstxt.FromBytes(body)
		if perr != nil { // lines that cannot be read ask for nothing
			data, _ = robotstxt.FromStatusAndBytes(404, nil)
		}
		return rules{data, time.Now().Add(robotsLife)}, nil
	case errors.As(err, &status):
		life := robotsLife
		if status.Code >= 500 || status.Code == 429 {
			life = robotsRetry
		}
		data, perr := robotstxt.FromStatusAndBytes(max(status.Code, 400), nil)
		if perr != nil || status.Code == 429 {
			data, _ = robotstxt.FromStatusAndBytes(503, nil)
		}
		return rules{data, time.Now().Add(life)}, nil
	case errors.Is(err, ErrTooLarge), errors.Is(err, ErrType):
		data, _ := robotstxt.FromStatusAndBytes(404, nil)
		return rules{data, time.Now().Add(robotsLife)}, nil
	}
	return rules{}, err
}

// delay is the pause that a host asks for, within reason.
func (r *robots) delay(host string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	var most time.Duration
	for _, scheme := range []string{"https://", "http://"} {
		if have, ok := r.rules[scheme+host]; ok {
			if g := have.data.FindGroup(r.agent); g != nil {
				most = max(most, g.CrawlDelay)
			}
		}
	}
	return min(most, longestDelay)
}

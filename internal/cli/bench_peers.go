package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/reportedly/reportedly/internal/party"
)

// peerFigures are what a peer's run program prints; bench/peers/README.md
// defines them. Left is why there are none.
type peerFigures struct {
	Peer        string  `json:"peer"`
	Version     string  `json:"version,omitempty"`
	Parties     int     `json:"parties,omitempty"`
	Asked       int     `json:"asked,omitempty"`
	NamesPerS   float64 `json:"names_per_s,omitempty"`
	NamesPerCPU float64 `json:"names_per_cpu_s,omitempty"`
	P50         float64 `json:"p50_ms,omitempty"`
	P99         float64 `json:"p99_ms,omitempty"`
	RSS         float64 `json:"rss_mb,omitempty"`
	Load        float64 `json:"load_s,omitempty"`
	Latin       float64 `json:"in_first_ten_latin"`
	Other       float64 `json:"in_first_ten_other"`
	// Ratio is our names a processor second over the peer's.
	Ratio float64 `json:"ours_over_peer,omitempty"`
	Left  string  `json:"left_out,omitempty"`
}

// benchPeers runs every peer below dir over the same parties and queries
// (query, reference), one after the other.
func benchPeers(ctx context.Context, dir string, parties []party.Party, queries [][]string, seconds float64) ([]peerFigures, error) {
	runs, err := filepath.Glob(filepath.Join(dir, "*", "run"))
	if err != nil || len(runs) == 0 {
		return nil, usagef("%s: no peers (folders with a program named run)", dir)
	}
	work, err := os.MkdirTemp("", "peers")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	files, err := peerInput(work, parties, queries)
	if err != nil {
		return nil, fmt.Errorf("what peers are asked: %w", err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	var out []peerFigures
	for _, run := range runs {
		name := filepath.Base(filepath.Dir(run))
		f, err := onePeer(ctx, run, append(files, fmt.Sprint(seconds), filepath.Join(cache, "reportedly", "peers", name)))
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err != nil {
			f = peerFigures{Peer: name, Left: err.Error()}
		}
		out = append(out, f)
	}
	return out, nil
}

func onePeer(ctx context.Context, run string, args []string) (peerFigures, error) {
	var f peerFigures
	cmd := exec.CommandContext(ctx, run, args...)
	b, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			lines := strings.Split(strings.TrimSpace(string(exit.Stderr)), "\n")
			return f, fmt.Errorf("%w: %s", err, lines[len(lines)-1])
		}
		return f, err
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return f, fmt.Errorf("what it printed: %w", err)
	}
	return f, nil
}

// peerParty is a party as the run programs read it.
type peerParty struct {
	ID      string   `json:"id"`
	Schema  string   `json:"schema"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
}

func peerInput(dir string, parties []party.Party, queries [][]string) ([]string, error) {
	files := []string{filepath.Join(dir, "parties.jsonl"), filepath.Join(dir, "queries.csv")}
	p, err := os.Create(files[0])
	if err != nil {
		return nil, err
	}
	defer p.Close()
	enc := json.NewEncoder(p)
	for i := range parties {
		x := &parties[i]
		one := peerParty{ID: x.ID, Schema: string(x.Schema), Name: x.PrimaryName()}
		for _, n := range x.Names {
			if n.Text != one.Name {
				one.Aliases = append(one.Aliases, n.Text)
			}
		}
		if err := enc.Encode(one); err != nil {
			return nil, err
		}
	}
	q, err := os.Create(files[1])
	if err != nil {
		return nil, err
	}
	defer q.Close()
	w := csv.NewWriter(q)
	if err := w.WriteAll(append([][]string{{"query", "reference"}}, queries...)); err != nil {
		return nil, err
	}
	return files, errors.Join(p.Close(), q.Close())
}

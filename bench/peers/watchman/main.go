// Command ask starts a watchman server with given parties and measures how
// many names it screens. README.md of the folder above says what it takes and
// prints.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: ask WATCHMAN PARTIES QUERIES SECONDS")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type party struct {
	ID      string   `json:"id"`
	Schema  string   `json:"schema"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
}

type result struct {
	Peer        string  `json:"peer"`
	Version     string  `json:"version"`
	Parties     int     `json:"parties"`
	Asked       int     `json:"asked"`
	NamesPerS   float64 `json:"names_per_s"`
	NamesPerCPU float64 `json:"names_per_cpu_s"`
	P50         float64 `json:"p50_ms"`
	P99         float64 `json:"p99_ms"`
	RSS         float64 `json:"rss_mb"`
	Load        float64 `json:"load_s"`
	Latin       float64 `json:"in_first_ten_latin"`
	Other       float64 `json:"in_first_ten_other"`
}

func run(program, parties, queries, seconds string) error {
	limit, err := strconv.ParseFloat(seconds, 64)
	if err != nil {
		return fmt.Errorf("seconds: %w", err)
	}
	asked, err := readQueries(queries)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "watchman")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r := result{Peer: "watchman", Version: version()}
	if r.Parties, err = writeSenzing(parties, filepath.Join(dir, "parties.jsonl")); err != nil {
		return err
	}
	at := time.Now()
	server, base, err := start(program, dir, r.Parties)
	if err != nil {
		return err
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	r.Load = time.Since(at).Seconds()
	if err := r.measure(base, asked, limit, server.Process.Pid); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// version is that of the watchman module this program was built with.
func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/moov-io/watchman" {
			return m.Version
		}
	}
	b, _ := os.ReadFile("go.mod")
	for _, line := range strings.Split(string(b), "\n") {
		if _, v, ok := strings.Cut(line, "github.com/moov-io/watchman "); ok {
			return v
		}
	}
	return ""
}

func readQueries(file string) ([][2]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var out [][2]string
	for _, row := range rows[1:] {
		out = append(out, [2]string{row[0], row[1]})
	}
	return out, nil
}

// writeSenzing gives the parties in the only form of list that watchman reads
// from a file and that holds any list.
func writeSenzing(from, to string) (int, error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return 0, err
	}
	defer out.Close()
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	dec := json.NewDecoder(in)
	n := 0
	for ; ; n++ {
		var p party
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return n, fmt.Errorf("%s: party %d: %w", from, n+1, err)
		}
		kind := "ORGANIZATION"
		if p.Schema == "Person" {
			kind = "PERSON"
		}
		names := []map[string]string{{"NAME_TYPE": "PRIMARY", "NAME_FULL": p.Name}}
		for _, a := range p.Aliases {
			names = append(names, map[string]string{"NAME_TYPE": "ALIAS", "NAME_FULL": a})
		}
		record := map[string]any{"DATA_SOURCE": "BENCH", "RECORD_ID": p.ID, "RECORD_TYPE": kind, "NAMES": names}
		if err := enc.Encode(record); err != nil {
			return n, err
		}
	}
	return n, w.Flush()
}

func start(program, dir string, parties int) (*exec.Cmd, string, error) {
	var ports [2]string
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, "", err
		}
		ports[i] = l.Addr().String()
		l.Close()
	}
	conf := fmt.Sprintf("Watchman:\n  Servers:\n    BindAddress: %q\n    AdminAddress: %q\n  Telemetry:\n    ServiceName: bench\n  Download:\n    RefreshInterval: 12h\n    InitialDataDirectory: %q\n    IncludedLists: []\n    Senzing:\n      - SourceList: bench\n        Location: \"file://%s\"\n  Search:\n    Goroutines:\n      Default: 1\n      Min: 1\n      Max: 2\n",
		ports[0], ports[1], dir, filepath.Join(dir, "parties.jsonl"))
	file := filepath.Join(dir, "config.yml")
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
		return nil, "", err
	}
	var log bytes.Buffer
	cmd := exec.Command(program)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "APP_CONFIG="+file, "GOMAXPROCS=1", "SEARCH_GOROUTINE_COUNT=1", "INCLUDED_LISTS=")
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		return nil, "", err
	}
	base := "http://" + ports[0]
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	defer stop()
	for ctx.Err() == nil {
		time.Sleep(200 * time.Millisecond)
		if cmd.ProcessState != nil {
			break
		}
		if found, err := ask(base, "Ali"); err == nil && len(found) > 0 {
			return cmd, base, nil
		}
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	return nil, "", fmt.Errorf("watchman with %d parties gave no answer: %s", parties, tail(log.String()))
}

func tail(s string) string {
	if len(s) > 2000 {
		return s[len(s)-2000:]
	}
	return s
}

// ask gives the ids of the first ten answers.
func ask(base, name string) ([]string, error) {
	res, err := http.Get(base + "/v2/search?type=person&limit=10&name=" + url.QueryEscape(name))
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var body struct {
		Entities []struct {
			SourceID string `json:"sourceID"`
		} `json:"entities"`
	}
	if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", res.StatusCode)
	}
	var ids []string
	for _, e := range body.Entities {
		ids = append(ids, e.SourceID)
	}
	return ids, nil
}

func (r *result) measure(base string, queries [][2]string, seconds float64, pid int) error {
	var each []float64
	var right, known [2]float64 // names in Latin letters, names with others
	cpu, begin := processorSeconds(pid), time.Now()
	for round := 0; round == 0 || time.Since(begin).Seconds() < seconds; round++ {
		for _, q := range queries {
			at := time.Now()
			found, err := ask(base, q[0])
			if err != nil {
				return fmt.Errorf("%q: %w", q[0], err)
			}
			each = append(each, float64(time.Since(at).Microseconds())/1000)
			if round == 0 && q[1] != "" {
				kind := 0
				if strings.ContainsFunc(q[0], foreign) {
					kind = 1
				}
				known[kind]++
				if slices.Contains(found, q[1]) {
					right[kind]++
				}
			}
		}
	}
	wall := time.Since(begin).Seconds()
	r.Asked, r.NamesPerS = len(each), float64(len(each))/wall
	if used := processorSeconds(pid) - cpu; used > 0 {
		r.NamesPerCPU = float64(len(each)) / used
	}
	slices.Sort(each)
	r.P50, r.P99 = each[len(each)/2], each[len(each)*99/100]
	r.RSS = residentMB(pid)
	r.Latin, r.Other = right[0]/max(1, known[0]), right[1]/max(1, known[1])
	return nil
}

// foreign reports a letter that is not Latin.
func foreign(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }

// processorSeconds that a process has used; 0 where /proc does not tell.
func processorSeconds(pid int) float64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, ok := strings.Cut(string(b), ") ")
	f := strings.Fields(rest)
	if !ok || len(f) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(f[11], 64)
	system, _ := strconv.ParseFloat(f[12], 64)
	return (user + system) / 100 // USER_HZ is 100 on every Linux that Go runs on
}

func residentMB(pid int) float64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	f := strings.Fields(string(b))
	if len(f) < 2 {
		return 0
	}
	pages, _ := strconv.ParseFloat(f[1], 64)
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

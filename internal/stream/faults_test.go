//go:build linux

package stream

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store/postgres"
	"github.com/reportedly/reportedly/internal/store/postgrestest"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/stream/broker"
)

// The fault tests start this test binary as broker and as workers, and a real
// PostgreSQL, and then do to them what happens in years of running. Afterwards
// the store must hold, byte for byte, what one undisturbed process makes.
//
// REPORTEDLY_FAULTS=20 runs every kind twenty times; without it a short form
// runs each fault once, all in one go.

const roleVar = "REPORTEDLY_STREAM_ROLE"

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVar); role != "" {
		if err := play(role); err != nil {
			fmt.Fprintln(os.Stderr, role, err)
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	if database != nil {
		database.Stop()
	}
	os.Exit(code)
}

// play is the main function of a process that a test started.
func play(role string) error {
	signal.Ignore(syscall.SIGXFSZ) // a write beyond the limit is to fail, as on a full disk
	if err := limit(os.Getenv("LIMIT")); err != nil {
		return err
	}
	ctx := context.Background()
	var b *broker.Server
	var err error
	o := quick()
	o.URL, o.Prefix = os.Getenv("BROKER"), os.Getenv("PREFIX")
	if role != "worker" {
		if b, err = broker.Start(broker.Options{Dir: os.Getenv("DIR"), Listen: os.Getenv("LISTEN")}); err != nil {
			return err
		}
		fmt.Println("ready")
		if role == "broker" {
			select {}
		}
		o.Via = b.Via() // "alone" is everything in one process
	}
	st, err := openAny(ctx, os.Getenv("STORE"))
	if err != nil {
		return err
	}
	x, err := Connect(ctx, o)
	if err != nil {
		return err
	}
	f := &office{st: st, x: x}
	w := f.options()
	w.Read = 1
	if os.Getenv("CLOCK") == "jumps" {
		w.Now = jumpingClock()
		w.Judge = judgeAll(st, w.Now)
	}
	fmt.Println("ready")
	return NewWorker(x, w).Run(ctx)
}

func openAny(ctx context.Context, place string) (*tables.DB, error) {
	for { // the database may just be away
		var st *tables.DB
		var err error
		if postgres.IsAddress(place) {
			st, err = postgres.Open(ctx, place)
		} else {
			st, err = sqlite.Open(ctx, place)
		}
		if err == nil || !postgres.IsAddress(place) {
			return st, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// jumpingClock jumps by up to two years at every question.
func jumpingClock() pipeline.Clock {
	var mu sync.Mutex
	r := rand.New(rand.NewPCG(1, uint64(os.Getpid())))
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return time.Now().Add(time.Duration(r.Int64N(int64(4*365*24*time.Hour))) - 2*365*24*time.Hour)
	}
}

// limit sets limits of this process: "fsize=65536,nofile=30,as=...".
func limit(text string) error {
	kinds := map[string]int{"fsize": syscall.RLIMIT_FSIZE, "nofile": syscall.RLIMIT_NOFILE, "as": syscall.RLIMIT_AS}
	for _, l := range strings.Split(text, ",") {
		name, value, ok := strings.Cut(l, "=")
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return err
		}
		if err := syscall.Setrlimit(kinds[name], &syscall.Rlimit{Cur: n, Max: n}); err != nil {
			return err
		}
	}
	return nil
}

// child is a process that a test started.
type child struct {
	cmd  *exec.Cmd
	said bytes.Buffer
}

// spawn starts a process in a role and waits until it is ready, or has ended.
func spawn(t testing.TB, role string, env ...string) *child {
	t.Helper()
	c, ready := begin(t, role, env...)
	<-ready
	return c
}

// begin starts a process that may never become ready.
func begin(t testing.TB, role string, env ...string) (*child, <-chan struct{}) {
	t.Helper()
	c := &child{cmd: exec.Command(os.Args[0], "-test.run=^$")}
	c.cmd.Env = append(append(os.Environ(), roleVar+"="+role), env...)
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	c.cmd.Stderr = &c.said
	if os.Getenv("REPORTEDLY_TEST_LOG") != "" {
		c.cmd.Stderr = os.Stderr
	}
	out, err := c.cmd.StdoutPipe()
	must(t, err)
	must(t, c.cmd.Start())
	t.Cleanup(c.kill)
	ready := make(chan struct{})
	go func() {
		bufio.NewReader(out).ReadString('\n')
		close(ready)
	}()
	return c, ready
}

func (c *child) kill() {
	if c != nil && c.cmd.Process != nil && c.cmd.ProcessState == nil {
		c.cmd.Process.Kill()
		c.cmd.Wait()
	}
}

func (c *child) signal(s syscall.Signal) { c.cmd.Process.Signal(s) }

var (
	database     *postgrestest.Server
	databaseOnce sync.Once
	noDatabase   string
)

// pattern is a database that holds the lists, to clone.
var pattern string

func needDatabase(t testing.TB, m material) {
	t.Helper()
	databaseOnce.Do(func() {
		if database, noDatabase = postgrestest.Start(); database == nil {
			return
		}
		address := database.Database(t)
		st, err := postgres.Open(ctx, address)
		must(t, err)
		must(t, importLists(ctx, st, m.lists))
		st.Close()
		pattern = path.Base(strings.TrimSuffix(address, "?sslmode=disable"))
	})
	if database == nil {
		t.Skip(noDatabase)
	}
}

// world is an installation of several processes: a database, a broker, workers,
// and the ways between them.
type world struct {
	t              testing.TB
	m              material
	rng            *rand.Rand
	dir            string
	listen         string
	broker         *child
	toBroker, toDB *proxy
	workers        []*child
	env            []string
	st             *tables.DB
	x              *Exchange
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

func newWorld(t testing.TB, m material, seed uint64, workers int, extra ...string) *world {
	t.Helper()
	needDatabase(t, m)
	w := &world{t: t, m: m, rng: rand.New(rand.NewPCG(seed, 7)), dir: t.TempDir(), listen: freePort(t)}
	direct := database.Clone(t, pattern)
	u, err := url.Parse(direct)
	must(t, err)
	w.toDB, w.toBroker = newProxy(t, u.Host), newProxy(t, w.listen)
	u.Host = w.toDB.address()
	w.env = append([]string{"PREFIX=faults", "BROKER=nats://" + w.toBroker.address(), "STORE=" + u.String(), "DIR=" + w.dir, "LISTEN=" + w.listen}, extra...)
	w.broker = spawn(t, "broker", w.env...)
	for range workers {
		w.workers = append(w.workers, spawn(t, "worker", w.env...))
	}
	w.st, err = postgres.Open(ctx, direct)
	must(t, err)
	o := quick()
	o.URL, o.Prefix = "nats://"+w.listen, "faults"
	w.x, err = Connect(ctx, o)
	must(t, err)
	t.Cleanup(func() {
		w.x.Close()
		w.st.Close()
	})
	return w
}

// feed hands everything in, in any order, some of it again, and some as bare
// copies that the broker does not know for such.
func (w *world) feed(rng *rand.Rand) {
	var all []story.Article
	for _, a := range w.m.articles {
		for range 1 + rng.IntN(2) {
			all = append(all, a)
		}
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	f := NewFeeder(w.x, w.st, sources.Default(), time.Now)
	for i, a := range all {
		time.Sleep(time.Duration(rng.IntN(80)) * time.Millisecond) // so that faults come between
		for {
			// What the store itself gives up on is handed in again, as whoever
			// submits would.
			if err := f.Submit(ctx, all[max(0, i-rng.IntN(4)):i+1]...); err == nil {
				break
			} else if ctx.Err() != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		if i%3 == 0 {
			_ = w.x.publish(ctx, w.x.n.articles(), "", ArticleTask{Articles: []Named{{ID: a.ID}, {ID: all[0].ID}}}, nil)
		}
	}
}

// Faults. Each does one harm and mends what cannot mend itself.

func (w *world) killWorker() {
	i := w.rng.IntN(len(w.workers))
	w.workers[i].kill()
	w.workers[i] = spawn(w.t, "worker", w.env...)
}

func (w *world) killBroker() {
	w.broker.kill()
	time.Sleep(time.Duration(w.rng.IntN(300)) * time.Millisecond)
	w.broker = spawn(w.t, "broker", w.env...)
}

// loseBroker takes the broker's disk away: what it held is gone.
func (w *world) loseBroker() {
	w.broker.kill()
	must(w.t, os.RemoveAll(filepath.Join(w.dir, "jetstream")))
	w.broker = spawn(w.t, "broker", w.env...)
}

func (w *world) killDatabase() {
	database.Kill()
	time.Sleep(time.Duration(w.rng.IntN(300)) * time.Millisecond)
	must(w.t, database.Run())
}

func (w *world) cutConnections() {
	w.toDB.cut()
	w.toBroker.cut()
}

func (w *world) delayConnections() {
	w.toDB.delay.Store(int64(5 * time.Millisecond))
	w.toBroker.delay.Store(int64(30 * time.Millisecond))
	time.Sleep(400 * time.Millisecond)
	w.toDB.delay.Store(0)
	w.toBroker.delay.Store(0)
}

// pauseWorker stops a worker for longer than its tasks are left to it, and lets
// it go on as if nothing had been: whatever it was about to write is old.
func (w *world) pauseWorker() {
	c := w.workers[w.rng.IntN(len(w.workers))]
	c.signal(syscall.SIGSTOP)
	time.Sleep(2500 * time.Millisecond)
	c.signal(syscall.SIGCONT)
}

// fillBroker gives the broker a disk that is full after 2 kB a file.
func (w *world) fillBroker() {
	w.broker.kill()
	w.broker, _ = begin(w.t, "broker", append(w.env, "LIMIT=fsize=2000")...)
	time.Sleep(time.Second)
	w.killBroker()
}

// starveWorker has a worker with too little memory, then one with too few handles.
func (w *world) starveWorker() {
	for _, l := range []string{"LIMIT=as=1300000000", "LIMIT=nofile=8"} {
		w.workers[0].kill()
		w.workers[0], _ = begin(w.t, "worker", append(w.env, l, "GOMEMLIMIT=50MiB")...)
		time.Sleep(time.Second)
	}
	w.workers[0].kill()
	w.workers[0] = spawn(w.t, "worker", w.env...)
}

// through feeds while faults are done one after another, waits until all is
// quiet, and compares.
func (w *world) through(want string, faults ...func()) {
	w.t.Helper()
	fed, order := make(chan struct{}), rand.New(rand.NewPCG(w.rng.Uint64(), 1))
	go func() {
		w.feed(order)
		close(fed)
	}()
	var open []int
	for _, f := range faults {
		time.Sleep(time.Duration(w.rng.IntN(250)) * time.Millisecond)
		if s, err := w.x.Status(ctx, w.st, time.Now()); err == nil {
			open = append(open, s.Streams[0].Waiting+s.Streams[0].InHand)
		}
		f()
	}
	w.t.Logf("tasks open when faults came: %v", open)
	<-fed
	settled(w.t, w.x, w.st, 2*time.Minute)
	if got := outcome(w.t, w.st); got != want {
		w.t.Error(firstDifference(want, got))
	}
	if s, err := w.x.SetAside(ctx); err != nil || len(s) > 0 {
		w.t.Errorf("set aside: %+v (%v)", s, err)
	}
}

func rounds() int {
	n, _ := strconv.Atoi(os.Getenv("REPORTEDLY_FAULTS"))
	return n
}

// Everything at once, once: the short form of the tests below.
func TestFaultsInShort(t *testing.T) {
	m := laid(t, 2)
	want := undisturbed(t, m)
	w := newWorld(t, m, uint64(time.Now().UnixNano()), 2, "CLOCK=jumps")
	w.through(want, w.killWorker, w.cutConnections, w.killBroker, w.delayConnections, w.killDatabase, w.loseBroker)
}

// Every kind of fault, as often as REPORTEDLY_FAULTS says.
func TestFaults(t *testing.T) {
	n := rounds()
	if n == 0 {
		t.Skip("REPORTEDLY_FAULTS=20 runs this twenty times")
	}
	m := laid(t, 3)
	want := undisturbed(t, m)
	kinds := []struct {
		name   string
		extra  []string
		faults func(w *world) []func()
	}{
		{"workers are killed", nil, func(w *world) []func() { return []func(){w.killWorker, w.killWorker, w.killWorker, w.killWorker} }},
		{"the broker is killed", nil, func(w *world) []func() { return []func(){w.killBroker, w.killBroker, w.killBroker} }},
		{"the broker's disk is lost", nil, func(w *world) []func() { return []func(){w.loseBroker, w.loseBroker} }},
		{"the database is killed", nil, func(w *world) []func() { return []func(){w.killDatabase, w.killDatabase, w.killDatabase} }},
		{"connections are cut and delayed", nil, func(w *world) []func() {
			return []func(){w.cutConnections, w.delayConnections, w.cutConnections, w.delayConnections, w.cutConnections}
		}},
		{"workers sleep past their time", nil, func(w *world) []func() { return []func(){w.pauseWorker, w.pauseWorker} }},
		{"the broker's disk is full", nil, func(w *world) []func() { return []func(){w.fillBroker} }},
		{"workers run out of memory and handles", nil, func(w *world) []func() { return []func(){w.starveWorker} }},
		{"clocks jump", []string{"CLOCK=jumps"}, func(w *world) []func() { return []func(){w.killWorker} }},
		{"anything at random", []string{"CLOCK=jumps"}, func(w *world) []func() {
			all := []func(){w.killWorker, w.killBroker, w.loseBroker, w.killDatabase, w.cutConnections, w.delayConnections, w.pauseWorker}
			var out []func()
			for range 8 {
				out = append(out, all[w.rng.IntN(len(all))])
			}
			return out
		}},
	}
	passed := map[string]int{}
	for round := range n {
		for _, k := range kinds {
			ok := t.Run(fmt.Sprintf("%s/%d", k.name, round+1), func(t *testing.T) {
				w := newWorld(t, m, uint64(round)*1000+uint64(len(k.name)), 2, k.extra...)
				w.through(want, k.faults(w)...)
			})
			if ok {
				passed[k.name]++
			}
		}
	}
	for _, k := range kinds {
		t.Logf("%-40s %d of %d", k.name, passed[k.name], n)
	}
}

// A store on a full disk: nothing is lost, and it goes on where there is room.
func TestFullDiskOfTheStore(t *testing.T) {
	m := laid(t, 2)
	want := undisturbed(t, m)
	for range max(rounds(), 1) {
		dir := t.TempDir()
		place := filepath.Join(dir, "store.db")
		st, err := sqlite.Open(ctx, place)
		must(t, err)
		must(t, importLists(ctx, st, m.lists))
		o := quick()
		listen := freePort(t)
		env := []string{"PREFIX=full", "STORE=" + place, "DIR=" + filepath.Join(dir, "broker"), "LISTEN=" + listen}
		info, err := os.Stat(place)
		must(t, err)
		c := spawn(t, "alone", append(env, fmt.Sprintf("LIMIT=fsize=%d", info.Size()+60_000))...)
		o.URL, o.Prefix = "nats://"+listen, "full"
		x, err := Connect(ctx, o)
		must(t, err)
		f := &office{st: st, x: x}
		f.submit(t, m.articles)
		time.Sleep(1500 * time.Millisecond)
		if idle(ctx, x, st) {
			t.Error("a full disk did not stop the work")
		}
		c.kill()
		c = spawn(t, "alone", env...)
		settled(t, x, st, time.Minute)
		if got := outcome(t, st); got != want {
			t.Error(firstDifference(want, got))
		}
		x.Close()
		st.Close()
		c.kill()
	}
}

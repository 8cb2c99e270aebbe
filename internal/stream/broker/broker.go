package broker

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// Options of a broker.
type Options struct {
	// Dir keeps the streams; it is made for the owner only.
	Dir string
	// Listen is host:port where others may join, "" = nobody but this process.
	Listen string
	// User and Password are asked of those who join; beyond this machine there
	// must be some.
	User, Password string
	// TLSCert and TLSKey are PEM files; with them the port speaks TLS only.
	TLSCert, TLSKey string
	// MaxBytes bounds what streams may hold on the disk, 0 = a GB.
	MaxBytes int64
}

// Server is a running broker.
type Server struct {
	s *server.Server
	o Options
}

const (
	defaultMaxBytes = 1 << 30
	startTime       = 30 * time.Second
)

// Password gives the words that clients on this machine join a broker with
// whose folder is dir: a file that only its owner can read, made by the first
// who asks if make is set; "" where there is none.
func Password(dir string, create bool) (string, error) {
	file := filepath.Join(dir, "password")
	b, err := os.ReadFile(file)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return strings.TrimSpace(string(b)), err
	}
	if !create {
		return "", nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("broker: %w", err)
	}
	secret := make([]byte, 24)
	rand.Read(secret) // never fails
	text := hex.EncodeToString(secret)
	if err := os.WriteFile(file, []byte(text+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("broker: %w", err)
	}
	return text, nil
}

// User is the name that goes with Password.
const User = "reportedly"

// ErrOpen is returned for a broker that anybody on the network could use.
var ErrOpen = errors.New("broker: beyond this machine it listens only with a password")

// Start starts a broker.
func Start(o Options) (*Server, error) {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = defaultMaxBytes
	}
	opts := &server.Options{ServerName: "reportedly", JetStream: true, StoreDir: o.Dir, SyncAlways: true, JetStreamMaxStore: o.MaxBytes, JetStreamMaxMemory: 64 << 20,
		DontListen: o.Listen == "", NoSigs: true, NoLog: true, Username: o.User, Password: o.Password, MaxPayload: 1 << 20}
	if o.Listen != "" {
		if err := o.listen(opts); err != nil {
			return nil, err
		}
	}
	s, err := server.NewServer(opts)
	if err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	s.Start()
	if !s.ReadyForConnections(startTime) || !s.JetStreamEnabled() {
		s.Shutdown()
		return nil, fmt.Errorf("broker: it does not start with folder %s and address %q (in use? disk full?)", o.Dir, o.Listen)
	}
	return &Server{s, o}, nil
}

func (o Options) listen(opts *server.Options) error {
	host, port, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return fmt.Errorf("broker: %q is no host:port: %w", o.Listen, err)
	}
	ip := net.ParseIP(host)
	if !(host == "localhost" || ip != nil && ip.IsLoopback()) && o.Password == "" {
		return ErrOpen
	}
	opts.Host = host
	if opts.Port, err = strconv.Atoi(port); err != nil || opts.Port < 0 || opts.Port > 65535 {
		return fmt.Errorf("broker: %q is no port", port)
	}
	if opts.Port == 0 {
		opts.Port = server.RANDOM_PORT
	}
	if o.TLSCert == "" {
		return nil
	}
	opts.TLSConfig, err = server.GenTLSConfig(&server.TLSConfigOpts{CertFile: o.TLSCert, KeyFile: o.TLSKey})
	if err != nil {
		return fmt.Errorf("broker: certificate: %w", err)
	}
	opts.TLSTimeout = 5
	return nil
}

// Via connects a client in this process.
func (b *Server) Via() []nats.Option {
	out := []nats.Option{nats.InProcessServer(b.s)}
	if b.o.Password != "" {
		out = append(out, nats.UserInfo(b.o.User, b.o.Password))
	}
	return out
}

// URL is the address where others join, "" where nobody can.
func (b *Server) URL() string {
	a, ok := b.s.Addr().(*net.TCPAddr)
	if !ok || a == nil {
		return ""
	}
	return "nats://" + a.String()
}

// Stop ends the broker and waits until its files are closed.
func (b *Server) Stop() {
	b.s.Shutdown()
	b.s.WaitForShutdown()
}

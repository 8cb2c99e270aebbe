//go:build linux

package postgrestest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the database/sql driver "pgx"
)

// Server is a running server that belongs to the test.
type Server struct {
	dir     string
	port    int
	bin     string
	cred    *syscall.Credential
	process *exec.Cmd
	names   atomic.Int64
}

// Start makes and starts a server. Where that cannot be, it gives nil and why.
func Start() (*Server, string) {
	bin, err := programs()
	if err != nil {
		return nil, err.Error()
	}
	dir, err := os.MkdirTemp("", "reportedly-pg-")
	if err != nil {
		return nil, err.Error()
	}
	s := &Server{dir: dir, bin: bin}
	if err := s.init(); err != nil {
		os.RemoveAll(dir)
		return nil, err.Error()
	}
	if err := s.Run(); err != nil {
		s.Stop()
		return nil, err.Error()
	}
	return s, ""
}

// programs finds the folder that holds initdb and postgres, the newest first.
func programs() (string, error) {
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin"} {
		dirs, _ := filepath.Glob(pattern)
		for i := len(dirs) - 1; i >= 0; i-- {
			if _, err := os.Stat(filepath.Join(dirs[i], "initdb")); err == nil {
				return dirs[i], nil
			}
		}
	}
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p), nil
	}
	return "", errors.New("no PostgreSQL server on this machine (package postgresql of Debian has one)")
}

// init makes the data folder. PostgreSQL refuses to run as root, so root runs
// it as the user "postgres" or, where there is none, "nobody".
func (s *Server) init() error {
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			u, err = user.Lookup("nobody")
		}
		if err != nil {
			return fmt.Errorf("PostgreSQL does not run as root, and there is no other user: %w", err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.cred = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(s.dir, uid, gid); err != nil {
			return err
		}
	}
	cmd := s.command("initdb", "-D", filepath.Join(s.dir, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
	if b, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(b))
	}
	return nil
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.cred, Pdeathsig: syscall.SIGKILL}
	return cmd
}

// Run starts the server on its data, as after Kill, and waits until it answers.
// The port stays the same over restarts.
func (s *Server) Run() error {
	if s.port == 0 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		s.port = l.Addr().(*net.TCPAddr).Port
		l.Close()
	}
	cmd := s.command("postgres", "-D", filepath.Join(s.dir, "data"), "-p", strconv.Itoa(s.port), "-h", "127.0.0.1", "-k", s.dir,
		"-c", "fsync=off", "-c", "max_connections=60", "-c", "shared_buffers=32MB")
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	s.process = cmd
	for deadline := time.Now().Add(30 * time.Second); ; {
		err := s.exec("SELECT 1")
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			s.Kill()
			return fmt.Errorf("postgres does not answer: %w: %s", err, log.String())
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Kill ends the server at once, as a crash would.
func (s *Server) Kill() {
	if s.process == nil {
		return
	}
	// The children of a postmaster that dies leave on their own; SIGQUIT is the
	// server's own "immediate shutdown", with recovery at the next start.
	s.process.Process.Signal(syscall.SIGQUIT)
	s.process.Wait()
	s.process = nil
}

// Stop ends the server and removes its data.
func (s *Server) Stop() {
	s.Kill()
	os.RemoveAll(s.dir)
}

// Address of a database on the server.
func (s *Server) Address(name string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, name)
}

// Database makes a new empty database and gives its address.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("t%d", s.names.Add(1))
	if err := s.exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	return s.Address(name)
}

// Clone makes a new database that holds what the one called pattern holds;
// nobody may be connected to that. It is much quicker than filling it again.
func (s *Server) Clone(t testing.TB, pattern string) string {
	t.Helper()
	name := fmt.Sprintf("t%d", s.names.Add(1))
	if err := s.exec("CREATE DATABASE " + name + " TEMPLATE " + pattern); err != nil {
		t.Fatal(err)
	}
	return s.Address(name)
}

func (s *Server) exec(query string) error {
	db, err := sql.Open("pgx", s.Address("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	_, err = db.ExecContext(ctx, query)
	return err
}

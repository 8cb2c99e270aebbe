package broker

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
)

// Nobody beyond this machine joins without a password, and nobody at all with
// a wrong one.
func TestBrokerAsksForAPassword(t *testing.T) {
	if _, err := Start(Options{Dir: t.TempDir(), Listen: "0.0.0.0:0"}); !errors.Is(err, ErrOpen) {
		t.Errorf("an open broker on all addresses: %v", err)
	}
	dir := t.TempDir()
	word, err := Password(dir, true)
	if err != nil || len(word) < 32 {
		t.Fatalf("password %q: %v", word, err)
	}
	if again, err := Password(dir, true); again != word || err != nil {
		t.Errorf("another password the second time (%v)", err)
	}
	if info, err := os.Stat(filepath.Join(dir, "password")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the password can be read by others: %v (%v)", info, err)
	}
	b, err := Start(Options{Dir: dir, Listen: "127.0.0.1:0", User: User, Password: word})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Stop()
	for _, c := range []struct {
		word string
		want error
	}{{"", nats.ErrAuthorization}, {"wrong", nats.ErrAuthorization}, {word, nil}} {
		nc, err := nats.Connect(b.URL(), nats.UserInfo(User, c.word), nats.Timeout(5*time.Second))
		if !errors.Is(err, c.want) {
			t.Errorf("with %q: %v", c.word, err)
		}
		if nc != nil {
			nc.Close()
		}
	}
}

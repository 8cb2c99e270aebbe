package audit

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Key signs heads and checks their signatures.
type Key struct {
	Signer   note.Signer
	Verifier note.Verifier
	Public   string // the verifier as text, to be given to who checks elsewhere
}

const keyName = "reportedly-audit"

// OpenKey reads the key of an installation, or makes one in a file that only
// its owner may read. The file holds the private key on its first line and the
// public one on its second.
func OpenKey(path string) (Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = makeKey(path)
	}
	if err != nil {
		return Key{}, fmt.Errorf("audit key: %w", err)
	}
	private, public, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	k := Key{Public: strings.TrimSpace(public)}
	if k.Signer, err = note.NewSigner(private); err == nil {
		k.Verifier, err = note.NewVerifier(k.Public)
	}
	if err != nil {
		return Key{}, fmt.Errorf("audit key %s: %w", path, err)
	}
	return k, nil
}

// makeKey writes a new key whole or not at all; of two processes that make it
// at once, the first wins and both use its key.
func makeKey(path string) ([]byte, error) {
	private, public, err := note.GenerateKey(rand.Reader, keyName)
	if err != nil {
		return nil, err
	}
	text := []byte(private + "\n" + public + "\n")
	tmp, err := os.CreateTemp(filepath.Dir(path), ".audit-key-*") // mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(text)
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Link(tmp.Name(), path)
	}
	if errors.Is(err, fs.ErrExist) {
		return os.ReadFile(path)
	}
	return text, err
}

// Verifier reads a public key as OpenKey writes it.
func Verifier(public string) (note.Verifier, error) {
	v, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return nil, fmt.Errorf("audit key: %w", err)
	}
	return v, nil
}

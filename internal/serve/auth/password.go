package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Cost of hashing a password with argon2id.
type Cost struct {
	Time, MemoryKB uint32
	Threads        uint8
}

// DefaultCost is the second recommended option of RFC 9106, section 4.
var DefaultCost = Cost{Time: 3, MemoryKB: 64 << 10, Threads: 4}

// ErrWeak is returned for a password that is too easily guessed; the error
// says why.
var ErrWeak = errors.New("that password is too weak")

// Limits of a password, in characters and bytes (NIST SP 800-63B, 5.1.1.2: at
// least 8; we ask for 12 where there is no second factor).
const (
	minPassword = 12
	maxPassword = 256
)

func checkPassword(password, login string) error {
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return fmt.Errorf("%w: it needs %d characters or more", ErrWeak, minPassword)
	case len(password) > maxPassword:
		return fmt.Errorf("%w: it may have %d bytes at most", ErrWeak, maxPassword)
	case strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return fmt.Errorf("%w: it holds the sign-in name", ErrWeak)
	case distinct(password) < 5:
		return fmt.Errorf("%w: it repeats the same few characters", ErrWeak)
	}
	return nil
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// hashPassword gives the PHC form "$argon2id$v=19$m=..,t=..,p=..$salt$hash".
func hashPassword(password string, c Cost) string {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails
	sum := argon2.IDKey([]byte(password), salt, c.Time, c.MemoryKB, c.Threads, 32)
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.MemoryKB, c.Time, c.Threads, b.EncodeToString(salt), b.EncodeToString(sum))
}

// parsePassword reads the PHC form; costs beyond reason are refused, since
// they would let a changed row stop the service.
func parsePassword(phc string) (c Cost, salt, sum []byte, err error) {
	var version int
	f := strings.Split(phc, "$")
	if len(f) != 6 || f[1] != "argon2id" {
		return c, nil, nil, errors.New("auth: stored password has no known form")
	}
	if _, err = fmt.Sscanf(f[2], "v=%d", &version); err == nil {
		_, err = fmt.Sscanf(f[3], "m=%d,t=%d,p=%d", &c.MemoryKB, &c.Time, &c.Threads)
	}
	if err == nil && (version != argon2.Version || c.MemoryKB > 1<<20 || c.Time > 100 || c.Time < 1 || c.Threads < 1) {
		err = errors.New("cost out of range")
	}
	if err == nil {
		salt, err = base64.RawStdEncoding.DecodeString(f[4])
	}
	if err == nil {
		sum, err = base64.RawStdEncoding.DecodeString(f[5])
	}
	if err == nil && len(sum) < 16 {
		err = errors.New("hash too short")
	}
	if err != nil {
		return c, nil, nil, fmt.Errorf("auth: stored password: %w", err)
	}
	return c, salt, sum, nil
}

// matches compares in constant time.
func matches(password, phc string) (bool, Cost, error) {
	c, salt, sum, err := parsePassword(phc)
	if err != nil {
		return false, c, err
	}
	got := argon2.IDKey([]byte(password), salt, c.Time, c.MemoryKB, c.Threads, uint32(len(sum)))
	return subtle.ConstantTimeCompare(got, sum) == 1, c, nil
}

package mentions

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
)

const filedText = "Gen. Qassem Velayati and Arkady Zhukovin met on the tanker Morning Gull, IMO 9000001. HZF left. Ri Chol-ryong waved at 徐耀林."

func filed(t testing.TB) ([]byte, *Index) {
	t.Helper()
	ix := New(parties())
	var b bytes.Buffer
	if n, err := ix.WriteTo(&b); err != nil || n != int64(b.Len()) {
		t.Fatal(n, err)
	}
	return b.Bytes(), ix
}

// An index opened from its bytes answers as the one that was built.
func TestOpen(t *testing.T) {
	file, ix := filed(t)
	again, err := Open(parties(), file)
	if err != nil {
		t.Fatal(err)
	}
	got, want := fmt.Sprintf("%+v", find(again, filedText, "en")), fmt.Sprintf("%+v", find(ix, filedText, "en"))
	if got != want {
		t.Errorf("opened\n%s\nbuilt\n%s", got, want)
	}
	var b bytes.Buffer
	again.WriteTo(&b)
	if !bytes.Equal(b.Bytes(), file) {
		t.Error("written again, the bytes differ")
	}
}

func TestOpenRefuses(t *testing.T) {
	file, _ := filed(t)
	if _, err := Open(parties()[1:], file); !errors.Is(err, ErrStale) {
		t.Errorf("other parties: %v", err)
	}
	if _, err := Open(parties(), []byte("something else")); !errors.Is(err, ErrStale) {
		t.Errorf("another file: %v", err)
	}
	for _, at := range []int{len(fileHead) + 3, len(file) / 2, len(file) - 2} {
		bad := bytes.Clone(file)
		bad[at] ^= 1
		if _, err := Open(parties(), bad); err == nil {
			t.Errorf("byte %d changed: no error", at)
		}
		if _, err := Open(parties(), file[:at]); err == nil {
			t.Errorf("cut at %d: no error", at)
		}
	}
}

func FuzzOpen(f *testing.F) {
	file, _ := filed(f)
	f.Add(file)
	f.Fuzz(func(t *testing.T, b []byte) {
		if ix, err := Open(parties(), b); err == nil {
			find(ix, filedText, "en")
		}
	})
}

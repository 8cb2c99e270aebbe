package echoes

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
)

type shelf map[string][]byte

func (s shelf) PutPrint(id string, b []byte) error { s[id] = b; return nil }

func (s shelf) Print(id string) ([]byte, error) {
	if b, ok := s[id]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("no print")
}

func TestCodec(t *testing.T) {
	for _, a := range append(fixtures(), at("x", "", 1, "ar", "", "قال مصدر في المرفأ إن السفينة «بلو سوريل» وصلت ومعها ٤٢٠٠ طن")) {
		p := newPrint(a, newMemory())
		q, err := decode(p.encode())
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.rare { // kept to a sixty-fourth of a bit
			if d := p.rare[i].bits - q.rare[i].bits; d > 0.01 || d < -0.01 {
				t.Errorf("%s: bits %v became %v", a.ID, p.rare[i].bits, q.rare[i].bits)
			}
			p.rare[i].bits = q.rare[i].bits
		}
		if !reflect.DeepEqual(p, q) {
			t.Errorf("%s:\n%+v\nbecame\n%+v", a.ID, p, q)
		}
	}
}

// An index that keeps its prints elsewhere, and one that is restored from
// them, find what one in memory finds.
func TestShelf(t *testing.T) {
	all := fixtures()
	found := func(x *Index, upTo int) string {
		var out []Tie
		for i, a := range all {
			es, err := x.Add(a)
			if err != nil {
				t.Fatal(err)
			}
			if i >= upTo {
				out = append(out, es...)
			}
		}
		j, err := json.Marshal(out)
		if err != nil {
			t.Fatal(err)
		}
		return string(j)
	}
	half := len(all) / 2
	want := found(NewIndex(Options{}), half)
	s := shelf{}
	if got := found(NewIndex(Options{Shelf: s, Forget: true}), half); got != want {
		t.Errorf("with a shelf:\n%s\nwithout:\n%s", got, want)
	}
	x := NewIndex(Options{Shelf: s})
	for _, a := range all[:half] {
		if err := x.Restore(s[a.ID]); err != nil {
			t.Fatal(err)
		}
	}
	if got := found(x, half); got != want {
		t.Errorf("restored:\n%s\nwant:\n%s", got, want)
	}
	if err := x.Restore([]byte{99}); err == nil {
		t.Error("foreign bytes were taken for a print")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(newPrint(fixtures()[0], newMemory()).encode())
	f.Add([]byte{PrintVersion, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := decode(b); err == nil {
			if q, err := decode(p.encode()); err != nil || q.id != p.id {
				t.Fatal("what was read cannot be written again")
			}
		}
	})
}

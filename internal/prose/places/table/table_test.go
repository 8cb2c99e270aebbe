package table

import (
	"testing"

	"github.com/klauspost/compress/zstd"
)

func sample(t testing.TB) []byte {
	t.Helper()
	w := NewWriter()
	w.Add(Place{ID: 1, Name: "São Xis", Country: "XX", Admin1: "ESYE31", Kind: 4, Flags: 2, Lat: -12.34567, Lon: 179.99999, Population: 5}, []string{"São Xis"}, []string{"Xis"})
	w.Add(Place{ID: 2, Name: "Xis", Country: "YY", Kind: 4, Population: 9}, []string{"Xis", "Xis Nova"}, nil)
	raw, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestRoundTrip(t *testing.T) {
	tab, err := Open(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	if tab.Len() != 2 || tab.Names() != 3 {
		t.Fatalf("%d places, %d names", tab.Len(), tab.Names())
	}
	found, longer := tab.Find([]byte("xis"), nil)
	if len(found) != 2 || found[0].Index != 1 || found[0].Alt || !found[1].Alt || !longer {
		t.Errorf("xis: %+v longer %v; the larger place comes first", found, longer)
	}
	p := tab.Place(0)
	if p.Name != "São Xis" || p.Admin1 != "ESYE31" || p.Country != "XX" || p.Flags != 2 || p.Lat != -12.34567 || p.Lon != 179.99999 {
		t.Errorf("place 0: %+v", p)
	}
	if found, longer := tab.Find([]byte("xi"), nil); len(found) != 0 || longer {
		t.Errorf("xi: %v %v", found, longer)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Deir ez-Zor": "deir ez zor", "U.S.": "us", "Côte d’Ivoire": "cote divoire", "Łódź": "lodz", "  A  B ": "a b",
		"Ḩamāh": "hamah", "أفغانستان": "افغانستان", "Королёв": "королев", "": "", "東京": "東京",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzParse: no image, however damaged, may make Open or a look-up panic.
func FuzzParse(f *testing.F) {
	dec, err := zstd.NewReader(nil)
	if err != nil {
		f.Fatal(err)
	}
	raw, err := dec.DecodeAll(sample(f), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw, "xis")
	f.Fuzz(func(t *testing.T, raw []byte, key string) {
		tab, err := parse(raw)
		if err != nil {
			return
		}
		found, _ := tab.Find([]byte(key), nil)
		for _, p := range found {
			tab.Place(p.Index)
		}
	})
}

package screening

import (
	"math"
	"sync"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
)

// Index holds parties ready to be found by name. It is immutable and safe for
// use by many goroutines at once.
type Index struct {
	parties  []party.Party
	names    []listed
	byKey    map[string][]int32 // key -> listed names that hold it
	byNumber map[string][]int32 // IMO, document, wallet numbers -> parties
	byID     map[string]int32
	scratch  sync.Pool
}

// listed is one name of one party.
type listed struct {
	party int32
	kind  party.NameKind
	weak  bool
	// doubled: without vowels, of a party that is listed with vowels too. A
	// query with vowels is compared with those alone.
	doubled bool
	name    names.Name
}

// New builds the index. Parties without a readable name can still be found by
// number.
func New(parties []party.Party) *Index {
	ix := &Index{
		parties:  parties,
		byKey:    map[string][]int32{},
		byNumber: map[string][]int32{},
		byID:     map[string]int32{},
	}
	for i := range parties {
		ix.add(int32(i), &parties[i])
	}
	n := len(ix.names)
	ix.scratch.New = func() any { return &scratch{weight: make([]float32, n)} }
	return ix
}

// Len is the number of parties.
func (ix *Index) Len() int { return len(ix.parties) }

// Party returns the party with the ID.
func (ix *Index) Party(id string) (party.Party, bool) {
	i, ok := ix.byID[id]
	if !ok {
		return party.Party{}, false
	}
	return ix.parties[i], true
}

func (ix *Index) add(i int32, p *party.Party) {
	ix.byID[p.ID] = i
	seen := map[string]bool{}
	for _, n := range p.Names {
		for _, schema := range readAs(p.Schema) {
			parsed := names.Parse(n.Text, schema)
			if parsed.Empty() || seen[string(schema)+n.Text] {
				continue
			}
			seen[string(schema)+n.Text] = true
			id := int32(len(ix.names))
			ix.names = append(ix.names, listed{i, n.Kind, n.Quality == party.Weak, consonantal(parsed) && voiced(p), parsed})
			for k := range keysOf(parsed) {
				ix.byKey[k] = append(ix.byKey[k], id)
			}
		}
	}
	for _, number := range numbersOf(p) {
		if k := numberKey(number); k != "" {
			ix.byNumber[k] = append(ix.byNumber[k], i)
		}
	}
}

// voiced reports a name in a script with vowels.
func voiced(p *party.Party) bool {
	for _, n := range p.Names {
		if parsed := names.Parse(n.Text, p.Schema); !parsed.Empty() && !consonantal(parsed) {
			return true
		}
	}
	return false
}

// readAs is the types as which a name is compared: a party that may be a
// person or a body is read as what its name looks like.
func readAs(s party.Schema) []party.Schema {
	if s == "" {
		s = party.LegalEntity
	}
	return []party.Schema{s}
}

// keysOf gives the keys under which a name stands: one a word with its other
// readings, the pairs of neighbours joined, and each longer key with one
// consonant left out, marked "~".
func keysOf(n names.Name) map[string]struct{} {
	out := map[string]struct{}{}
	add := func(k string) {
		if k == "" {
			return
		}
		out[k] = struct{}{}
		for _, d := range deletions(k) {
			out[d] = struct{}{}
		}
	}
	for i, w := range n.Words {
		if w.Kind == names.Particle && len(n.Words) > 1 {
			continue
		}
		add(w.Key)
		if w.Kept != "" {
			add(w.Kept)
		}
		if !w.Consonants {
			for _, k := range sound.Alternatives(w.Text) {
				add(k)
			}
		}
		if i+1 < len(n.Words) && len(n.Words) < 8 {
			out[sound.Key(w.Text+n.Words[i+1].Text)] = struct{}{}
		}
	}
	return out
}

// deletions of a key: two keys that differ in one consonant share one.
func deletions(k string) []string {
	if len(k) < 3 || len(k) > 12 || k[0] == '=' {
		return nil
	}
	out := make([]string, 0, len(k)+1)
	out = append(out, "~"+k)
	for i := range len(k) {
		out = append(out, "~"+k[:i]+k[i+1:])
	}
	return out
}

// weightOf a key: the fewer names hold it, the more it says.
func (ix *Index) weightOf(postings int) float32 {
	return float32(math.Log(1 + float64(len(ix.names))/float64(postings+1)))
}

func numbersOf(p *party.Party) []string {
	var out []string
	for _, d := range p.Documents {
		out = append(out, d.Number)
	}
	for _, w := range p.Wallets {
		out = append(out, w.Address)
	}
	if p.Vessel != nil {
		out = append(out, p.Vessel.IMO, p.Vessel.MMSI, p.Vessel.CallSign)
	}
	if p.Aircraft != nil {
		out = append(out, p.Aircraft.Tail, p.Aircraft.Serial)
	}
	return out
}

// numberKey keeps letters and digits, lower case; shorter than five it
// identifies nobody.
func numberKey(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b = append(b, c)
		}
	}
	if len(b) < 5 {
		return ""
	}
	return string(b)
}

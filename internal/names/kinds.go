package names

import (
	_ "embed" // kinds.tsv
	"strings"
	"sync"
)

// Kind is the part a word plays in a name.
type Kind uint8

// Kinds of words.
const (
	Plain    Kind = iota
	Particle      // al, bin, de, von
	Title         // Dr, General, Mullah
	Suffix        // Jr, III
	Prefix        // MV, before the name of a ship
	Initial       // one letter
	Number
	Form       // legal form
	Patronymic // -ovich, -ovna
)

//go:embed kinds.tsv
var kindFile string

var kindNames = map[string]Kind{"particle": Particle, "title": Title, "suffix": Suffix, "prefix": Prefix}

var kinds = sync.OnceValue(func() map[string]Kind {
	out := map[string]Kind{}
	for l := range strings.Lines(kindFile) {
		w, k, ok := strings.Cut(strings.TrimSpace(l), "\t")
		if kind, known := kindNames[k]; ok && known && !strings.HasPrefix(l, "#") {
			if _, twice := out[w]; !twice {
				out[w] = kind
			}
		}
	}
	return out
})

// KindOf tells the part that a word in Latin letters usually plays.
func KindOf(w string) Kind {
	if k, ok := kinds()[w]; ok {
		return k
	}
	switch {
	case w != "" && strings.Trim(w, "0123456789") == "":
		return Number
	case len(w) == 1:
		return Initial
	case patronymic(w):
		return Patronymic
	}
	return Plain
}

var patronymicEnds = []string{"ovich", "evich", "yevich", "ovitch", "evitch", "ovic", "evic", "ovych", "evych", "avich", "ovna", "evna", "yevna", "ivna", "avna", "ovyc", "owicz"}

func patronymic(w string) bool {
	if len(w) < 7 {
		return false
	}
	for _, e := range patronymicEnds {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

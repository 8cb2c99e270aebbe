package names

import (
	"bufio"
	"bytes"
	_ "embed" // the counts
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/names/sound"
)

//go:embed persons.tsv.zst
var personFile []byte

//go:embed words.tsv.zst
var wordFile []byte

//go:embed world.tsv.zst
var worldFile []byte

func readCounts(packed []byte) map[string]int32 {
	out := map[string]int32{}
	dec, err := zstd.NewReader(nil)
	if err != nil {
		return out
	}
	defer dec.Close()
	text, err := dec.DecodeAll(packed, nil)
	if err != nil {
		return out
	}
	s := bufio.NewScanner(bytes.NewReader(text))
	for s.Scan() {
		w, c, ok := strings.Cut(s.Text(), "\t")
		n, err := strconv.Atoi(c)
		if ok && err == nil {
			out[w] = int32(n)
		}
	}
	return out
}

var (
	personCounts = sync.OnceValue(func() map[string]int32 { return readCounts(personFile) })
	wordCounts   = sync.OnceValue(func() map[string]int32 { return readCounts(wordFile) })
	worldCounts  = sync.OnceValue(func() map[string]int32 { return readCounts(worldFile) })
)

// Bearers is how many persons of a large public register bear a word in their
// name, 0 if none or one.
func Bearers(w string) int { return int(personCounts()[w]) }

// Ordinary is how often a word stands in about 0.5 million words of English as
// anything but a name.
func Ordinary(w string) int { return int(wordCounts()[w]) }

// Worldwide is how many would bear a word, in any of its spellings, had all
// peoples the share of persons.tsv that they have among listed persons; 0 if it
// is no common name anywhere (data/namecounts).
func Worldwide(w string) int { return int(worldCounts()[w]) }

// Spellings are the words of variants.tsv that spell the same given name, w
// among them; none for other words.
func Spellings(w string) []string { return spellings()[variants()[w]] }

var spellings = sync.OnceValue(func() map[int][]string {
	out := map[int][]string{}
	for w, row := range variants() {
		out[row] = append(out[row], w)
	}
	delete(out, 0)
	return out
})

// rarity of a word in names of persons, about 0.45 (John) to 1.1 (never seen).
func rarity(w string) float64 { return rare(Bearers(w)) }

func rare(n int) float64 { return 1.1 - 0.17*math.Log10(1+float64(n)) }

// nameRarity is rarity of the name that a word spells. All spellings of a given name count together, and a compound is as common as
// what it is made of: Mamadou and Mohd are as common as Muhammad, Abdrahman as
// Rahman.
func nameRarity(w string) float64 {
	n := max(spelt(w), Worldwide(w))
	if stem := Stem(w); stem != w {
		n = max(n, spelt(stem), Worldwide(stem))
	}
	return rare(n)
}

// spelt is how many bear a word in any of its spellings.
func spelt(w string) int {
	n := Bearers(w)
	if row := variants()[w]; row != 0 {
		n = max(n, rowBearers()[row])
	}
	return n
}

// consonantRarity is nameRarity of a word without vowels: that of the most
// common given name with these consonants.
func consonantRarity(w *Word) float64 {
	return rare(max(frameBearers()[w.Key], frameBearers()[w.Kept]))
}

// frameBearers is how many bear the given names of one consonant frame.
var frameBearers = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for w, row := range variants() {
		k := sound.Key(w)
		out[k] = max(out[k], rowBearers()[row])
	}
	return out
})

// rowBearers is how many bear any of the spellings of a row of variants.tsv.
var rowBearers = sync.OnceValue(func() []int {
	out := []int{0}
	for w, row := range variants() {
		for len(out) <= row {
			out = append(out, 0)
		}
		out[row] += Bearers(w)
	}
	return out
})

// distinction of a word in names of organisations: ordinary words say little,
// words of no dictionary much.
func distinction(w string) float64 {
	n := Ordinary(w)
	if n == 0 && Bearers(w) > 50 {
		return 0.9
	}
	return max(0.45, 1.1-0.17*math.Log10(1+float64(n)))
}

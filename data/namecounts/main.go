// Command namecounts counts how often words are names of persons and how often
// they are ordinary English words. See README.md for sources and licences.
package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/translit"
	"github.com/reportedly/reportedly/internal/party"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with the source data")
	out := flag.String("o", "internal/names", "folder to write to")
	flag.Parse()
	persons, err := countPersons(*shared)
	if err != nil {
		log.Fatal(err)
	}
	words, err := countWords(*shared)
	if err != nil {
		log.Fatal(err)
	}
	world, err := countWorld(*shared)
	if err != nil {
		log.Fatal(err)
	}
	for name, counts := range map[string]map[string]int{"persons": persons, "words": words, "world": world} {
		if err := write(filepath.Join(*out, name+".tsv.zst"), counts); err != nil {
			log.Fatal(err)
		}
	}
}

func lines(path string, each func(string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		each(s.Text())
	}
	return s.Err()
}

func countPersons(shared string) (map[string]int, error) {
	counts := map[string]int{}
	for _, lang := range []string{"arabic", "chinese", "hebrew", "japanese", "katakana", "korean", "russian"} {
		per := map[string]int{}
		err := lines(filepath.Join(shared, "data/names/translit/en_"+lang+"_tokens.tsv.gz"), func(l string) {
			f := strings.Split(l, "\t")
			if len(f) < 3 {
				return
			}
			n, _ := strconv.Atoi(strings.TrimSpace(f[2]))
			if w := translit.Latin(f[0]); w != "" && !strings.Contains(w, " ") {
				per[w] += n
			}
		})
		if err != nil {
			return nil, err
		}
		for w, n := range per {
			counts[w] = max(counts[w], n)
		}
	}
	for w, n := range counts {
		if n < 2 {
			delete(counts, w)
		}
	}
	atLeast := func(w string) {
		if w = translit.Latin(w); w != "" && !strings.Contains(w, " ") {
			counts[w] = max(counts[w], 5)
		}
	}
	if err := lines(filepath.Join(shared, "data/names/ordinary/first_names_all.txt"), atLeast); err != nil {
		return nil, err
	}
	return counts, commonNames(shared, atLeast)
}

// commonNames calls each with the names that are the most common of a country.
func commonNames(shared string, each func(string)) error {
	for _, name := range []string{"common-forenames-by-country.csv", "common-surnames-by-country.csv"} {
		f, err := os.Open(filepath.Join(shared, "data/names/ordinary", name))
		if err != nil {
			return err
		}
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		col := -1
		for i, h := range rows[0] {
			if h == "Romanized Name" {
				col = i
			}
		}
		for _, row := range rows[1:] {
			if col >= 0 && col < len(row) {
				each(row[col])
			}
		}
	}
	return nil
}

// lists of which the bearers of a word are counted. The UN's is left out, for
// screening is measured on it.
var listFiles = []string{"us_ofac/sdn_2024-05-03.csv.gz", "eu/eu_fsf_simplified_2025-04-16.json.gz", "uk/ofsi_conlist_2018-04-13.csv.gz"}

const (
	// commonFloor is the count of a name that is among the most common of a country.
	commonFloor = 200
	// listedScale times the number of listed bearers over those of one family, to
	// the power of 1.5, is what they stand for on the scale of persons.tsv.zst: a
	// few may be relatives and say nothing, hundreds show that whole peoples bear
	// the name.
	listedScale  = 4
	listedFamily = 8
)

// countWorld counts how many bear a word, and its other spellings, among all
// peoples alike. Wikidata's persons are mostly western, so that the common names
// of those who are listed look rare among them.
func countWorld(shared string) (map[string]int, error) {
	out, err := countListed(shared)
	if err != nil {
		return nil, err
	}
	for w, n := range out {
		if out[w] = int(listedScale * math.Pow(float64(n-listedFamily), 1.5)); n <= listedFamily {
			delete(out, w)
		}
	}
	err = commonNames(shared, func(name string) {
		for _, w := range names.Words(name) {
			for _, s := range append(names.Spellings(w.Text), w.Text) {
				if len(s) > 1 {
					out[s] = max(out[s], commonFloor)
				}
			}
		}
	})
	return out, err
}

// countListed counts for each word how many listed persons bear it: of one
// list, that which has most, since lists repeat each other.
func countListed(shared string) (map[string]int, error) {
	counts := map[string]int{}
	for _, file := range listFiles {
		loaded, _, err := lists.Load(context.Background(), []snapshot.Input{snapshot.Path(filepath.Join(shared, "data/lists", file))}, lists.Options{})
		if err != nil {
			return nil, err
		}
		per := map[string]int{}
		for _, l := range loaded {
			for i := range l.Parties {
				if l.Parties[i].Schema == party.Person {
					for w := range wordsOf(&l.Parties[i]) {
						per[w]++
					}
				}
			}
		}
		for w, n := range per {
			counts[w] = max(counts[w], n)
		}
	}
	for w, n := range counts {
		if n < 2 {
			delete(counts, w)
		}
	}
	return counts, nil
}

// wordsOf are the words of a person's names, and with each given name its other
// spellings: whoever is called Husayn bears Hussein too.
func wordsOf(p *party.Party) map[string]bool {
	out := map[string]bool{}
	for _, n := range p.Names {
		a := names.Parse(n.Text, party.Person)
		for i := range a.Words {
			w := &a.Words[i]
			if w.Kind != names.Plain || w.Consonants {
				continue
			}
			out[w.Text] = true
			if stem := names.Stem(w.Text); len(stem) > 2 {
				out[stem] = true
			}
		}
	}
	for w := range out {
		for _, s := range names.Spellings(w) {
			out[s] = true
		}
	}
	return out
}

func countWords(shared string) (map[string]int, error) {
	counts := map[string]int{}
	files, err := filepath.Glob(filepath.Join(shared, "data/corpora/ud/en_*/*"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if !strings.Contains(f, "train") || !strings.Contains(f, ".conllu") {
			continue
		}
		err := lines(f, func(l string) {
			c := strings.Split(l, "\t")
			if len(c) < 5 || c[3] == "PROPN" || c[3] == "PUNCT" || c[3] == "X" || c[3] == "SYM" || c[3] == "NUM" {
				return
			}
			// A word in capitals in running text is a name that the tag missed.
			if c[1] != strings.ToLower(c[1]) && c[0] != "1" {
				return
			}
			if w := translit.Latin(c[1]); w != "" && !strings.Contains(w, " ") {
				counts[w]++
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return counts, nil
}

func write(path string, counts map[string]int) error {
	words := make([]string, 0, len(counts))
	for w := range counts {
		words = append(words, w)
	}
	sort.Strings(words)
	var b strings.Builder
	for _, w := range words {
		fmt.Fprintf(&b, "%s\t%d\n", w, counts[w])
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return err
	}
	return os.WriteFile(path, enc.EncodeAll([]byte(b.String()), nil), 0o644)
}

// Command namecounts counts how often words are names of persons and how often
// they are ordinary English words. See README.md for sources and licences.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/names/translit"
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
	for name, counts := range map[string]map[string]int{"persons": persons, "words": words} {
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
	for _, name := range []string{"common-forenames-by-country.csv", "common-surnames-by-country.csv"} {
		f, err := os.Open(filepath.Join(shared, "data/names/ordinary", name))
		if err != nil {
			return nil, err
		}
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		col := -1
		for i, h := range rows[0] {
			if h == "Romanized Name" {
				col = i
			}
		}
		for _, row := range rows[1:] {
			if col >= 0 && col < len(row) {
				atLeast(row[col])
			}
		}
	}
	return counts, nil
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

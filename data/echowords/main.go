// Command echowords counts English word stems in a CoNLL-U treebank and writes
// how often each was met: a shared rare word is a sign that two articles share
// a source, a shared common one is none.
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
)

// least is the count from which a stem is written; those left out count as one.
// web text, four times is once in 50,000 words.
const least = 2

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: echowords FILE.conllu[.gz]... > common_en.txt")
		os.Exit(2)
	}
	count := map[string]int{}
	for _, name := range os.Args[1:] {
		if err := read(name, count); err != nil {
			fmt.Fprintf(os.Stderr, "echowords: %s: %v\n", name, err)
			os.Exit(1)
		}
	}
	var out []string
	for stem, n := range count {
		if n >= least {
			out = append(out, fmt.Sprintf("%s %d", stem, n))
		}
	}
	slices.Sort(out)
	fmt.Println("# English stems met at least", least, "times in UD English EWT train (CC BY-SA 4.0); made by data/echowords.")
	fmt.Println(strings.Join(out, "\n"))
}

func read(name string, count map[string]int) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		cols := strings.Split(lines.Text(), "\t")
		if len(cols) < 4 || cols[3] == "PROPN" || strings.ContainsAny(cols[0], "-.") {
			continue
		}
		w := strings.ToLower(cols[1])
		if len(w) < 3 || strings.ContainsFunc(w, func(c rune) bool { return !unicode.IsLetter(c) }) {
			continue
		}
		count[english.Stem(w, true)]++
	}
	return lines.Err()
}

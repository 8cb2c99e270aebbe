// Command syntax trains the tagger, lemmatiser and parser of
// internal/prose/syntax and writes its model file. See README.md.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

type options struct {
	gold, silver, dev string
	out, name         string
	epochs, warm      int
	hidden, words     int
	workers, batch    int
	rate              float64
	seed              uint64
	keep              int
	probe             int
	goldTimes         int
	teachers, texts   string
}

func main() {
	var o options
	flag.StringVar(&o.gold, "gold", "", "CoNLL-U files to learn from, comma-separated")
	flag.StringVar(&o.silver, "silver", "", "machine-parsed CoNLL-U files, comma-separated; read in the first epochs only")
	flag.StringVar(&o.dev, "dev", "", "CoNLL-U files to measure on, comma-separated")
	flag.StringVar(&o.out, "out", "internal/prose/syntax/model/en.model.zst", "model file to write")
	flag.StringVar(&o.name, "name", "en", "name of the model")
	flag.IntVar(&o.epochs, "epochs", 15, "passes over the gold sentences")
	flag.IntVar(&o.warm, "warm", 0, "passes over silver and gold before")
	flag.IntVar(&o.hidden, "hidden", 96, "units of a layer in one direction, a multiple of 8")
	flag.IntVar(&o.words, "words", 24000, "largest vocabulary")
	flag.IntVar(&o.keep, "least", 2, "least count of a word in gold to have a vector; twice that in silver")
	flag.IntVar(&o.workers, "workers", 1, "goroutines")
	flag.IntVar(&o.batch, "batch", 32, "sentences a step")
	flag.Float64Var(&o.rate, "rate", 0.003, "first learning rate; it falls to a twentieth")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of all chance")
	flag.IntVar(&o.probe, "probe", 1, "measure every so many epochs")
	flag.IntVar(&o.goldTimes, "goldtimes", 1, "times each gold sentence stands among the silver ones")
	flag.StringVar(&o.teachers, "teachers", "", "model files, comma-separated: instead of training, parse -texts with them together and write CoNLL-U to -out")
	flag.StringVar(&o.texts, "texts", "", "JSON lines with text or sentences, comma-separated")
	flag.Parse()
	do := run
	if o.teachers != "" {
		do = func(o options) error {
			return teach(strings.Split(o.teachers, ","), strings.Split(o.texts, ","), o.out)
		}
	}
	if err := do(o); err != nil {
		fmt.Fprintln(os.Stderr, "syntax:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	gold, err := readAll(o.gold)
	if err != nil {
		return err
	}
	silver, err := readAll(o.silver)
	if err != nil {
		return err
	}
	if len(gold) == 0 {
		return fmt.Errorf("no gold sentences: set -gold")
	}
	m := vocabularies(gold, silver, o)
	t := newTrainer(m, gold, silver, o)
	fmt.Printf("%d gold and %d silver sentences, %d words, %d weights\n", len(gold), len(silver), len(m.Words), t.size())
	began := time.Now()
	for e := range o.warm + o.epochs {
		loss := t.epoch(e)
		fmt.Printf("epoch %d loss %.4f rate %.5f %.0fs\n", e+1, loss, t.lastRate, time.Since(began).Seconds())
		last := e == o.warm+o.epochs-1
		if last || (e+1)%o.probe == 0 {
			if err := t.measure(strings.Split(o.dev, ",")); err != nil {
				return err
			}
			b, err := t.averaged().Bytes()
			if err != nil {
				return err
			}
			if err := os.WriteFile(o.out, b, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

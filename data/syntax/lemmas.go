package main

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/eval/parseeval"
	"github.com/reportedly/reportedly/internal/prose/syntax"
)

type reading struct{ xpos, upos, form, lemma string }

// learnLemmas notes the bases, makes ending rules by Penn tag, most general
// first, and puts what rules get wrong into the table.
func learnLemmas(gold, silver []parseeval.Sentence) syntax.Lemmas {
	seen := map[reading]int{}
	for _, s := range gold {
		for _, w := range s.Words {
			if w.Lemma == "_" {
				continue
			}
			form := strings.ReplaceAll(w.Form, "’", "'")
			if w.UPOS != "PROPN" {
				form = strings.ToLower(form)
			}
			seen[reading{w.XPOS, w.UPOS, form, w.Lemma}]++
		}
	}
	l := syntax.Lemmas{Table: map[string]string{}, Endings: map[string]syntax.Edit{}, Bases: bases(gold, silver)}
	l.Index()
	for size := 0; size <= 5; size++ {
		learnEndings(&l, seen, size)
	}
	learnTable(&l, seen)
	return l
}

// learnEndings adds the endings of one length that mend at least two words
// more than they break.
func learnEndings(l *syntax.Lemmas, seen map[reading]int, size int) {
	votes := map[string]map[syntax.Edit]int{} // types, not tokens: rules are for unseen words
	stay := map[string]int{}
	for r := range seen {
		end, ok := ending(r.form, size)
		if !ok {
			continue
		}
		e, ok := edit(r.form, r.lemma)
		if !ok {
			continue
		}
		key := r.xpos + " " + end
		if votes[key] == nil {
			votes[key] = map[syntax.Edit]int{}
		}
		votes[key][e]++
		if l.Lemma(r.form, r.upos, r.xpos) == r.lemma {
			stay[key]++
		}
	}
	for key, v := range votes {
		best, n := syntax.Edit{}, 0
		for e, k := range v {
			if k > n || k == n && (e.Cut < best.Cut || e.Cut == best.Cut && e.Add < best.Add) {
				best, n = e, k
			}
		}
		if n >= stay[key]+2 {
			l.Endings[key] = best
		}
	}
}

func ending(form string, size int) (string, bool) {
	n := len(form)
	for range size {
		if n == 0 {
			return "", false
		}
		_, k := utf8.DecodeLastRuneInString(form[:n])
		n -= k
	}
	return form[n:], true
}

// edit that makes lemma of form; whole-word changes are for the table.
func edit(form, lemma string) (syntax.Edit, bool) {
	k := 0
	for k < len(form) && k < len(lemma) && form[k] == lemma[k] {
		k++
	}
	for k > 0 && k < len(form) && !utf8.RuneStart(form[k]) {
		k--
	}
	if k == 0 || len(form)-k > 4 {
		return syntax.Edit{}, false
	}
	return syntax.Edit{Cut: len(form) - k, Add: lemma[k:]}, true
}

func learnTable(l *syntax.Lemmas, seen map[reading]int) {
	type choice struct {
		r reading
		n int
	}
	best := map[string]choice{}
	var all []reading
	for r := range seen {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b reading) int {
		return cmp.Or(cmp.Compare(a.xpos, b.xpos), cmp.Compare(a.form, b.form), cmp.Compare(a.lemma, b.lemma), cmp.Compare(a.upos, b.upos))
	})
	for _, r := range all {
		key := r.xpos + " " + strings.ToLower(r.form)
		if n := seen[r]; n > best[key].n {
			best[key] = choice{r, n}
		}
	}
	for key, c := range best {
		// Names met once or twice in capitals say nothing about others.
		if c.r.upos == "PROPN" && c.n < 2 {
			continue
		}
		if l.Lemma(c.r.form, c.r.upos, c.r.xpos) != c.r.lemma {
			l.Table[key] = c.r.lemma
		}
	}
}

// bases are lemmas of gold words, and words of silver text that were tagged as
// uninflected more than once.
func bases(gold, silver []parseeval.Sentence) map[string][]string {
	classes := map[string]string{"VB": "V", "VBP": "V", "NN": "N", "JJ": "J", "RB": "J"}
	count := map[string]map[string]int{"V": {}, "N": {}, "J": {}}
	byUPOS := map[string]string{"VERB": "V", "AUX": "V", "NOUN": "N", "ADJ": "J", "ADV": "J"}
	for _, s := range gold {
		for _, w := range s.Words {
			if c := byUPOS[w.UPOS]; c != "" && w.Lemma != "_" && strings.ToLower(w.Lemma) == w.Lemma {
				count[c][w.Lemma] += 2
			}
		}
	}
	for _, s := range silver {
		for _, w := range s.Words {
			if c := classes[w.XPOS]; c != "" && len(w.Form) > 2 && strings.ToLower(w.Form) == w.Form {
				count[c][w.Form]++
			}
		}
	}
	out := map[string][]string{}
	for c, words := range count {
		for w, n := range words {
			if n >= 2 {
				out[c] = append(out[c], w)
			}
		}
		slices.Sort(out[c])
	}
	return out
}

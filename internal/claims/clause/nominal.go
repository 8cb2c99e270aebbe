package clause

import "slices"

// Phrase gives the words of the nominal headed by i: its determiners, names,
// adjectives, numbers and, where wide, its prepositional phrases; never a
// clause, an apposition or a conjunct.
func (s *Sentence) Phrase(i int, wide bool) []int {
	out := []int{i}
	for _, c := range s.kids(i) {
		switch s.rel(c) {
		case "acl", "appos", "punct", "conj", "cc", "cop", "parataxis", "advcl", "nsubj", "aux", "mark", "case", "discourse", "dislocated":
			if s.rel(c) != "case" || c < i {
				continue
			}
			out = append(out, c)
		case "nmod", "obl":
			if s.full(c) == "nmod:poss" {
				out = append(out, s.below(c)...)
			} else if wide || c < i {
				out = append(out, s.below(c)...)
			}
		default:
			out = append(out, s.below(c)...)
		}
	}
	slices.Sort(out)
	// The hyphen of "T-90" belongs to the name, though the tree hangs it as a mark.
	for k := len(out) - 1; k > 0; k-- {
		if mid := out[k] - 1; out[k-1] == mid-1 && s.form(mid) == "-" {
			out = slices.Insert(out, k, mid)
		}
	}
	return out
}

// below is the whole subtree without clauses.
func (s *Sentence) below(i int) []int {
	out := []int{i}
	for _, c := range s.kids(i) {
		switch s.rel(c) {
		case "acl", "parataxis", "advcl":
			continue
		}
		out = append(out, s.below(c)...)
	}
	return out
}

// Part gives the nominal behind a partitive: "members" for "one of five
// members"; -1 where i is none.
func (s *Sentence) Part(i int) int {
	w := s.word(i)
	switch {
	case w.UPOS == "NUM", w.UPOS == "DET", w.UPOS == "PRON", w.UPOS == "ADJ":
	default:
		switch s.Lemma(i) {
		case "number", "dozen", "hundred", "thousand", "majority", "handful", "pair", "couple", "scores", "score", "rest", "most", "group", "part":
		default:
			return -1
		}
	}
	if of := s.Of(i, "of"); len(of) > 0 {
		return of[0]
	}
	return -1
}

// Lemmas gives the lemmas of the words before the head that belong to its name
// (compounds, adjectives), then the head's.
func (s *Sentence) Lemmas(i int) []string {
	words := []int{i}
	var grow func(j int)
	grow = func(j int) {
		for _, c := range s.kids(j) {
			switch s.rel(c) {
			case "compound", "amod", "flat", "goeswith", "nmod":
				if c < i && s.full(c) != "nmod:poss" && s.Case(c) == "" {
					words = append(words, c)
					grow(c)
				}
			}
		}
	}
	grow(i)
	slices.Sort(words)
	out := make([]string, len(words))
	for k, w := range words {
		if out[k] = s.Lemma(w); w != i && s.IsVerb(w) {
			out[k] = s.form(w) // "armoured vehicle", "specialised steel"
		}
	}
	return out
}

// Of gives the nominals that hang on i by the preposition.
func (s *Sentence) Of(i int, preposition string) []int {
	var out []int
	for _, c := range s.kids(i) {
		if s.rel(c) == "nmod" && s.full(c) != "nmod:poss" && s.Case(c) == preposition {
			out = append(out, c)
		}
	}
	return out
}

// Related gives the children of i with one of the relations.
func (s *Sentence) Related(i int, rels ...string) []int {
	var out []int
	for _, c := range s.kids(i) {
		if slices.Contains(rels, s.full(c)) || slices.Contains(rels, s.rel(c)) {
			out = append(out, c)
		}
	}
	return out
}

// Depth is the number of words above i.
func (s *Sentence) Depth(i int) int {
	n := 0
	for i = s.word(i).Head; i >= 0; i = s.word(i).Head {
		n++
	}
	return n
}

// Contiguous keeps the run of tokens around head without holes, so that the
// surface stands in the text as it is given.
func Contiguous(tokens []int, head int) []int {
	at := 0
	for k, t := range tokens {
		if t == head {
			at = k
		}
	}
	lo, hi := at, at
	for lo > 0 && tokens[lo-1] == tokens[lo]-1 {
		lo--
	}
	for hi+1 < len(tokens) && tokens[hi+1] == tokens[hi]+1 {
		hi++
	}
	return tokens[lo : hi+1]
}

package syntax

import "slices"

// Punctuation marks are hung by the rules of Universal Dependencies rather
// than by the network: brackets and quotation marks on the head of what they
// enclose, other marks on the unit they follow or open, so that no arc is
// crossed. On the gold trees of EWT the rules find 97 % of the heads, the
// network alone 85 %.

// closing gives the mark that closes a bracket or quotation.
var closing = map[string]string{"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»", "``": "''", "„": "“"}

// hangMarks gives every mark without dependents a new head.
func (w *workspace) hangMarks(words []Word) {
	n := len(words)
	w.mark, w.pair = slices.Grow(w.mark[:0], n)[:n], resize(w.pair, n)
	for i := range words {
		w.mark[i] = words[i].Deprel == "punct" && words[i].Head >= 0
		w.pair[i] = -1
	}
	for i := range words {
		if h := words[i].Head; h >= 0 {
			w.mark[h] = false
		}
	}
	w.pairs(words)
	for p := range words {
		if !w.mark[p] {
			continue
		}
		if h := w.pair[p]; h >= 0 {
			words[p].Head = h
		} else if h := w.neighbour(words, p); h >= 0 {
			words[p].Head = h
		}
	}
}

// pairs finds marks that belong together and notes the head of what they
// enclose for both.
func (w *workspace) pairs(words []Word) {
	w.open = w.open[:0]
	for p := range words {
		if !w.mark[p] {
			continue
		}
		form := words[p].Form
		a := -1
		for k := len(w.open) - 1; k >= 0; k-- {
			first := words[w.open[k]].Form
			if closing[first] == form || first == form && (form == `"` || form == "'") {
				a, w.open = w.open[k], w.open[:k]
				break
			}
		}
		if a >= 0 {
			w.enclose(words, a, p)
		} else if closing[form] != "" || form == `"` || form == "'" {
			w.open = append(w.open, p)
		}
	}
}

// enclose hangs marks a and b on the first word between them whose head is
// outside.
func (w *workspace) enclose(words []Word, a, b int) {
	for k := a + 1; k < b; k++ {
		if h := words[k].Head; !w.mark[k] && (h <= a || h >= b) {
			w.pair[a], w.pair[b] = k, k
			return
		}
	}
}

// neighbour climbs from the words on both sides of mark p as far as their
// units do not reach over it, and takes the lower of the two units: the one
// that hangs in the other.
func (w *workspace) neighbour(words []Word, p int) int {
	l, r := p-1, p+1
	for l >= 0 && w.mark[l] {
		l--
	}
	for r < len(words) && w.mark[r] {
		r++
	}
	for l >= 0 && words[l].Head >= 0 && words[l].Head < p {
		l = words[l].Head
	}
	if r >= len(words) {
		return l
	}
	for words[r].Head > p {
		r = words[r].Head
	}
	if l < 0 || (Tree{Words: words}).Below(r, l) {
		return r
	}
	return l
}

package syntax

// Word is one token with its reading, in the terms of Universal Dependencies
// version 2. A Tree's words stand in the order of the sentence's tokens, one
// for each, so word i is token i.
type Word struct {
	Form   string
	Lemma  string
	UPOS   string // NOUN, PROPN, VERB, AUX, ...
	XPOS   string // Penn tag: VBD, NNP, ... where the model gives it
	Feats  string // "Tense=Past|VerbForm=Fin", "" where unknown
	Head   int    // index of the governor in Words, -1 for the root
	Deprel string // "nsubj", "obl:tmod", ...
}

// Tree is a dependency tree over the tokens of one sentence.
type Tree struct {
	Words []Word
	// Score is the parser's mean margin a decision; low means doubtful.
	Score float64
}

// Root is the index of the root, -1 for an empty tree.
func (t Tree) Root() int {
	for i, w := range t.Words {
		if w.Head < 0 {
			return i
		}
	}
	return -1
}

// Children gives the dependents of word i in order of the sentence.
func (t Tree) Children(i int) []int {
	var out []int
	for j, w := range t.Words {
		if w.Head == i {
			out = append(out, j)
		}
	}
	return out
}

// Subtree gives i and all words below it in order of the sentence.
func (t Tree) Subtree(i int) []int {
	var out []int
	for j := range t.Words {
		for k, n := j, 0; k >= 0 && n <= len(t.Words); k, n = t.Words[k].Head, n+1 {
			if k == i {
				out = append(out, j)
				break
			}
		}
	}
	return out
}

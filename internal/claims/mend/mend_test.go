package mend

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// sentence builds tokens and a tree from "form/UPOS/XPOS/head/deprel", heads
// 1-based.
func sentence(text string) (prose.Sentence, syntax.Tree) {
	var s prose.Sentence
	var t syntax.Tree
	at := 0
	for _, f := range strings.Fields(text) {
		p := strings.Split(f, "/")
		head := 0
		for _, r := range p[3] {
			head = head*10 + int(r-'0')
		}
		s.Tokens = append(s.Tokens, prose.Token{Span: story.Span{Start: at, End: at + len(p[0])}, Text: p[0], SpaceAfter: true})
		at += len(p[0]) + 1
		t.Words = append(t.Words, syntax.Word{Form: p[0], Lemma: strings.ToLower(p[0]), UPOS: p[1], XPOS: p[2], Head: head - 1, Deprel: p[4]})
	}
	s.Span = story.Span{Start: 0, End: at}
	return s, t
}

func TestTree(t *testing.T) {
	for _, c := range []struct {
		name, text, names, places, word, head, rel string
	}{
		{"a lead before its speaker", "Varga/PROPN/NNP/5/nsubj flew/VERB/VBD/5/ccomp ,/PUNCT/,/2/punct officials/NOUN/NNS/5/nsubj said/VERB/VBD/0/root", "", "", "Varga", "flew", "nsubj"},
		{"a verb lost in a name", "Varga/PROPN/NNP/3/compound bought/VERB/VBN/3/amod missiles/NOUN/NNS/0/root", "Varga", "", "missiles", "bought", "obj"},
		{"two objects", "Malta/PROPN/NNP/2/nsubj gave/VERB/VBD/0/root Varga/PROPN/NNP/2/obj a/DET/DT/5/det passport/NOUN/NN/2/obj", "", "", "Varga", "gave", "iobj"},
		{"a place before goods", "sent/VERB/VBD/0/root to/ADP/IN/5/case Mali/PROPN/NNP/5/compound six/NUM/CD/5/nummod tanks/NOUN/NNS/1/obl", "", "Mali", "Mali", "sent", "obl"},
		{"plans to, read as plans of", "Varga/PROPN/NNP/2/compound plans/NOUN/NNS/0/root to/PART/TO/4/mark leave/VERB/VB/2/acl", "Varga", "", "leave", "plans", "xcomp"},
		{"is training, read as soldiers that are", "Mali/PROPN/NNP/4/nsubj is/AUX/VBZ/4/cop training/VERB/VBG/4/amod soldiers/NOUN/NNS/0/root", "", "Mali", "soldiers", "training", "obj"},
		{"denied supplying", "Mali/PROPN/NNP/2/nsubj deny/VERB/VBD/0/root supplying/VERB/VBG/4/amod missiles/NOUN/NNS/2/obj", "", "Mali", "supplying", "deny", "xcomp"},
		{"helped somebody evade", "He/PRON/PRP/2/nsubj help/VERB/VBD/0/root Varga/PROPN/NNP/2/xcomp evade/NOUN/NN/5/compound sanctions/NOUN/NNS/2/obj", "Varga", "", "evade", "help", "xcomp"},
		{"up to a number", "Up/ADP/IN/4/case to/ADP/IN/3/case 30/NUM/CD/4/nummod tanks/NOUN/NNS/6/obl were/AUX/VBD/6/aux:pass handed/VERB/VBN/0/root", "", "", "tanks", "handed", "nsubj:pass"},
		{"a preposition on part of a name", "sanctions/NOUN/NNS/0/root on/ADP/IN/3/case Oksana/PROPN/NNP/4/compound Brandt/PROPN/NNP/1/nmod", "", "", "on", "Brandt", "case"},
		{"a doer before a participle", "The/DET/DT/4/det preacher/NOUN/NN/4/compound recruited/VERB/VBN/4/amod men/NOUN/NNS/0/root", "", "", "preacher", "recruited", "nsubj"},
		{"a participle in a name stays", "A/DET/DT/3/det forged/VERB/VBN/3/amod passport/NOUN/NN/0/root", "", "", "forged", "passport", "amod"},
		{"a verb without participle of things done", "faction/NOUN/NN/0/root defect/VERB/VBN/1/acl to/ADP/IN/4/case Varga/PROPN/NNP/2/obl", "Varga", "", "faction", "defect", "nsubj"},
		{"controls, read as a plural", "Varga/PROPN/NNP/3/compound evade/NOUN/NNS/3/compound mining/NOUN/NN/0/root", "Varga", "", "mining", "evade", "obj"},
		{"a receiver in the name of what he gets", "tribe/NOUN/NN/2/nsubj offer/VERB/VBD/0/root Varga/PROPN/NNP/4/compound shelter/NOUN/NN/2/obj", "Varga", "", "Varga", "offer", "iobj"},
		{"a past that is nothing else", "Varga/PROPN/NNP/3/compound underwent/ADJ/JJ/3/amod surgery/NOUN/NN/0/root", "Varga", "", "surgery", "underwent", "obj"},
		{"a title and its name", "leader/NOUN/NN/3/nsubj Varga/PROPN/NNP/3/nsubj flew/VERB/VBD/0/root", "", "", "Varga", "leader", "flat"},
	} {
		s, tree := sentence(c.text)
		var known Known
		known.Accusing = func(string) bool { return false }
		known.Deed = func(lemma string) bool { return lemma == "evade" }
		known.Doer = func(lemma string) bool { return lemma == "preacher" }
		for _, tok := range s.Tokens {
			if tok.Text == c.names {
				known.Names = append(known.Names, tok.Span)
			}
			if tok.Text == c.places {
				known.Places = append(known.Places, tok.Span)
			}
		}
		got := Tree(tree, s, known)
		for _, w := range got.Words {
			if w.Form != c.word {
				continue
			}
			if w.Head < 0 || got.Words[w.Head].Form != c.head || w.Deprel != c.rel {
				t.Errorf("%s: %s hangs on %d as %s, want %s as %s", c.name, c.word, w.Head, w.Deprel, c.head, c.rel)
			}
		}
	}
}

func FuzzTree(f *testing.F) {
	f.Add(uint8(3), uint8(7), "acl")
	f.Fuzz(func(t *testing.T, a, b uint8, rel string) {
		s, tree := sentence("x/VERB/VBN/2/acl y/NOUN/NNS/0/root z/PROPN/NNP/1/obj")
		tree.Words[0].Head, tree.Words[2].Head, tree.Words[0].Deprel = int(a)%9-1, int(b)%9-1, rel
		yes := func(string) bool { return true }
		Tree(tree, s, Known{Names: []story.Span{{Start: 0, End: 9}}, Accusing: yes, Deed: yes, Doer: yes})
	})
}

package clause

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose/syntax"
)

// tree reads "form/lemma/UPOS/head/deprel" words, heads 1-based, 0 = root; a
// fifth field XPOS may follow.
func tree(t testing.TB, text string) syntax.Tree {
	t.Helper()
	var out syntax.Tree
	for _, f := range strings.Fields(text) {
		p := strings.Split(f, "/")
		head, err := strconv.Atoi(p[3])
		if err != nil || len(p) < 5 {
			t.Fatalf("word %q", f)
		}
		w := syntax.Word{Form: p[0], Lemma: p[1], UPOS: p[2], Head: head - 1, Deprel: p[4]}
		if len(p) > 5 {
			w.XPOS = p[5]
		}
		out.Words = append(out.Words, w)
	}
	return out
}

var words = Words{
	Light:   map[string]bool{"pay": true, "hold": true},
	Effects: map[string]string{"plan": "planned", "try": "attempted", "refuse": "negative", "believe": "probable"},
}

func TestArguments(t *testing.T) {
	for _, c := range []struct{ name, text, at, want string }{
		{"active", "Varga/Varga/PROPN/2/nsubj flew/fly/VERB/0/root/VBD to/to/ADP/4/case Cairo/Cairo/PROPN/2/obl", "flew", "subj=Varga to=Cairo"},
		{"passive", "He/he/PRON/3/nsubj:pass was/be/AUX/3/aux:pass received/receive/VERB/0/root/VBN by/by/ADP/6/case the/the/DET/6/det king/king/NOUN/3/obl:agent", "received", "obj=He by=king"},
		{"control", "Varga/Varga/PROPN/2/nsubj tried/try/VERB/0/root/VBD to/to/PART/4/mark leave/leave/VERB/2/xcomp Iran/Iran/PROPN/4/obj", "leave", "subj=Varga obj=Iran"},
		{"object control", "They/they/PRON/2/nsubj told/tell/VERB/0/root/VBD Varga/Varga/PROPN/2/obj to/to/PART/5/mark quit/quit/VERB/2/xcomp", "quit", "subj=Varga"},
		{"relative", "Varga/Varga/PROPN/0/root who/who/PRON/3/nsubj leads/lead/VERB/1/acl:relcl/VBZ the/the/DET/5/det corps/corps/NOUN/3/obj", "leads", "subj=Varga obj=corps subjlinked=corps"},
		{"participle", "tanks/tank/NOUN/0/root sent/send/VERB/1/acl/VBN to/to/ADP/4/case Syria/Syria/PROPN/2/obl", "sent", "obj=tanks to=Syria"},
		{"second verb", "Varga/Varga/PROPN/2/nsubj came/come/VERB/0/root/VBD and/and/CCONJ/4/cc left/leave/VERB/2/conj/VBD", "left", "subj=Varga"},
		{"light verb", "Varga/Varga/PROPN/2/nsubj paid/pay/VERB/0/root/VBD a/a/DET/4/det visit/visit/NOUN/2/obj to/to/ADP/6/case Cairo/Cairo/PROPN/2/obl", "visit", "self=visit gov=paid subj=Varga to=Cairo"},
		{"conjuncts", "Varga/Varga/PROPN/2/nsubj met/meet/VERB/0/root/VBD Orban/Orban/PROPN/2/obj and/and/CCONJ/5/cc Kovacs/Kovacs/PROPN/3/conj", "met", "subj=Varga obj=Orban obj=Kovacs"},
	} {
		s := New(tree(t, c.text), words)
		var at int
		for i, w := range s.Tree.Words {
			if w.Form == c.at {
				at = i
			}
		}
		p := s.Predicate(at)
		var got []string
		for _, a := range p.Args {
			got = append(got, fmt.Sprintf("%s=%s", a.Path, s.Tree.Words[a.Head].Form))
		}
		for _, w := range strings.Fields(c.want) {
			if !slices.Contains(got, w) {
				t.Errorf("%s: %v lacks %s", c.name, got, w)
			}
		}
		if len(got) != len(strings.Fields(c.want)) {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}

func TestFactuality(t *testing.T) {
	for _, c := range []struct {
		name, text, at string
		want           Factuality
	}{
		{"plain", "Varga/Varga/PROPN/2/nsubj flew/fly/VERB/0/root/VBD", "flew", Factuality{Tense: "past"}},
		{"not", "He/he/PRON/4/nsubj did/do/AUX/4/aux not/not/PART/4/advmod fly/fly/VERB/0/root/VB", "fly", Factuality{Negated: true, Tense: "past"}},
		{"may", "He/he/PRON/4/nsubj may/may/AUX/4/aux have/have/AUX/4/aux flown/fly/VERB/0/root/VBN", "flown", Factuality{Certainty: "possible", Tense: "perfect"}},
		{"planned", "He/he/PRON/2/nsubj plans/plan/VERB/0/root/VBZ to/to/PART/4/mark fly/fly/VERB/2/xcomp/VB", "fly", Factuality{Effect: "planned", Tense: "present"}},
		{"refused", "He/he/PRON/2/nsubj refused/refuse/VERB/0/root/VBD to/to/PART/4/mark fly/fly/VERB/2/xcomp/VB", "fly", Factuality{Negated: true, Tense: "past"}},
		{"under said", "They/they/PRON/2/nsubj denied/deny/VERB/0/root/VBD that/that/SCONJ/5/mark he/he/PRON/5/nsubj flew/fly/VERB/2/ccomp/VBD", "flew", Factuality{Tense: "past"}},
		{"believed", "He/he/PRON/3/nsubj:pass is/be/AUX/3/aux:pass believed/believe/VERB/0/root/VBN to/to/PART/6/mark have/have/AUX/6/aux flown/fly/VERB/3/xcomp/VBN", "flown", Factuality{Certainty: "probable", Tense: "perfect"}},
	} {
		s := New(tree(t, c.text), words)
		for i, w := range s.Tree.Words {
			if w.Form != c.at {
				continue
			}
			got := s.Factuality(i)
			if got.Negated != c.want.Negated || got.Effect != c.want.Effect || got.Certainty != c.want.Certainty || got.Tense != c.want.Tense {
				t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
			}
		}
	}
}

func TestNoTreeMakesItPanic(t *testing.T) {
	// A broken tree (two roots, a loop, heads outside) must be read without
	// end or panic.
	broken := syntax.Tree{Words: []syntax.Word{
		{Form: "a", Lemma: "a", UPOS: "VERB", Head: 1, Deprel: "xcomp"}, {Form: "b", Lemma: "plan", UPOS: "VERB", Head: 0, Deprel: "conj"},
		{Form: "c", Lemma: "c", UPOS: "NOUN", Head: 99, Deprel: "obj"}, {Form: "d", Lemma: "d", UPOS: "NOUN", Head: 3, Deprel: "nmod"},
	}}
	s := New(broken, words)
	for i := range broken.Words {
		s.Predicate(i)
		s.Factuality(i)
		s.Lemmas(i)
	}
}

package syntax

import (
	"strconv"
	"strings"
	"testing"
)

// tree reads "form/XPOS/head/relation" words; heads count from 1, 0 the root.
func tree(s string) Tree {
	upos := map[string]string{"VB": "VERB", "NN": "NOUN", "NNP": "PROPN", "IN": "ADP", "DT": "DET", "RB": "ADV", "TO": "PART", "PR": "PRON", "WD": "PRON", "MD": "AUX", ".": "PUNCT", ",": "PUNCT", "HYPH": "PUNCT"}
	lemmas := map[string]string{"was": "be", "were": "be", "is": "be", "has": "have", "had": "have", "n't": "not", "going": "go"}
	var t Tree
	for f := range strings.FieldsSeq(s) {
		p := strings.Split(f, "/")
		head, _ := strconv.Atoi(p[2])
		w := Word{Form: p[0], Lemma: strings.ToLower(p[0]), XPOS: p[1], Head: head - 1, Deprel: p[3]}
		if l := lemmas[w.Lemma]; l != "" {
			w.Lemma = l
		}
		w.UPOS = upos[p[1]]
		if w.UPOS == "" {
			w.UPOS = upos[p[1][:2]]
		}
		if strings.HasPrefix(p[3], "aux") || p[3] == "cop" {
			w.UPOS = "AUX"
		}
		t.Words = append(t.Words, w)
	}
	return t
}

func (t Tree) form(i int) string {
	if i < 0 {
		return "-"
	}
	return t.Words[i].Form
}

func (t Tree) forms(r Range) string {
	var out []string
	for i := r.From; i < r.To; i++ {
		out = append(out, t.Words[i].Form)
	}
	return strings.Join(out, " ")
}

var (
	shipped = tree("The/DT/3/det arms/NNS/3/compound ship/NN/5/nsubj:pass was/VBD/5/aux:pass seized/VBN/0/root by/IN/8/case the/DT/8/det navy/NN/5/obl:agent and/CC/10/cc taken/VBN/5/conj to/IN/12/case port/NN/10/obl ././5/punct")
	denied  = tree("Brandt/NNP/4/nsubj did/VBD/4/aux n't/RB/4/advmod say/VB/0/root that/IN/7/mark he/PRP/7/nsubj plans/VBZ/4/ccomp to/TO/9/mark sail/VB/7/xcomp ././4/punct")
	which   = tree("The/DT/2/det crew/NN/8/nsubj ,/,/5/punct which/WDT/5/nsubj left/VBD/2/acl:relcl port/NN/5/obj ,/,/5/punct sank/VBD/0/root the/DT/10/det boat/NN/8/obj they/PRP/12/nsubj bought/VBD/10/acl:relcl")
	chief   = tree("No/DT/2/det envoy/NN/8/nsubj of/IN/5/case the/DT/5/det union/NN/2/nmod is/VBZ/8/cop a/DT/8/det member/NN/0/root because/IN/12/case of/IN/9/fixed the/DT/12/det ban/NN/8/obl ././8/punct")
)

func TestQueries(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"patient of a passive", shipped.form(shipped.Patient(4)), "ship"},
		{"agent", shipped.form(shipped.Actor(4)), "navy"},
		{"patient of a conjunct", shipped.form(shipped.Patient(9)), "ship"},
		{"noun phrase", shipped.forms(shipped.NounPhrase(2)), "The arms ship"},
		{"noun phrase in a by-phrase", shipped.forms(shipped.NounPhrase(7)), "the navy"},
		{"clause", shipped.forms(shipped.Clause(9)), "taken to port"},
		{"subject through xcomp", denied.form(denied.Subject(8)), "he"},
		{"negation", denied.form(denied.Negation(3)), "n't"},
		{"no negation", denied.form(denied.Negation(6)), "-"},
		{"complement", denied.form(denied.Complements(3)[0]), "plans"},
		{"clause of a complement", denied.forms(denied.Clause(6)), "he plans to sail"},
		{"marker", denied.Marker(6), "that"},
		{"relative subject", which.form(which.Subject(4)), "crew"},
		{"relative object", which.form(which.Object(11)), "boat"},
		{"no relative object where the subject is relative", which.form(which.Object(4)), "port"},
		{"noun phrase without its relative clause", which.forms(which.NounPhrase(1)), "The crew"},
		{"whole phrase", which.forms(which.Phrase(9)), "the boat they bought"},
		{"governor", which.form(first(which.Governor(4))), "sank"},
		{"copula", chief.form(chief.Copula(7)), "is"},
		{"no subject", chief.form(chief.Negation(7)), "No"},
		{"preposition", chief.Preposition(11), "because of"},
		{"of-phrase kept", chief.forms(chief.NounPhrase(1)), "No envoy of the union"},
		{"predicate noun phrase", chief.forms(chief.NounPhrase(7)), "a member"},
		{"clause head", chief.form(chief.ClauseHead(4)), "member"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	if c := shipped.Conjuncts(9); len(c) != 2 || c[0] != 4 {
		t.Errorf("conjuncts %v", c)
	}
}

func first(i int, _ string) int { return i }

func TestVerbGroup(t *testing.T) {
	going := tree("They/PRP/3/nsubj were/VBD/3/aux going/VBG/0/root to/TO/5/mark sail/VB/3/xcomp")
	may := tree("It/PRP/5/nsubj:pass may/MD/5/aux have/VB/5/aux been/VBN/5/aux:pass sold/VBN/0/root")
	for _, c := range []struct {
		name string
		g    VerbGroup
		ok   func(VerbGroup) bool
	}{
		{"passive past", shipped.VerbGroup(4), func(g VerbGroup) bool { return g.Past && g.Passive && g.Negation < 0 }},
		{"shared auxiliary", shipped.VerbGroup(9), func(g VerbGroup) bool { return g.Past && g.Passive && !g.Participle }},
		{"negated past", denied.VerbGroup(3), func(g VerbGroup) bool { return g.Past && g.Negation == 2 }},
		{"present", denied.VerbGroup(6), func(g VerbGroup) bool { return g.Present && !g.Past }},
		{"infinitive", denied.VerbGroup(8), func(g VerbGroup) bool { return g.Infinitive && !g.Past }},
		{"modal perfect", may.VerbGroup(4), func(g VerbGroup) bool { return g.Modal == "may" && g.Perfect && g.Passive && !g.Past }},
		{"progressive", going.VerbGroup(2), func(g VerbGroup) bool { return g.Progressive && g.Past }},
		{"going to", going.VerbGroup(4), func(g VerbGroup) bool { return g.Future && g.Infinitive }},
		{"copula", chief.VerbGroup(7), func(g VerbGroup) bool { return g.Present && !g.Progressive }},
	} {
		if !c.ok(c.g) {
			t.Errorf("%s: %+v", c.name, c.g)
		}
	}
}

// Broken trees must not hang or panic the questions.
func FuzzQueries(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3}, []byte{4, 5, 6, 7})
	rels := []string{"nsubj", "conj", "acl:relcl", "xcomp", "aux", "obl", "case", "cop", "acl", "advcl", "obj", "root"}
	f.Fuzz(func(t *testing.T, heads, kinds []byte) {
		var tr Tree
		for i := range min(len(heads), 40) {
			w := Word{Form: "x", UPOS: "VERB", XPOS: "WDT", Head: int(heads[i])%(len(heads)+1) - 1}
			if w.Head >= min(len(heads), 40) {
				w.Head = -1
			}
			if i < len(kinds) {
				w.Deprel = rels[int(kinds[i])%len(rels)]
			}
			tr.Words = append(tr.Words, w)
		}
		for i := range tr.Words {
			tr.Subject(i)
			tr.Object(i)
			tr.VerbGroup(i)
			tr.NounPhrase(i)
			tr.Clause(i)
			tr.Phrase(i)
			tr.Conjuncts(i)
			tr.Governor(i)
			tr.Actor(i)
			tr.Obliques(i)
		}
	})
}

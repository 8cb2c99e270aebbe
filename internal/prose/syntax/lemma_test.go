package syntax

import (
	"strings"
	"testing"
)

func TestLemma(t *testing.T) {
	p := parser(t)
	for _, c := range []struct{ xpos, pairs string }{
		{"VBD", "fled:flee shelled:shell evaded:evade travelled:travel refuelled:refuel ferried:ferry tied:tie shot:shoot withdrew:withdraw overthrew:overthrow freed:free agreed:agree looted:loot mined:mine"},
		{"VBN", "smuggled:smuggle seized:seize flown:fly rebuilt:rebuild overseen:oversee barred:bar trafficked:traffic"},
		{"VBG", "dying:die mining:mine shelling:shell supplying:supply leasing:lease trafficking:traffic"},
		{"VBZ", "denies:deny dies:die launches:launch owns:own passes:pass"},
		{"NNS", "aliases:alias knives:knife rifles:rifle spokesmen:spokesman crises:crisis embargoes:embargo companies:company aircraft:aircraft"},
		{"JJR", "bigger:big heavier:heavy"},
	} {
		upos := map[byte]string{'V': "VERB", 'N': "NOUN", 'J': "ADJ"}[c.xpos[0]]
		for pair := range strings.FieldsSeq(c.pairs) {
			form, want, _ := strings.Cut(pair, ":")
			if got := p.model.Lemmas.Lemma(form, upos, c.xpos); got != want {
				t.Errorf("%s %s: %s, want %s", c.xpos, form, got, want)
			}
		}
	}
}

func TestNamesStay(t *testing.T) {
	for _, name := range []string{"Quds", "Varga", "Emirates"} {
		if got := parser(t).model.Lemmas.Lemma(name, "PROPN", "NNP"); got != name {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestIrregularTable(t *testing.T) {
	for line := range strings.Lines(irregularTSV) {
		if !strings.HasPrefix(line, "#") && strings.Count(line, "\t") != 2 {
			t.Errorf("%q", line)
		}
	}
}

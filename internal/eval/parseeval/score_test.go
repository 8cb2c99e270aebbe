package parseeval

import (
	"os"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
)

const small = `# newdoc id = a
# sent_id = 1
# text = He can't go.
1	He	he	PRON	PRP	_	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# newdoc id = b
# sent_id = 2
1	Yes	yes	INTJ	UH	_	0	root	_	SpaceAfter=No
1.1	gap	gap	X	_	_	_	_	_	_
2	!	!	PUNCT	.	_	1	punct	_	_
`

// oracle answers from the gold words by form.
type oracle map[string]syntax.Word

func (o oracle) Parse(s prose.Sentence) syntax.Tree {
	var t syntax.Tree
	for _, tok := range s.Tokens {
		w := o[tok.Text]
		w.Form = tok.Text
		t.Words = append(t.Words, w)
	}
	return t
}

func TestScore(t *testing.T) {
	o := oracle{}
	for s, err := range Read(strings.NewReader(small)) {
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range s.Words {
			o[w.Form] = w
		}
	}
	r, err := Score(strings.NewReader(small), o, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Words != 7 || r.LAS != 100 || r.Raw.LAS != 100 || r.SentenceF1 != 100 || r.TokenF1 != 100 {
		t.Errorf("a perfect parser: %+v", r)
	}
	w := o["n't"]
	w.Head, w.Deprel = 0, "advmod:neg"
	o["n't"] = w
	w = o["He"]
	w.Deprel = "nsubj:pass"
	o["He"] = w
	r, _ = Score(strings.NewReader(small), o, Options{Misses: 5})
	if right := 100 * 6.0 / 7; r.UAS != right || r.LAS != right || r.LASSubtypes != 100*5.0/7 {
		t.Errorf("one wrong head, one wrong subtype: %+v", r)
	}
	if len(r.Misses) != 1 || r.Misses[0].Got != "advmod:neg(He)" {
		t.Errorf("misses %+v", r.Misses)
	}
	if r, _ = Score(strings.NewReader(small), o, Options{Docs: "b"}); r.Words != 2 {
		t.Errorf("document b: %d words", r.Words)
	}
}

func TestReadBroken(t *testing.T) {
	for _, text := range []string{"1\tx\n", "x\tx\tx\tX\tX\t_\t0\troot\t_\t_\n", "2\tx\tx\tX\tX\t_\t0\troot\t_\t_\n", "1-9999\tx\tx\tX\tX\t_\t0\troot\t_\t_\n", "1\tx\tx\tX\tX\t_\tq\troot\t_\t_\n"} {
		if _, err := Score(strings.NewReader(text), oracle{}, Options{}); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(small)
	f.Fuzz(func(t *testing.T, text string) {
		var all []Sentence
		for s, err := range Read(strings.NewReader(text)) {
			if err != nil {
				return
			}
			all = append(all, s)
		}
		rawText(all)
		for _, s := range all {
			s.Prose()
		}
	})
}

// The floor guards against a broken model file or feature; the figures on real
// corpora are in data/syntax/README.md.
func TestFloor(t *testing.T) {
	f, err := os.Open("testdata/own.conllu")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := Score(f, p, Options{Misses: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name       string
		got, floor float64
	}{
		{"upos", r.UPOS, 96}, {"uas", r.UAS, 93}, {"las", r.LAS, 91}, {"lemma", r.Lemma, 95},
		{"sentence_f1", r.SentenceF1, 100}, {"token_f1", r.TokenF1, 100},
	} {
		if c.got < c.floor {
			t.Errorf("%s %.1f, want %.1f: %+v", c.name, c.got, c.floor, r.Misses)
		}
	}
}

package speech_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/reportedly/reportedly/internal/prose/speech"
)

func TestZZ(t *testing.T) {
	text := os.Getenv("T")
	if text == "" {
		t.Skip()
	}
	doc, trees := parse(t, text)
	for i, s := range doc.Sentences {
		fmt.Println("S", s.Kind, s.Of(text))
		if os.Getenv("TREE") != "" {
			for j, w := range trees[i].Words {
				fmt.Println("  ", j, w.Form, w.Lemma, w.UPOS, w.XPOS, w.Head, w.Deprel)
			}
		}
	}
	for i, a := range speech.Find(doc, trees, os.Getenv("O")) {
		fmt.Printf("%d [%s | %s %s %s n=%d pl=%v r=%q] %s %s %s %s %s ^%d via=%v self=%v neg=%v q=%v\n", i, a.Holder.Text, a.Holder.Name, a.Holder.Kind, a.Holder.Country, a.Holder.Stated, a.Holder.Plural, a.Holder.Reason, a.CueText, a.Act, a.Certainty, a.Class, a.Directness, a.Parent, a.Via, a.Self, a.Negated, a.Quoted)
		for _, c := range a.Content {
			fmt.Println("      ", c.Of(text))
		}
	}
}

package syntax

import (
	"slices"
	"strings"
	"testing"
)

// TestForms: whatever inflection reads back to a word met in text is among its
// forms.
func TestForms(t *testing.T) {
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for lemma, forms := range map[string]string{
		"go": "goes going went gone", "carry": "carries carried carrying", "ship": "ships shipped shipping", "seize": "seized seizing seizes",
		"traffic": "trafficked trafficking", "die": "died dying", "overfly": "overflew overflown", "box": "boxes", "man": "men", "telephone": "telephoned",
	} {
		got := Forms(lemma)
		for f := range strings.FieldsSeq(forms) {
			if !slices.Contains(got, f) {
				t.Errorf("%s: %q is no form of it", lemma, f)
			}
		}
	}
	for _, w := range p.model.Words {
		for _, tag := range []string{"VBD", "VBG", "VBZ", "NNS", "JJR", "JJS"} {
			lemma, ok := p.model.Lemmas.inflected(w, tag)
			if class, _ := endingsOf(tag); ok && p.model.Lemmas.known(class, lemma) && !slices.Contains(Forms(lemma), w) {
				t.Errorf("%s %s is read as %s and is no form of it", tag, w, lemma)
			}
		}
	}
}

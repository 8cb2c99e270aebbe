package speech

import (
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
)

// Chain gives the attributions above i and i itself, from the outlet inwards,
// as links of a chain: those without a holder, those of the article's own
// outlet, and repetitions of the link above are left out. The last is the
// origin. An empty chain: the article says it in its own voice.
func Chain(atts []Attribution, i int) []int {
	var up []int
	for n := 0; i >= 0 && i < len(atts) && n <= len(atts); n++ {
		up = append(up, i)
		i = atts[i].Parent
	}
	var out []int
	for k := len(up) - 1; k >= 0; k-- {
		a := &atts[up[k]]
		if a.Holder.Text == "" || a.Self {
			continue
		}
		if n := len(out); n > 0 && speaksFor(&atts[out[n-1]].Holder, a) {
			continue
		}
		out = append(out, up[k])
	}
	return out
}

// speaksFor reports whether the holder of a is the one above again: "he said he
// believes", or the side for which the one above speaks ("Kirby said the U.S.
// could not confirm").
func speaksFor(above *Holder, a *Attribution) bool {
	h := &a.Holder
	if above.Name != "" && above.Name == h.Name || above.Text == h.Text {
		return true
	}
	if k, ok := lexicon.Pronouns[lowered(h)]; ok && (k == 'i' || k == 'w') {
		return true
	}
	if !a.Act.IsDenialOrNone() && a.Act != Confirm {
		return false
	}
	_, pronoun := lexicon.Pronouns[lowered(h)]
	return pronoun && (above.Kind == Official || above.Kind == GovernmentH) ||
		h.Kind == GovernmentH && above.Kind == Official && (h.Country == "" || above.Country == "" || h.Country == above.Country)
}

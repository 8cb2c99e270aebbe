package mentions

import (
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"github.com/reportedly/reportedly/internal/names"
)

// hinting marks a part of a body's name that no word of it tells: National Bank,
// South Korea. Thousands of texts say such words and mean nobody listed.
const hinting = 1 << 31

// later is a hint that is looked at only if the text names its party otherwise.
type later struct {
	run []runs.Token
	id  uint32
}

// mostLater hints of one text are kept; only hostile text has more.
const mostLater = 1 << 14

func (f *finder) postpone(run []runs.Token, ids []uint32) {
	if len(f.later) >= mostLater {
		return
	}
	for _, id := range ids {
		f.later = append(f.later, later{run, id})
	}
}

// sift drops hints of parties that nothing else in the text names, and compares
// the postponed ones of the others.
func (f *finder) sift() {
	named := f.named
	if named == nil {
		named = map[int32]bool{}
		f.named = named
	}
	clear(named)
	for i := range f.found {
		for k := range f.found[i].cands {
			if c := &f.found[i].cands[k]; !c.hint {
				named[c.party] = true
			}
		}
	}
	kept := f.found[:0]
	for _, h := range f.found {
		if f.anyNamed(h.cands) {
			kept = append(kept, h)
		}
	}
	f.found = kept
	if len(named) == 0 {
		return
	}
	for i := range f.later {
		l := &f.later[i]
		if !named[f.ix.names[l.id].party] || len(f.found) >= mostFound {
			continue
		}
		f.ids, f.parts = append(f.ids[:0], l.id), f.parts[:0]
		f.verifyAll(l.run)
		f.settleAmong(f.cands, 0)
	}
}

func (f *finder) anyNamed(cands []candidate) bool {
	for k := range cands {
		if f.named[cands[k].party] {
			return true
		}
	}
	return false
}

// tells is distinctive of a word of a text, remembered with the word.
func tells(w *runs.Word) bool {
	if w.Tells == 0 {
		m := w.More()
		w.Tells = -1
		if distinctive(names.Word{Text: w.Folded().Text, Kind: m.Kind}) {
			w.Tells = 1
		}
	}
	return w.Tells > 0
}

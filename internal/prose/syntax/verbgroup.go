package syntax

import (
	"slices"
	"strings"
)

// VerbGroup is how a verb (or predicate) is said: its auxiliaries read
// together.
type VerbGroup struct {
	Head        int
	Auxiliaries []int  // with the copula, in order
	Modal       string // "may", "would", "must"...; "" for none
	Past        bool   // the first finite form is past: "left", "had left", "was leaving"
	Present     bool   // "leaves", "has left", "is leaving"
	Future      bool   // "will leave", "is going to leave"
	Perfect     bool   // "has left", "may have left"
	Progressive bool   // "is leaving"
	Passive     bool
	Infinitive  bool // "to leave", bare after a modal not counted
	Participle  bool // a participle without finite auxiliary: "leaving port"
	Imperative  bool
	Negation    int // index of the negating word, -1
}

// VerbGroup reads the verb group of v. A conjunct without auxiliaries of its
// own shares those of the first verb ("has left and sailed").
func (t Tree) VerbGroup(v int) VerbGroup {
	g := VerbGroup{Head: v, Negation: t.Negation(v), Passive: t.Passive(v)}
	g.Auxiliaries = t.ChildrenAs(v, "aux", "cop")
	if len(g.Auxiliaries) == 0 && t.is(v, "conj") && t.OwnSubject(v) < 0 && !t.plainFinite(v) {
		if up := t.Words[v].Head; up >= 0 && t.Words[up].UPOS == t.Words[v].UPOS && t.Words[up].XPOS == t.Words[v].XPOS {
			g.Auxiliaries = t.ChildrenAs(up, "aux", "cop")
		}
	}
	to := t.Marker(v) == "to" || slices.ContainsFunc(t.ChildrenAs(v, "mark"), func(m int) bool { return t.Words[m].XPOS == "TO" })
	first := true
	for _, a := range g.Auxiliaries {
		w := t.Words[a]
		g.auxiliary(w, first && !to)
		first = false
	}
	w := t.Words[v]
	if first && !to {
		g.plain(w)
	}
	cop := len(g.Auxiliaries) > 0 && t.is(g.Auxiliaries[len(g.Auxiliaries)-1], "cop")
	if w.XPOS == "VBG" && !first && !cop {
		g.Progressive = true
	}
	g.Infinitive = to
	if w.Lemma == "go" && g.Progressive && t.Child(v, "xcomp") >= 0 {
		g.Future = false // the future is of the verb below
	}
	if up := w.Head; up >= 0 && to && t.is(v, "xcomp") && t.Words[up].Lemma == "go" && t.Words[up].XPOS == "VBG" {
		g.Future = true
	}
	return g
}

func (t Tree) plainFinite(v int) bool {
	x := t.Words[v].XPOS
	return x == "VBD" || x == "VBZ" || x == "VBP"
}

// auxiliary adds what one auxiliary says; first is the finite one.
func (g *VerbGroup) auxiliary(w Word, first bool) {
	low := strings.ToLower(w.Form)
	switch {
	case w.XPOS == "MD" || w.Lemma == "will" || w.Lemma == "would":
		switch {
		case w.Lemma == "will" || w.Lemma == "shall" || low == "'ll" || low == "’ll" || low == "wo":
			g.Future = true
		default:
			g.Modal = w.Lemma
			if low == "'d" || low == "’d" {
				g.Modal = "would"
			}
		}
		return
	case w.Lemma == "have" || low == "'ve":
		g.Perfect = true
	}
	if first {
		g.Past = w.XPOS == "VBD"
		g.Present = w.XPOS == "VBZ" || w.XPOS == "VBP"
	}
}

// plain reads a verb without auxiliaries.
func (g *VerbGroup) plain(w Word) {
	switch w.XPOS {
	case "VBD":
		g.Past = true
	case "VBZ", "VBP":
		g.Present = true
	case "VBG", "VBN":
		g.Participle = true
	case "VB":
		g.Imperative = strings.Contains(w.Feats, "Mood=Imp")
	}
}

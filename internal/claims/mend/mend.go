package mend

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// Known is what other rooms found in the text: names of parties, places, times.
type Known struct {
	Names, Places, Times []story.Span
	// Accusing tells the lemmas that take "of" and a gerund: accuse, suspect.
	Accusing func(lemma string) bool
	// Deed tells the lemmas of verbs that can name a deed, Doer those of nouns
	// for persons and bodies.
	Deed, Doer func(lemma string) bool
}

// Tree gives a mended copy of the tree of a sentence.
func Tree(t syntax.Tree, src prose.Sentence, known Known) syntax.Tree {
	t.Words = slices.Clone(t.Words)
	for i, w := range t.Words {
		if w.Head >= len(t.Words) || w.Head == i {
			t.Words[i].Head = -1
		}
	}
	if len(src.Tokens) != len(t.Words) {
		return t
	}
	r := &mender{known}
	for _, m := range known.Names {
		gather(t, src, m)
	}
	for _, p := range known.Places {
		gather(t, src, p)
		part(t, src, p)
	}
	for i := range t.Words {
		r.lemma(t, i)
		r.strongPast(t, i)
		outerCase(t, i)
	}
	for i := range t.Words {
		upTo(t, i)
		counted(t, i)
		worth(t, i)
		plan(t, i)
		progressive(t, i)
		r.deniedDoing(t, i)
		r.helpedDo(t, i)
		fronted(t, i)
		complementiser(t, i)
		titled(t, i)
		subordinate(t, i)
		r.accused(t, i)
		r.gerund(t, i)
		verbless(t, i)
		r.lostVerb(t, src, i)
		r.lostPresent(t, src, i)
		receiver(t, i)
		r.offered(t, src, i)
		r.heavyObject(t, src, i)
		listed(t, i)
	}
	return t
}

type mender struct{ known Known }

// fronted gives a clause told before its verb of saying its own subject back:
// in "Varga flew to Cairo, officials told a paper" parsers hang both Varga and
// the officials on "told".
func fronted(t syntax.Tree, i int) {
	w := t.Words[i]
	say := w.Head
	if w.UPOS == "PROPN" && w.Deprel == "ccomp" && say > i { // a name taken for a clause of its own
		for k := i + 1; k < say; k++ {
			if t.Words[k].UPOS == "VERB" && t.Words[k].Head == say && t.Words[k].Deprel == "ccomp" && !hasChild(t, k, "nsubj") {
				t.Words[i].Head, t.Words[i].Deprel = k, "nsubj"
				return
			}
		}
	}
	if w.UPOS != "VERB" || say <= i || w.Deprel != "ccomp" && w.Deprel != "parataxis" {
		return
	}
	before, after := -1, -1
	for k, x := range t.Words {
		if x.Head == i && strings.HasPrefix(x.Deprel, "nsubj") {
			return
		}
		if x.Head == say && strings.HasPrefix(x.Deprel, "nsubj") {
			if k < i && before < 0 {
				before = k
			} else if k > i {
				after = k
			}
		}
	}
	if before >= 0 && after >= 0 {
		t.Words[before].Head = i
	}
}

// subordinate gives "before Tehran signed" its subject, where the parser took
// Tehran for the time.
func subordinate(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.UPOS != "VERB" || w.XPOS != "VBD" && w.XPOS != "VBZ" || w.Deprel != "advcl" || i < 2 {
		return
	}
	mark := false
	for k, x := range t.Words {
		if x.Head == i && strings.HasPrefix(x.Deprel, "nsubj") {
			return
		}
		mark = mark || x.Head == i && x.Deprel == "mark" && k < i-1
	}
	if b := t.Words[i-1]; mark && b.Deprel == "obl" && b.Head == w.Head && (b.UPOS == "PROPN" || b.UPOS == "NOUN" || b.UPOS == "PRON") {
		t.Words[i-1].Head, t.Words[i-1].Deprel = i, "nsubj"
	}
}

// titled hangs a name on the title before it where the parser took both for
// subjects: "the North's leader Kim ordered".
func titled(t syntax.Tree, i int) {
	w := t.Words[i]
	if i == 0 || w.UPOS != "PROPN" || !strings.HasPrefix(w.Deprel, "nsubj") {
		return
	}
	b := t.Words[i-1]
	if b.UPOS == "NOUN" && b.Head == w.Head && strings.HasPrefix(b.Deprel, "nsubj") {
		t.Words[i].Head, t.Words[i].Deprel = i-1, "flat"
	}
}

// accused gives the gerund of "accused by X of helping" to the verb and not to
// X.
func (r *mender) accused(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.Deprel != "acl" || w.Head < 0 || t.Words[w.Head].Head < 0 || t.Words[w.Head].UPOS == "VERB" {
		return
	}
	verb := t.Words[w.Head].Head
	if !r.known.Accusing(strings.ToLower(t.Words[verb].Lemma)) || t.Words[verb].UPOS != "VERB" {
		return
	}
	for k, x := range t.Words {
		if x.Head == i && k < i && strings.EqualFold(x.Form, "of") {
			t.Words[i].Head, t.Words[i].Deprel = verb, "advcl"
			return
		}
	}
}

// gerund gives "accused of leading attacks" its deed where the gerund was taken
// for an adjective of its object.
func (r *mender) gerund(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.UPOS != "VERB" || w.Deprel != "amod" || w.Head <= i || i == 0 || !strings.HasSuffix(strings.ToLower(w.Form), "ing") {
		return
	}
	object, of := w.Head, t.Words[i-1]
	verb := t.Words[object].Head
	if verb < 0 || verb > i || of.Head != object || of.Deprel != "case" || !strings.EqualFold(of.Form, "of") && !strings.EqualFold(of.Form, "with") {
		return
	}
	if t.Words[verb].UPOS != "VERB" || !r.known.Accusing(strings.ToLower(t.Words[verb].Lemma)) && !strings.EqualFold(t.Words[verb].Lemma, "charge") {
		return
	}
	t.Words[i].Head, t.Words[i].Deprel = verb, "advcl"
	t.Words[i-1].Head = i
	t.Words[object].Head, t.Words[object].Deprel = i, "obj"
}

// verbless calls a verb what has a subject and an object but was tagged a noun.
func verbless(t syntax.Tree, i int) {
	if t.Words[i].UPOS != "NOUN" {
		return
	}
	subject, object := false, false
	for _, x := range t.Words {
		if x.Head == i {
			subject = subject || x.Deprel == "nsubj"
			object = object || x.Deprel == "obj"
		}
	}
	if subject && object {
		t.Words[i].UPOS, t.Words[i].XPOS = "VERB", "VBZ"
		t.Words[i].Lemma = strings.TrimSuffix(strings.ToLower(t.Words[i].Form), "s")
	}
}

// lostVerb turns "Varga [bought] missiles", read as missiles bought by
// somebody, and "men [joined] Varga", read as men who were joined, back into
// clauses: a participle has no object, and no name, plural or noun with an
// article of its own stands before one in a name; nor does one stand before an
// article.
func (r *mender) lostVerb(t syntax.Tree, src prose.Sentence, i int) {
	w := t.Words[i]
	h := w.Head
	if h < 0 || w.UPOS != "VERB" || w.XPOS != "VBN" && w.XPOS != "VBD" || predicated(t, h) {
		return
	}
	top := t.Words[h]
	switch {
	case (w.Deprel == "acl" || w.Deprel == "amod") && h < i && top.Head < 0 && hasChild(t, i, "obj"):
		t.Words[h].Head, t.Words[h].Deprel = i, "nsubj"
	case w.Deprel == "acl" && h < i && top.Head < 0 && top.UPOS == "PROPN" && r.isName(src.Tokens[h].Span) && r.isName(src.Tokens[i-1].Span) && hasChild(t, i, "obl") && !bySomebody(t, i):
		t.Words[h].Head, t.Words[h].Deprel = i, "nsubj" // "Varga crossed into Iraq"
	case w.Deprel == "acl" && h < i && top.Head < 0 && slices.Contains(intransitive, strings.ToLower(w.Lemma)) && !hasChild(t, i, "nsubj"):
		t.Words[h].Head, t.Words[h].Deprel = i, "nsubj" // "a faction defected to"
	case w.Deprel == "amod" && top.Deprel == "obj" && top.Head >= 0 && top.Head < i && t.Words[top.Head].Head < 0 && isNominal(t.Words[top.Head]) && !predicated(t, top.Head):
		// "Varga [transported] fighters": the object hangs on the subject.
		k := top.Head
		t.Words[h].Head = i
		for n := range t.Words {
			if t.Words[n].Head == k && n > i {
				t.Words[n].Head = i
			}
		}
		top = t.Words[k]
		t.Words[k].Head, t.Words[k].Deprel = i, "nsubj"
	case w.Deprel == "amod" && h > i && (top.Head < 0 || top.Deprel == "ccomp" || top.Deprel == "parataxis"):
		k := subjectBefore(t, i, h)
		if k < 0 || !r.isName(src.Tokens[k].Span) && !standsAlone(t, i, k) && !r.doer(t, h, k) {
			return
		}
		for n := range t.Words {
			switch {
			case n == k || t.Words[n].Head != h && t.Words[n].Head != i:
			case n < k:
				t.Words[n].Head = k
			case t.Words[n].Head == h && (t.Words[n].UPOS == "PUNCT" || t.Words[n].Deprel == "parataxis" || t.Words[n].Deprel == "obl"):
				t.Words[n].Head = i
			}
		}
		t.Words[k].Head, t.Words[k].Deprel = i, "nsubj"
		t.Words[h].Head, t.Words[h].Deprel = i, "obj"
	default:
		return
	}
	t.Words[i].Head, t.Words[i].Deprel, t.Words[i].XPOS = top.Head, top.Deprel, "VBD"
	if top.Head < 0 {
		t.Words[i].Deprel = "root"
	}
}

// bySomebody reports an agent: the participle is a passive.
func bySomebody(t syntax.Tree, i int) bool {
	return slices.ContainsFunc(t.Words, func(x syntax.Word) bool { return x.Head == i && x.Deprel == "obl:agent" }) || i+1 < len(t.Words) && strings.EqualFold(t.Words[i+1].Form, "by")
}

// predicated reports a nominal that is said something of: with a copula,
// auxiliary or subject.
func predicated(t syntax.Tree, i int) bool { return hasChild(t, i, "cop", "aux", "nsubj") }

func hasChild(t syntax.Tree, i int, rels ...string) bool {
	return slices.ContainsFunc(t.Words, func(x syntax.Word) bool {
		rel, _, _ := strings.Cut(x.Deprel, ":")
		return x.Head == i && slices.Contains(rels, rel)
	})
}

// intransitive verbs have no participle that says what was done to somebody.
var intransitive = []string{"defect", "arrive", "travel", "go", "come", "return", "depart", "disappear", "vanish", "emerge", "appear", "die", "fall", "flee", "resign", "visit"}

func isNominal(w syntax.Word) bool { return w.UPOS == "NOUN" || w.UPOS == "PROPN" }

// doer reports "the preacher [recruited] men": a noun for a person or body
// behind an article that was taken for that of the men.
func (r *mender) doer(t syntax.Tree, h, k int) bool {
	if r.known.Doer == nil || !r.known.Doer(strings.ToLower(t.Words[k].Lemma)) {
		return false
	}
	return slices.ContainsFunc(t.Words[:k], func(x syntax.Word) bool { return x.Head == h && x.Deprel == "det" })
}

// lemma takes the verb of a frame for a form whose lemma was misjudged by its
// spelling: "telephoned" is of telephone.
func (r *mender) lemma(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.UPOS != "VERB" || r.known.Deed == nil || r.known.Deed(strings.ToLower(w.Lemma)) {
		return
	}
	low := strings.ToLower(w.Lemma)
	n := len(low)
	switch {
	case pasts[strings.ToLower(w.Form)] != "":
		t.Words[i].Lemma = pasts[strings.ToLower(w.Form)]
	case n > 2 && r.known.Deed(low+"e"):
		t.Words[i].Lemma = low + "e"
	case n > 3 && low[n-1] == low[n-2] && r.known.Deed(low[:n-1]):
		t.Words[i].Lemma = low[:n-1]
	case n > 3 && low[n-1] == 'e' && r.known.Deed(low[:n-1]):
		t.Words[i].Lemma = low[:n-1]
	}
}

// pasts are forms that are nothing but the past of a verb.
var pasts = map[string]string{
	"underwent": "undergo", "froze": "freeze", "overflew": "overfly", "stole": "steal", "oversaw": "oversee", "flew": "fly", "withdrew": "withdraw",
	"struck": "strike", "swore": "swear", "sought": "seek", "bought": "buy", "fought": "fight", "met": "meet", "sent": "send", "sold": "sell", "paid": "pay",
	"gave": "give", "took": "take", "brought": "bring", "held": "hold", "lent": "lend", "hid": "hide", "forbade": "forbid", "fled": "flee", "became": "become",
}

// strongPast calls such a form a verb where it was taken for an adjective or
// noun.
func (r *mender) strongPast(t syntax.Tree, i int) {
	w := t.Words[i]
	v := pasts[strings.ToLower(w.Form)]
	if v == "" || w.UPOS != "ADJ" && w.UPOS != "NOUN" || w.Deprel != "amod" && w.Deprel != "compound" {
		return
	}
	t.Words[i].UPOS, t.Words[i].XPOS, t.Words[i].Lemma, t.Words[i].Deprel = "VERB", "VBD", v, "amod"
}

// lostPresent turns "Varga controls mining", read as mining of controls, into a
// clause: a plural hardly stands between a name and a noun.
func (r *mender) lostPresent(t syntax.Tree, src prose.Sentence, i int) {
	w := t.Words[i]
	h := w.Head
	if w.UPOS != "NOUN" || w.XPOS != "NNS" || w.Deprel != "compound" || h <= i || i == 0 || t.Words[h].Head >= 0 || predicated(t, h) {
		return
	}
	k := subjectBefore(t, i, h)
	if k < 0 || !r.isName(src.Tokens[k].Span) || r.known.Deed == nil || !r.known.Deed(strings.ToLower(w.Lemma)) {
		return
	}
	for n := range t.Words {
		if n != k && t.Words[n].Head == h && n < k {
			t.Words[n].Head = k
		}
	}
	t.Words[i].UPOS, t.Words[i].XPOS, t.Words[i].Head, t.Words[i].Deprel = "VERB", "VBZ", -1, "root"
	t.Words[k].Head, t.Words[k].Deprel = i, "nsubj"
	t.Words[h].Head, t.Words[h].Deprel = i, "obj"
}

// giving are the verbs that take whom and what without preposition.
var giving = []string{"offer", "give", "grant", "lend", "pay", "send", "sell", "hand", "supply", "provide", "deny", "wire", "issue", "award", "refuse", "guarantee"}

// offered gives "offered Varga shelter" its receiver, who was taken for the
// name of the shelter.
func (r *mender) offered(t syntax.Tree, src prose.Sentence, i int) {
	w := t.Words[i]
	if w.Deprel != "compound" || w.UPOS != "PROPN" || w.Head <= i || i == 0 {
		return
	}
	h := w.Head
	v := t.Words[h].Head
	if v < 0 || v >= i || t.Words[h].Deprel != "obj" || t.Words[h].UPOS == "PROPN" || !slices.Contains(giving, strings.ToLower(t.Words[v].Lemma)) {
		return
	}
	if !slices.ContainsFunc(r.known.Names, func(s story.Span) bool { return s.Overlaps(src.Tokens[i].Span) }) {
		return
	}
	for n := v + 1; n < i; n++ {
		if t.Words[n].Head == h {
			return // "offered the Varga company": the article comes before the name
		}
	}
	t.Words[i].Head, t.Words[i].Deprel = v, "iobj"
}

// subjectBefore gives the nominal right before word i that hangs on i or on h,
// -1 if there is none.
func subjectBefore(t syntax.Tree, i, h int) int {
	k := i - 1
	for k >= 0 && t.Words[k].UPOS == "ADV" {
		k--
	}
	for n := 0; k >= 0 && n < 4; n++ {
		w := t.Words[k]
		if w.Head == i || w.Head == h {
			if w.UPOS == "NOUN" || w.UPOS == "PROPN" {
				return k
			}
			return -1
		}
		if w.Head < 0 || w.Head >= i || w.UPOS != "NOUN" && w.UPOS != "PROPN" {
			return -1
		}
		k = w.Head
	}
	return -1
}

// standsAlone reports a nominal k before participle i that cannot be part of
// the name of what follows.
func standsAlone(t syntax.Tree, i, k int) bool {
	if t.Words[k].XPOS == "NNS" || t.Words[k].XPOS == "NNP" || hasChild(t, k, "det") {
		return true
	}
	return i+1 < len(t.Words) && (t.Words[i+1].UPOS == "DET" || t.Words[i+1].UPOS == "NUM" || t.Words[i+1].UPOS == "PRON")
}

// outerCase gives the preposition before a name of several words to the whole
// name: no part of a name has one of its own.
func outerCase(t syntax.Tree, i int) {
	for n := 0; n < 3 && t.Words[i].Deprel == "case" && t.Words[i].Head > i; n++ {
		k := t.Words[i].Head
		if d := t.Words[k].Deprel; d != "compound" && d != "flat" || t.Words[k].Head < 0 {
			return
		}
		t.Words[i].Head = t.Words[k].Head
	}
}

// plan turns "Varga plans to leave", read as plans of Varga, into a clause.
func plan(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.UPOS != "NOUN" || w.XPOS != "NNS" || i == 0 || i+1 >= len(t.Words) || !strings.EqualFold(t.Words[i+1].Form, "to") || predicated(t, i) {
		return
	}
	if w.Head >= 0 && w.Deprel != "ccomp" && w.Deprel != "parataxis" {
		return
	}
	switch strings.TrimSuffix(strings.ToLower(w.Lemma), "s") {
	case "plan", "hope", "aim", "vow", "demand", "pledge", "promise", "attempt", "claim", "move", "prepare", "need", "want", "intend", "threat":
	default:
		return
	}
	verb, subject := -1, -1
	for k, x := range t.Words {
		switch {
		case x.Head == i && x.Deprel == "acl" && k > i:
			verb = k
		case x.Head == i && k < i && x.UPOS != "DET" && x.UPOS != "PUNCT" && x.Deprel != "nmod:poss":
			subject = k
		case x.Head == i && k < i && (x.UPOS == "DET" || x.Deprel == "nmod:poss"):
			return
		}
	}
	if verb < 0 || subject < 0 || t.Words[subject].UPOS == "ADJ" {
		return
	}
	t.Words[i].UPOS, t.Words[i].XPOS = "VERB", "VBZ"
	t.Words[verb].Deprel = "xcomp"
	for k := range t.Words {
		if t.Words[k].Head == i && k < subject && t.Words[k].UPOS != "PUNCT" {
			t.Words[k].Head = subject
		}
	}
	t.Words[subject].Deprel = "nsubj"
}

// progressive turns "is training soldiers", read as soldiers that are, into a
// verb with an object.
func progressive(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.UPOS != "VERB" || w.Deprel != "amod" || w.Head <= i || i == 0 || w.XPOS != "VBG" {
		return
	}
	h, be := w.Head, t.Words[i-1]
	if be.UPOS != "AUX" || be.Deprel != "cop" || be.Head < i {
		return
	}
	t.Words[i].Head, t.Words[i].Deprel = t.Words[h].Head, t.Words[h].Deprel
	t.Words[h].Head, t.Words[h].Deprel = i, "obj"
	for k := range t.Words {
		if t.Words[k].Head == h && k < i {
			t.Words[k].Head = i
		}
	}
	t.Words[i-1].Head, t.Words[i-1].Deprel = i, "aux"
}

// doing are the verbs whose object may be a deed in -ing.
var doing = []string{"deny", "admit", "stop", "start", "begin", "continue", "consider", "avoid", "resume", "suggest", "halt", "keep", "finish", "cease", "quit", "propose", "recommend", "mean", "involve", "recall", "report", "confess", "risk"}

// deniedDoing gives "denied supplying missiles" its deed, which was read as
// missiles that supply.
func (r *mender) deniedDoing(t syntax.Tree, i int) {
	w := t.Words[i]
	if i > 0 && i+1 < len(t.Words) && w.UPOS == "NOUN" && strings.HasSuffix(w.Form, "ing") && w.Deprel == "obj" && w.Head == i-1 &&
		t.Words[i+1].UPOS == "NOUN" && t.Words[i+1].Head == i && slices.Contains(doing, strings.ToLower(t.Words[i-1].Lemma)) {
		t.Words[i].UPOS, t.Words[i].XPOS, t.Words[i].Deprel = "VERB", "VBG", "xcomp"
		t.Words[i].Lemma = gerundOf(w.Form, r.known.Deed)
		t.Words[i+1].Deprel = "obj"
		return
	}
	if w.UPOS != "VERB" || w.Deprel != "amod" || w.Head <= i || i == 0 || w.XPOS != "VBG" {
		return
	}
	h := w.Head
	v := t.Words[h].Head
	if v != i-1 || v < 0 || t.Words[h].Deprel != "obj" || !slices.Contains(doing, strings.ToLower(t.Words[v].Lemma)) {
		return
	}
	t.Words[i].Head, t.Words[i].Deprel = v, "xcomp"
	t.Words[h].Head, t.Words[h].Deprel = i, "obj"
}

// gerundOf is the lemma of a word in -ing, by the verbs that are known.
func gerundOf(form string, known func(string) bool) string {
	stem := strings.TrimSuffix(strings.ToLower(form), "ing")
	if known != nil && !known(stem) && known(stem+"e") {
		return stem + "e"
	}
	return stem
}

// upTo takes "up to" before a number for its bound and not for a preposition:
// "up to 30 tanks were handed over".
func upTo(t syntax.Tree, i int) {
	if i+2 >= len(t.Words) || !strings.EqualFold(t.Words[i].Form, "up") || !strings.EqualFold(t.Words[i+1].Form, "to") || t.Words[i+2].UPOS != "NUM" {
		return
	}
	h := t.Words[i+2].Head
	if h < 0 || t.Words[i+2].Deprel != "nummod" {
		return
	}
	for k := i; k < i+2; k++ {
		t.Words[k].Head, t.Words[k].Deprel = i+2, "advmod"
	}
	v := t.Words[h].Head
	if v < 0 || t.Words[h].Deprel != "obl" || hasChild(t, h, "case") {
		return
	}
	switch {
	case h < v && !hasChild(t, v, "nsubj"):
		t.Words[h].Deprel = "nsubj"
		if slices.ContainsFunc(t.Words, func(x syntax.Word) bool { return x.Head == v && x.Deprel == "aux:pass" }) {
			t.Words[h].Deprel = "nsubj:pass"
		}
	case h > v && !hasChild(t, v, "obj"):
		t.Words[h].Deprel = "obj"
	}
}

// counted makes "bought three [captured] jets" three jets: a number counts no
// verb.
func counted(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.UPOS != "VERB" || w.XPOS != "VBN" || w.Head < 0 || w.Head > i || w.Deprel != "xcomp" && w.Deprel != "advcl" && w.Deprel != "ccomp" {
		return
	}
	number, thing := -1, -1
	for k, x := range t.Words {
		switch {
		case x.Head != i:
		case x.UPOS == "NUM" && k < i:
			number = k
		case k > i && x.Deprel == "obj" && x.UPOS == "NOUN":
			thing = k
		}
	}
	if number != i-1 || thing < 0 {
		return
	}
	rel := "obj"
	if hasChild(t, w.Head, "obj") {
		rel = "obl"
	}
	t.Words[thing].Head, t.Words[thing].Deprel = w.Head, rel
	t.Words[number].Head, t.Words[number].Deprel = thing, "nummod"
	t.Words[i].Head, t.Words[i].Deprel = thing, "amod"
}

// worth makes "oil worth $40 million" oil and not money.
func worth(t syntax.Tree, i int) {
	w := t.Words[i]
	if !strings.EqualFold(w.Form, "worth") || i == 0 || w.Head <= i || w.Deprel != "amod" {
		return
	}
	sum, k := w.Head, i-1
	if x := t.Words[k]; x.UPOS != "NOUN" || x.Head != i && x.Head != sum {
		return
	}
	up := t.Words[sum]
	if up.Head < 0 {
		return
	}
	for n := 0; n < k; n++ {
		if h := t.Words[n].Head; h == i || h == sum {
			t.Words[n].Head = k
		}
	}
	t.Words[k].Head, t.Words[k].Deprel = up.Head, up.Deprel
	t.Words[i].Head = k
	t.Words[sum].Head, t.Words[sum].Deprel = i, "obl"
}

// dodging are verbs that follow "help" in news and name no deed by themselves.
var dodging = []string{"evade", "circumvent", "bypass", "dodge", "avoid", "escape", "skirt", "flout", "obtain", "finance", "plan", "carry", "build"}

// helpedDo gives "helped Varga evade sanctions" its second verb, which was
// taken for the name of the sanctions.
func (r *mender) helpedDo(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.Deprel != "compound" && (w.Deprel != "amod" || w.UPOS != "VERB" || w.XPOS == "VBN" || w.XPOS == "VBG") || w.Head <= i || i < 2 || w.UPOS == "PROPN" || r.known.Deed == nil || !r.known.Deed(strings.ToLower(w.Form)) && !slices.Contains(dodging, strings.ToLower(w.Form)) {
		return
	}
	h := w.Head
	v := t.Words[h].Head
	if v < 0 || v >= i || t.Words[v].UPOS != "VERB" || strings.ToLower(t.Words[v].Lemma) != "help" {
		return
	}
	for k := i - 1; k > v; k-- {
		if t.Words[k].Head != v && (t.Words[k].Head != h || t.Words[k].UPOS != "PROPN" || t.Words[k].Deprel != "compound") {
			continue
		}
		t.Words[k].Head, t.Words[k].Deprel = v, "obj"
		t.Words[i].UPOS, t.Words[i].XPOS, t.Words[i].Lemma = "VERB", "VB", strings.ToLower(w.Form)
		t.Words[i].Head, t.Words[i].Deprel = v, "xcomp"
		t.Words[h].Head, t.Words[h].Deprel = i, "obj"
		return
	}
}

func (r *mender) isName(span story.Span) bool {
	overlaps := func(s story.Span) bool { return s.Overlaps(span) }
	return slices.ContainsFunc(r.known.Names, overlaps) || slices.ContainsFunc(r.known.Places, overlaps)
}

// heavyObject makes an object of a nominal that hangs on a verb without
// preposition and is no time: "delivered to Syria six tanks".
func (r *mender) heavyObject(t syntax.Tree, src prose.Sentence, i int) {
	w := t.Words[i]
	if w.Deprel != "obl" || w.UPOS != "NOUN" || w.Head < 0 || w.Head > i || t.Words[w.Head].UPOS != "VERB" {
		return
	}
	for _, x := range t.Words {
		if x.Head == i && x.Deprel == "case" || x.Head == w.Head && (x.Deprel == "obj" || x.Deprel == "nsubj:pass") {
			return
		}
	}
	if slices.ContainsFunc(r.known.Times, func(d story.Span) bool { return d.Overlaps(src.Tokens[i].Span) }) {
		return
	}
	t.Words[i].Deprel = "obj"
}

// listed takes one more counted thing after a counted thing for the next of a
// list and not for the same thing said again: "six tanks, 15 howitzers".
func listed(t syntax.Tree, i int) {
	if t.Words[i].Deprel != "appos" || t.Words[i].Head < 0 {
		return
	}
	counted := func(k int) bool {
		return slices.ContainsFunc(t.Words, func(x syntax.Word) bool { return x.Head == k && x.Deprel == "nummod" })
	}
	if counted(i) && counted(t.Words[i].Head) {
		t.Words[i].Deprel = "conj"
	}
}

// receiver takes the first of two objects for who gets the second.
func receiver(t syntax.Tree, i int) {
	w := t.Words[i]
	if w.Deprel == "iobj" && w.Head >= 0 && w.Head < i && t.Words[w.Head].UPOS == "VERB" && !hasChild(t, w.Head, "obj") && !hasChild(t, w.Head, "ccomp") {
		t.Words[i].Deprel = "obj" // "stripped him of his passport"
		return
	}
	if w.Deprel != "obj" && (w.Deprel != "xcomp" || w.UPOS != "PROPN") || w.Head > i || w.UPOS != "PROPN" && w.UPOS != "PRON" {
		return
	}
	for k := i + 1; k < len(t.Words); k++ {
		if t.Words[k].Head == w.Head && t.Words[k].Deprel == "obj" && t.Words[k].UPOS == "NOUN" {
			t.Words[i].Deprel = "iobj"
			return
		}
	}
}

// complementiser takes "that" for a conjunction where the verb under it has
// both its subject and another object: "learned from sources that he visited
// Cairo" describes no sources.
func complementiser(t syntax.Tree, i int) {
	w := t.Words[i]
	if !strings.EqualFold(w.Form, "that") || w.Head < i || w.Deprel != "obj" && w.Deprel != "nsubj" {
		return
	}
	verb, subject, object := w.Head, false, false
	for k, x := range t.Words {
		if k == i || x.Head != verb {
			continue
		}
		subject = subject || strings.HasPrefix(x.Deprel, "nsubj") && k > i
		object = object || x.Deprel == "obj"
	}
	if !subject || w.Deprel == "obj" && !object {
		return
	}
	t.Words[i].UPOS, t.Words[i].Deprel = "SCONJ", "mark"
	if t.Words[verb].Deprel == "acl:relcl" {
		t.Words[verb].Deprel = "ccomp"
		if up := t.Words[verb].Head; up >= 0 && t.Words[up].Head >= 0 && t.Words[t.Words[up].Head].UPOS == "VERB" {
			t.Words[verb].Head = t.Words[up].Head
		}
	}
}

// part cuts a place off the goods that follow it: in "delivered to Syria six
// tanks" a numeral or article stands between, so Syria is no part of the name
// of the tanks.
func part(t syntax.Tree, src prose.Sentence, span story.Span) {
	for i, w := range t.Words {
		h := w.Head
		if !span.Contains(src.Tokens[i].Span) || h <= i || h >= len(t.Words) || w.Deprel != "compound" && w.Deprel != "nmod:desc" {
			continue
		}
		cut := false
		for k := i + 1; k < h; k++ {
			if t.Words[k].Head == h && (t.Words[k].UPOS == "NUM" || t.Words[k].UPOS == "DET") {
				cut = true
			}
		}
		verb := t.Words[h].Head
		if !cut || verb < 0 || verb >= len(t.Words) || t.Words[verb].UPOS != "VERB" {
			continue
		}
		t.Words[i].Head, t.Words[i].Deprel = verb, "obl"
		for k := 0; k < i; k++ {
			if t.Words[k].Head == h && t.Words[k].Deprel == "case" {
				t.Words[k].Head = i
			}
		}
		if t.Words[h].Deprel == "obl" {
			t.Words[h].Deprel = "obj"
		}
	}
}

// gather hangs the tokens of a span on the first of them that has its head
// outside the span.
func gather(t syntax.Tree, src prose.Sentence, span story.Span) {
	if !span.Overlaps(src.Span) {
		return
	}
	var inside []int
	for i, tok := range src.Tokens {
		if span.Contains(tok.Span) {
			inside = append(inside, i)
		}
	}
	if len(inside) < 2 {
		return
	}
	head := -1
	for _, i := range inside {
		if h := t.Words[i].Head; slices.Contains(inside, h) {
			continue
		}
		if head < 0 || weak(t.Words[head].Deprel) && !weak(t.Words[i].Deprel) {
			if head >= 0 {
				t.Words[head].Head, t.Words[head].Deprel = i, "flat"
			}
			head = i
			continue
		}
		t.Words[i].Head, t.Words[i].Deprel = head, "flat"
	}
	// What hangs on a part of the name hangs on the name.
	for k := range t.Words {
		if h := t.Words[k].Head; head >= 0 && h != head && slices.Contains(inside, h) && !slices.Contains(inside, k) {
			t.Words[k].Head = head
		}
	}
	if head >= 0 && t.Words[head].UPOS != "NOUN" && t.Words[head].UPOS != "PROPN" {
		t.Words[head].UPOS = "PROPN"
	}
}

// weak relations say less of a name than a place in the clause does.
func weak(rel string) bool {
	switch rel {
	case "compound", "amod", "flat", "punct", "dep", "case", "conj", "appos", "det":
		return true
	}
	return false
}

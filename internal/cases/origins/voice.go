package origins

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// voice is who stands at the end of a claim's chain.
type voice struct {
	text, name string
	kind       speech.HolderKind
	words      []string
	carrier    string // the outlet that has it from him
	own        bool   // the article says it in its own voice
	anonymous  bool
	media      bool // somebody else's stories, not named
	link       claims.Link
}

// unsigned stands for an outlet that is not known.
const unsigned = "the article itself, outlet not stated"

// voiceOf reads the end of the chain. The outlet that prints the text, or
// whose text is printed, is no link of it.
func (g *Gatherer) voiceOf(t *happenings.Told) voice {
	outlet := g.Lines.outlet(t.Article)
	chain := t.Chain
	for len(chain) > 0 && (chain[0].Kind == speech.Outlet || chain[0].Kind == speech.Wire) &&
		(g.Lines.SameOutlet(chain[0].Holder, outlet) || g.Lines.SameOutlet(chain[0].Holder, g.Lines.Own(t.Article))) {
		chain = chain[1:]
	}
	v := voice{carrier: outlet, own: len(chain) == 0}
	if v.own && g.told[t] == "" {
		g.remember(t)
	}
	if by := g.told[t]; v.own && by != nobody {
		v.own, v.text, v.name, v.kind, v.words = false, by, by, speech.PersonH, HolderWords(by)
		v.link = claims.Link{Holder: by, Name: by, Kind: speech.PersonH, Basis: "witnessed"}
		return v
	}
	if v.own {
		v.text, v.name, v.kind, v.words = cmp.Or(outlet, unsigned), outlet, speech.Outlet, outletWords(outlet)
		return v
	}
	for _, k := range chain[:len(chain)-1] {
		if k.Kind == speech.Outlet || k.Kind == speech.Wire {
			v.carrier = g.Lines.name(cmp.Or(k.Name, k.Holder), nil)
		}
	}
	last := chain[len(chain)-1]
	v.link, v.text, v.name, v.kind = last, last.Holder, last.Name, last.Kind
	v.words = HolderWords(cmp.Or(last.Name, last.Holder))
	if from := g.citedAlone(t.Article); from != "" && (outletNoun(last.Holder) || g.transcribed(last, from)) {
		v.kind, v.name = speech.Outlet, from
	}
	v.media = mediaHolder(last.Holder) && last.Name == ""
	v.anonymous = anonymousKind(last.Kind) || v.media || roleOnly(last)
	if !v.anonymous && (v.kind == speech.Outlet || v.kind == speech.Wire) {
		v.name = g.Lines.name(cmp.Or(v.name, v.text), nil)
		v.words = outletWords(v.name)
	}
	return v
}

// citedAlone is the one outlet from which the article has its story, "" where
// there is none or several.
func (g *Gatherer) citedAlone(article string) string {
	name := ""
	for _, src := range g.Lines.heard(g.Lines.source(article)) {
		o := g.Lines.Own(src)
		if name != "" && !g.Lines.SameOutlet(name, o) {
			return ""
		}
		name = o
	}
	return name
}

// transcribed: an outlet that the register does not know is cited in another
// script than its own: "the newspaper Al-Mirsat" for the one source there is.
func (g *Gatherer) transcribed(k claims.Link, from string) bool {
	if k.Kind != speech.Outlet && k.Kind != speech.Wire || g.Lines.lookup(cmp.Or(k.Name, k.Holder)).known {
		return false
	}
	return latin(cmp.Or(k.Name, k.Holder)) != latin(from)
}

func latin(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
}

// roleOnly: an official or a person without a name, and without the name of
// an office: "a Western official", "officials there".
func roleOnly(k claims.Link) bool {
	if k.Kind != speech.Official && k.Kind != speech.PersonH || strings.ContainsFunc(k.Name, unicode.IsUpper) {
		return false
	}
	return !strings.Contains(Fold(k.Holder), "spokes") && !strings.Contains(Fold(k.Holder), "porte parole")
}

func speaks(k speech.HolderKind) bool {
	return k == speech.Official || k == speech.GovernmentH || k == speech.PersonH || k == speech.Organisation || k == speech.CompanyH
}

func personal(v voice) bool {
	return v.kind == speech.PersonH || v.kind == speech.Official || v.kind == speech.Anonymous
}

func (v voice) plural() bool { return v.link.Plural || v.link.Stated > 1 }

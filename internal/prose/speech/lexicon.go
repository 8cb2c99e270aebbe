package speech

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed data
var files embed.FS

// Class is what sort of stance a cue takes. Only statements, findings and
// beliefs say that something is so.
type Class string

// Classes of cues.
const (
	Statement  Class = "statement"
	Question   Class = "question"
	Belief     Class = "belief"
	Attitude   Class = "attitude"
	Finding    Class = "finding"
	Appearance Class = "appearance"
)

// cue is a row of data/cues.tsv.
type cue struct {
	lemma     string
	words     []string // lemma cut at blanks
	pos       string
	class     Class
	act       Act
	certainty Certainty
	frames    map[string]bool
	preps     []string // of frames ">of"
	avoid     map[string]bool
}

// refusal is a row of data/nonconfirm.tsv.
type refusal struct {
	parts  [][]string // alternatives a part
	holder string
	act    Act
	text   string
}

// known is a name whose bearer's kind and country are known.
type known struct {
	kind    HolderKind
	country string
}

type lexicon struct {
	verbs, nouns, adjs, advs, amods map[string]*cue
	phrases                         map[string][]*cue // several words, by the first
	preps                           []*cue
	refusals                        []refusal
	heads                           map[string]HolderKind
	countries                       map[string]string // "iran" -> IR
	demonyms                        map[string]string // "iranian" -> IR
	capitals                        map[string]string // "tehran" -> IR
	known                           map[string]known
	vocabulary                      map[string]bool // every lemma that a cue or phrase asks for
}

var load = sync.OnceValues(readLexicon)

// lex gives the embedded tables; a fault in them fails the tests, so that a
// running program never meets one.
func lex() *lexicon {
	l, _ := load()
	return l
}

func readLexicon() (*lexicon, error) {
	l := &lexicon{
		verbs: map[string]*cue{}, nouns: map[string]*cue{}, adjs: map[string]*cue{}, advs: map[string]*cue{}, amods: map[string]*cue{},
		phrases: map[string][]*cue{}, heads: map[string]HolderKind{}, countries: map[string]string{},
		demonyms: map[string]string{}, capitals: map[string]string{}, known: map[string]known{}, vocabulary: map[string]bool{},
	}
	for _, step := range []struct {
		file string
		row  func(f []string) error
	}{
		{"cues.tsv", l.cueRow}, {"nonconfirm.tsv", l.refusalRow}, {"holders.tsv", l.holderRow},
		{"countries.tsv", l.countryRow}, {"names.tsv", l.knownRow}, {"known.tsv", l.knownRow},
	} {
		if err := eachRow("data/"+step.file, step.row); err != nil {
			return l, err
		}
	}
	return l, nil
}

// eachRow reads a tab-separated file with # comments; fields are padded to 8.
func eachRow(path string, row func(f []string) error) error {
	text, err := files.ReadFile(path)
	if err != nil {
		return fmt.Errorf("speech: %w", err)
	}
	for n, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		for len(f) < 8 {
			f = append(f, "")
		}
		if err := row(f); err != nil {
			return fmt.Errorf("speech: %s: line %d: %w", path, n+1, err)
		}
	}
	return nil
}

var (
	classes     = map[Class]bool{Statement: true, Question: true, Belief: true, Attitude: true, Finding: true, Appearance: true}
	acts        = map[Act]bool{Assert: true, Confirm: true, Deny: true, PartlyDeny: true, CannotConfirm: true, NeitherNor: true, NoComment: true, NoResponse: true, Investigating: true, Aware: true, Retract: true, Correct: true}
	kindsClosed = map[HolderKind]bool{Outlet: true, Wire: true, GovernmentH: true, Official: true, PersonH: true, Organisation: true, CompanyH: true, DocumentH: true, Anonymous: true, Public: true}
)

func (l *lexicon) cueRow(f []string) error {
	c := &cue{lemma: f[0], words: strings.Fields(f[0]), pos: f[1], class: Class(f[2]), act: Act(f[3]), certainty: Certainty(f[4]), frames: set(f[5], " "), avoid: set(f[6], "|")}
	if _, ok := rank[c.certainty]; !ok || !classes[c.class] || !acts[c.act] || len(c.frames) == 0 {
		return fmt.Errorf("cue %q: unknown class, act or certainty, or no frame", f[0])
	}
	l.vocabulary[c.words[0]] = true
	for fr := range c.frames {
		if p, ok := strings.CutPrefix(fr, ">"); ok {
			c.preps = append(c.preps, p)
		}
	}
	if c.pos == "prep" {
		l.preps = append(l.preps, c)
		return nil
	}
	if len(c.words) > 1 {
		l.phrases[c.words[0]] = append(l.phrases[c.words[0]], c)
		return nil
	}
	table, ok := map[string]map[string]*cue{"verb": l.verbs, "noun": l.nouns, "adj": l.adjs, "adv": l.advs, "amod": l.amods}[c.pos]
	if !ok {
		return fmt.Errorf("cue %q: unknown word class %q", f[0], c.pos)
	}
	table[c.lemma] = c
	return nil
}

func (l *lexicon) refusalRow(f []string) error {
	r := refusal{holder: f[1], act: Act(f[2]), text: f[0]}
	for _, p := range strings.Fields(f[0]) {
		r.parts = append(r.parts, strings.Split(p, "|"))
		for _, w := range strings.Split(p, "|") {
			l.vocabulary[w] = true
		}
	}
	switch r.holder {
	case "subject", "patient", "object", "author":
	default:
		return fmt.Errorf("phrase %q: unknown holder %q", f[0], r.holder)
	}
	if !r.act.IsDenialOrNone() {
		return fmt.Errorf("phrase %q: act %q withholds nothing", f[0], f[2])
	}
	l.refusals = append(l.refusals, r)
	return nil
}

// holderRow keeps the first kind of a word that stands in several rows: the
// file goes from the surest to the vaguest.
func (l *lexicon) holderRow(f []string) error {
	if !kindsClosed[HolderKind(f[0])] {
		return fmt.Errorf("unknown kind %q", f[0])
	}
	for w := range set(f[1], ",") {
		if _, ok := l.heads[w]; !ok {
			l.heads[w] = HolderKind(f[0])
		}
	}
	return nil
}

func (l *lexicon) countryRow(f []string) error {
	for i, m := range []map[string]string{l.countries, l.demonyms, l.capitals} {
		for w := range set(f[i+1], ";") {
			if _, ok := m[strings.ToLower(w)]; !ok {
				m[strings.ToLower(w)] = f[0]
			}
		}
	}
	return nil
}

func (l *lexicon) knownRow(f []string) error {
	if !kindsClosed[HolderKind(f[1])] {
		return fmt.Errorf("unknown kind %q", f[1])
	}
	if _, ok := l.known[f[0]]; ok {
		return nil // names.tsv, written by hand, goes before known.tsv
	}
	l.known[f[0]] = known{HolderKind(f[1]), f[2]}
	return nil
}

func set(s, sep string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Split(s, sep) {
		if w = strings.TrimSpace(w); w != "" {
			out[w] = true
		}
	}
	return out
}

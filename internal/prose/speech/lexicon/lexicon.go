package lexicon

import (
	"embed"
	"fmt"
	"sort"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/prose/speech/stance"
	"io/fs"
)

//go:embed data
var files embed.FS

// Cue is a row of data/cues.tsv.
type Cue struct {
	Lemma     string
	Words     []string // Lemma cut at blanks
	POS       string
	Class     stance.Class
	Act       stance.Act
	Certainty stance.Certainty
	Frames    map[string]bool
	Preps     []string        // of frames ">of"
	Avoid     map[string]bool // objects that void the cue
}

// Refusal is a row of data/nonconfirm.tsv.
type Refusal struct {
	Parts  [][]string // alternatives a part
	Holder string
	Act    stance.Act
}

// Known is a name whose bearer's kind and country are known.
type Known struct {
	Kind    stance.HolderKind
	Country string
}

// Lexicon is all tables of English.
type Lexicon struct {
	Verbs, Nouns, Adjs, Advs, Amods map[string]*Cue
	Phrases                         map[string][]*Cue // several words, by the first
	Preps                           []*Cue
	Refusals                        []Refusal        // longest first
	Openings                        map[string][]int // indices of Refusals by first word
	Heads                           map[string]stance.HolderKind
	Countries                       map[string]string // "iran" -> IR
	Demonyms                        map[string]string // "iranian" -> IR
	Capitals                        map[string]string // "tehran" -> IR
	Known                           map[string]Known
	Vocabulary                      map[string]bool // every lemma that a cue or phrase asks for
}

var load = sync.OnceValues(readLexicon)

// English gives the embedded tables; a fault in them fails the tests, so that a
// running program never meets one.
func English() *Lexicon {
	l, _ := load()
	return l
}

func readLexicon() (*Lexicon, error) {
	l := &Lexicon{
		Verbs: map[string]*Cue{}, Nouns: map[string]*Cue{}, Adjs: map[string]*Cue{}, Advs: map[string]*Cue{}, Amods: map[string]*Cue{},
		Phrases: map[string][]*Cue{}, Heads: map[string]stance.HolderKind{}, Countries: map[string]string{},
		Demonyms: map[string]string{}, Capitals: map[string]string{}, Known: map[string]Known{}, Vocabulary: map[string]bool{},
	}
	for _, step := range []struct {
		file string
		row  func(f []string) error
	}{
		{"cues.tsv", l.cueRow}, {"nonconfirm.tsv", l.refusalRow}, {"holders.tsv", l.holderRow},
		{"countries.tsv", l.countryRow}, {"names.tsv", l.knownRow}, {"known.tsv", l.knownRow},
	} {
		if err := EachRow(files, "data/"+step.file, step.row); err != nil {
			return l, err
		}
	}
	l.indexRefusals()
	return l, nil
}

// indexRefusals puts the longest phrase first ("confirm or deny" before
// "confirm") and finds them by their first word.
func (l *Lexicon) indexRefusals() {
	sort.SliceStable(l.Refusals, func(a, b int) bool { return len(l.Refusals[a].Parts) > len(l.Refusals[b].Parts) })
	l.Openings = map[string][]int{}
	for k, r := range l.Refusals {
		for _, w := range r.Parts[0] {
			if w != "NOT" {
				l.Openings[w] = append(l.Openings[w], k)
				continue
			}
			for n := range Negations {
				l.Openings[n] = append(l.Openings[n], k)
			}
		}
	}
}

// EachRow reads a tab-separated file with # comments; fields are padded to 8.
func EachRow(files fs.FS, path string, row func(f []string) error) error {
	text, err := fs.ReadFile(files, path)
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

func (l *Lexicon) cueRow(f []string) error {
	c := &Cue{Lemma: f[0], Words: strings.Fields(f[0]), POS: f[1], Class: stance.Class(f[2]), Act: stance.Act(f[3]), Certainty: stance.Certainty(f[4]), Frames: Set(f[5], " "), Avoid: Set(f[6], "|")}
	if !c.Certainty.Known() || !c.Class.Known() || !c.Act.Known() || len(c.Frames) == 0 {
		return fmt.Errorf("cue %q: unknown class, act or certainty, or no frame", f[0])
	}
	l.Vocabulary[c.Words[0]] = true
	for fr := range c.Frames {
		if p, ok := strings.CutPrefix(fr, ">"); ok {
			c.Preps = append(c.Preps, p)
		}
	}
	if c.POS == "prep" {
		l.Preps = append(l.Preps, c)
		return nil
	}
	if len(c.Words) > 1 {
		l.Phrases[c.Words[0]] = append(l.Phrases[c.Words[0]], c)
		return nil
	}
	table, ok := map[string]map[string]*Cue{"verb": l.Verbs, "noun": l.Nouns, "adj": l.Adjs, "adv": l.Advs, "amod": l.Amods}[c.POS]
	if !ok {
		return fmt.Errorf("cue %q: unknown word class %q", f[0], c.POS)
	}
	table[c.Lemma] = c
	return nil
}

func (l *Lexicon) refusalRow(f []string) error {
	r := Refusal{Holder: f[1], Act: stance.Act(f[2])}
	for _, p := range strings.Fields(f[0]) {
		r.Parts = append(r.Parts, strings.Split(p, "|"))
		for _, w := range strings.Split(p, "|") {
			l.Vocabulary[w] = true
		}
	}
	switch r.Holder {
	case "subject", "patient", "object", "author":
	default:
		return fmt.Errorf("phrase %q: unknown holder %q", f[0], r.Holder)
	}
	if !r.Act.IsDenialOrNone() {
		return fmt.Errorf("phrase %q: act %q withholds nothing", f[0], f[2])
	}
	l.Refusals = append(l.Refusals, r)
	return nil
}

// holderRow keeps the first kind of a word that stands in several rows: the
// file goes from the surest to the vaguest.
func (l *Lexicon) holderRow(f []string) error {
	if !stance.HolderKind(f[0]).Known() {
		return fmt.Errorf("unknown kind %q", f[0])
	}
	for w := range Set(f[1], ",") {
		if _, ok := l.Heads[w]; !ok {
			l.Heads[w] = stance.HolderKind(f[0])
		}
	}
	return nil
}

func (l *Lexicon) countryRow(f []string) error {
	for i, m := range []map[string]string{l.Countries, l.Demonyms, l.Capitals} {
		for w := range Set(f[i+1], ";") {
			if _, ok := m[strings.ToLower(w)]; !ok {
				m[strings.ToLower(w)] = f[0]
			}
		}
	}
	return nil
}

func (l *Lexicon) knownRow(f []string) error {
	if !stance.HolderKind(f[1]).Known() {
		return fmt.Errorf("unknown kind %q", f[1])
	}
	if _, ok := l.Known[f[0]]; ok {
		return nil // names.tsv, written by hand, goes before known.tsv
	}
	l.Known[f[0]] = Known{stance.HolderKind(f[1]), f[2]}
	return nil
}

// Set cuts s at sep into a set of words.
func Set(s, sep string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Split(s, sep) {
		if w = strings.TrimSpace(w); w != "" {
			out[w] = true
		}
	}
	return out
}

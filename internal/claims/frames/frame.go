package frames

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/activity"
)

// Version of the frames; a claim carries it, so that a later edition can tell
// which claims to read again.
const Version = 1

//go:embed data
var data embed.FS

// Language holds all frames and word lists of one language.
type Language struct {
	Code     string
	Patterns []Pattern
	// ByLemma finds patterns by the lemma of their trigger: indices into
	// Patterns.
	ByLemma map[string][]int
	Classes map[string]Class
	// Light verbs lend their arguments to a noun: "paid a visit".
	Light map[string]bool
	// Effects of words that govern a deed: "plan to", "attempt at".
	Effects map[string]Effect
}

// Pattern is one way of naming an activity.
type Pattern struct {
	Code  activity.Code
	Name  string
	Verbs []Trigger
	Nouns []Trigger
	// Adjectives that say something of their subject: "was absent from".
	Adjectives []Trigger
	Voice      string // "", "active", "passive"
	Slots      []Slot
	Needs      [][]string // one of each group must be filled
	Guards     []Guard
	Set        map[string]string // aspect, polarity, certainty
	Yes, No    []string
	Source     string // file and line
}

// Trigger is a lemma with what must stand beside it.
type Trigger struct {
	Lemma    string
	Particle string // "up" of "set up"
	Object   string // "part" of "take part"
	Before   string // "phone" of "phone call"
}

// Slot is one role and where in the tree it is found.
type Slot struct {
	Role   string
	Needed bool
	Paths  []string
	Type   string
}

// Guard keeps or rules out a sense.
type Guard struct {
	Unless  bool
	Paths   []string
	Classes []string // of @CLASS or @CLASS/@CLASS
	Type    string   // of =TYPE; "any" for a bare *
	Lemmas  map[string]bool
}

// Effect is what a governing word does to the deed it governs.
type Effect string

// Effects of governing words.
const (
	Planned      Effect = "planned"
	Attempted    Effect = "attempted"
	Hypothetical Effect = "hypothetical"
	Ongoing      Effect = "ongoing"
	Completed    Effect = "completed"
	Negative     Effect = "negative"
	Prevented    Effect = "prevented"
	Probable     Effect = "probable"
	Possible     Effect = "possible"
	Refuted      Effect = "refuted"
	Knowledge    Effect = "knowledge"
	Unknown      Effect = "unknown"
	Knowing      Effect = "knowing"
)

// Key names the rule for people: "TRV-ENTRY/travel".
func (p Pattern) Key() string { return string(p.Code) + "/" + p.Name }

var english = sync.OnceValue(func() *Language {
	l, err := load("en")
	if err != nil {
		panic(err) // a fault of the build: the package's test reads the same files
	}
	return l
})

// English gives the frames for English. The caller must not change them.
func English() *Language { return english() }

// For gives the frames of a language, ok false where there are none yet.
func For(code string) (*Language, bool) {
	if code == "en" || code == "" {
		return English(), true
	}
	return nil, false
}

func load(code string) (*Language, error) {
	l := &Language{Code: code, ByLemma: map[string][]int{}, Classes: map[string]Class{}, Light: map[string]bool{}, Effects: map[string]Effect{}}
	dir := path.Join("data", code)
	files, err := fs.ReadDir(data, dir)
	if err != nil {
		return nil, fmt.Errorf("frames: language %s: %w", code, err)
	}
	for _, f := range files {
		text, err := fs.ReadFile(data, path.Join(dir, f.Name()))
		if err != nil {
			return nil, fmt.Errorf("frames: %s: %w", f.Name(), err)
		}
		switch {
		case f.Name() == "lexicon.txt":
			err = l.readClasses(f.Name(), string(text))
		case f.Name() == "verbs.txt":
			err = l.readVerbs(f.Name(), string(text))
		case strings.HasSuffix(f.Name(), ".frames"):
			err = l.readFrames(f.Name(), string(text))
		}
		if err != nil {
			return nil, err
		}
	}
	return l, l.check()
}

// check refuses frames that name an unknown class and indexes the triggers.
func (l *Language) check() error {
	for i, p := range l.Patterns {
		if _, ok := activity.Lookup(p.Code); !ok {
			return fmt.Errorf("frames: %s: no activity %q", p.Source, p.Code)
		}
		if len(p.Verbs)+len(p.Nouns)+len(p.Adjectives) == 0 {
			return fmt.Errorf("frames: %s: %s has no trigger", p.Source, p.Key())
		}
		for _, s := range p.Slots {
			for _, c := range strings.Split(s.Type, "/") {
				if name, ok := strings.CutPrefix(c, "@"); ok && l.Classes[name].Name == "" {
					return fmt.Errorf("frames: %s: %s: no class %q", p.Source, p.Key(), name)
				}
			}
		}
		for _, g := range p.Guards {
			for _, c := range g.Classes {
				if l.Classes[c].Name == "" {
					return fmt.Errorf("frames: %s: %s: no class %q", p.Source, p.Key(), c)
				}
			}
		}
		seen := map[string]bool{}
		for _, t := range slices.Concat(p.Verbs, p.Nouns, p.Adjectives) {
			if !seen[t.Lemma] {
				l.ByLemma[t.Lemma] = append(l.ByLemma[t.Lemma], i)
				seen[t.Lemma] = true
			}
		}
	}
	return nil
}

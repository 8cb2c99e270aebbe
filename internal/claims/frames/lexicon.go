package frames

import (
	"fmt"
	"slices"
	"strings"
)

// Class is a set of things: arms, oil, assets.
type Class struct {
	Name string
	// Words are lemmas that name a member by themselves; Phrases are two or
	// more lemmas, the last the head. Includes are classes within it.
	Words    map[string]bool
	Phrases  map[string]bool
	Includes []string
}

// readClasses takes lines "class arms < missiles" and then words, a comma
// between two, any number of lines.
func (l *Language) readClasses(name, text string) error {
	var at string
	return lines(text, func(n int, line string) error {
		if rest, ok := strings.CutPrefix(line, "class "); ok {
			own, includes, _ := strings.Cut(rest, "<")
			at = strings.TrimSpace(own)
			l.Classes[at] = Class{Name: at, Words: map[string]bool{}, Phrases: map[string]bool{}, Includes: strings.Fields(includes)}
			return nil
		}
		if at == "" {
			return fmt.Errorf("frames: %s:%d: words before the first class", name, n)
		}
		for _, w := range strings.Split(line, ",") {
			w = strings.ToLower(strings.Join(strings.Fields(w), " "))
			switch {
			case w == "":
			case strings.Contains(w, " "):
				l.Classes[at].Phrases[w] = true
			default:
				l.Classes[at].Words[w] = true
			}
		}
		return nil
	})
}

// Has reports whether the lemmas, head last, end in a member of the class.
func (l *Language) Has(class string, lemmas []string) bool {
	c, ok := l.Classes[class]
	if !ok || len(lemmas) == 0 {
		return false
	}
	if c.Words[lemmas[len(lemmas)-1]] {
		return true
	}
	for i := len(lemmas) - 2; i >= 0 && i >= len(lemmas)-4; i-- {
		if c.Phrases[strings.Join(lemmas[i:], " ")] {
			return true
		}
	}
	for _, in := range c.Includes {
		if l.Has(in, lemmas) {
			return true
		}
	}
	return false
}

// Within gives the classes named and all that they include, each once.
func (l *Language) Within(names ...string) []Class {
	var out []Class
	done := map[string]bool{}
	for len(names) > 0 {
		name := names[0]
		if names = names[1:]; done[name] {
			continue
		}
		done[name] = true
		c := l.Classes[name]
		out = append(out, c)
		names = slices.Concat(names, c.Includes)
	}
	return out
}

// Verb reports a lemma that triggers some pattern as a verb.
func (l *Language) Verb(lemma string) bool {
	for _, k := range l.ByLemma[lemma] {
		for _, t := range l.Patterns[k].Verbs {
			if t.Lemma == lemma {
				return true
			}
		}
	}
	return false
}

package lexicon

import (
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/prose/speech/stance"
)

// KnownName looks a name up in the table of outlets and seats of power.
func (l *Lexicon) KnownName(name string) (Known, bool) {
	for _, cut := range []string{"the ", "The ", "THE "} {
		name = strings.TrimPrefix(name, cut)
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	if k, ok := l.Known[name]; ok {
		return k, true
	}
	for _, tail := range []string{" news agency", " newspaper", " daily", " magazine", " news", " agency", " website", " television", " TV", " channel"} {
		if k, ok := l.Known[strings.TrimSuffix(name, tail)]; ok {
			return k, true
		}
	}
	return Known{}, false
}

// HeadKind is the kind that a head word makes, in the singular or plural.
func (l *Lexicon) HeadKind(w string) (stance.HolderKind, bool) {
	for _, form := range []string{w, strings.TrimSuffix(w, "."), strings.TrimSuffix(w, "s"), strings.TrimSuffix(w, "es"), strings.TrimSuffix(w, "ies") + "y"} {
		if k, ok := l.Heads[form]; ok {
			return k, true
		}
	}
	if strings.HasSuffix(w, "men") {
		return l.HeadKind(strings.TrimSuffix(w, "men") + "man")
	}
	return "", false
}

// CountryIn is the first State, nationality or seat named in the words; two
// words together ("South Korean") go before one.
func (l *Lexicon) CountryIn(words []string) string {
	for i := range words {
		for n := min(4, len(words)-i); n > 0; n-- {
			w := strings.ToLower(strings.Join(words[i:i+n], " "))
			w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
			for _, t := range []map[string]string{l.Demonyms, l.Countries, l.Capitals} {
				if c, ok := t[w]; ok && (n > 1 || w != "us" || words[i] == "US") {
					return c
				}
			}
			if n > 1 || len(w) > 3 {
				if k, ok := l.KnownName(strings.Join(words[i:i+n], " ")); ok && k.Kind == stance.GovernmentH && k.Country != "" {
					return k.Country
				}
			}
		}
	}
	return ""
}

// Pronouns tells what a pronoun points to: p one person, i and w the speaker,
// t several, b a body or thing, r relative.
var Pronouns = map[string]byte{"he": 'p', "she": 'p', "him": 'p', "her": 'p', "his": 'p', "i": 'i', "we": 'w', "my": 'i', "our": 'w', "me": 'i', "us": 'w',
	"they": 't', "their": 't', "them": 't', "it": 'b', "its": 'b', "who": 'r', "both": 't'}

// Negations are the words that turn a verb round.
var Negations = map[string]bool{"not": true, "n't": true, "n’t": true, "never": true, "nor": true, "neither": true, "cannot": true, "no": true}

// Labels are words before a colon that speak for nobody (data/labels.txt).
var Labels = sync.OnceValue(func() map[string]bool {
	text, _ := files.ReadFile("data/labels.txt")
	out := map[string]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		if line != "" && line[0] != '#' {
			out[line] = true
		}
	}
	return out
})

package relevance

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/claims/frames"
)

// controlled holds the words by which controlled goods are called, in every
// form: whatever a frame with a scope asks for as the thing supplied, bought or
// tested. A phrase counts by its last word.
var controlled = sync.OnceValue(func() *wordSet {
	l := frames.English()
	set := &wordSet{words: map[string]bool{}}
	done := map[string]bool{}
	var class func(name string)
	class = func(name string) {
		if done[name] {
			return
		}
		done[name] = true
		c := l.Classes[name]
		for w := range c.Words {
			set.add(w)
		}
		for p := range c.Phrases {
			set.add(p[strings.LastIndexByte(p, ' ')+1:])
		}
		for _, in := range c.Includes {
			class(in)
		}
	}
	for _, p := range l.Patterns {
		if frames.ScopeOf(p.Code) == "" {
			continue
		}
		classes := false
		for _, s := range p.Slots {
			for _, t := range strings.Split(s.Type, "/") {
				if name, ok := strings.CutPrefix(t, "@"); ok && s.Needed {
					classes = true
					class(name)
				}
			}
		}
		if !classes { // "armed the militia": the trigger itself tells
			for _, t := range slices.Concat(p.Verbs, p.Nouns, p.Adjectives) {
				set.add(t.Lemma)
			}
		}
	}
	return set
})

// wordSet finds whole words in running text.
type wordSet struct {
	words map[string]bool
	first [256]uint32 // by first byte, the lengths that words have, bit by bit
}

// longestWord bounds what is looked up; longer words are kept by their start.
const longestWord = 31

func (s *wordSet) add(lemma string) {
	lemma = strings.ToLower(lemma)
	// Tokens part at marks in more than one way: the longest part tells.
	part := ""
	for p := range strings.FieldsFuncSeq(lemma, func(r rune) bool { return r < utf8.RuneSelf && !inWord[r] }) {
		if len(p) > len(part) {
			part = p
		}
	}
	forms := []string{part, part + "s", part + "es", part + "ed", part + "d", part + "ing", strings.TrimSuffix(part, "e") + "ing"}
	if y, ok := strings.CutSuffix(part, "y"); ok {
		forms = append(forms, y+"ies", y+"ied")
	}
	for _, f := range forms {
		if f == "" || len(f) > longestWord {
			continue
		}
		s.words[f] = true
		s.first[f[0]] |= 1 << len(f)
	}
}

// inWord are letters and digits; bytes beyond ASCII belong to words.
var inWord = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= utf8.RuneSelf || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
	}
	return t
}()

func (s *wordSet) in(text string) bool {
	var low [longestWord + 1]byte
	for i := 0; i < len(text); i++ {
		if !inWord[text[i]] {
			continue
		}
		from := i
		for i < len(text) && inWord[text[i]] {
			i++
		}
		n := i - from
		if n > longestWord || s.first[lower(text[from])]&(1<<n) == 0 {
			continue
		}
		for k := range n {
			low[k] = lower(text[from+k])
		}
		if s.words[string(low[:n])] {
			return true
		}
	}
	return false
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// embargoed holds the words by which territories under embargo are called.
var embargoed = sync.OnceValue(func() *wordSet {
	set := &wordSet{words: map[string]bool{}}
	for _, w := range frames.TerritoryWords() {
		set.add(w)
	}
	return set
})

// Controlled reports whether an English text speaks of goods that an embargo
// may cover and of a territory under one. Where it does not and nobody listed
// is named, no claim can come of it: a claim about a territory needs both.
func Controlled(text string) bool { return embargoed().in(text) && controlled().in(text) }

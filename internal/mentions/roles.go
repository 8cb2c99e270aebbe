package mentions

import (
	_ "embed" // roles.tsv
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/story"
)

//go:embed roles.tsv
var roleFile string

const rolesRead = 200_000 // bytes of a text that roles are looked for in

// roleWords maps a role to the words that may not follow it.
var roleWords = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for l := range strings.Lines(roleFile) {
		if w, not, _ := strings.Cut(strings.TrimRight(l, "\n"), "\t"); w != "" && !strings.HasPrefix(w, "#") {
			out[w] = strings.Fields(not)
		}
	}
	return out
})

// roles finds "the general", "the Iranian commander": a role that the text has
// given to exactly one bearer, and to nobody else with a name. English only.
func (r *reading) roles() {
	if r.article.Language != "" && r.article.Language != "en" {
		return
	}
	holders := map[string]*bearer{}
	for _, b := range r.bearers {
		if b.weak || !r.ix.at(b.best().name).name.Person() {
			continue
		}
		for t := range b.titles {
			if _, ok := roleWords()[t]; !ok {
				continue
			}
			if other, taken := holders[t]; taken && other != b {
				holders[t] = nil
				continue
			}
			holders[t] = b
		}
	}
	for t, b := range holders {
		if b != nil && !r.heldByOthers(t, b) {
			r.role(t, b)
		}
	}
}

// heldByOthers reports the role before a name that is not the bearer's.
func (r *reading) heldByOthers(role string, b *bearer) bool {
	title := strings.ToUpper(role[:1]) + role[1:]
	for at := 0; ; {
		i := strings.Index(r.text[at:], title+" ")
		if i < 0 {
			return false
		}
		at += i + len(title) + 1
		if at < len(r.text) && runs.KindOfByte[r.text[at]] == runs.Upper && !b.holdsNear(at) {
			return true
		}
	}
}

func (b *bearer) holdsNear(at int) bool {
	for _, p := range b.places {
		if p.span.Start <= at+24 && at <= p.span.End {
			return true
		}
	}
	return false
}

// role adds each "the ... role" after the bearer's first mention.
func (r *reading) role(role string, b *bearer) {
	first := len(r.text)
	for _, p := range b.places {
		first = min(first, p.span.Start)
	}
	lower := strings.ToLower(r.text[:min(len(r.text), rolesRead)])
	if len(lower) != min(len(r.text), rolesRead) {
		return // lowering changed lengths: places would not fit
	}
	for at := first; at < len(lower); {
		i := strings.Index(lower[at:], role)
		if i < 0 {
			return
		}
		start := at + i
		at = start + len(role)
		if start > 0 && runs.KindOfByte[lower[start-1]] != runs.Other || at < len(lower) && runs.KindOfByte[lower[at]] != runs.Other || r.text[start] != role[0] {
			continue
		}
		from, ok := r.definite(lower, start)
		if !ok || slices.Contains(roleWords()[role], nextWord(lower, at)) {
			continue
		}
		r.addRole(b, role, story.Span{Start: from, End: at})
	}
}

// definite finds "the" before a role, with at most two words between that are
// of a country or grade.
func (r *reading) definite(lower string, at int) (int, bool) {
	for n := 0; n < 3; n++ {
		end := at
		for end > 0 && lower[end-1] == ' ' {
			end--
		}
		if at-end != 1 {
			return 0, false
		}
		start := end
		for start > 0 && runs.KindOfByte[lower[start-1]] == runs.Lower {
			start--
		}
		w := lower[start:end]
		if w == "the" {
			return start, true
		}
		if !identity.IsCountryWord(w) && w != "top" && w != "senior" && w != "former" && w != "powerful" && w != "late" && w != "veteran" {
			return 0, false
		}
		at = start
	}
	return 0, false
}

func nextWord(lower string, at int) string {
	if at >= len(lower) || lower[at] != ' ' {
		return ""
	}
	end := at + 1
	for end < len(lower) && runs.KindOfByte[lower[end]] == runs.Lower {
		end++
	}
	return lower[at+1 : end]
}

func (r *reading) addRole(b *bearer, role string, span story.Span) {
	for _, o := range r.bearers {
		for _, p := range o.places {
			if p.span.Overlaps(span) {
				return
			}
		}
	}
	b.places = append(b.places, place{span: span, form: Role, reach: "the only " + role + " of the text, " + quoted(r.nameOf(b)), score: 0.7 * b.best().score})
}

// pronouns takes "He" or "She" at the head of a sentence for the bearer whose
// mention opens the sentence before, where that sentence names nobody else.
func (r *reading) pronouns() {
	if r.article.Language != "" && r.article.Language != "en" || !r.mayFollow() {
		return
	}
	s := r.document().Sentences
	for i := 1; i < len(s); i++ {
		if s[i].Paragraph != s[i-1].Paragraph || len(s[i].Tokens) == 0 {
			continue
		}
		t := s[i].Tokens[0]
		if t.Text != "He" && t.Text != "She" {
			continue
		}
		b := r.onlyPerson(s[i-1].Span)
		if b == nil {
			continue
		}
		sex := r.ix.parties[b.order[0]].Gender
		if sex == "male" && t.Text == "She" || sex == "female" && t.Text == "He" {
			continue
		}
		b.places = append(b.places, place{span: t.Span, form: Pronoun, reach: "the sentence before names only " + quoted(r.nameOf(b)), score: 0.6 * b.best().score})
	}
}

// mayFollow reports a person who is hardly somebody else, and a pronoun that
// opens a sentence: only then the text is cut.
func (r *reading) mayFollow() bool {
	named := false
	for _, b := range r.bearers {
		named = named || !b.weak && b.status != Rejected && r.ix.at(b.best().name).name.Person()
	}
	return named && (strings.Contains(r.text, "He ") || strings.Contains(r.text, "She "))
}

// onlyPerson is the bearer whose mention opens a sentence in which no other
// person's name seems to stand.
func (r *reading) onlyPerson(span story.Span) *bearer {
	var only *bearer
	opens := false
	for _, b := range r.bearers {
		for _, p := range b.places {
			if !span.Contains(p.span) || b.weak || !r.ix.at(b.best().name).name.Person() {
				continue
			}
			if only != nil && only != b {
				return nil
			}
			only = b
			opens = opens || p.span.Start-span.Start < 24
		}
	}
	if only == nil || !opens {
		return nil
	}
	for i := span.Start; i < span.End; {
		if runs.KindOfByte[r.text[i]] != runs.Upper {
			i++
			continue
		}
		end := i
		for end < span.End && runs.KindOfByte[r.text[end]] != runs.Other {
			end++
		}
		w := strings.ToLower(r.text[i:end])
		if names.Bearers(w) >= 20 && names.Ordinary(w) == 0 && !identity.IsCountryWord(w) && !only.holdsAt(i) {
			return nil
		}
		i = end
	}
	return only
}

func (b *bearer) holdsAt(at int) bool {
	for _, p := range b.places {
		if p.span.Start <= at && at < p.span.End {
			return true
		}
	}
	return false
}

package mentions

import (
	"cmp"
	"fmt"
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"slices"
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/story"
)

// handle is a word by which a text may take up a bearer again.
type handle struct {
	word   names.Word
	raw    string // must stand letter by letter if set: an acronym the text explains
	bearer *bearer
	given  bool // not the family name
	at     int  // where the text says it in full
	why    string
}

// follow finds surnames, titles with surnames and short forms.
func (r *reading) follow() {
	var handles []handle
	for _, b := range r.bearers {
		handles = append(handles, r.handles(b)...)
	}
	if len(handles) == 0 {
		return
	}
	if len(handles) > 400 {
		handles = handles[:400] // hostile text
	}
	taken := r.taken()
	for _, run := range r.runs {
		for i := range run {
			t := &run[i]
			if t.Flags&runs.Small != 0 && t.Flags&runs.Known == 0 || overlapsAny(taken, story.Span{Start: t.Start, End: t.End}) {
				continue
			}
			if h, ok := r.handleFor(handles, t); ok {
				r.attach(taken, h, run, i)
			} else if i+1 < len(run) && run[i+1].Start == t.End+1 && r.text[t.End] == '-' {
				both := runs.Token{Start: t.Start, End: run[i+1].End, Flags: t.Flags, Word: r.scan.runs.Word(r.text[t.Start:run[i+1].End])}
				if h, ok := r.handleFor(handles, &both); ok && h.given {
					r.attach(taken, h, append(append([]runs.Token{}, run[:i]...), both), i)
				}
			}
		}
	}
}

// handles of a bearer named in full: the family name and, where it stands
// first, the given name; of a body its distinctive words and the acronym that
// the text puts in brackets.
func (r *reading) handles(b *bearer) []handle {
	var out []handle
	seen := map[string]bool{}
	for k, c := range b.names {
		l := r.ix.at(c.name)
		words := names.Of(c.span.Of(r.text), names.Words(c.span.Of(r.text)), l.name.Schema).Words
		at := b.places[k].span.Start
		add := func(w names.Word, given bool, why string) {
			if len(w.Text) > 1 && !seen[w.Text] {
				seen[w.Text] = true
				out = append(out, handle{word: w, bearer: b, given: given, at: at, why: why})
			}
		}
		if l.name.Person() && countFull(l.name) > 1 {
			family := familyIn(words, l)
			if family >= 0 && (family > 0 || eastAsian(words) || len(words) == 1) {
				add(words[family], false, "surname")
				if l.family >= 0 && words[family].Text != l.name.Words[l.family].Text && slavicText(r.text[c.span.Start:c.span.End]) {
					add(l.name.Words[l.family], false, "surname")
				}
			}
			if eastAsian(words) {
				if g := given(words); g.Text != "" {
					add(g, true, "given name")
				}
			}
		} else if !l.name.Person() && countFull(l.name) > 1 {
			for _, w := range words {
				if distinctive(w) {
					add(w, false, "short name")
				}
			}
		}
		if a := acronymAfter(r.text, c.span.End, words); a != "" && !seen[a] {
			seen[a] = true
			out = append(out, handle{raw: a, bearer: b, at: at, why: "acronym"})
		}
	}
	return out
}

// slavicText reports Cyrillic letters: there the listed form of a name is its
// nominative.
func slavicText(s string) bool { return len(s) > 0 && s[0] >= 0xd0 && s[0] <= 0xd2 }

// given is the given name of a person whose family name stands first; its two
// syllables count as one word, as in Jong-un.
func given(words []names.Word) names.Word {
	w := words[1]
	if len(words) == 3 {
		w = names.WordAt(words[1].Text+words[2].Text, 0, len(words[1].Text)+len(words[2].Text))
	}
	if len(w.Text) < 5 {
		return names.Word{}
	}
	return w
}

// familyIn finds the word of the text that answers the listed family name.
func familyIn(words []names.Word, l *listed) int {
	if l.family >= 0 {
		for i := len(words) - 1; i >= 0; i-- {
			if names.WordLikeness(words[i], l.name.Words[l.family]) >= 0.75 {
				return i
			}
		}
	}
	for i := len(words) - 1; i > 0; i-- {
		if words[i].Kind == names.Plain {
			return i
		}
	}
	return -1
}

// distinctive words of a body's name can stand for it once it was named.
func distinctive(w names.Word) bool {
	return w.Kind == names.Plain && len(w.Text) >= 4 && names.Ordinary(w.Text) == 0 && names.Bearers(w.Text) < 40 && names.Meaning(w.Text) == "" && !identity.IsCountryWord(w.Text)
}

// acronymAfter reads "(NIOC)" behind a name whose words begin with these
// letters.
func acronymAfter(text string, end int, words []names.Word) string {
	rest := text[end:min(len(text), end+24)]
	open := strings.IndexByte(rest, '(')
	shut := strings.IndexByte(rest, ')')
	if open < 0 || open > 2 || shut < open+3 {
		return ""
	}
	a := strings.Trim(rest[open+1:shut], ` "'`)
	if len(a) < 2 || len(a) > 8 || strings.ToUpper(a) != a {
		return ""
	}
	initials := ""
	for _, w := range words {
		if w.Kind != names.Particle {
			initials += strings.ToUpper(w.Text[:1])
		}
	}
	if !strings.HasPrefix(a, initials[:min(1, len(initials))]) || len(initials) < 2 {
		return ""
	}
	return a
}

// taken are the stretches of text that are mentions already, in order.
func (r *reading) taken() []story.Span {
	var out []story.Span
	for _, b := range r.bearers {
		for _, p := range b.places {
			out = append(out, p.span)
		}
	}
	slices.SortFunc(out, func(a, b story.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return out
}

// overlapsAny reports a stretch that overlaps one of those in order. Few of them
// overlap each other, so that looking at the ones about the place is enough.
func overlapsAny(spans []story.Span, s story.Span) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].End > s.Start })
	for ; i < len(spans) && spans[i].Start < s.End; i++ {
		if spans[i].Overlaps(s) {
			return true
		}
	}
	return false
}

// handleFor finds the bearer that a word takes up. Of several with one name it
// is the one that the text has named in full most often so far, for that is
// whom it is about; the one named first, if they draw.
func (r *reading) handleFor(handles []handle, t *runs.Token) (handle, bool) {
	w := t.Folded()
	raw := r.text[t.Start:t.End]
	var best handle
	ok := false
	for i, h := range handles {
		if h.raw != "" {
			if h.raw != raw {
				continue
			}
		} else {
			l := r.like(t, &handles[i])
			if l < 0.9 || len(w.Text) < 4 && l < 1 || t.Flags&(runs.Capital|runs.Caseless) == 0 && !h.given {
				continue
			}
		}
		if !ok || h.bearer != best.bearer && nearer(h, best, t.Start) {
			best, ok = h, true
		}
	}
	return best, ok
}

// nearer decides between two bearers of one surname at a place of the text.
func nearer(a, b handle, pos int) bool {
	if na, nb := namedBefore(a, pos), namedBefore(b, pos); na != nb {
		return na > nb
	}
	return a.at < b.at
}

// namedBefore counts the mentions before a place.
func namedBefore(h handle, pos int) int {
	n := 0
	for _, p := range h.bearer.places {
		if p.span.Start < pos {
			n++
		}
	}
	return n
}

// attach makes the word a mention unless its neighbours make it somebody
// else's name.
func (r *reading) attach(taken []story.Span, h handle, run []runs.Token, i int) {
	start, form, reach := run[i].Start, Surname, h.why+" of "+quoted(r.nameOf(h.bearer))
	if h.raw != "" {
		form = Acronym
	} else if !r.ix.at(h.bearer.best().name).name.Person() {
		form = Partial
	}
	if form == Surname {
		k := i - 1
		for k >= 0 && titleAt(&run[k]) {
			k--
		}
		switch {
		case k < i-1:
			start, form = run[k+1].Start, Title
			reach = fmt.Sprintf("%s with the %s", strings.TrimSpace(r.text[start:run[i].Start]), reach)
		}
		if k >= 0 && run[k].Flags&runs.Closed == 0 && givenName(&run[k]) || i+1 < len(run) && run[i].Flags&runs.Closed == 0 && r.ix.namePart(&run[i+1]) && !h.given {
			return
		}
		if start < run[i].Start {
			for _, w := range names.Words(r.text[start:run[i].Start]) {
				h.bearer.titles[identity.WholeTitle(w.Text)] = true
			}
		}
	}
	end := run[i].End
	span := story.Span{Start: r.backOver(start), End: end}
	if n := len(h.bearer.places); overlapsAny(taken, span) || n > 0 && h.bearer.places[n-1].span.Overlaps(span) {
		return
	}
	h.bearer.places = append(h.bearer.places, place{span: span, form: form, reach: reach, score: 0.9 * h.bearer.best().score})
}

// backOver takes the article before a surname into the mention: al-Assad, bin
// Laden.
func (r *reading) backOver(start int) int {
	for _, p := range []string{"al-", "el-", "bin ", "Al-", "El-", "Bin "} {
		if start >= len(p) && r.text[start-len(p):start] == p && (start == len(p) || runs.KindOfByte[r.text[start-len(p)-1]] == runs.Other) {
			return start - len(p)
		}
	}
	return start
}

func quoted(s string) string { return "“" + s + "”" }

func titleAt(t *runs.Token) bool { return t.Flags&runs.Capital != 0 && t.More().Kind == names.Title }

// givenName reports a word that makes the next one another person's surname.
func givenName(t *runs.Token) bool {
	m := t.More()
	return t.Flags&runs.Capital != 0 && m.Kind == names.Plain && m.Bearers >= 5 && m.Bearers > 20*m.Ordinary && !identity.IsCountryWord(t.Folded().Text)
}

// like is the likeness of a word to a handle. Words whose first sounds or
// lengths differ much are not compared: most are neither.
func (r *reading) like(t *runs.Token, h *handle) float64 {
	w := t.Folded()
	if w.Text == h.word.Text {
		return 1
	}
	if w.Consonants && h.word.Consonants && sound.Likeness(w.Text, h.word.Text) < spelledLike || identity.IsCountryWord(w.Text) && !h.given {
		return 0 // the consonants of one word are those of many
	}
	if d := len(w.Text) - len(h.word.Text); !w.Consonants && !h.word.Consonants && (d > 3 || d < -3) {
		return 0
	}
	return names.WordLikeness(*w, h.word)
}

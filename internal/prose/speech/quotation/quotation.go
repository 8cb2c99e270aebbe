package quotation

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Quote is a stretch of text between quotation marks, the marks included.
type Quote struct {
	story.Span
	// Open is true where the closing mark is missing: the quote then ends with
	// its paragraph, never with the document.
	Open bool
	// Continues is true where the paragraph before left its quote open and this
	// one begins with a mark: one speech over several paragraphs.
	Continues bool
}

// mark is one quotation mark as found.
type mark struct {
	at, size  int
	family    byte // '"' double, '\'' single, '<' guillemets
	canOpen   bool
	canClose  bool
	preferred byte // 'o' or 'c' where the glyph itself tells, else 0
}

// Find finds the outermost quotations of a document, paragraph by paragraph.
// Marks are paired by place (blank before, letter after opens), and the glyph
// only breaks ties, since “ and ” are often swapped in news text.
func Find(doc prose.Document) []Quote {
	var out []Quote
	open := false
	for _, p := range doc.Paragraphs {
		if p.Start < 0 || p.End > len(doc.Text) || p.Start >= p.End {
			continue
		}
		found := quotesIn(doc.Text, p)
		if len(found) > 0 && open && leads(doc.Text, p, found[0]) {
			found[0].Continues = true
		}
		open = len(found) > 0 && found[len(found)-1].Open
		out = append(out, found...)
	}
	return out
}

func leads(text string, p story.Span, q Quote) bool {
	return strings.TrimSpace(text[p.Start:q.Start]) == ""
}

func quotesIn(text string, p story.Span) []Quote {
	marks := marksIn(text, p)
	var out []Quote
	for i := 0; i < len(marks); i++ {
		m := marks[i]
		if !m.canOpen {
			continue
		}
		j := closer(marks, i)
		if j < 0 {
			// A single mark that nothing closes is an apostrophe ("'Tis").
			if m.family == '\'' {
				continue
			}
			out = append(out, Quote{Span: story.Span{Start: m.at, End: p.End}, Open: true})
			break
		}
		out = append(out, Quote{Span: story.Span{Start: m.at, End: marks[j].at + marks[j].size}})
		i = j
	}
	return out
}

// closer finds the mark that ends the quotation begun at marks[i]: the next of
// its family that can close, stepping over quotations nested in it.
func closer(marks []mark, i int) int {
	depth := 0
	for j := i + 1; j < len(marks); j++ {
		m := marks[j]
		if m.family != marks[i].family {
			continue
		}
		opens := m.canOpen && (!m.canClose || m.preferred == 'o')
		switch {
		case m.canClose && !opens && depth > 0:
			depth--
		case m.canClose && !opens:
			return j
		case m.family == '<':
			depth++
		}
	}
	return -1
}

func marksIn(text string, p story.Span) []mark {
	var out []mark
	for i := p.Start; i < p.End; {
		r, n := utf8.DecodeRuneInString(text[i:p.End])
		m := mark{at: i, size: n}
		switch r {
		case '"', '＂':
			m.family = '"'
		case '“', '„', '‟', '〝':
			m.family, m.preferred = '"', 'o'
		case '”', '〞':
			m.family, m.preferred = '"', 'c'
		case '«', '‹':
			m.family, m.preferred = '<', 'o'
		case '»', '›':
			m.family, m.preferred = '<', 'c'
		case '「', '『':
			m.family, m.preferred = '<', 'o'
		case '」', '』':
			m.family, m.preferred = '<', 'c'
		case '‘':
			m.family, m.preferred = '\'', 'o'
		case '’', '\'', '`':
			m.family = '\''
			// '' and `` are the typewriter's double marks.
			if strings.HasPrefix(text[i+n:p.End], string(r)) {
				m.family, m.size = '"', 2*n
			}
		}
		if m.family != 0 {
			m.place(text, p)
			out = append(out, m)
		}
		i += m.size
	}
	return repair(out)
}

// place judges by the neighbours whether the mark may open or close.
func (m *mark) place(text string, p story.Span) {
	before, _ := utf8.DecodeLastRuneInString(text[p.Start:m.at])
	after, _ := utf8.DecodeRuneInString(text[m.at+m.size : p.End])
	if m.at == p.Start {
		before = ' '
	}
	if m.at+m.size == p.End {
		after = ' '
	}
	free := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("([{—–-/\u00a0", r) }
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	switch {
	case m.family == '<':
		m.canOpen, m.canClose = m.preferred == 'o', m.preferred == 'c'
		// German news uses »so«.
		if m.preferred == 'c' && free(before) && word(after) {
			m.canOpen, m.canClose = true, false
		} else if m.preferred == 'o' && word(before) && !word(after) {
			m.canOpen, m.canClose = false, true
		}
	case m.family == '\'':
		m.canOpen = !word(before) && !unicode.IsSpace(after) && (free(before) || isMark(before))
		m.canClose = !unicode.IsSpace(before) && !word(after)
	case free(before) && !unicode.IsSpace(after):
		m.canOpen = true
		// A mark after a dash or a bracket may close as well: “so—”.
		m.canClose = !unicode.IsSpace(before) && m.preferred == 'c'
	case !unicode.IsSpace(before) && !word(after):
		m.canClose = true
		m.canOpen = m.preferred == 'o'
	default:
		// Between two letters or stops: `place,”so` opens, `war”said` closes;
		// the glyph is the only other sign.
		m.canOpen = m.preferred != 'c' || strings.ContainsRune(",:;", before)
		m.canClose = m.preferred != 'o'
	}
}

func isMark(r rune) bool { return strings.ContainsRune("\"“”„«»‘", r) }

// repair settles marks that may open and close by the count before them: in an
// even place they open. It works on each family apart.
func repair(marks []mark) []mark {
	inside := map[byte]bool{}
	for i := range marks {
		m := &marks[i]
		if m.family == '\'' {
			continue
		}
		if m.canOpen && m.canClose {
			m.canOpen, m.canClose = !inside[m.family], inside[m.family]
		}
		switch {
		case m.canOpen:
			inside[m.family] = true
		case m.canClose:
			inside[m.family] = false
		}
	}
	return marks
}

// Merge sorts pieces of text and joins those that overlap.
func Merge(pieces []story.Span) []story.Span {
	sort.Slice(pieces, func(a, b int) bool { return pieces[a].Start < pieces[b].Start })
	var out []story.Span
	for _, p := range pieces {
		if n := len(out); n > 0 && p.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, p.End)
			continue
		}
		out = append(out, p)
	}
	return out
}

package echoes

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/zeebo/xxh3"

	"github.com/reportedly/reportedly/internal/story"
)

// item is a hashed word with the place where it first stands.
type item struct {
	hash uint32
	at   int32
	size uint16
	bits float32 // information of a rare word, 0 where it belongs to the subject
}

func (i item) span() story.Span { return story.Span{Start: int(i.at), End: int(i.at) + int(i.size)} }

// print is what the index keeps of an article: enough to judge any pair
// without its text.
type print struct {
	id, url, outlet string
	names1          []string   // distinctive words of the outlet's name
	signed          [][]uint32 // the hashes by which each of them may stand in another text
	language        string
	published       int64 // Unix seconds, 0 = unknown
	text            uint64
	tokens          int
	uncased         bool
	five, three     []uint32 // shingles of the narrative, sorted
	names           []item   // exact, sorted by hash
	sound           []item   // consonants of names, v kept
	loose           []item   // consonants of names, v dropped; of all words in scripts without capitals
	numbers         []item
	rare            []item // English only
	quotes          []uint32
	credited        []uint32 // name words of dateline and credit lines
	words           []uint32 // all words that may be part of an outlet's name
	update          bool
}

func hash32(s string) uint32 { return uint32(xxh3.HashString(s)) }

// maxShingles bounds the memory of a long article; of more than that an even
// sample by hash is kept, the same for every article.
const maxShingles = 1200

// leadBytes is how far the opening of a story reaches. Words of the headline
// and the opening, and words told more than twice, are its subject; every
// report of the same happening has them.
const leadBytes = 220

// newPrint takes the fingerprint of one article.
func newPrint(a story.Article, m *memory) *print {
	p := &print{id: a.ID, url: a.URL, outlet: fold(strings.TrimSpace(a.Outlet)), language: a.Language,
		text: textHash(a.Text)}
	if !a.Published.IsZero() {
		p.published = a.Published.Unix()
	}
	p.names1 = distinctive(a.Outlet)
	p.sign()
	pars, credits := paragraphs(a.Text)
	var all []token
	var quotes [][]token
	for _, s := range pars {
		from := len(all)
		all = m.cut(s.Of(a.Text), s.Start, all)
		quotes = append(quotes, quoted(all[from:])...)
	}
	p.tokens = len(all)
	p.uncased = uncased(all)
	p.five, p.three = shingles(all, 5), shingles(all, 3)
	for _, q := range quotes {
		p.quotes = append(p.quotes, runs(q, 4)...)
	}
	p.quotes = sorted(p.quotes)
	lead := m.cut(a.Title, 0, nil)
	for _, s := range pars {
		lead = m.cut(s.Of(a.Text)[:min(s.Len(), leadBytes)], 0, lead)
		if s.Len() >= leadBytes/4 { // shorter ones are by-lines
			break
		}
	}
	p.readFacts(all, lead, m)
	p.readCredits(a, credits, all, m)
	p.update = isUpdate(a.Title, all, m)
	return p
}

// TextOf names what a print is taken from: with another name the article is to
// be printed anew.
func TextOf(a story.Article) string {
	var h xxh3.Hasher
	for _, f := range []string{a.URL, a.Outlet, a.Language, a.Published.UTC().String(), a.Title, a.Credit, a.Dateline.Wire, a.Byline, a.Text} {
		_, _ = h.WriteString(f)
		_, _ = h.WriteString("\x00")
	}
	sum := h.Sum128()
	return fmt.Sprintf("%016x%016x", sum.Hi, sum.Lo)
}

func (p *print) sign() {
	for _, w := range p.names1 {
		p.signed = append(p.signed, creditHashes(w))
	}
}

// textHash is of the words of a text, whatever white space parts them.
func textHash(s string) uint64 {
	var h xxh3.Hasher
	for w := range strings.FieldsSeq(s) {
		_, _ = h.WriteString(w)
		_, _ = h.WriteString(" ")
	}
	return h.Sum64()
}

// paragraphs cuts a text at line breaks, drops what belongs to the page, and
// gives the dropped lines too: credits stand there.
func paragraphs(text string) (keep, dropped []story.Span) {
	lex := lexica()
	low := strings.ToLower(text)
	pairs := pairsOf(low)
	page, tail := possible(lex.page, low, pairs), possible(lex.tail, low, pairs)
	pos := 0
	ended := false
	for line := range strings.SplitAfterSeq(text, "\n") {
		s := story.Span{Start: pos, End: pos + len(line)}
		pos += len(line)
		body := strings.TrimSpace(line)
		if body == "" {
			continue
		}
		switch {
		case 2*len(body) > len(text): // the story itself, whatever notice stands in it
			keep = append(keep, s)
		case ended || matches(page, body) || isCreditLine(body):
			dropped = append(dropped, s)
		case matches(tail, body) && len(body) < 400:
			dropped = append(dropped, s)
			ended = 2*s.Start > len(text)
		default:
			keep = append(keep, s)
		}
	}
	return keep, dropped
}

// pageBytes: what belongs to the page says so at its start.
const pageBytes = 1000

func matches(list []guarded, s string) bool {
	s = s[:min(len(s), pageBytes)]
	if len(list) == 0 {
		return false
	}
	low := strings.ToLower(s)
	for _, re := range list {
		if re.may(low) && re.MatchString(s) {
			return true
		}
	}
	return false
}

var creditLine = regexp.MustCompile(`^[(\[—–-]?\s*[\p{L}&.' -]{2,40}\s*[)\]]?$`)

// isCreditLine: "(Meridian)", "— AP", alone on its line and in brackets or
// after a dash; a bare short line is a cross-heading.
func isCreditLine(s string) bool {
	return (strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") || strings.HasPrefix(s, "—") || strings.HasPrefix(s, "–")) && creditLine.MatchString(s)
}

func quoted(ts []token) [][]token {
	var out [][]token
	for i := 0; i < len(ts); {
		j := i
		for j < len(ts) && ts[j].quoted {
			j++
		}
		if j-i >= 4 {
			out = append(out, ts[i:j])
		}
		i = max(j, i+1)
	}
	return out
}

func uncased(ts []token) bool {
	n := 0
	for _, t := range ts {
		if t.capital {
			n++
		}
	}
	return len(ts) > 0 && n*100 < len(ts)
}

// shingles of n tokens of the narrative: a run with a quoted token is left out.
func shingles(ts []token, n int) []uint32 {
	var out []uint32
	clean := 0 // unquoted tokens up to here
	for i, t := range ts {
		if clean++; t.quoted {
			clean = 0
		}
		if clean >= n {
			out = append(out, gram(ts[i+1-n:i+1]))
		}
	}
	out = sorted(out)
	for level := uint32(1); len(out) > maxShingles; level++ {
		out = slices.DeleteFunc(out, func(h uint32) bool { return h&(1<<level-1) != 0 })
	}
	return out
}

func runs(ts []token, n int) []uint32 {
	var out []uint32
	for i := 0; i+n <= len(ts); i++ {
		out = append(out, gram(ts[i:i+n]))
	}
	return out
}

// gram hashes a run of words, order counted.
func gram(ts []token) uint32 {
	const odd = 0x9E3779B97F4A7C15
	h := uint64(len(ts))
	for _, t := range ts {
		h = (h ^ t.hash) * odd
		h ^= h >> 29
	}
	return uint32(h >> 16)
}

func sorted(h []uint32) []uint32 {
	slices.Sort(h)
	return slices.Compact(h)
}

// calendarWords are capitalised in English and name nobody.
var calendarWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec") {
		m[w] = true
	}
	return m
}()

// seen is what an article shows of a word.
type seen struct {
	*word
	lower, inside bool
	times         int
}

// readFacts collects names, numbers and rare words.
func (p *print) readFacts(ts, lead []token, m *memory) {
	m.article++
	var words []seen
	for _, t := range ts {
		if t.article != m.article {
			t.article, t.slot = m.article, int32(len(words))
			words = append(words, seen{word: t.word})
		}
		v := &words[t.slot]
		v.lower = v.lower || !t.capital
		v.inside = v.inside || (t.capital && !t.initial)
		v.times++
	}
	if p.language == "en" {
		m.subject(words, lead)
	}
	for _, t := range ts {
		v := words[t.slot]
		i := item{at: int32(t.start), size: uint16(min(t.end-t.start, 1<<16-1)), hash: t.hash32}
		switch {
		case t.digits:
			if len(t.fold) > 1 {
				p.numbers = append(p.numbers, i)
			}
		case t.calendar:
		case p.uncased && t.fold != "":
			p.addLoose(t, i)
		case t.capital && v.inside && !v.lower && len(t.fold) > 2:
			p.names = append(p.names, i)
			if h, ok := t.soundOf(); ok {
				p.sound = append(p.sound, item{hash: h, at: i.at, size: i.size})
			}
			p.addLoose(t, i)
		case p.language == "en" && len(t.fold) > 3 && t.fold[0] < 128:
			if st := m.stemOf(t.word); st.bits > 0 {
				i.hash, i.bits = st.hash, kept(st.bits)
				if st.in(m.article).subject {
					i.bits = 0
				}
				p.rare = append(p.rare, i)
			}
		}
	}
	for _, list := range []*[]item{&p.names, &p.sound, &p.loose, &p.numbers, &p.rare} {
		*list = firsts(*list)
	}
}

// bitsKept is the precision of information, that of a print in the store: one
// that was just taken must compare like one that was kept.
const bitsKept = 64

func kept(bits float64) float32 { return float32(math.Round(bits*bitsKept) / bitsKept) }

// subject marks the stems that every report of the happening has: those of
// headline and opening, and those told more than twice.
func (m *memory) subject(words []seen, lead []token) {
	for _, v := range words {
		st := m.stemOf(v.word).in(m.article)
		st.times += v.times
		st.subject = st.subject || st.times > 2
	}
	for _, t := range lead {
		m.stemOf(t.word).in(m.article).subject = true
	}
}

func (p *print) addLoose(t token, i item) {
	for _, h := range t.loose(p.uncased) {
		p.loose = append(p.loose, item{hash: h, at: i.at, size: i.size})
	}
}

// forms of a word as it may stand in another script: in Arabic with and
// without article and particles, and with a last letter heard or not.
func forms(w string, uncased bool) []string {
	if !uncased {
		return []string{w}
	}
	out := []string{w}
	if bare := arabicBare(w); bare != w {
		out = append(out, bare)
	}
	for _, f := range out {
		if rest, ok := strings.CutSuffix(f, "ة"); ok {
			out = append(out, rest+"ت")
		}
	}
	return out
}

func firsts(list []item) []item {
	slices.SortFunc(list, func(a, b item) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at))
	})
	return slices.CompactFunc(list, func(a, b item) bool { return a.hash == b.hash })
}

// readCredits notes the words of the dateline and of credit lines, and all
// words by which another outlet may be named.
func (p *print) readCredits(a story.Article, dropped []story.Span, all []token, m *memory) {
	var line []token
	for _, s := range dropped {
		if s.Len() < 200 {
			line = m.cut(s.Of(a.Text), s.Start, line)
		}
	}
	head := strings.TrimLeft(a.Text, " \n")
	if i := strings.IndexAny(head, "\n"); i > 0 {
		head = head[:i]
	}
	if d := datelineCredit.FindString(head); d != "" {
		line = m.cut(d, 0, line)
	}
	for _, extra := range []string{a.Credit, a.Dateline.Wire, a.Byline} {
		line = m.cut(extra, 0, line)
	}
	for _, t := range line {
		p.credited = append(p.credited, t.names(false)...)
	}
	for _, t := range all {
		if t.capital || p.uncased {
			p.words = append(p.words, t.names(p.uncased)...)
		}
	}
	p.credited, p.words = sorted(p.credited), sorted(append(p.words, p.credited...))
}

// datelineCredit is the head of a dispatch: "DAKAR, 9 octobre (Atlantique) –".
var datelineCredit = regexp.MustCompile(`^[^.()]{0,60}\([^()]{2,40}\)\s*[-–—:]`)

func creditHashes(w string) []uint32 {
	out := []uint32{hash32(w)}
	for _, v := range []string{w, strings.TrimSuffix(w, "ة") + "ت"} {
		if c := consonants(v, true); len(c) >= 4 && (v == w || strings.HasSuffix(w, "ة")) {
			out = append(out, hash32("~"+c))
		}
	}
	return out
}

// distinctive gives the words of an outlet's name that tell it from others.
func distinctive(outlet string) []string {
	lex := lexica()
	var out []string
	for _, w := range strings.FieldsFunc(fold(outlet), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		w = arabicBare(w)
		if !lex.generic[w] && len(w) > 1 {
			out = append(out, w)
		}
	}
	return out
}

// isUpdate looks for words of revision in the headline and the opening.
func isUpdate(title string, ts []token, m *memory) bool {
	lex := lexica()
	words := m.cut(title, 0, nil)
	words = append(words, ts[:min(len(ts), 40)]...)
	for _, t := range words {
		if lex.update[t.fold] {
			return true
		}
	}
	return false
}

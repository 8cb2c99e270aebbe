package runs

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/translit"
)

// Limits of a run, and of the runs of one text that are kept.
const (
	Reach    = 6  // words between the two that give a candidate
	RunMost  = 24 // words of one run; a longer one is cut
	mostKept = 1 << 20
)

// Token is one word of a run.
type Token struct {
	Start, End int
	Flags      Flags
	*Word
}

// Flags say what a word looks like and whether it is known.
type Flags uint16

// Flags of a token.
const (
	Known    Flags = 1 << iota // stands in some listed name
	Capital                    // begins with a capital
	Shout                      // all capitals, two letters or more
	Small                      // begins with a small letter: a particle or after a hyphen
	Caseless                   // of a script without capitals
	Closed                     // a possessive: what follows is seldom the same person's name
	Dotted                     // followed by a dot that is its own
	Numeric
	Lettered // stands letter by letter for a name: ISIS
)

// Scanner walks a text once. What it learnt of words and its buffers are used
// again for the next text.
type Scanner struct {
	lex       *Lexicon
	text      string
	tokens    []Token // of all runs given out, and of the run at hand
	open      int     // where the run at hand begins in tokens
	buf       []byte
	keyBuf    []byte
	cache     []cached // spellings met, by hash
	small     []uint64 // words in small letters met, by hash; the lowest bit tells what misspelt said
	cacheOf   *Lexicon
	numberEnd int  // end of the last number given out
	lower     bool // the text does without capitals: every word may be a name
	deep      bool // look-ups beyond the sound: endings
	readers   Readers
}

// Readers are called for what a walk finds; each may be nil.
type Readers struct {
	// Run reads a run that holds a known word. The tokens stay as they are
	// until the next walk.
	Run func([]Token)
	// Unspaced reads a stretch written without blanks between words.
	Unspaced func(start, end int)
	// Number reads a stretch of letters and digits that may be a number of a
	// ship, aircraft, document or wallet.
	Number func(start, end int)
}

// Kinds of bytes: enough to part words of English at a glance.
const (
	Other = iota
	Lower
	Upper
	Digit
	High // first byte of a longer letter
)

// KindOfByte tells the kind of each byte.
var KindOfByte = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z':
			t[c] = Lower
		case c >= 'A' && c <= 'Z':
			t[c] = Upper
		case c >= '0' && c <= '9':
			t[c] = Digit
		case c >= 0x80:
			t[c] = High
		}
	}
	return t
}()

// Options of one walk.
type Options struct {
	Lower bool // the text does without capitals: every word may be a name
	Deep  bool // try case endings in Latin letters too
}

// Walk reads the text once.
func (s *Scanner) Walk(lex *Lexicon, text string, o Options, to Readers) {
	s.lex, s.text, s.lower, s.deep, s.readers = lex, text, o.Lower, o.Deep, to
	if s.cache == nil || s.cacheOf != lex {
		s.cache, s.small, s.cacheOf = make([]cached, cacheSize), make([]uint64, smallSize), lex
	}
	s.tokens, s.open, s.numberEnd = s.tokens[:0], 0, 0
	s.all()
	s.text, s.readers = "", Readers{}
	if cap(s.tokens) > mostKept/16 {
		s.tokens = nil // one long text must not hold memory for ever
	}
}

// Word gives what is known of a spelling; it is for readers of one walk.
func (s *Scanner) Word(raw string) *Word { return s.word(raw) }

func (s *Scanner) all() {
	text := s.text
	last := 0 // end of the last word
	for i := 0; i < len(text); {
		if len(s.tokens) == s.open && !s.lower {
			// Only a capital, a digit or a letter beyond ASCII can begin anything.
			from := i
			if i = notable(text, i); i == len(text) {
				break
			}
			for i > from && (KindOfByte[text[i-1]] == Lower || (text[i-1] == '\'' || text[i-1] == '`') && i-1 > from && KindOfByte[text[i-2]] != Other) {
				i--
			}
		}
		switch KindOfByte[text[i]] {
		case Other:
			i++
		case Lower:
			end := i + 1
			for end < len(text) && KindOfByte[text[end]] == Lower {
				end++
			}
			if len(s.tokens) == s.open && !s.lower && (end >= len(text) || KindOfByte[text[end]] == Other && text[end] != '\'') {
				i = end
				last = end
				continue
			}
			i = s.wordAt(i, last)
			last = i
		case Upper:
			i = s.wordAt(i, last)
			last = i
		case Digit:
			if len(s.tokens) > s.open || s.lower {
				i = s.wordAt(i, last)
			} else {
				s.numberAt(i)
				for i < len(text) && KindOfByte[text[i]] != Other && KindOfByte[text[i]] != High {
					i++
				}
			}
			last = i
		default:
			if i+1 < len(text) && plainLetter(text[i], text[i+1]) {
				i = s.wordAt(i, last)
				last = i
				continue
			}
			r, n := utf8.DecodeRuneInString(text[i:])
			switch {
			case unspaced(r):
				s.flush()
				i = s.unspacedAt(i)
				last = i
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				i = s.wordAt(i, last)
				last = i
			default:
				i += n
			}
		}
	}
	s.flush()
}

// notable finds the first byte from i on that is a capital, a digit or no ASCII,
// eight bytes at a time.
func notable(text string, i int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(text); i += 8 {
		x := uint64(text[i]) | uint64(text[i+1])<<8 | uint64(text[i+2])<<16 | uint64(text[i+3])<<24 |
			uint64(text[i+4])<<32 | uint64(text[i+5])<<40 | uint64(text[i+6])<<48 | uint64(text[i+7])<<56
		low := x &^ tops
		// The top bit of each byte: at least '0', at most '9', at least 'A', at most 'Z'.
		digits := (low + (0x80-'0')*ones) &^ (low + (0x7f-'9')*ones)
		capitals := (low + (0x80-'A')*ones) &^ (low + (0x7f-'Z')*ones)
		if m := (digits | capitals | x) & tops; m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for i < len(text) && (KindOfByte[text[i]] == Other || KindOfByte[text[i]] == Lower) {
		i++
	}
	return i
}

// unspaced reports a letter of a script written without blanks.
func unspaced(r rune) bool {
	return r >= 0x3041 && (translit.Han(r) || translit.Hangul(r) || translit.Kana(r))
}

// unspacedAt gives a stretch written without blanks to its own reader.
func (s *Scanner) unspacedAt(i int) int {
	start := i
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if !unspaced(r) && r != '·' && r != '・' {
			break
		}
		i += n
	}
	if s.readers.Unspaced != nil {
		s.readers.Unspaced(start, i)
	}
	return i
}

// wordAt reads the word at i and adds it to the run, or ends the run.
func (s *Scanner) wordAt(i, last int) int {
	t, next := s.cut(i)
	n := len(s.tokens) - s.open
	if n > 0 && (!s.joined(last, t.Start) || n >= RunMost) {
		s.flush()
	}
	if !s.belongs(&t, last) && !s.lostCapital(&t) || t.End-t.Start > longWord {
		s.flush()
		return next
	}
	t.Word = s.word(s.text[t.Start:t.End])
	t.Start += int(t.Shift)
	t.Flags |= t.Looks
	if t.Flags&Capital != 0 {
		t.Flags &^= Small
	}
	s.tokens = append(s.tokens, t)
	return next
}

// cut finds the end of the word at i, inner apostrophes included and the
// English possessive left out. Words of ASCII letters, which most are, are cut
// at a glance.
func (s *Scanner) cut(i int) (Token, int) {
	text := s.text
	t := Token{Start: i}
	end := i
	for end < len(text) {
		if k := KindOfByte[text[end]]; k != Lower && k != Upper {
			break
		}
		end++
	}
	switch {
	case end == len(text), KindOfByte[text[end]] == Other && text[end] != '\'' && text[end] != '`':
		t.End = end
		if t.End == t.Start {
			t.End++ // cannot be, but the walk must go on
		}
		t.Flags = headLooks(text[i])
		if t.Flags&Small != 0 && mixed(text[i:t.End]) {
			t.Flags = Capital // bIrahim
		}
	default:
		s.cutSlowly(&t, end)
	}
	if t.End < len(text) && text[t.End] == '.' && t.End-t.Start <= 10 {
		t.Flags |= Dotted
	}
	next := t.End
	if t.Flags&Closed != 0 {
		next = s.afterPossessive(t.End)
	}
	return t, next
}

// cutSlowly goes on with a word at i that is not of ASCII letters alone.
func (s *Scanner) cutSlowly(t *Token, i int) {
	text := s.text
	for i < len(text) {
		switch KindOfByte[text[i]] {
		case Lower, Upper:
			i++
			continue
		case Digit:
			t.Flags |= Numeric
			s.numberAt(i)
			i++
			continue
		}
		if text[i] == '\'' || text[i] == '`' {
			if n := s.apostrophe(i, 1, t); n > 0 {
				i += n
				continue
			}
			break
		}
		if text[i] < 0x80 {
			break
		}
		if c := text[i]; c >= 0xd0 && c <= 0xda && i+1 < len(text) && plainLetter(c, text[i+1]) {
			i += 2
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '’' || r == 'ʼ' || r == '‘' || r == 'ʻ' {
			if k := s.apostrophe(i, n, t); k > 0 {
				i += k
				continue
			}
			break
		}
		if unspaced(r) {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\u00ad' && r != '\u0640' {
			break
		}
		i += n
	}
	t.End = i
	if t.End == t.Start {
		t.End++ // cannot be, but the walk must go on
	}
	r, _ := utf8.DecodeRuneInString(text[t.Start:])
	t.Flags |= runeLooks(r)
}

// plainLetter reports two bytes that are a letter of Cyrillic (U+0400 to U+047F)
// or of Arabic (U+0620 to U+064A, and those of Persian and Urdu, U+0671 to
// U+06BF): most of what is not ASCII.
func plainLetter(a, b byte) bool {
	if b < 0x80 || b > 0xbf {
		return false
	}
	switch a {
	case 0xd0, 0xd1:
		return true
	case 0xd8:
		return b >= 0xa0
	case 0xd9:
		return b < 0x8b || b >= 0xb1
	case 0xda:
		return true
	}
	return false
}

// numberAt gives out the stretch of letters, digits and hyphens about a digit.
func (s *Scanner) numberAt(at int) {
	if at < s.numberEnd || s.readers.Number == nil {
		return
	}
	from, to := at, at+1
	for from > s.numberEnd && at-from < longNumber && partOfNumber(s.text, from-1) {
		from--
	}
	for to < len(s.text) && partOfNumber(s.text, to) {
		to++
	}
	for from < at && s.text[from] == '-' {
		from++
	}
	s.numberEnd = to
	if to-from >= shortNumber && to-from <= longNumber {
		s.readers.Number(from, to)
	}
}

// apostrophe decides what an apostrophe of n bytes at i does: 0 ends the word
// (and closes the run where it is a possessive), else it is stepped over.
func (s *Scanner) apostrophe(i, n int, t *Token) int {
	if i+n >= len(s.text) {
		return 0
	}
	c := s.text[i+n]
	if c == 's' || c == 'S' {
		if i+n+1 == len(s.text) || KindOfByte[s.text[i+n+1]] == Other {
			t.Flags |= Closed
			return 0
		}
	}
	if k := KindOfByte[c]; k == Lower || k == Upper || k == High && letterAt(s.text[i+n:]) {
		return n
	}
	return 0
}

func letterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func (s *Scanner) afterPossessive(i int) int {
	_, n := utf8.DecodeRuneInString(s.text[i:])
	return min(i+n+1, len(s.text))
}

// mixed reports a capital inside a word.
func mixed(w string) bool {
	for i := range len(w) {
		if KindOfByte[w[i]] == Upper {
			return true
		}
	}
	return false
}

// headLooks tells what the first letter of an ASCII word shows.
func headLooks(c byte) Flags {
	switch KindOfByte[c] {
	case Upper:
		return Capital
	case Lower:
		return Small
	case Digit:
		return Numeric
	}
	return 0
}

func runeLooks(r rune) Flags {
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return Capital
	case unicode.IsLower(r):
		return Small
	case unicode.IsLetter(r):
		return Caseless
	}
	return 0
}

// looks tells what the letters of a word show.
func looks(raw string) Flags {
	r, _ := utf8.DecodeRuneInString(raw)
	f := runeLooks(r)
	if f&Capital != 0 {
		caps, letters := 0, 0
		for _, r := range raw {
			if unicode.IsUpper(r) {
				caps++
			}
			letters++
		}
		if caps == letters && letters > 1 {
			f |= Shout
		}
	}
	return f
}

// belongs decides whether a word may stand in a run.
func (s *Scanner) belongs(t *Token, last int) bool {
	switch {
	case t.Flags&(Capital|Caseless) != 0, s.lower:
		return true
	case t.Flags&Numeric != 0:
		return len(s.tokens) > s.open
	case len(s.tokens) == s.open:
		return false
	case last == t.Start-1 && s.text[last] == '-':
		return true // Jong-un
	}
	if n := t.End - t.Start; n <= 4 && connective(s.text[t.Start:t.End]) {
		return true
	}
	return false
}

// lostCapital reports a word in small letters behind a known one that is one slip
// of the pen away from a listed word: its first letter may be the one that is
// missing.
func (s *Scanner) lostCapital(t *Token) bool {
	n := len(s.tokens)
	if t.Flags&Small == 0 || n == s.open || s.tokens[n-1].Flags&Known == 0 || t.End-t.Start < shortSlip || t.End-t.Start > longWord {
		return false
	}
	if !s.misspelt(s.text[t.Start:t.End]) {
		return false
	}
	t.Flags |= Capital
	return true
}

// connective reports the small words that stand inside names.
func connective(w string) bool {
	switch w {
	case "al", "el", "bin", "ibn", "ben", "ould", "abu", "de", "da", "do", "dos", "das", "del", "di", "du", "la", "le", "van", "von", "der", "den", "of", "the", "and", "for", "in", "ul", "ud", "as", "ash", "ad", "ar", "an", "at", "az", "es", "y", "e", "et", "und", "un", "ur", "us", "bint":
		return true
	}
	return false
}

// joined reports that nothing but a blank, a line break, a hyphen or the dot
// of an abbreviation stands between two words.
func (s *Scanner) joined(from, to int) bool {
	if to <= from {
		return true
	}
	if to-from == 1 {
		switch s.text[from] {
		case ' ', '-', '\n', '\t':
			return true
		}
		p := &s.tokens[len(s.tokens)-1]
		return s.text[from] == '.' && p.Flags&Dotted != 0 && p.End-p.Start == 1
	}
	if to-from > 8 {
		return false
	}
	breaks := 0
	for i, r := range s.text[from:to] {
		switch {
		case r == ' ' || r == '\t' || r == '\u00a0' || r == '\r' || r == '‐' || r == '‑' || r == '-' || r == '\u200f' || r == '\u200e' || r == '\u200c':
		case r == '\n':
			if breaks++; breaks > 1 {
				return false
			}
		case r == '.' && i == 0 && s.abbreviates(&s.tokens[len(s.tokens)-1]):
		default:
			return false
		}
	}
	return true
}

// abbreviates reports an initial or the short form of a title.
func (s *Scanner) abbreviates(t *Token) bool {
	if t.Flags&Dotted == 0 {
		return false
	}
	return t.End-t.Start == 1 || t.More().Kind == names.Title && len(t.Folded().Text) <= 6
}

// longSingle is the least length of a word that may be mistyped with no known
// word beside it.
const longSingle = 6

// flush gives the run to its reader if it holds a known word, or one that may be
// mistyped.
func (s *Scanner) flush() {
	if len(s.tokens) == s.open {
		return
	}
	run := s.tokens[s.open:]
	for len(run) > 0 && run[len(run)-1].Flags&Small != 0 && run[len(run)-1].Flags&Known == 0 {
		run = run[:len(run)-1]
	}
	for i := range run {
		if run[i].Flags&(Known|Lettered) != 0 || run[i].Flags&Capital != 0 && len(run[i].Raw) >= longSingle && len(s.lex.Slips(run[i].Word)) > 0 {
			s.open += len(run)
			s.tokens = s.tokens[:s.open]
			s.readers.Run(run[:len(run):len(run)])
			if s.open > mostKept {
				s.tokens, s.open = nil, 0
			}
			return
		}
	}
	s.tokens = s.tokens[:s.open]
}

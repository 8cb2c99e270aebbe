package runs

import (
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/names/translit"
)

// Limits of a run.
const (
	Reach   = 6  // words between the two that give a candidate
	RunMost = 24 // words of one run; a longer one is cut
)

// Token is one word of a run.
type Token struct {
	Start, End int
	Key, Kept  uint64 // hashes of its sound; kept is 0 but for scripts without vowels
	Flags      Flags
	Ending     int // letters of a case ending, as read in Latin
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

// Scanner walks a text once. Its buffers are used again for the next text.
type Scanner struct {
	lex     *Lexicon
	text    string
	run     []Token
	word    []byte
	keyBuf  []byte
	memo    []uint64 // answers of like, by the hash of the word; the lowest bit is the answer
	memoOf  *Lexicon
	lower   bool // the text does without capitals: every word may be a name
	deep    bool // look-ups beyond the sound: endings, prefixes
	emitRun func(run []Token)
	emitCJK func(start, end int)
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

// Lexicon is what the scanner knows of the listed names.
type Lexicon struct {
	Known Filter       // hashes of the words of names
	Vocab Table        // hash of a word's sound -> the words of that sound, by number
	Words []names.Word // the different words
}

// Options of one walk.
type Options struct {
	Lower bool // the text does without capitals: every word may be a name
	Deep  bool // try case endings in Latin letters too
}

// Walk reads the text once: run is called for each run that holds a known
// word, unspaced for each stretch written without blanks between words. The
// run's slice is used again after the call.
func (s *Scanner) Walk(lex *Lexicon, text string, o Options, run func([]Token), unspaced func(start, end int)) {
	s.lex, s.text, s.lower, s.deep, s.emitRun, s.emitCJK = lex, text, o.Lower, o.Deep, run, unspaced
	s.all()
	s.text, s.emitRun, s.emitCJK = "", nil, nil
}

func (s *Scanner) all() {
	text := s.text
	s.run = s.run[:0]
	if s.memo == nil || s.memoOf != s.lex {
		s.memo, s.memoOf = make([]uint64, memoSize), s.lex
	}
	last := 0 // end of the last word
	for i := 0; i < len(text); {
		switch KindOfByte[text[i]] {
		case Other:
			i++
		case Lower:
			end := i + 1
			for end < len(text) && KindOfByte[text[end]] == Lower {
				end++
			}
			if len(s.run) == 0 && !s.lower && (end >= len(text) || KindOfByte[text[end]] == Other && text[end] != '\'') {
				i = end
				last = end
				continue
			}
			i = s.wordAt(i, last)
			last = i
		case Upper, Digit:
			i = s.wordAt(i, last)
			last = i
		default:
			r, n := utf8.DecodeRuneInString(text[i:])
			switch {
			case translit.Han(r) || translit.Hangul(r) || translit.Kana(r):
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

// unspacedAt gives a stretch written without blanks to its own reader.
func (s *Scanner) unspacedAt(i int) int {
	start := i
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if !translit.Han(r) && !translit.Hangul(r) && !translit.Kana(r) && r != '·' && r != '・' {
			break
		}
		i += n
	}
	if s.emitCJK != nil {
		s.emitCJK(start, i)
	}
	return i
}

// wordAt reads the word at i and adds it to the run, or ends the run.
func (s *Scanner) wordAt(i, last int) int {
	t, next := s.cut(i)
	if len(s.run) > 0 && (!s.joined(last, t.Start) || len(s.run) >= RunMost) {
		s.flush()
	}
	if !s.belongs(&t, last) {
		s.flush()
		return next
	}
	s.hashWord(&t)
	s.run = append(s.run, t)
	return next
}

// cut finds the end of the word at i, inner apostrophes included and the
// English possessive left out.
func (s *Scanner) cut(i int) (Token, int) {
	text := s.text
	t := Token{Start: i}
	caps, letters := 0, 0
	for i < len(text) {
		switch KindOfByte[text[i]] {
		case Lower:
			letters++
			i++
			continue
		case Upper:
			caps++
			letters++
			i++
			continue
		case Digit:
			t.Flags |= Numeric
			i++
			continue
		}
		if text[i] == '\'' || text[i] == '`' {
			if n := s.apostrophe(i, 1, &t); n > 0 {
				i += n
				continue
			}
			break
		}
		if text[i] < 0x80 {
			break
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '’' || r == 'ʼ' || r == '‘' || r == 'ʻ' {
			if k := s.apostrophe(i, n, &t); k > 0 {
				i += k
				continue
			}
			break
		}
		if translit.Han(r) || translit.Hangul(r) || translit.Kana(r) {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\u00ad' && r != '\u0640' && r != '\u200c' {
			break
		}
		if unicode.IsUpper(r) {
			caps++
		}
		letters++
		i += n
	}
	t.End = i
	if t.End == t.Start {
		t.End++ // cannot be, but the walk must go on
	}
	s.looks(&t, caps, letters)
	next := t.End
	if t.Flags&Closed != 0 {
		next = s.afterPossessive(t.End)
	}
	return t, next
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

// looks sets what the letters of the word show.
func (s *Scanner) looks(t *Token, caps, letters int) {
	r, _ := utf8.DecodeRuneInString(s.text[t.Start:])
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		t.Flags |= Capital
		if caps == letters && letters > 1 {
			t.Flags |= Shout
		}
	case unicode.IsLower(r):
		t.Flags |= Small
	case unicode.IsLetter(r):
		t.Flags |= Caseless
	}
	if t.End < len(s.text) && s.text[t.End] == '.' && letters <= 5 {
		t.Flags |= Dotted
	}
}

// belongs decides whether a word may stand in a run.
func (s *Scanner) belongs(t *Token, last int) bool {
	switch {
	case t.Flags&(Capital|Caseless) != 0, s.lower:
		return true
	case t.Flags&Numeric != 0:
		return len(s.run) > 0
	case len(s.run) == 0:
		return false
	case last == t.Start-1 && s.text[last] == '-':
		return true // Jong-un
	}
	if n := t.End - t.Start; n <= 4 && connective(s.text[t.Start:t.End]) {
		return true
	}
	return false
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
		return s.text[from] == '.' && s.run[len(s.run)-1].Flags&Dotted != 0 && s.run[len(s.run)-1].End-s.run[len(s.run)-1].Start == 1
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
		case r == '.' && i == 0 && s.abbreviates(s.run[len(s.run)-1]):
		default:
			return false
		}
	}
	return true
}

// abbreviates reports an initial or the short form of a title.
func (s *Scanner) abbreviates(t Token) bool {
	if t.Flags&Dotted == 0 {
		return false
	}
	if t.End-t.Start == 1 {
		return true
	}
	var buf [16]byte
	w := names.AppendFold(buf[:0], s.text[t.Start:t.End])
	return len(w) <= 6 && names.KindOf(string(w)) == names.Title
}

// hashWord sets the hashes of the word's sound and whether any listed name
// holds it. Scripts with prefixes and endings are tried without them.
func (s *Scanner) hashWord(t *Token) {
	s.word = names.AppendFold(s.word[:0], s.text[t.Start:t.End])
	if len(s.word) == 0 {
		return
	}
	if t.Flags&Caseless != 0 {
		s.hashCaseless(t)
		return
	}
	if t.Flags&Capital != 0 && t.End-t.Start <= 16 && s.lex.Known.Has(Hash(s.text[t.Start:t.End])^ExactSalt) {
		t.Flags |= Lettered
	}
	if w := s.word; len(w) > 5 && (w[0] == 'a' && w[1] == 'b' && w[2] == 'd' || hasDin(w)) {
		s.word = append(s.word[:0], names.Stem(string(w))...)
	}
	t.Key = s.sound(s.word)
	if s.lex.Known.Has(t.Key) {
		if s.like(t.Key) {
			t.Flags |= Known
		}
		return
	}
	// Plurals and possessives without their apostrophe: the Assads.
	if n := len(s.word); n > 5 && s.word[n-1] == 's' {
		if k := s.sound(s.word[:n-1]); s.lex.Known.Has(k) {
			t.Key = k
			t.Flags |= Known
			return
		}
	}
	if c := s.text[t.Start]; c == 0xd0 || c == 0xd1 || c == 0xd2 || s.deep {
		if n := ending(s.word); n > 0 {
			if k := s.sound(s.word[:len(s.word)-n]); s.lex.Known.Has(k) {
				t.Key, t.Ending = k, n
				t.Flags |= Known
			}
		}
	}
}

const memoSize = 1 << 14

// like reports whether the word at hand is like a listed word of its sound.
// Texts use few words, and the answer for a word never changes, so answers are
// kept.
func (s *Scanner) like(key uint64) bool {
	h := Hash(s.word) | 1
	slot := h >> 32 % memoSize
	if m := s.memo[slot]; m|1 == h {
		return m&1 == 1
	}
	w := names.Word{Text: string(s.word), Key: string(s.keyBuf)}
	yes := false
	// A word of the dictionary is no misspelt name: it must be listed as it is.
	least := 0.75
	if names.Ordinary(w.Text) > 10 {
		least = 1
	}
	for i, id := range s.lex.Vocab.Find(key) {
		if i > 200 || names.WordLikeness(w, s.lex.Words[id]) >= least {
			yes = true
			break
		}
	}
	s.memo[slot] = h
	if !yes {
		s.memo[slot] = h &^ 1
	}
	return yes
}

func hasDin(w []byte) bool {
	n := len(w)
	return w[n-1] == 'n' && w[n-2] == 'i' && w[n-3] == 'd' || w[n-1] == 'e' && w[n-2] == 'n' || w[n-1] == 'n' && w[n-2] == 'e' && w[n-3] == 'e'
}

func (s *Scanner) sound(w []byte) uint64 {
	s.keyBuf = sound.AppendKey(s.keyBuf[:0], w)
	if len(s.keyBuf) == 0 {
		return 0
	}
	return Hash(s.keyBuf)
}

// endings of Slavic cases that add a consonant to the sound of a name; those
// of vowels alone do not change it.
var endings = []string{"ymi", "imi", "ami", "yami", "omu", "emu", "ogo", "ego", "akh", "yakh", "ovi", "evi", "owi", "iem", "ym", "im", "om", "em", "am", "ach", "ov"}

// ending is the length of the case ending of a word, 0 if it has none.
func ending(w []byte) int {
	for _, e := range endings {
		if n := len(w) - len(e); n >= 3 && string(w[n:]) == e {
			return len(e)
		}
	}
	return 0
}

// hashCaseless tries a word of a script without capitals as it stands, then
// without the article and the words that Arabic and Hebrew write joined: and,
// in, to, as, from.
func (s *Scanner) hashCaseless(t *Token) {
	piece := s.text[t.Start:t.End]
	r, n := utf8.DecodeRuneInString(piece)
	consonants := translit.Consonantal(r)
	if s.tryCaseless(t, piece, consonants) || !consonants {
		return
	}
	if joinedPrefix(r) && len(piece) > 3*n {
		if s.tryCaseless(t, piece[n:], true) {
			t.Start += n
		}
	}
}

func joinedPrefix(r rune) bool {
	switch r {
	case 'و', 'ف', 'ب', 'ل', 'ك', 'ו', 'ה', 'ב', 'ל', 'מ', 'ש', 'כ':
		return true
	}
	return false
}

func (s *Scanner) tryCaseless(t *Token, piece string, consonants bool) bool {
	if consonants && len(piece) > 8 && (piece[:4] == "ال" || piece[:4] == "لل") {
		piece = piece[4:]
	}
	s.word = names.AppendFold(s.word[:0], piece)
	if len(s.word) > 5 && string(s.word[:3]) == "abd" {
		s.word = append(s.word[:0], names.Stem(string(s.word))...)
	}
	t.Key = s.sound(s.word)
	if consonants {
		t.Kept = t.Key
		for i := 1; i < len(s.word); i++ {
			if s.word[i] == 'w' || s.word[i] == 'y' {
				s.word[i] = 'u'
			}
		}
		t.Key = s.sound(s.word)
	}
	if s.lex.Known.Has(t.Key) || t.Kept != 0 && s.lex.Known.Has(t.Kept) {
		t.Flags |= Known
		return true
	}
	return false
}

// flush gives the run to its reader if it holds a known word.
func (s *Scanner) flush() {
	run := s.run
	for len(run) > 0 && run[len(run)-1].Flags&Small != 0 && run[len(run)-1].Flags&Known == 0 {
		run = run[:len(run)-1]
	}
	for _, t := range run {
		if t.Flags&(Known|Lettered) != 0 {
			s.emitRun(run)
			break
		}
	}
	s.run = s.run[:0]
}

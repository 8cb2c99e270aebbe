package mentions

import (
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/names/translit"
)

const (
	reach   = 6  // words between the two that give a candidate
	runMost = 24 // words of one run; a longer one is cut
)

// token is one word of a run.
type token struct {
	start, end int
	key, kept  uint64 // hashes of its sound; kept is 0 but for scripts without vowels
	flags      flags
	ending     int // letters of a case ending, as read in Latin
}

type flags uint16

const (
	known    flags = 1 << iota // stands in some listed name
	capital                    // begins with a capital
	shout                      // all capitals, two letters or more
	small                      // begins with a small letter: a particle or after a hyphen
	caseless                   // of a script without capitals
	closed                     // nothing may follow it in its run: possessive
	dotted                     // followed by a dot that is its own
	numeric
	lettered // stands letter by letter for a name: ISIS
)

// scan walks a text once. Its buffers are used again for the next text.
type scan struct {
	ix      *Index
	text    string
	run     []token
	word    []byte
	keyBuf  []byte
	memo    []uint64 // answers of like, by the hash of the word; the lowest bit is the answer
	memoOf  *Index
	lower   bool // the text does without capitals: every word may be a name
	deep    bool // look-ups beyond the sound: endings, prefixes
	emitRun func(run []token)
	emitCJK func(start, end int)
}

// kinds of bytes
const (
	other = iota
	lowerLetter
	upperLetter
	digit
	high // first byte of a longer letter
)

var kindOfByte = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z':
			t[c] = lowerLetter
		case c >= 'A' && c <= 'Z':
			t[c] = upperLetter
		case c >= '0' && c <= '9':
			t[c] = digit
		case c >= 0x80:
			t[c] = high
		}
	}
	return t
}()

// all walks the text and gives each run that holds a known word.
func (s *scan) all() {
	text := s.text
	s.run = s.run[:0]
	if s.memo == nil || s.memoOf != s.ix {
		s.memo, s.memoOf = make([]uint64, memoSize), s.ix
	}
	last := 0 // end of the last word
	for i := 0; i < len(text); {
		switch kindOfByte[text[i]] {
		case other:
			i++
		case lowerLetter:
			end := i + 1
			for end < len(text) && kindOfByte[text[end]] == lowerLetter {
				end++
			}
			if len(s.run) == 0 && !s.lower && (end >= len(text) || kindOfByte[text[end]] == other && text[end] != '\'') {
				i = end
				last = end
				continue
			}
			i = s.wordAt(i, last)
			last = i
		case upperLetter, digit:
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
func (s *scan) unspacedAt(i int) int {
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
func (s *scan) wordAt(i, last int) int {
	t, next := s.cut(i)
	if len(s.run) > 0 && (!s.joined(last, t.start) || len(s.run) >= runMost) {
		s.flush()
	}
	if !s.belongs(&t, last) {
		s.flush()
		return next
	}
	s.hashWord(&t)
	s.run = append(s.run, t)
	if t.flags&closed != 0 {
		s.flush()
	}
	return next
}

// cut finds the end of the word at i, inner apostrophes included and the
// English possessive left out.
func (s *scan) cut(i int) (token, int) {
	text := s.text
	t := token{start: i}
	caps, letters := 0, 0
	for i < len(text) {
		switch kindOfByte[text[i]] {
		case lowerLetter:
			letters++
			i++
			continue
		case upperLetter:
			caps++
			letters++
			i++
			continue
		case digit:
			t.flags |= numeric
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
	t.end = i
	if t.end == t.start {
		t.end++ // cannot be, but the walk must go on
	}
	s.looks(&t, caps, letters)
	next := t.end
	if t.flags&closed != 0 {
		next = s.afterPossessive(t.end)
	}
	return t, next
}

// apostrophe decides what an apostrophe of n bytes at i does: 0 ends the word
// (and closes the run where it is a possessive), else it is stepped over.
func (s *scan) apostrophe(i, n int, t *token) int {
	if i+n >= len(s.text) {
		return 0
	}
	c := s.text[i+n]
	if c == 's' || c == 'S' {
		if i+n+1 == len(s.text) || kindOfByte[s.text[i+n+1]] == other {
			t.flags |= closed
			return 0
		}
	}
	if k := kindOfByte[c]; k == lowerLetter || k == upperLetter || k == high && letterAt(s.text[i+n:]) {
		return n
	}
	return 0
}

func letterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func (s *scan) afterPossessive(i int) int {
	_, n := utf8.DecodeRuneInString(s.text[i:])
	return min(i+n+1, len(s.text))
}

// looks sets what the letters of the word show.
func (s *scan) looks(t *token, caps, letters int) {
	r, _ := utf8.DecodeRuneInString(s.text[t.start:])
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		t.flags |= capital
		if caps == letters && letters > 1 {
			t.flags |= shout
		}
	case unicode.IsLower(r):
		t.flags |= small
	case unicode.IsLetter(r):
		t.flags |= caseless
	}
	if t.end < len(s.text) && s.text[t.end] == '.' && letters <= 5 {
		t.flags |= dotted
	}
}

// belongs decides whether a word may stand in a run.
func (s *scan) belongs(t *token, last int) bool {
	switch {
	case t.flags&(capital|caseless) != 0, s.lower:
		return true
	case t.flags&numeric != 0:
		return len(s.run) > 0
	case len(s.run) == 0:
		return false
	case last == t.start-1 && s.text[last] == '-':
		return true // Jong-un
	}
	if n := t.end - t.start; n <= 4 && connective(s.text[t.start:t.end]) {
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
func (s *scan) joined(from, to int) bool {
	if to <= from {
		return true
	}
	if to-from == 1 {
		switch s.text[from] {
		case ' ', '-', '\n', '\t':
			return true
		}
		return s.text[from] == '.' && s.run[len(s.run)-1].flags&dotted != 0 && s.run[len(s.run)-1].end-s.run[len(s.run)-1].start == 1
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
func (s *scan) abbreviates(t token) bool {
	if t.flags&dotted == 0 {
		return false
	}
	if t.end-t.start == 1 {
		return true
	}
	var buf [16]byte
	w := names.AppendFold(buf[:0], s.text[t.start:t.end])
	return len(w) <= 6 && names.KindOf(string(w)) == names.Title
}

// hashWord sets the hashes of the word's sound and whether any listed name
// holds it. Scripts with prefixes and endings are tried without them.
func (s *scan) hashWord(t *token) {
	s.word = names.AppendFold(s.word[:0], s.text[t.start:t.end])
	if len(s.word) == 0 {
		return
	}
	if t.flags&caseless != 0 {
		s.hashCaseless(t)
		return
	}
	if t.flags&capital != 0 && t.end-t.start <= 16 && s.ix.known.has(hashText(s.text[t.start:t.end])^exactSalt) {
		t.flags |= lettered
	}
	if w := s.word; len(w) > 5 && (w[0] == 'a' && w[1] == 'b' && w[2] == 'd' || hasDin(w)) {
		s.word = append(s.word[:0], names.Stem(string(w))...)
	}
	t.key = s.sound(s.word)
	if s.ix.known.has(t.key) {
		if s.like(t.key) {
			t.flags |= known
		}
		return
	}
	// Plurals and possessives without their apostrophe: the Assads.
	if n := len(s.word); n > 5 && s.word[n-1] == 's' {
		if k := s.sound(s.word[:n-1]); s.ix.known.has(k) {
			t.key = k
			t.flags |= known
			return
		}
	}
	if c := s.text[t.start]; c == 0xd0 || c == 0xd1 || c == 0xd2 || s.deep {
		if n := ending(s.word); n > 0 {
			if k := s.sound(s.word[:len(s.word)-n]); s.ix.known.has(k) {
				t.key, t.ending = k, n
				t.flags |= known
			}
		}
	}
}

const memoSize = 1 << 14

// like reports whether the word at hand is like a listed word of its sound.
// Texts use few words, and the answer for a word never changes, so answers are
// kept.
func (s *scan) like(key uint64) bool {
	h := hash(s.word) | 1
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
	for i, id := range s.ix.vocab.find(key) {
		if i > 200 || names.WordLikeness(w, s.ix.words[id]) >= least {
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

func (s *scan) sound(w []byte) uint64 {
	s.keyBuf = sound.AppendKey(s.keyBuf[:0], w)
	if len(s.keyBuf) == 0 {
		return 0
	}
	return hash(s.keyBuf)
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
func (s *scan) hashCaseless(t *token) {
	piece := s.text[t.start:t.end]
	r, n := utf8.DecodeRuneInString(piece)
	consonants := translit.Consonantal(r)
	if s.tryCaseless(t, piece, consonants) || !consonants {
		return
	}
	if joinedPrefix(r) && len(piece) > 3*n {
		if s.tryCaseless(t, piece[n:], true) {
			t.start += n
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

func (s *scan) tryCaseless(t *token, piece string, consonants bool) bool {
	if consonants && len(piece) > 8 && (piece[:4] == "ال" || piece[:4] == "لل") {
		piece = piece[4:]
	}
	s.word = names.AppendFold(s.word[:0], piece)
	if len(s.word) > 5 && string(s.word[:3]) == "abd" {
		s.word = append(s.word[:0], names.Stem(string(s.word))...)
	}
	t.key = s.sound(s.word)
	if consonants {
		t.kept = t.key
		for i := 1; i < len(s.word); i++ {
			if s.word[i] == 'w' || s.word[i] == 'y' {
				s.word[i] = 'u'
			}
		}
		t.key = s.sound(s.word)
	}
	if s.ix.known.has(t.key) || t.kept != 0 && s.ix.known.has(t.kept) {
		t.flags |= known
		return true
	}
	return false
}

// flush gives the run to its reader if it holds a known word.
func (s *scan) flush() {
	run := s.run
	for len(run) > 0 && run[len(run)-1].flags&small != 0 && run[len(run)-1].flags&known == 0 {
		run = run[:len(run)-1]
	}
	for _, t := range run {
		if t.flags&(known|lettered) != 0 {
			s.emitRun(run)
			break
		}
	}
	s.run = s.run[:0]
}

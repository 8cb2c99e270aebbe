package runs

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zeebo/xxh3"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/names/translit"
)

// Word is what is known of one word as texts write it. A scanner learns each
// spelling once and keeps it; whoever sees it later must not change it, but for
// the fields of the index.
type Word struct {
	Key, Kept uint64 // hashes of its sound; Kept is 0 but for scripts without vowels
	hash      uint64
	Looks     Flags // what the letters show, and whether it is known
	Ending    int8  // letters of a case ending, as read in Latin
	Shift     int8  // bytes of a joined prefix before the word

	// What the index finds by the word alone, filled by Lexicon.Learn.
	Single []uint32 // names of this one word
	Exact  []uint32 // names that stand so, letter by letter
	Family []uint32 // names with this rare family name

	// For the reader of runs to set. Silent words were seen to give no candidate
	// where they stand alone; Tells says whether a word tells a body from others:
	// 0 not known yet, 1 it does, -1 it does not.
	Silent bool
	Tells  int8

	Raw     string
	alike   []uint32   // words of the lexicon that it may be, as far as asked; all, ascending, in scripts without capitals
	unlike  []uint32   // words of its sound that it cannot be, as far as asked
	slips   []uint32   // those that it may be a slip of the pen for
	slipped bool       // slips was looked for
	spelt   int8       // Spelt: 0 not asked yet, 1 it is, -1 it is not
	usual   bool       // a word of the dictionary
	unsure  bool       // usual is not looked up yet
	sounds  names.Word // the letters that gave Key
	folded  names.Word
	more    More
	read    bool // folded is set
	asked   bool // more is set
}

// Folded is the word as names are compared, its places zero, case endings and
// joined prefixes off. Like More it is worked out when first asked for.
func (w *Word) Folded() *names.Word {
	if !w.read {
		w.read = true
		w.folded = names.WordAt(w.Raw, int(w.Shift), len(w.Raw))
		if n := len(w.folded.Text) - int(w.Ending); w.Ending > 0 && n > 2 {
			w.folded.Text = w.folded.Text[:n]
			w.folded.Key = sound.Key(w.folded.Text)
		}
		w.folded.Start, w.folded.End = 0, 0
	}
	return &w.folded
}

// More is what the tables of package names say of a word. It is looked up when
// first asked for: most words are never asked about.
type More struct {
	Ordinary int        // names.Ordinary
	Bearers  int        // names.Bearers
	Kind     names.Kind // names.KindOf
	Meaning  string     // names.Meaning
}

// More of the word.
func (w *Word) More() *More {
	if !w.asked {
		t := w.Folded().Text
		w.asked, w.more = true, More{names.Ordinary(t), names.Bearers(t), names.KindOf(t), names.Meaning(t)}
	}
	return &w.more
}

// Hash of the spelling.
func (w *Word) Hash() uint64 { return w.hash }

// SlipOf reports that the word may be one slip of the pen away from a word of
// the lexicon, as far as was asked.
func (w *Word) SlipOf(id uint32) bool { return slices.Contains(w.slips, id) }

// Slipped reports that words which it may be a slip for were found.
func (w *Word) Slipped() bool { return w.slips != nil }

// Holds reports that a spelling may be the lexicon's word of that number: it is
// of one sound and like enough, or one slip of the pen away if slips were
// looked for. Answers are kept with the word.
func (l *Lexicon) Holds(w *Word, id uint32) bool {
	if w.slips != nil && slices.Contains(w.slips, id) {
		return true
	}
	if w.Looks&Known == 0 {
		return false
	}
	if w.Looks&Caseless != 0 {
		_, ok := slices.BinarySearch(w.alike, id)
		return ok
	}
	if h := l.Sounds[id]; h|1 != w.Key|1 && (h&1 == 0 || !slices.Contains(l.Vocab.Find(w.Key), id)) {
		return false
	}
	x := &l.Words[id]
	if x.Text == w.sounds.Text {
		return true
	}
	if w.unsure {
		w.usual, w.unsure = names.Ordinary(w.sounds.Text) > usualWord, false
		w.sounds.Ready()
	}
	if w.usual {
		return false
	}
	if slices.Contains(w.alike, id) {
		return true
	}
	if slices.Contains(w.unlike, id) {
		return false
	}
	if farApart(w.sounds.Text, x) || names.Likeness(&w.sounds, x) < leastAlike {
		if len(w.unlike) < mostAlike {
			w.unlike = append(w.unlike, id)
		}
		return false
	}
	w.alike = append(w.alike, id)
	return true
}

// Spelt reports a word of a script without vowels that stands in a listed name
// letter by letter.
func (l *Lexicon) Spelt(w *Word) bool {
	if w.spelt != 0 || w.Looks&Caseless == 0 {
		return w.spelt > 0
	}
	w.spelt = -1
	t := w.Folded().Text
	for _, id := range w.alike {
		if x := &l.Words[id]; x.Consonants && x.Text == t {
			w.spelt = 1
			break
		}
	}
	return w.spelt > 0
}

// any reports a word of the lexicon that the spelling may be.
func (l *Lexicon) any(w *Word) bool {
	if w.Looks&Known == 0 {
		return false
	}
	for i, id := range l.Vocab.Find(w.Key) {
		if i > mostAlike {
			break
		}
		if l.Holds(w, id) {
			return true
		}
	}
	return false
}

// Slips are the words of the lexicon that a spelling may be one slip of the
// pen away from: a letter more, less, other, or two turned round.
func (l *Lexicon) Slips(w *Word) []uint32 {
	if w.slipped {
		return w.slips
	}
	w.slipped = true
	// A word of the dictionary or a name of many is no slip of the pen.
	if t := w.Folded().Text; len(t) < shortSlip || w.More().Ordinary > 0 || w.More().Bearers >= manyBearers && len(t) < longSlip || w.Looks&Caseless != 0 {
		return nil
	}
	for _, h := range Deletions(w.Folded().Text) {
		if len(l.NearKnown.bits) > 0 && !l.NearKnown.Has(h) {
			continue
		}
		for _, id := range l.Near.Find(h) {
			if OneSlip(w.Folded().Text, l.Words[id].Text) && !slices.Contains(w.slips, id) && len(w.slips) < mostAlike {
				w.slips = append(w.slips, id)
			}
		}
	}
	slices.Sort(w.slips)
	return w.slips
}

// Lexicon is what the scanner knows of the listed names.
type Lexicon struct {
	Known Filter // hashes of the words of names
	// NearKnown are the hashes in Near.
	NearKnown Filter
	Near      Table        // Deletions of the words -> words, by number
	Vocab     Table        // hash of a word's sound -> the words of that sound, by number
	Words     []names.Word // the different words
	// Sounds are the hashes of their main sounds; the lowest bit tells that a
	// word stands under other sounds too.
	Sounds []uint64
	// Means is the class of each word that bodies write in many ways, 0 none.
	Means []string
	// Learn, which may be nil, adds what the index finds by a word.
	Learn func(*Word)
}

// Ready prepares the words for comparison.
func (l *Lexicon) Ready() {
	for i := range l.Words {
		l.Words[i].Ready()
	}
	l.NearKnown = l.Near.Filter()
}

// Least likeness of a word to one of the lexicon, and how many are compared.
const (
	leastAlike = 0.75
	mostAlike  = 200
	// A word of the dictionary is no misspelt name: it must be listed as it is.
	usualWord = 10
	// A name of so many, if it is shorter, is no slip of the pen for another.
	manyBearers = 5
	longSlip    = 8
)

const (
	cacheSize = 1 << 17 // spellings kept by one scanner
	cacheWays = 4       // places where one of them may lie: a line of the processor's memory
	smallSize = 1 << 15
	deepSalt  = 0x9e3779b97f4a7c15
	longWord  = 64 // bytes; longer stretches of letters are no words
)

// word gives what is known of a spelling.
func (s *Scanner) word(raw string) *Word {
	h := xxh3.HashString(raw)
	if s.deep {
		h ^= deepSalt
	}
	ways := s.cache[h%(cacheSize/cacheWays)*cacheWays:][:cacheWays]
	for i := range ways {
		if ways[i].hash == h {
			return ways[i].word
		}
	}
	w := s.learn(strings.Clone(raw))
	w.hash = h
	copy(ways[1:], ways)
	ways[0] = cached{h, w}
	return w
}

// misspelt reports that a word in small letters may be one slip of the pen away
// from a listed one. Nearly all are words of the dictionary: only the answer is
// kept, the word is not learnt.
func (s *Scanner) misspelt(raw string) bool {
	h := xxh3.HashString(raw) &^ 1
	if s.deep {
		h ^= deepSalt &^ 1
	}
	c := &s.small[h>>1%smallSize]
	if *c&^1 == h {
		return *c&1 == 1
	}
	s.buf = names.AppendFold(s.buf[:0], raw)
	yes := len(s.buf) >= shortSlip-1 && names.Ordinary(string(s.buf)) == 0
	if yes {
		w := s.word(raw)
		yes = w.Looks&Caseless == 0 && len(s.lex.Slips(w)) > 0
	}
	*c = h
	if yes {
		*c |= 1
	}
	return yes
}

// cached is a spelling by its 64-bit hash. Two spellings of one hash would be
// taken for each other; by chance that happens in no text.
type cached struct {
	hash uint64
	word *Word
}

// learn reads a spelling for the first time.
func (s *Scanner) learn(raw string) *Word {
	w := &Word{Raw: raw}
	w.Looks = looks(raw)
	if len(raw) <= longWord {
		if w.Looks&Caseless != 0 {
			s.hashCaseless(w)
		} else {
			s.hashCased(w)
		}
	}
	if s.lex.Learn != nil && w.Looks&(Known|Lettered) != 0 {
		s.lex.Learn(w)
	}
	return w
}

// hashCased sets the sound of a word of a script with capitals and whether
// a listed word sounds so.
func (s *Scanner) hashCased(w *Word) {
	s.buf = names.AppendFold(s.buf[:0], w.Raw)
	if len(s.buf) == 0 {
		return
	}
	if w.Looks&Capital != 0 && len(w.Raw) <= 16 && s.lex.Known.Has(Hash(w.Raw)^ExactSalt) {
		w.Looks |= Lettered
	}
	if b := s.buf; len(b) > 5 && (b[0] == 'a' && b[1] == 'b' && b[2] == 'd' || hasDin(b)) {
		s.buf = append(s.buf[:0], Stem(string(b))...)
	}
	known := s.tryCased(w, s.buf)
	// In Slavic languages a word that only sounds like a listed one may be the
	// inflected form of another.
	if c := w.Raw[0]; c == 0xd0 || c == 0xd1 || c == 0xd2 || s.deep {
		if known && s.lex.any(w) || s.inflected(w) {
			return
		}
		known = known && s.tryCased(w, s.buf)
	}
	if known {
		return
	}
	// Plurals and possessives without their apostrophe: the Assads.
	if n := len(s.buf); n > 5 && s.buf[n-1] == 's' && s.tryCased(w, s.buf[:n-1]) {
		return
	}
	w.Key = s.sound(s.buf)
}

// inflected takes case endings off until a listed word is left.
func (s *Scanner) inflected(w *Word) bool {
	for _, n := range stems(s.buf) {
		if s.tryCased(w, s.buf[:len(s.buf)-n]) {
			w.alike, w.unlike = nil, nil
			if s.lex.any(w) {
				w.Ending = int8(n)
				return true
			}
			w.Looks &^= Known
		}
	}
	w.alike, w.unlike = nil, nil
	return false
}

// tryCased looks for words of the lexicon that sound like the letters.
func (s *Scanner) tryCased(w *Word, letters []byte) bool {
	key := s.sound(letters)
	if !s.lex.Known.Has(key) {
		return false
	}
	w.Key, w.sounds = key, names.Word{Text: string(letters), Key: string(s.keyBuf)}
	w.Looks |= Known
	w.unsure = true
	return true
}

// spelt reports that two words of one script without vowels are the same, or
// nearly if they are longer.
func spelt(a, b string) bool { return a == b || len(a) > 3 && len(b) > 3 && OneSlip(a, b) }

// Consonants is how many consonants the sound of the word has.
func (w *Word) Consonants() int { return len(w.sounds.Key) }

// farApart spares comparing words of one sound whose lengths differ so much
// that they cannot be alike.
func farApart(text string, x *names.Word) bool {
	d := len(text) - len(x.Text)
	return (d > 3 || d < -3) && !x.Consonants
}

// stems gives the lengths of case endings that may be taken off a word, the
// longest first.
func stems(w []byte) []int {
	var out []int
	for _, e := range endings {
		if n := len(w) - len(e); n >= 3 && string(w[n:]) == e {
			out = append(out, len(e))
		}
	}
	return out
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
// of vowels alone do not change it. The longest come first.
var endings = []string{"jevega", "jevemu", "jevih", "jevim", "jema", "jeva", "jevo", "jevi", "ovega", "ovemu", "jem", "ju", "ja", "ih", "im", "iego", "iemu", "yami", "ymi", "imi", "ami", "omu", "emu", "ogo", "ego", "akh", "yakh", "ovi", "evi", "owi", "iem", "ym", "im", "om", "em", "am", "ach", "ov"}

// hashCaseless tries a word of a script without capitals as it stands, then
// without the article and the words that Arabic and Hebrew write joined: and,
// in, to, as, from.
func (s *Scanner) hashCaseless(w *Word) {
	if len(w.Raw) <= 16 && s.lex.Known.Has(Hash(w.Raw)^ExactSalt) {
		w.Looks |= Lettered
	}
	r, n := utf8.DecodeRuneInString(w.Raw)
	consonants := translit.Consonantal(r)
	if s.tryCaseless(w, w.Raw, consonants) || !consonants {
		return
	}
	if joinedPrefix(r) && len(w.Raw) > 3*n {
		if s.tryCaseless(w, w.Raw[n:], true) {
			w.Shift = int8(n)
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

func (s *Scanner) tryCaseless(w *Word, piece string, consonants bool) bool {
	if consonants && len(piece) > 8 && (piece[:4] == "ال" || piece[:4] == "لل") {
		piece = piece[4:]
	}
	s.buf = names.AppendFold(s.buf[:0], piece)
	if len(s.buf) > 5 && string(s.buf[:3]) == "abd" || string(s.buf) == "allh" {
		s.buf = append(s.buf[:0], Stem(string(s.buf))...)
	}
	folded := string(s.buf)
	w.Key, w.Kept = s.sound(s.buf), 0
	if consonants {
		w.Kept = w.Key
		for i := 1; i < len(s.buf); i++ {
			if s.buf[i] == 'w' || s.buf[i] == 'y' {
				s.buf[i] = 'u'
			}
		}
		w.Key = s.sound(s.buf)
	}
	w.alike = w.alike[:0]
	for _, key := range []uint64{w.Key, w.Kept} {
		if key == 0 || !s.lex.Known.Has(key) {
			continue
		}
		for _, id := range s.lex.Vocab.Find(key) {
			// In one script the letters must agree, not the consonants alone.
			if x := &s.lex.Words[id]; !consonants || !x.Consonants || spelt(folded, x.Text) {
				w.alike = append(w.alike, id)
			}
		}
	}
	w.sounds = names.Word{Text: folded, Key: string(s.keyBuf)}
	if len(w.alike) == 0 {
		return false
	}
	slices.Sort(w.alike)
	w.alike = slices.Compact(w.alike)
	w.Looks |= Known
	return true
}

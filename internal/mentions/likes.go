package mentions

import (
	"github.com/zeebo/xxh3"

	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"github.com/reportedly/reportedly/internal/names"
)

// likes holds how alike each word of a run is to each of a listed name, 0 where
// it is too little to count. What two words gave is remembered, for texts say
// the same words and lists the same names again and again.
type likes struct {
	heard  []heard
	words  []names.Word // of the run, composed
	n      int          // words of the name
	values []float32    // n for each word of the run
	memo   []likeMemo
}

// heard is a word of the run with what is looked up of it once.
type heard struct {
	hash    uint64
	kind    names.Kind
	country bool
	varied  bool
}

type likeMemo struct {
	key   uint64
	value float32
}

const likeMemoSize = 1 << 15

func (l *likes) forget() { l.memo = make([]likeMemo, likeMemoSize) }

// words are those of the run as names are compared with.
func (f *finder) words(run []runs.Token) []names.Word {
	l := &f.likes
	l.words, l.heard = l.words[:0], l.heard[:0]
	for i := range run {
		w := *run[i].Folded()
		if w.Text != "" {
			w.Start, w.End = run[i].Start, run[i].End
			l.words = append(l.words, w)
		}
	}
	l.words = names.Compose(l.words)
	for i := range l.words {
		w := &l.words[i]
		w.Ready()
		l.heard = append(l.heard, heard{hashWord(w), names.KindOf(w.Text), identity.IsCountryWord(w.Text), names.Varied(w.Text)})
	}
	return l.words
}

// hashWord tells words apart that are compared differently.
func hashWord(w *names.Word) uint64 {
	h := xxh3.HashString(w.Text)
	if w.Consonants {
		h ^= 0x2545f4914f6cdd1d
	}
	return h
}

// hashListed does so for the words of a listed name.
func hashListed(n *names.Name) []uint64 {
	out := make([]uint64, len(n.Words))
	for i := range n.Words {
		w := &n.Words[i]
		h := hashWord(w) + uint64(w.Kind)*0x9e3779b97f4a7c15
		if w.Kept != "" {
			h += xxh3.HashString(w.Kept)
		}
		if n.Person() {
			h = ^h
		}
		out[i] = h*0xbf58476d1ce4e5b9 | 1
	}
	return out
}

// liken compares each word of the run with each of the name; false if none is
// like any.
func (f *finder) liken(words []names.Word, n *listed) bool {
	l := &f.likes
	l.n, l.values = len(n.name.Words), l.values[:0]
	any := false
	for i := range words {
		for k := range n.name.Words {
			key := l.heard[i].hash*0x94d049bb133111eb ^ n.hashes[k]
			m := &l.memo[key>>32%likeMemoSize]
			if m.key != key {
				m.key, m.value = key, float32(answersReady(&words[i], &l.heard[i], &n.name, k))
			}
			any = any || m.value > 0
			l.values = append(l.values, m.value)
		}
	}
	return any
}

// stretch finds the words of the run, counted from the word first, that answer
// words of the name, each at most once: the weightiest group without a gap of
// more than two words. A poor likeness counts only near another.
func (l *likes) stretch(first int, n *names.Name) (from, to int) {
	from, to = -1, -1
	best := 0.0
	for start := range len(l.heard) - first {
		k, v := l.answer(first+start, 0)
		if k < 0 {
			continue
		}
		used, last, weight := uint64(1)<<k, start, v*n.Words[k].Weight
		if weight > best {
			best, from, to = weight, start, start
		}
		for i := start + 1; i < len(l.heard)-first && i-last <= 3; i++ {
			k, v := l.answer(first+i, used)
			if k < 0 || v < 0.85 && i-last > 2 {
				continue
			}
			weight += v*n.Words[k].Weight - 0.1*float64(i-last-1)
			used |= 1 << k
			last = i
			if weight > best+1e-9 {
				best, from, to = weight, start, i
			}
		}
	}
	return from, to
}

// answer finds the likest word of the name that is not used yet.
func (l *likes) answer(word int, used uint64) (k int, like float64) {
	k = -1
	for i, v := range l.values[word*l.n : (word+1)*l.n] {
		if used&(1<<i) == 0 && float64(v) > like {
			k, like = i, float64(v)
		}
	}
	return k, like
}

const leastAnswer = 0.72

// answers is the likeness of a word to one of a name, 0 if it is no answer to
// it. Words with other sounds at both ends are hardly alike and not compared.
func answers(w *names.Word, n *names.Name, k int) float64 {
	y := *w
	y.Ready()
	return answersReady(&y, &heard{0, names.KindOf(w.Text), identity.IsCountryWord(w.Text), names.Varied(w.Text)}, n, k)
}

func answersReady(w *names.Word, s *heard, n *names.Name, k int) float64 {
	x := &n.Words[k]
	if x.Kind == names.Particle && len(n.Words) > 1 {
		return 0
	}
	if w.Text == x.Text {
		return 1
	}
	if !s.varied && plainly(w, x) && farApart(w, x) || n.Person() && s.country {
		return 0
	}
	kind := w.Kind
	if w.Kind = x.Kind; s.kind == names.Initial {
		w.Kind = names.Initial
	}
	l := names.Likeness(w, x)
	w.Kind = kind
	if l >= leastAnswer {
		return l
	}
	return 0
}

// plainly reports words that are compared letter by letter.
func plainly(w, x *names.Word) bool {
	return !w.Consonants && !x.Consonants && len(w.Text) > 2 && len(x.Text) > 2 && x.Kind != names.Number && x.Kept == "" && w.Kept == "" &&
		w.Key != "" && x.Key != ""
}

func farApart(w, x *names.Word) bool {
	d := len(w.Text) - len(x.Text)
	return d > 4 || d < -4 || w.Key[0] != x.Key[0] && w.Key[len(w.Key)-1] != x.Key[len(x.Key)-1]
}

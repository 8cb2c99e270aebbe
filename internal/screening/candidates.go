package screening

import (
	"cmp"
	"math"
	"slices"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
)

const (
	// Names compared in full for one query, and the most where many are as good.
	compared     = 24
	comparedTies = 1024
	// leastAlike is how like a listed word must be to count for a candidate.
	leastAlike = 0.66
	// budget is how many names the rare words of a query may touch: the likest
	// words go first.
	budget = 8192
	// firstOf is how many of a list of names that hold a word are looked at where
	// nothing rarer leads to them; those of fewest words come first.
	firstOf = 512
	// classes is how many common classes of one word are paired with those of
	// another.
	classes = 8
	// promising is the least estimate of a score that is worth a full comparison.
	promising = 0.3
)

// near is a word of the vocabulary that a word of the query may mean.
type near struct {
	id    int32
	like  float32
	share float32 // what it adds to a name that holds it
	why   names.Reason
}

// slot gathers what speaks for one listed name.
type slot struct {
	name int32 // number + 1; 0 = free
	mask uint32
	sum  float32
}

// candidate is a listed name with an estimate of its score.
type candidate struct {
	name     int32
	estimate int32 // rounded
}

// scratch is the working memory of one query.
type scratch struct {
	asked   [2]names.Matcher
	refs    []*names.Word
	seen    []uint32 // of words: the stamp of the query word that saw them last
	meant   []meant  // of common words
	stamp   uint32
	near    [names.MaxWords][]near
	slots   []slot
	touched []uint32
	out     []candidate
	best    leaders
	found   []found
	open    []found
	ids     []int32
	only    func(name int32) bool // nil = all names
}

// meant tells which word of the query a common word of the vocabulary answers.
type meant struct {
	stamp uint32
	word  int8
	share float32
}

const slotCount = 1 << 15

func newScratch(ix *Index) *scratch {
	return &scratch{
		seen:  make([]uint32, len(ix.words)),
		meant: make([]meant, len(ix.words)),
		slots: make([]slot, slotCount),
		refs:  make([]*names.Word, 0, names.MaxWords),
	}
}

// next gives a stamp that no word bears yet.
func (sc *scratch) next() uint32 {
	if sc.stamp++; sc.stamp == 0 {
		clear(sc.seen)
		clear(sc.meant)
		sc.stamp = 1
	}
	return sc.stamp
}

// add counts a word of the query as found in a listed name, once.
func (sc *scratch) add(name int32, word int, share float32) {
	at := uint32(name) * 2654435761 >> 5 % slotCount
	for sc.slots[at].name != 0 && sc.slots[at].name != name+1 {
		at = (at + 1) % slotCount
	}
	s := &sc.slots[at]
	if s.name == 0 {
		if len(sc.touched) > slotCount/2 || sc.only != nil && !sc.only(name) {
			return
		}
		s.name = name + 1
		sc.touched = append(sc.touched, at)
	}
	if bit := uint32(1) << word; s.mask&bit == 0 {
		s.mask |= bit
		s.sum += share
	}
}

// candidates are the listed names that share most with the name asked, the
// most promising first.
func (ix *Index) candidates(sc *scratch, m *names.Matcher, a *names.Name, only func(*party.Party) bool) []candidate {
	sc.out, sc.only = sc.out[:0], nil
	if only != nil {
		sc.only = func(name int32) bool { return only(&ix.parties[ix.names[name].party]) }
	}
	whole, plain := float32(0), 0
	for i := range a.Words {
		whole += float32(a.Words[i].Weight)
		if a.Words[i].Kind != names.Particle {
			plain++
		}
	}
	for i := range sc.near {
		sc.near[i] = sc.near[i][:0]
	}
	for i := range a.Words {
		if a.Words[i].Kind != names.Particle || plain == 0 {
			ix.nearWords(sc, m, a, i)
		}
	}
	ix.byRare(sc, a, plain)
	ix.byPairs(sc, a, plain)
	ix.byJoins(sc, a)
	ix.estimate(sc, whole)
	return sc.cut()
}

// nearWords finds the words of the vocabulary that word i may mean, the likest
// first.
func (ix *Index) nearWords(sc *scratch, m *names.Matcher, a *names.Name, i int) {
	w := &a.Words[i]
	k := lexemeOf(w)
	if known, ok := ix.recalled.get(k); ok {
		sc.near[i] = append(sc.near[i], known...)
		for _, n := range known[:min(len(known), 64)] {
			m.Recall(i, n.id, float64(n.like), n.why)
		}
		return
	}
	stamp := sc.next()
	out := sc.near[i]
	look := func(key uint32) {
		for _, id := range ix.keys.find(key) {
			if sc.seen[id] == stamp {
				continue
			}
			sc.seen[id] = stamp
			v := &ix.words[id]
			if l, why := m.Alike(i, v, id); l >= leastAlike {
				out = append(out, near{id, float32(l), float32(l * l * (w.Weight + v.Weight) / 2), why})
			}
		}
	}
	keysOf(w, look)
	for _, s := range names.ShortForms(w.Text) {
		look(hash(byText, s))
	}
	slices.SortFunc(out, func(x, y near) int { return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(x.id, y.id)) })
	sc.near[i] = out
	ix.recalled.put(k, out)
}

// byRare walks through the names that hold rare words.
func (ix *Index) byRare(sc *scratch, a *names.Name, plain int) {
	left := budget
	for i := range a.Words {
		for _, n := range sc.near[i] {
			names := ix.holders.of(n.id)
			if ix.common[n.id] {
				if plain > 1 {
					continue
				}
				names = sc.firsts(names)
			}
			if left -= len(names); left < 0 && sc.only == nil {
				return
			}
			for _, name := range names {
				sc.add(name, i, n.share)
			}
		}
	}
}

// byPairs finds the names that hold two common words of the query, and those
// that are nothing but one.
func (ix *Index) byPairs(sc *scratch, a *names.Name, plain int) {
	type group struct {
		class uint32
		share float32
	}
	var groups [12][classes]group
	var words, size [12]int
	n := 0
	for i := range a.Words {
		k := 0
		for _, c := range sc.near[i] {
			if !ix.common[c.id] || k == classes {
				continue
			}
			class := ix.class[c.id]
			if !slices.ContainsFunc(groups[n][:k], func(g group) bool { return g.class == class }) {
				groups[n][k] = group{class, c.share}
				k++
			}
		}
		if k > 0 {
			words[n], size[n] = i, k
			if n++; n == len(words) {
				break
			}
		}
	}
	for x := range n {
		for _, g := range groups[x][:size[x]] {
			for _, name := range sc.firsts(ix.pairs.find(hashPair(g.class, 0))) {
				sc.add(name, words[x], g.share)
			}
			for y := range x {
				for _, h := range groups[y][:size[y]] {
					for _, name := range sc.firsts(ix.pairs.find(hashPair(g.class, h.class))) {
						sc.add(name, words[x], g.share)
						sc.add(name, words[y], h.share)
					}
				}
			}
		}
	}
}

// firsts cuts a list of names, unless most of them are left out anyway.
func (sc *scratch) firsts(l []int32) []int32 {
	if sc.only != nil {
		return l
	}
	return l[:min(len(l), firstOf)]
}

// byJoins finds words that one side parts and the other writes as one.
func (ix *Index) byJoins(sc *scratch, a *names.Name) {
	for i := range a.Words {
		w := &a.Words[i]
		if len(w.Text) >= 5 {
			for _, name := range sc.firsts(ix.joins.find(hash(bySound, w.Key))) {
				sc.add(name, i, float32(w.Weight))
			}
		}
		if i+1 == len(a.Words) {
			break
		}
		if text := w.Text + a.Words[i+1].Text; len(text) >= 5 && len(text) < 24 {
			for _, id := range ix.keys.find(hash(bySound, sound.Key(text))) {
				if v := &ix.words[id]; len(v.Text) >= 5 {
					for _, name := range sc.firsts(ix.holders.of(id)) {
						sc.add(name, i, float32(w.Weight))
						sc.add(name, i+1, float32(a.Words[i+1].Weight))
					}
				}
			}
		}
	}
}

// estimate fills out with the names touched whose score may be worth a
// comparison, and clears the slots.
func (ix *Index) estimate(sc *scratch, whole float32) {
	stamp := sc.next()
	var more [names.MaxWords]addition
	last := 0
	for i := range sc.near {
		for _, n := range sc.near[i] {
			if !ix.common[n.id] {
				continue
			}
			last = i + 1
			more[i].share = max(more[i].share, n.share)
			more[i].classes |= classBit(ix.class[n.id])
			if m := &sc.meant[n.id]; m.stamp != stamp || m.share < n.share {
				*m = meant{stamp, int8(i), n.share}
			}
		}
	}
	for _, at := range sc.touched {
		s := sc.slots[at]
		sc.slots[at] = slot{}
		b := ix.briefs[s.name-1]
		weight, best := b.weight, s.sum
		for i := range more[:last] {
			if more[i].classes&b.common != 0 && s.mask>>i&1 == 0 {
				best += more[i].share
			}
		}
		if best < 0.35*min(whole, weight) || rounded(guess(best, whole, weight)) < sc.best.least {
			continue
		}
		l := &ix.names[s.name-1]
		for _, id := range ix.spell[l.at : l.at+int32(l.n)] {
			if m := &sc.meant[id]; m.stamp == stamp && s.mask>>m.word&1 == 0 {
				s.mask |= 1 << m.word
				s.sum += m.share
			}
		}
		e := guess(s.sum, whole, weight)
		if c := (candidate{s.name - 1, rounded(e)}); e >= promising && c.estimate >= sc.best.least {
			sc.best.add(c.estimate)
			sc.out = append(sc.out, c)
		}
	}
	sc.touched = sc.touched[:0]
}

// addition is the most that a common word may add to a word of the query, and
// the bits of their classes.
type addition struct {
	share   float32
	classes uint32
}

// guess is the estimate of a score from the weight that is shared and the
// weights of both names.
func guess(shared, whole, weight float32) float32 {
	restA, restB := max(whole-shared, 0), max(weight-shared, 0)
	return shared / (shared + 1.5*min(restA, restB) + 0.25*max(restA-restB, restB-restA))
}

// rounded gives an estimate in ten-thousandths, so that names as good as each
// other are told as equal.
func rounded(e float32) int32 { return int32(math.Round(float64(e) * whollyAlike)) }

// whollyAlike is the estimate of names that share all they say.
const whollyAlike = 1e4

// leaders knows the least estimate among the best that will be compared, so
// that the many names under it cost next to nothing.
type leaders struct {
	times [whollyAlike + 1]int32 // how often each estimate came
	least int32                  // as many as are compared reach it
	over  int32                  // how many do
}

// add counts an estimate that is not under the least.
func (l *leaders) add(e int32) {
	l.times[e]++
	l.over++
	for l.over-l.times[l.least] >= compared {
		l.over -= l.times[l.least]
		l.least++
	}
}

// take keeps of the candidates given, which are all it knows, the best, and
// forgets their estimates.
func (l *leaders) take(all []candidate) []candidate {
	best := all[:0]
	for _, c := range all {
		l.times[c.estimate] = 0
		if c.estimate >= l.least {
			best = append(best, c)
		}
	}
	l.least, l.over = 0, 0
	return best
}

// cut is how many of the sorted names are compared: the best, and those that
// are as good as the last of them. Several lists carry the same man under the
// same spellings, and none of his entries may be lost to the others.
func (sc *scratch) cut() []candidate {
	sc.out = sc.best.take(sc.out)
	slices.SortFunc(sc.out, func(x, y candidate) int { return int(cmp.Or(y.estimate-x.estimate, x.name-y.name)) })
	n := min(len(sc.out), compared)
	for n > 0 && n < min(len(sc.out), comparedTies) && sc.out[n].estimate == sc.out[n-1].estimate {
		n++
	}
	return sc.out[:n]
}

package mentions

import (
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
)

const (
	mostNames = 200 // names read of one party; more would be an attack
	// A pair of words that more names share is left to those names of which it
	// is most; longer names are found by a rarer pair.
	commonPair = 32
	mostPair   = 0.6
	prunable   = 1 << 31 // marks a pair that its name can do without
)

type builder struct {
	ix                                      *Index
	pairs, singles, family, native, numbers []runs.Entry
	words                                   map[uint64]bool // hashes that find anything
	vocab, near                             []runs.Entry
	ids                                     map[string]uint32 // word -> its number in lex.Words
}

func newBuilder(parties []party.Party) *builder {
	return &builder{ix: &Index{parties: parties}, words: map[uint64]bool{}, ids: map[string]uint32{}}
}

func (b *builder) finish() *Index {
	ix := b.ix
	ix.lex.Known = runs.NewFilter(len(b.words))
	for h := range b.words {
		ix.lex.Known.Add(h)
	}
	b.pairs = b.prune()
	ix.pairsKnown = runs.NewFilter(len(b.pairs))
	for _, e := range b.pairs {
		ix.pairsKnown.Add(e.Key)
	}
	ix.pairs, ix.singles = runs.NewTable(b.pairs), runs.NewTable(b.singles)
	ix.lex.Vocab, ix.lex.Near = runs.NewTable(b.vocab), runs.NewTable(b.near)
	ix.family, ix.native, ix.numbers = runs.NewTable(b.family), runs.NewTable(b.native), runs.NewTable(b.numbers)
	ix.stale = identity.StaleWords(ix.parties)
	return ix.ready()
}

func (b *builder) party(i int32, p *party.Party) {
	seen := map[string]bool{}
	voiced := false
	for _, n := range p.Names {
		voiced = voiced || n.Text != "" && !silentText(n.Text)
	}
	schema := schemaOf(p)
	for k, n := range p.Names {
		if k == mostNames {
			break
		}
		if seen[n.Text] {
			continue
		}
		seen[n.Text] = true
		b.name(i, uint8(k), schema, n, voiced)
	}
	for _, d := range numbersOf(p) {
		if k := runs.NumberKey(d); k != "" {
			b.numbers = append(b.numbers, runs.Entry{Key: runs.Hash(k), ID: uint32(i)})
		}
	}
}

// name files one name under all that finds it.
func (b *builder) name(i int32, at uint8, schema party.Schema, n party.Name, voiced bool) {
	l := readName(i, schema, n)
	if l == nil {
		return
	}
	id := uint32(len(b.ix.names))
	e := entry{party: i, at: at, from: uint32(len(b.ix.spelt))}
	if l.name.Person() {
		e.flags |= ofPerson
	}
	if b.ix.parties[i].Schema == party.Vessel {
		e.flags |= ofShip
	}
	if l.silent = voiced && silentText(n.Text); l.silent {
		e.flags |= silent
	}
	if r := l.native; r != nil {
		b.native = append(b.native, runs.Entry{Key: runs.RunePair(r[0], r[1]), ID: id})
	}
	var hashes [][]uint64
	var kept []names.Word
	for k, w := range l.name.Words {
		if w.Kind == names.Particle && len(l.name.Words) > 1 {
			continue
		}
		hs := b.word(w)
		hashes, kept = append(hashes, hs), append(kept, w)
		if int8(k) == l.family {
			for _, h := range hs {
				b.family = append(b.family, runs.Entry{Key: h, ID: id})
			}
		}
	}
	e.n = uint8(len(kept))
	if len(kept) == 1 {
		b.single(id, l, hashes[0])
	}
	b.pair(id, kept, hashes)
	b.ix.names = append(b.ix.names, e)
}

// word files one word of a name and gives the hashes that find it.
func (b *builder) word(w names.Word) []uint64 {
	hs := runs.WordHashes(w)
	id := b.spell(w, hs)
	tag := uint16(anySound)
	if s := b.ix.lex.Sounds[id]; s&1 == 0 && len(hs) == 1 {
		tag = tagOf(hs[0])
	}
	b.ix.spelt = append(b.ix.spelt, spelling{id, tag, uint8(min(w.Weight*100, 255))})
	for _, h := range hs {
		b.words[h] = true
	}
	return hs
}

// single files a name that one word finds.
func (b *builder) single(id uint32, l *listed, hashes []uint64) {
	if !usable(b.ix, l) {
		return
	}
	if l.exact != "" {
		h := runs.Hash([]byte(l.exact)) ^ runs.ExactSalt
		b.singles = append(b.singles, runs.Entry{Key: h, ID: id})
		b.words[h] = true
		return
	}
	for _, h := range hashes {
		b.singles = append(b.singles, runs.Entry{Key: h, ID: id})
	}
}

// pair files a name under each two of its words that stand near each other.
// Single letters find a name only if it has not two longer words.
func (b *builder) pair(id uint32, ws []names.Word, hashes [][]uint64) {
	long, all := 0, 0.0
	for _, w := range ws {
		all += w.Weight
		if len(w.Text) > 1 {
			long++
		}
	}
	for x := range ws {
		for y := x + 1; y < len(ws) && y-x < runs.Reach; y++ {
			if long > 1 && (len(ws[x].Text) < 2 || len(ws[y].Text) < 2) {
				continue
			}
			mark := uint32(0)
			if long > 2 && ws[x].Weight+ws[y].Weight < mostPair*all {
				mark = prunable
			}
			for _, hx := range hashes[x] {
				for _, hy := range hashes[y] {
					b.pairs = append(b.pairs, runs.Entry{Key: runs.Both(hx, hy), ID: id | mark})
				}
			}
		}
	}
}

// prune drops common pairs from names that a rarer pair finds.
func (b *builder) prune() []runs.Entry {
	es := b.pairs
	runs.Sort(es)
	rarest := make([]int32, len(b.ix.names))
	each := func(do func(group []runs.Entry)) {
		for i := 0; i < len(es); {
			j := i + 1
			for j < len(es) && es[j].Key == es[i].Key {
				j++
			}
			do(es[i:j])
			i = j
		}
	}
	each(func(g []runs.Entry) {
		for _, e := range g {
			if r := &rarest[e.ID&^prunable]; *r == 0 || int32(len(g)) < *r {
				*r = int32(len(g))
			}
		}
	})
	out := make([]runs.Entry, 0, len(es))
	each(func(g []runs.Entry) {
		for _, e := range g {
			id := e.ID &^ prunable
			if len(g) > commonPair && e.ID&prunable != 0 && int(rarest[id])*4 < len(g) {
				continue
			}
			out = append(out, runs.Entry{Key: e.Key, ID: id})
		}
	})
	return out
}

// spell numbers the different spellings of each sound: a word of a text is
// known only if it is like one of them.
func (b *builder) spell(w names.Word, hs []uint64) uint32 {
	stem := runs.Stem(w.Text)
	key := stem
	if w.Consonants {
		key = "'" + key
	}
	id, ok := b.ids[key]
	if !ok {
		id = uint32(len(b.ix.lex.Words))
		b.ids[key] = id
		b.ix.lex.Words = append(b.ix.lex.Words, names.Word{Text: stem, Key: sound.Key(stem), Kept: w.Kept, Consonants: w.Consonants})
		sounds := runs.Hash(b.ix.lex.Words[id].Key) &^ 1
		if len(hs) > 1 || len(hs) == 1 && hs[0]&^1 != sounds {
			sounds |= 1
		}
		b.ix.lex.Sounds = append(b.ix.lex.Sounds, sounds)
		b.ix.lex.Means = append(b.ix.lex.Means, names.Meaning(stem))
		if !w.Consonants {
			for _, h := range runs.Deletions(stem) {
				b.near = append(b.near, runs.Entry{Key: h, ID: id})
			}
		}
	}
	for _, h := range hs {
		b.vocab = append(b.vocab, runs.Entry{Key: h, ID: id})
	}
	return id
}

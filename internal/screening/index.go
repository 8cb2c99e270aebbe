package screening

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
)

// Index holds parties ready to be found by name. It is immutable and safe for
// use by many goroutines at once.
//
// Listed names are kept as numbers of words in one vocabulary. Tables lead
// from a key to words, from a word to the names that hold it, and from pairs of
// common words to the names that hold both, so that a query never walks through
// all bearers of a common word.
type Index struct {
	parties  []party.Party
	byNumber map[string][]int32 // IMO, document, wallet numbers -> parties
	byID     map[string]int32

	words  []names.Word // the vocabulary
	class  []uint32     // of a word: equal for spellings of one name
	common []bool       // of a word: its class stands in more than commonClass names
	forms  []string     // legal forms, by number

	names  []listed
	spell  []int32 // words of all names, one name behind another
	briefs []brief // of names

	holders lists // word -> names, those of few words first
	keys    table // key -> words
	pairs   table // two common classes, or the class of a lone word -> names
	joins   table // key of two neighbours written as one -> names

	recalled recalled
	scratch  sync.Pool
}

// brief is what a query reads of the thousands of names that share a word with
// it, most of which it then leaves: kept close together.
type brief struct {
	weight float32 // of all words
	common uint32  // bits of the classes of its common words
}

func classBit(class uint32) uint32 { return 1 << (class * 2654435761 >> 27) }

// listed is one name of one party; its words stand in Index.spell.
type listed struct {
	fold   uint64
	party  int32
	text   int32 // which of the party's names
	at     int32 // of its words in spell
	form   uint16
	n      uint8
	given  uint8
	schema uint8 // of schemas
	flags  uint8
}

const (
	weak = 1 << iota
	// doubled: without vowels, of a party that is listed with vowels too. A
	// query with vowels is compared with those alone.
	doubled
	// cut out of a name that gives several in one.
	cut
)

// schemas as which names are read.
var schemas = []party.Schema{"", party.Person, party.Organization, party.Company, party.PublicBody, party.Vessel, party.Airplane, party.CryptoWallet, party.Security, party.LegalEntity}

// New builds the index. Parties without a readable name can still be found by
// number.
func New(parties []party.Party) *Index {
	ix := &Index{parties: parties, byNumber: map[string][]int32{}, byID: make(map[string]int32, len(parties))}
	b := builder{ix: ix, lexicon: map[lexeme]int32{}, formAt: map[string]uint16{"": 0}}
	ix.forms = []string{""}
	for i := range parties {
		b.party(int32(i), &parties[i])
	}
	b.tables()
	ix.briefs = make([]brief, len(ix.names))
	for i := range ix.names {
		l := &ix.names[i]
		for _, id := range ix.spell[l.at : l.at+int32(l.n)] {
			ix.briefs[i].weight += float32(ix.words[id].Weight)
			if ix.common[id] {
				ix.briefs[i].common |= classBit(ix.class[id])
			}
		}
	}
	ix.scratch.New = func() any { return newScratch(ix) }
	return ix
}

// Len is the number of parties.
func (ix *Index) Len() int { return len(ix.parties) }

// Party returns the party with the ID.
func (ix *Index) Party(id string) (party.Party, bool) {
	i, ok := ix.byID[id]
	if !ok {
		return party.Party{}, false
	}
	return ix.parties[i], true
}

// namesOf yields the numbers of a party's names, which stand together.
func (ix *Index) namesOf(party int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		at, _ := slices.BinarySearchFunc(ix.names, party, func(n listed, p int32) int { return cmp.Compare(n.party, p) })
		for ; at < len(ix.names) && ix.names[at].party == party; at++ {
			if !yield(int32(at)) {
				return
			}
		}
	}
}

// matched is the text of a listed name.
func (ix *Index) matched(l *listed) string { return ix.parties[l.party].Names[l.text].Text }

// side is a listed name as a matcher sees it; refs is overwritten.
func (ix *Index) side(l *listed, refs []*names.Word) names.Side {
	ids := ix.spell[l.at : l.at+int32(l.n)]
	refs = refs[:0]
	for _, id := range ids {
		refs = append(refs, &ix.words[id])
	}
	return names.Side{Words: refs, IDs: ids, Given: int(l.given), Form: ix.forms[l.form], Fold: l.fold, Schema: schemas[l.schema]}
}

// lexeme is what makes a word of the vocabulary another one.
type lexeme struct {
	text, kept string
	native     string
	kind       names.Kind
	consonants bool
	weight     float32
	rare       float32
}

func lexemeOf(w *names.Word) lexeme {
	return lexeme{w.Text, w.Kept, w.Native(), w.Kind, w.Consonants, float32(w.Weight), float32(w.Rare)}
}

type builder struct {
	ix      *Index
	lexicon map[lexeme]int32
	formAt  map[string]uint16
}

func (b *builder) party(i int32, p *party.Party) {
	ix := b.ix
	ix.byID[p.ID] = i
	schema := p.Schema
	if schema == "" {
		schema = party.LegalEntity
	}
	parsed := make([]names.Name, len(p.Names))
	voiced := false
	for k, n := range p.Names {
		parsed[k] = names.Parse(n.Text, schema)
		voiced = voiced || !parsed[k].Empty() && !consonantal(&parsed[k])
	}
	for k, n := range p.Names {
		if parsed[k].Empty() || slices.ContainsFunc(p.Names[:k], func(o party.Name) bool { return o.Text == n.Text }) {
			continue
		}
		l := b.name(&parsed[k])
		l.party, l.text = i, int32(k)
		for _, text := range names.Alternatives(n.Text) {
			if a := names.Parse(text, schema); !a.Empty() {
				alt := b.name(&a)
				alt.party, alt.text, alt.flags = i, int32(k), cut
				ix.names = append(ix.names, alt)
			}
		}
		if n.Quality == party.Weak {
			l.flags |= weak
		}
		if voiced && consonantal(&parsed[k]) {
			l.flags |= doubled
		}
		ix.names = append(ix.names, l)
	}
	for _, number := range numbersOf(p) {
		if k := numberKey(number); k != "" {
			ix.byNumber[k] = append(ix.byNumber[k], i)
		}
	}
}

func (b *builder) name(n *names.Name) listed {
	side := n.Side(nil)
	form, ok := b.formAt[side.Form]
	if !ok && len(b.ix.forms) < 1<<16 {
		form = uint16(len(b.ix.forms))
		b.formAt[side.Form] = form
		b.ix.forms = append(b.ix.forms, side.Form)
	}
	l := listed{fold: side.Fold, at: int32(len(b.ix.spell)), n: uint8(len(n.Words)), given: uint8(side.Given), form: form}
	l.schema = uint8(max(slices.Index(schemas, n.Schema), 0))
	for i := range n.Words {
		w := &n.Words[i]
		b.ix.spell = append(b.ix.spell, b.word(w))
	}
	return l
}

// word is the number of a word in the vocabulary.
func (b *builder) word(w *names.Word) int32 {
	k := lexemeOf(w)
	if id, ok := b.lexicon[k]; ok {
		return id
	}
	c := *w
	c.Start, c.End = 0, 0
	c.Text, c.Key, c.Kept = strings.Clone(w.Text), strings.Clone(w.Key), strings.Clone(w.Kept)
	k = lexemeOf(&c)
	id := int32(len(b.ix.words))
	b.ix.words = append(b.ix.words, c)
	b.lexicon[k] = id
	return id
}

func consonantal(n *names.Name) bool {
	for i := range n.Words {
		if n.Words[i].Consonants {
			return true
		}
	}
	return false
}

func numbersOf(p *party.Party) []string {
	var out []string
	for _, d := range p.Documents {
		out = append(out, d.Number)
	}
	for _, w := range p.Wallets {
		out = append(out, w.Address)
	}
	if p.Vessel != nil {
		out = append(out, p.Vessel.IMO, p.Vessel.MMSI, p.Vessel.CallSign)
	}
	if p.Aircraft != nil {
		out = append(out, p.Aircraft.Tail, p.Aircraft.Serial)
	}
	return out
}

// numberKey keeps letters and digits, lower case; shorter than five it
// identifies nobody.
func numberKey(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b = append(b, c)
		}
	}
	if len(b) < 5 {
		return ""
	}
	return string(b)
}

package syntax

import (
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/prose/syntax/network"
)

//go:embed model/en.model.zst
var english []byte

// Model is what training learns: vocabularies, lemmas and the network.
type Model struct {
	Name    string   // "en-ewt 3", shown with results
	Words   []string // vocabulary keys, 0 is the unknown word
	Affixes int      // rows of hashed affixes
	UPOS    []string
	XPOS    []string
	Feats   []string
	Rels    []string
	// Readings are the triples (UPOS, XPOS, Feats) met in training: the three
	// columns are chosen together among them.
	Readings [][3]int
	Lemmas   Lemmas
	Dims     network.Dims
	Net      *network.Params `json:"-"`

	index map[string]int
	pairs []pair
	// pairAt holds for UPOS times the XPOS, plus XPOS, one more than the index
	// into pairs, 0 for none.
	pairAt []int16
}

// Index prepares the look-up of words; ReadModel has done it.
func (m *Model) Index() {
	m.index = make(map[string]int, len(m.Words))
	for i, w := range m.Words {
		m.index[w] = i
	}
	m.Lemmas.Index()
	m.pairs = pairsOf(m.Readings)
	m.pairAt = make([]int16, len(m.UPOS)*len(m.XPOS))
	for k, p := range m.pairs {
		m.pairAt[p.upos*len(m.XPOS)+p.xpos] = int16(k + 1)
	}
}

// Input gives the network's view of a token; its affixes are appended to buf.
func (m *Model) Input(form string, buf []int) (network.Input, []int) {
	key := vocabularyKey(form)
	n := len(buf)
	buf = affixes(buf, form, key, m.Affixes)
	return network.Input{Word: m.index[key], Affixes: buf[n:len(buf):len(buf)]}, buf
}

// WordKey is the vocabulary key of a form.
func WordKey(form string) string { return vocabularyKey(form) }

const magic = "RPSYN1\n"

// Bytes is the compressed model file.
func (m *Model) Bytes() ([]byte, error) {
	head, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("model header: %w", err)
	}
	b := append([]byte(magic), binary.LittleEndian.AppendUint32(nil, uint32(len(head)))...)
	b = m.Net.Append(append(b, head...))
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	return w.EncodeAll(b, nil), nil
}

// ReadModel reads a compressed model file.
func ReadModel(file []byte) (*Model, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<27))
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	defer r.Close()
	b, err := r.DecodeAll(file, nil)
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	if len(b) < len(magic)+4 || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("model: not a model file of this version")
	}
	b = b[len(magic):]
	n := int(binary.LittleEndian.Uint32(b))
	if b = b[4:]; n > len(b) {
		return nil, fmt.Errorf("model: header ends early")
	}
	m := &Model{}
	if err := json.Unmarshal(b[:n], m); err != nil {
		return nil, fmt.Errorf("model header: %w", err)
	}
	if err := m.check(len(b) - n); err != nil {
		return nil, err
	}
	m.Net = network.New(m.Dims)
	if err := m.Net.Fill(b[n:]); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	m.Index()
	return m, nil
}

// check refuses sizes that do not fit together before memory is taken.
func (m *Model) check(bytes int) error {
	d := m.Dims
	sizes := []int{d.WordDim, d.AffixDim, d.Hidden, d.Arc, d.Label}
	for _, n := range sizes {
		if n < 8 || n%8 != 0 || n > 4096 {
			return fmt.Errorf("model: layer size %d", n)
		}
	}
	if d.Words != len(m.Words) || d.Words == 0 || d.Affixes != m.Affixes || d.Rels != len(m.Rels) || len(d.Tags) != 3 ||
		d.Tags[0] != len(m.UPOS) || d.Tags[1] != len(m.XPOS) || d.Tags[2] != len(m.Feats) ||
		m.Affixes < 1 || m.Affixes > bytes ||
		len(m.UPOS) == 0 || len(m.XPOS) == 0 || len(m.Feats) == 0 || len(m.Rels) < 2 {
		return fmt.Errorf("model: vocabularies and weights do not fit together")
	}
	if n := network.Size(d); n != bytes {
		return fmt.Errorf("model: %d bytes of weights, sizes ask for %d", bytes, n)
	}
	for _, r := range m.Readings {
		if min(r[0], r[1], r[2]) < 0 || r[0] >= len(m.UPOS) || r[1] >= len(m.XPOS) || r[2] >= len(m.Feats) {
			return fmt.Errorf("model: reading %v", r)
		}
	}
	return nil
}

// Load gives the English parser that is built in.
func Load() (*Parser, error) { return builtIn() }

var builtIn = sync.OnceValues(func() (*Parser, error) {
	m, err := ReadModel(english)
	if err != nil {
		return nil, fmt.Errorf("built-in parser: %w", err)
	}
	return NewParser(m), nil
})

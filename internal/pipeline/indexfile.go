package pipeline

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/reportedly/reportedly/internal/mentions"
)

// indexFile stands between the name of the store's file and the key of the
// lists in the name of the file that keeps their index.
const indexFile = ".mentions-"

// KeepIndex makes Index keep what it builds in a file beside the store's, named
// by the lists' key, and take it from there next time. Files of other lists are
// removed. A file that cannot be read, is damaged or of another version is
// built anew; one that cannot be written is done without.
func (k *Knowledge) KeepIndex(store string) { k.beside = store }

// openIndex opens or builds the index of mentions.
func (k *Knowledge) openIndex() *mentions.Index {
	if k.beside == "" {
		return mentions.New(k.Parties)
	}
	file := k.beside + indexFile + k.Key
	if raw, err := os.ReadFile(file); err == nil {
		if ix, err := mentions.Open(k.Parties, raw); err == nil {
			return ix
		}
	}
	ix := mentions.New(k.Parties)
	var b bytes.Buffer
	if _, err := ix.WriteTo(&b); err == nil {
		k.saveIndex(file, b.Bytes())
	}
	return ix
}

// saveIndex writes beside and renames, so that no reader sees half a file.
func (k *Knowledge) saveIndex(file string, raw []byte) {
	old, _ := filepath.Glob(k.beside + indexFile + "*")
	tmp, err := os.CreateTemp(filepath.Dir(k.beside), ".mentions-*.tmp")
	if err != nil {
		return
	}
	_, err = tmp.Write(raw)
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		os.Remove(tmp.Name())
		return
	}
	for _, f := range old {
		if f != file {
			os.Remove(f)
		}
	}
}

package snapshot

import (
	"bytes"
	"io"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// Memory is an unpacked file that is held in memory.
func Memory(name string, body []byte) *File {
	return &File{Name: name, Size: int64(len(body)), Head: body[:min(len(body), HeadSize)],
		open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }}
}

// Read runs a parser to its end and keeps everything that it gives.
func Read(parse Parser, files ...*File) (party.Edition, []party.Party, []story.Finding, error) {
	var e party.Edition
	var parties []party.Party
	var findings []story.Finding
	err := parse(files, &Out{
		Edition: &e,
		Party:   func(p party.Party) error { parties = append(parties, p); return nil },
		Finding: func(f story.Finding) { findings = append(findings, f) },
	})
	return e, parties, findings, err
}

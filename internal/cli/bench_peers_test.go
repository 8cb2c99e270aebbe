package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
)

// TestBenchPeers asks two peers of the form bench/peers/README.md describes:
// one that answers, and one that cannot be had, which must not end the run.
func TestBenchPeers(t *testing.T) {
	dir := t.TempDir()
	peer := func(name, script string) {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "run"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	peer("counter", `printf '{"peer":"counter","parties":%d,"asked":%d,"names_per_cpu_s":%s}' $(wc -l <"$1") $(grep -c 'x:1$' "$2") "$3"`)
	peer("gone", "echo fetching >&2; echo refused by the registry >&2; exit 3")
	parties := []party.Party{{ID: "x:1", Schema: party.Person, Names: []party.Name{{Text: "Arvo Lund"}, {Text: "A. Lund"}}}, {ID: "x:2", Schema: party.Person}}
	qs := fullReferences(parties, [][]string{{"Lund, Arvo", "1"}, {"Nobody", "7"}})
	got, err := benchPeers(context.Background(), dir, parties, qs, 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Parties != 2 || got[0].Asked != 1 || got[0].NamesPerCPU != 2 {
		t.Errorf("figures of the first peer: %+v", got)
	}
	if got[1].Peer != "gone" || !strings.Contains(got[1].Left, "refused by the registry") {
		t.Errorf("a peer that cannot be had: %+v", got[1])
	}
	if _, err := benchPeers(context.Background(), t.TempDir(), parties, qs, 1); err == nil {
		t.Error("a folder without peers is no error")
	}
}

package lists_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
)

const prim = "7,\"VARGO, Teodor\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1957.\"\n"

const entities = `{"id":"p1","schema":"Person","properties":{"name":["Teodor Vargo"],"topics":["sanction"]},"datasets":["invented"]}` + "\n"

// run opens inputs given as name, content pairs and tells what came of each.
func run(opts lists.Options, pairs ...string) string {
	var inputs []snapshot.Input
	for i := 0; i < len(pairs); i += 2 {
		inputs = append(inputs, snapshot.Bytes(pairs[i], []byte(pairs[i+1])))
	}
	var out []string
	for s, err := range lists.Open(context.Background(), inputs, opts) {
		if err == nil {
			var l lists.Loaded
			if l, err = s.Load(); err == nil {
				out = append(out, fmt.Sprintf("%s@%s %s %d names %d files %d", l.Edition.List, l.Edition.AsOf, l.Edition.Format, len(l.Parties), len(l.Parties[0].Names), len(s.Files())))
				continue
			}
		}
		out = append(out, err.Error())
	}
	return strings.Join(out, "\n")
}

func TestOpen(t *testing.T) {
	mapping, err := table.ReadMapping([]byte("list = \"house\"\nid = [\"{No}\"]\nmark = [\"No\", \"Who\"]\n[columns]\nWho = \"name\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	alt := "7,1,\"aka\",\"WARGO, Teodor\",-0- \n"
	for name, c := range map[string]struct {
		opts  lists.Options
		pairs []string
		want  string
	}{
		"a lone names file":           {lists.Options{}, []string{"sdn_2024-05-03.csv", prim}, "us-ofac-sdn@2024-05-03 ofac-csv 1 names 1 files 1"},
		"a set in any order":          {lists.Options{}, []string{"d/alt.csv", alt, "d/sdn.csv", prim}, "us-ofac-sdn@ ofac-csv 1 names 2 files 2"},
		"two sets in two folders":     {lists.Options{}, []string{"2019-01-04/sdn.csv", prim, "2021-07-07/alt.csv", alt, "2021-07-07/sdn.csv", prim}, "us-ofac-sdn@2019-01-04 ofac-csv 1 names 1 files 1\nus-ofac-sdn@2021-07-07 ofac-csv 1 names 2 files 2"},
		"alternates without names":    {lists.Options{}, []string{"alt.csv", alt}, "alt.csv: refused: part of a set whose file of names is not given"},
		"unclear whose alternates":    {lists.Options{}, []string{"a.csv", prim, "b.csv", prim, "alt.csv", alt}, "us-ofac-sdn@ ofac-csv 1 names 1 files 1\nus-ofac-sdn@ ofac-csv 1 names 1 files 1\nalt.csv: refused: several files of names lie beside this one: which of them it belongs to cannot be told"},
		"unknown, then good":          {lists.Options{}, []string{"x.txt", "hello", "e.json", entities}, "x.txt: refused: unknown list format: neither XML nor JSON nor CSV of a known list (see docs/lists.md for what can be read)\ninvented@ ftm 1 names 1 files 1"},
		"the user's day and list":     {lists.Options{AsOf: calendar.MustParse("2020-02-02"), List: "ours"}, []string{"e.json", entities}, "ours@2020-02-02 ftm 1 names 1 files 1"},
		"the user's mapping":          {lists.Options{Mappings: []*table.Mapping{mapping}}, []string{"e.csv", "No,Who\n1,Teodor Vargo\n"}, "house@ table 1 names 1 files 1"},
		"no entries":                  {lists.Options{}, []string{"e.xml", "<CONSOLIDATED_LIST dateGenerated=\"2020-01-01\"></CONSOLIDATED_LIST>"}, "e.xml: refused: the list holds no entries"},
		"an XML list of another kind": {lists.Options{}, []string{"e.xml", "<other/>"}, "e.xml: refused: unknown list format: XML of no known list (see docs/lists.md for what can be read)"},
	} {
		if got := run(c.opts, c.pairs...); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestNameDate(t *testing.T) {
	for in, want := range map[string]string{"un/un_2025-11-15.xml": "2025-11-15", "sdn_2019-01-04/sdn.csv": "2019-01-04", "eu/journal_2026-08/consolidated/1.csv": "2026-08", "a/b/2020-13-01.x": "", "sdn.csv": "", "sdn_2021-08-20T013811Z.csv": "2021-08-20"} {
		if got := lists.NameDate(in); got.String() != want {
			t.Errorf("NameDate(%q) = %s, want %q", in, got, want)
		}
	}
}

func TestCancelledContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := lists.Load(ctx, []snapshot.Input{snapshot.Bytes("e.json", []byte(entities))}, lists.Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func ExampleOpen() {
	in := snapshot.Bytes("invented.ftm.json", []byte(entities))
	for s, err := range lists.Open(context.Background(), []snapshot.Input{in}, lists.Options{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		for p, err := range s.Parties() {
			fmt.Println(p.ID, p.PrimaryName(), err)
		}
		fmt.Println(s.Edition().List, s.Edition().Entries)
	}
	// Output:
	// invented:p1 Teodor Vargo <nil>
	// invented 1
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(prim))
	f.Add([]byte(entities))
	f.Add([]byte("<CONSOLIDATED_LIST>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		small := snapshot.Limits{File: 1 << 20, Archive: 1 << 20, Members: 10, Ratio: 50, RatioFrom: 1 << 16}
		_, _, err := lists.Load(context.Background(), []snapshot.Input{snapshot.Bytes("fuzz", body)}, lists.Options{Limits: small})
		if err != nil {
			t.Fatalf("bad input must be a finding: %v", err)
		}
	})
}

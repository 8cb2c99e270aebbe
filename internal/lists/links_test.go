package lists_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/links"
	"github.com/reportedly/reportedly/internal/party"
)

// The general stands on eight lists; his namesake IRi.040 carries the
// spelling of one of his OFAC aliases and stays apart.
func TestSoleimaniAcrossLists(t *testing.T) {
	loaded, refused := load(t, lists.Options{}, "un/un_consolidated_2025-11-15.xml.gz", "us_ofac/sdn_2021-07-07/*", "us_ofac/us_consolidated_screening_list_2022-05.csv.gz",
		"uk/ofsi_conlist_2016-03-23.csv.gz", "uk/fcdo_2026-05/*", "eu/official_journal_2026-08/consolidated/32012R0267.csv", "ca/sema_2025-05.xml.gz", "au/*.xlsx")
	if len(refused) > 0 {
		t.Fatal(refused)
	}
	var all []party.Party
	for _, l := range loaded {
		all = append(all, l.Parties...)
	}
	found := links.Find(all)
	count := map[links.Status]int{}
	status := map[string]links.Status{}
	for _, l := range found {
		count[l.Status]++
		for _, pair := range [][2]string{{l.A, l.B}, {l.B, l.A}} {
			if strings.HasSuffix(pair[0], "IRi.039") || strings.HasSuffix(pair[0], "IRi.040") {
				status[strings.TrimPrefix(pair[0], "un:")+" "+pair[1]] = l.Status
			}
		}
	}
	t.Logf("%d parties, links %v", len(all), count)
	for pair, want := range map[string]links.Status{
		"IRi.039 us-ofac-sdn:10481": links.Same, "IRi.039 us-csl:10481": links.Same, "IRi.039 uk-ofsi:9062": links.Same, "IRi.039 uk-sanctions:INU0398": links.Same,
		"IRi.039 eu-journal:32012R0267#VIII.A.PERSONS:38": links.Same, "IRi.039 ca-sema:iran#1-part-2:89": links.Probable,
		"IRi.040 us-ofac-sdn:10481": links.Yields, "IRi.040 uk-sanctions:INU0399": links.Same,
	} {
		if status[pair] != want {
			t.Errorf("%s: %q, want %q", pair, status[pair], want)
		}
	}
	for pair, s := range status {
		if strings.HasPrefix(pair, "IRi.040") && (s == links.Same || s == links.Probable) && !strings.Contains(pair, "INU0399") && !strings.Contains(pair, "PERSONS:39") {
			t.Errorf("the namesake is linked: %s %s", pair, s)
		}
	}
	for _, g := range links.Groups(found) {
		if slices.Contains(g, "un:IRi.039") && slices.Contains(g, "un:IRi.040") {
			t.Errorf("both stand in one group: %v", g)
		}
	}
}

package lists_test

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists"
)

// Every file of shared/data/lists gives the counts that its README states:
// edition, format, entries.
func TestSharedCounts(t *testing.T) {
	for _, c := range []struct {
		patterns string // the files of one set, parted by blanks
		want     string
	}{
		{"un/un_consolidated_2016-02-11_partial.xml.gz", "un@2016-02-11 un-xml 239"},
		{"un/un_consolidated_2017-06-20.xml.gz", "un@2017-06-20 un-xml 1024"},
		{"un/un_consolidated_2017-06-30.xml.gz", "un@2017-06-30 un-xml 1024"},
		{"un/un_consolidated_2017-07-03.xml.gz", "un@2017-07-03 un-xml 1021"},
		{"un/un_consolidated_2018-08-24.xml.gz", "un@2018-08-24 un-xml 1098"},
		{"un/un_consolidated_2018-10-29.xml.gz", "un@2018-10-29 un-xml 1093"},
		{"un/un_consolidated_2019-07-30_reserialised.xml.gz", "un@2019-07-30 un-xml 1025"},
		{"un/un_consolidated_2020-03-20.xml.gz", "un@2020-03-20 un-xml 1014"},
		{"un/un_consolidated_2020-11-30.xml.gz", "un@2020-11-30 un-xml 1018"},
		{"un/un_consolidated_2020-12-01.xml.gz", "un@2020-12-01 un-xml 1006"},
		{"un/un_consolidated_2021-03-12.xml.gz", "un@2021-03-12 un-xml 1004"},
		{"un/un_consolidated_2022-09-15.xml.gz", "un@2022-09-15 un-xml 952"},
		{"un/un_consolidated_2024-09-21.xml.gz", "un@2024-09-21 un-xml 875"},
		{"un/un_consolidated_2024-09-26.xml.gz", "un@2024-09-26 un-xml 875"},
		{"un/un_consolidated_2024-11-30.xml.gz", "un@2024-11-30 un-xml 879"},
		{"un/un_consolidated_2025-04-19.xml.gz", "un@2025-04-19 un-xml 877"},
		{"un/un_consolidated_2025-08-02.xml.gz", "un@2025-08-02 un-xml 879"},
		{"un/un_consolidated_2025-11-15.xml.gz", "un@2025-11-15 un-xml 1000"},
		{"un/un_consolidated_2025-11-20.xml.gz", "un@2025-11-20 un-xml 1000"},
		{"un/un_consolidated_2025-11-29.xml.gz", "un@2025-11-29 un-xml 1000"},
		{"un/un_consolidated_2026-01-28.xml.gz", "un@2026-01-28 un-xml 999"},
		{"un/un_consolidated_2026-02-27.xml.gz", "un@2026-02-27 un-xml 1003"},
		{"un/un_consolidated_2026-05-08.xml.gz", "un@2026-05-08 un-xml 1009"},
		{"us_ofac/sdn_2019-01-04/*", "us-ofac-sdn@2019-01-04 ofac-csv 7379"},
		{"us_ofac/sdn_2021-07-07/*", "us-ofac-sdn@2021-07-07 ofac-csv 8976"},
		{"us_ofac/sdn_2021-08-18.csv.gz", "us-ofac-sdn@2021-08-18 ofac-csv 9083"},
		{"us_ofac/sdn_2024-05-03.csv.gz", "us-ofac-sdn@2024-05-03 ofac-csv 14965"},
		{"us_ofac/cons_2025-12-19/*", "us-ofac-cons@2025-12-19 ofac-csv 442"},
		{"us_ofac/consolidated_nonsdn_2024-05-06.xml.gz", "us-ofac-cons@2024-05-06 ofac-xml 443"},
		{"us_ofac/consolidated_nonsdn_2025-03-28.xml.gz", "us-ofac-cons@2025-03-28 ofac-xml 443"},
		{"us_ofac/consolidated_nonsdn_2025-06-30.xml.gz", "us-ofac-cons@2025-06-30 ofac-xml 443"},
		{"us_ofac/consolidated_nonsdn_2025-10-22.xml.gz", "us-ofac-cons@2025-10-22 ofac-xml 443"},
		{"us_ofac/consolidated_nonsdn_2026-01-08.xml.gz", "us-ofac-cons@2026-01-08 ofac-xml 442"},
		{"us_ofac/CONS_ENHANCED_2025-01-10.zip", "us-ofac-cons@2025-01-10 ofac-enhanced-xml 443"},
		{"us_ofac/enhanced_IRGC_programme_2024-08-28.xml.gz", "us-ofac-sdn@2024-08-28 ofac-enhanced-xml 293"},
		{"us_ofac/us_consolidated_screening_list_2022-05.csv.gz", "us-csl@2022-05 us-csl 14160"},
		{"us_ofac/bis_denied_persons_2023-11.txt", "us-bis-dpl@2023-11 us-bis-dpl 665"},
		{"uk/ofsi_conlist_2016-03-23.csv.gz", "uk-ofsi@2016-03-23 uk-conlist-csv 1924"},
		{"uk/ofsi_conlist_2018-04-13.csv.gz", "uk-ofsi@2018-04-13 uk-conlist-csv 2106"},
		{"uk/fcdo_2026-05/*", "uk-sanctions@2026-05 uk-sanctions-tables 6046"},
		{"eu/eu_fsf_simplified_2025-04-16.json.gz", "eu-fsf@2025-04-16 eu-simplified-json 5307"},
		{"eu/eu_un_ofac_merged_2025-11-29.json.gz", "eu-un-ofac-merged@2025-11-29 merged-json 6807"},
		{"eu/eu_un_ofac_merged_2026-01-28.json.gz", "eu-un-ofac-merged@2026-01-28 merged-json 6814"},
		{"eu/eu_fsd_old_format_2016-02-11_partial.xml.gz", "eu-fsf@2016-02-11 eu-fsd-xml 595"},
		{"eu/eu_fsf_csv_sample_2018-07-04.csv.gz", "eu-fsf@2018-07-04 eu-fsf-csv 93"}, // 999 lines of 93 entities
		{"ca/sema_2020-04.xml", "ca-sema@2020-04 ca-sema-xml 1369"},
		{"ca/sema_2025-05.xml.gz", "ca-sema@2025-05 ca-sema-xml 4759"},
		{"au/dfat_regulation8_consolidated_2024-12.csv.gz", "au-dfat@2024-12 au-dfat-csv 3062"},
		{"au/dfat_regulation8_consolidated_2024-12.xlsx", "au-dfat@2024-12 au-dfat-xlsx 3062"},
		{"ch/seco_example_amendment_2024-01-17.xml", "ch-seco@2024-01-17 ch-seco-xml 3"},
		{"cn/mfa_countersanctions_2026-08.csv", "cn-mfa@2026-08 cn-mfa 610"},
		{"opensanctions/ua_war_sanctions_targets.simple_2026-03-13.csv.gz", "opensanctions-ukraine-war-and-sanctions@2026-03-13 opensanctions-simple 5600"},
		{"opensanctions/interpol_red_notices_targets.simple_2025-05-23.csv.gz", "opensanctions-interpol-red-notices@2025-05-23 opensanctions-simple 6561"},
		{"opensanctions/us_congress_senzing_2026-01.json.gz", "os-us-congress@2026-01 senzing 1319"},
		{"opensanctions/donations.ftm.ijson", "ftm@ ftm 95"}, // of 474 entities the others are payments and addresses
		{"opensanctions/sa_wiki_peps_entities.ftm_2024-03-13.json.gz", "sa_wiki_peps_v2@2024-03-13 ftm 615"},
		{"opensanctions/sa_wiki_peps_entities.ftm_2024-03-14.json.gz", "sa_wiki_peps_v2@2024-03-14 ftm 607"},
		{"opensanctions/eu_authorities.ftm.json", "eu_authorities@ ftm 151"},
	} {
		loaded, refused := load(t, lists.Options{}, strings.Fields(c.patterns)...)
		var got []string
		for _, l := range loaded {
			got = append(got, fmt.Sprintf("%s@%s %s %d", l.Edition.List, l.Edition.AsOf, l.Edition.Format, len(l.Parties)))
			if len(l.Parties) != l.Edition.Entries {
				t.Errorf("%s: the edition counts %d entries and gives %d parties", c.patterns, l.Edition.Entries, len(l.Parties))
			}
		}
		if strings.Join(got, "; ") != c.want || len(refused) > 0 {
			t.Errorf("%s: got %q, want %q; refused %q", c.patterns, got, c.want, refused)
		}
	}
}

func TestDamagedUNFileIsRefusedWhole(t *testing.T) {
	loaded, refused := load(t, lists.Options{}, "un/malformed_un_consolidated_2025-08-16.xml.gz")
	want := "un/malformed_un_consolidated_2025-08-16.xml.gz:53: entry CDi.002: refused: not well-formed XML: control byte 0x19 in the text"
	if len(loaded) != 0 || len(refused) != 1 || refused[0] != want {
		t.Errorf("loaded %d, refused %q", len(loaded), refused)
	}
}

// The 56 files of the Official Journal, by rows, as the README counts them.
func TestOfficialJournalCounts(t *testing.T) {
	loaded, refused := load(t, lists.Options{}, "eu/official_journal_2026-08/amendments/*.csv", "eu/official_journal_2026-08/consolidated/*.csv*")
	rows := 0
	counts := map[string]int{}
	for _, l := range loaded {
		rows += len(l.Parties)
		counts[strings.TrimSuffix(strings.TrimSuffix(path.Base(filepath.ToSlash(l.Edition.File)), ".gz"), ".csv")] = len(l.Parties)
		if !l.Edition.Partial {
			t.Errorf("%s: one act is a part of the list", l.Edition.File)
		}
	}
	if len(refused) > 0 || len(loaded) != 56 || rows != 8434 {
		t.Errorf("%d files, %d rows, refused %q", len(loaded), rows, refused)
	}
	for name, want := range map[string]int{"32014R0269": 2802, "32014R0833": 1746, "32012R0267": 339, "32026R1843": 216, "32004R0314": 0} {
		if counts[name] != want {
			t.Errorf("%s: %d rows, want %d", name, counts[name], want)
		}
	}
}

package lists_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/party"
)

// put builds the history of one list from the snapshots of some files.
func put(t testing.TB, list string, patterns ...string) *history.History {
	t.Helper()
	h := history.New(list)
	for s, err := range lists.Open(context.Background(), glob(t, patterns...), lists.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		take(t, h, s)
	}
	return h
}

func take(t testing.TB, h *history.History, s *lists.Snapshot) string {
	t.Helper()
	var in *history.Intake
	for p, err := range s.Parties() {
		if err == nil && in == nil {
			in, err = h.Begin(history.Edition{Edition: s.Edition()})
		}
		if err != nil {
			t.Fatal(err)
		}
		in.Put(p)
	}
	e := history.Edition{Edition: s.Edition()}
	// The scraped versions of OFAC carry their moment in their names.
	if _, stamp, ok := strings.Cut(filepath.Base(e.File), "T"); ok && strings.HasSuffix(stamp, "Z.csv") {
		e.At, _ = time.Parse("150405Z.csv", stamp)
	}
	if err := in.Done(e); err != nil {
		t.Fatal(err)
	}
	return e.Key()
}

// What the README of the lists says of neighbouring UN files.
func TestUNNeighbours(t *testing.T) {
	h := put(t, "un", "un/un_consolidated_20*.xml.gz")
	keys := map[string]string{}
	for _, e := range h.Editions() {
		keys[e.AsOf.String()] = e.Key()
		if e.Partial != (e.AsOf.String() == "2016-02-11") {
			t.Errorf("%s: partial %v", e.Key(), e.Partial)
		}
	}
	for _, c := range []struct{ from, to, added, removed, changed string }{
		{"2017-06-20", "2017-06-30", "", "", "QDi.058"},
		{"2017-06-30", "2017-07-03", "", "QDi.168 QDi.169 QDi.170", ""},
		{"2020-11-30", "2020-12-01", "", "12", ""},
		{"2024-09-21", "2024-09-26", "", "", ""},
		{"2024-09-26", "2024-11-30", "HTi.006 HTi.007 SDi.005 SDi.006", "", ""},
		{"2025-04-19", "2025-08-02", "HTe.001 HTe.002 QDi.436", "QDi.328", "8"},
		{"2025-08-02", "2025-11-15", "123", "QDi.317 QDi.336", "10"},
		{"2025-11-15", "2025-11-20", "", "", ""},
		{"2025-11-20", "2025-11-29", "", "", "HTi.006 SOi.022"},
		{"2025-11-29", "2026-01-28", "", "IQi.074", ""},
		{"2026-01-28", "2026-02-27", "SDi.007 SDi.008 SDi.009 SDi.010", "", ""},
		{"2026-02-27", "2026-05-08", "7", "QDe.137", "30"},
	} {
		diff, err := h.Changes(keys[c.from], keys[c.to])
		if err != nil {
			t.Fatal(err)
		}
		got := map[history.Op][]string{}
		for _, x := range diff.Changes {
			got[x.Op] = append(got[x.Op], strings.TrimPrefix(x.ID, "un:"))
		}
		for op, want := range map[history.Op]string{history.Added: c.added, history.Removed: c.removed, history.Changed: c.changed} {
			is := strings.Join(got[op], " ")
			if is != want && strconv.Itoa(len(got[op])) != want {
				t.Errorf("%s to %s: %s %s, want %s", c.from, c.to, op, is, want)
			}
		}
	}
}

func TestDailyUNSnapshots(t *testing.T) {
	h := put(t, "un", "un/un_daily_2025-11-29_2026-01-28.tar.zst")
	eds := h.Editions()
	if len(eds) != 53 {
		t.Fatalf("%d editions, want 53", len(eds))
	}
	var told []string
	for i := 1; i < len(eds); i++ {
		c, err := h.Changes(eds[i-1].Key(), eds[i].Key())
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range c.Changes {
			told = append(told, eds[i].AsOf.String()+" "+x.String())
		}
	}
	if len(told) != 1 || !strings.HasPrefix(told[0], "2025-12-10 removed") || !strings.Contains(told[0], "IQi.074") {
		t.Errorf("changes %q, want the removal of IQi.074 on 2025-12-10", told)
	}
}

// The 308 scraped versions must replay to the change log beside them.
func TestOFACReplay(t *testing.T) {
	if testing.Short() || os.Getenv("REPORTEDLY_LONG") == "" {
		t.Skip("a minute of work: set REPORTEDLY_LONG=1")
	}
	h := history.New("us-ofac-sdn")
	var keys []string
	for s, err := range lists.Open(context.Background(), glob(t, "us_ofac/sdn_history_2021-08-18_2024-05-03.tar.zst"), lists.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, take(t, h, s))
	}
	if len(keys) != 308 {
		t.Fatalf("%d versions, want 308", len(keys))
	}
	log := changeLog(t)
	total := map[string]int{}
	eds := h.Editions()
	for i := 1; i < len(eds); i++ {
		c, err := h.Changes(eds[i-1].Key(), eds[i].Key())
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, x := range c.Changes {
			got[strings.TrimPrefix(x.ID, "us-ofac-sdn:")] = string(x.Op)
			total[string(x.Op)]++
		}
		_, stamp, _ := strings.Cut(filepath.Base(eds[i].File), "sdn_")
		compareLog(t, stamp, got, log[stamp])
	}
	t.Logf("308 versions: %v", total)
}

func compareLog(t *testing.T, version string, got, want map[string]string) {
	t.Helper()
	for id, op := range want {
		is := got[id]
		if is == "" && op == "changed" {
			continue // a row rewritten without a change of meaning
		}
		if is != op {
			t.Errorf("%s: entry %s %q, the log says %q", version, id, is, op)
		}
	}
	for id, op := range got {
		if want[id] == "" {
			t.Errorf("%s: entry %s %s, the log says nothing", version, id, op)
		}
	}
}

// changeLog gives op by entry by version, from the derived log.
func changeLog(t *testing.T) map[string]map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedLists(t), "us_ofac", "sdn_events_2021-08-18_2024-05-03.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]string{}
	for s := newLines(bufio.NewReader(z)); s.Scan(); {
		var e struct {
			At  time.Time `json:"at"`
			Op  string    `json:"op"`
			Num int       `json:"ent_num"`
		}
		if err := json.Unmarshal(bytes.TrimSpace(s.Bytes()), &e); err != nil {
			t.Fatal(err)
		}
		key := e.At.UTC().Format("2006-01-02T150405Z.csv")
		if out[key] == nil {
			out[key] = map[string]string{}
		}
		out[key][strconv.Itoa(e.Num)] = map[string]string{"add": "added", "remove": "removed", "change": "changed"}[e.Op]
	}
	return out
}

func newLines(r *bufio.Reader) *bufio.Scanner {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 16<<20)
	return s
}

// The point-in-time table of the README, row by row, for the lists that say
// when.
func TestSoleimaniPointInTime(t *testing.T) {
	h := put(t, "un", "un/un_consolidated_20*.xml.gz")
	e, ok := h.Show("un:IRi.039", calendar.MustParse("2016-04-14"), calendar.Date{})
	if !ok || e.Presence != history.On || e.Party.PrimaryName() != "QASEM SOLEIMANI" {
		t.Fatalf("2016-04-14: %v %+v", ok, e)
	}
	d := e.Party.Designations[0]
	want := []party.Period{
		{From: day("2007-03-24"), LastSeen: day("2022-09-15"), Gone: day("2024-09-21")},
		{From: day("2025-11-15"), LastSeen: day("2026-05-08")},
	}
	if d.ListedOn != day("2007-03-24") || !slices.Equal(d.Periods, want) {
		t.Errorf("listed on %s, periods %v, want %v", d.ListedOn, d.Periods, want)
	}
	for on, presence := range map[string]history.Presence{"2007-03-23": history.Off, "2015-07-24": history.On, "2022-09-15": history.On, "2023-10-18": history.Unclear,
		"2024-09-21": history.Off, "2025-08-02": history.Off, "2025-11-15": history.On} {
		if e, _ := h.Show("un:IRi.039", day(on), calendar.Date{}); e.Presence != presence {
			t.Errorf("%s: %s, want %s", on, e.Presence, presence)
		}
	}
	for _, e := range h.Editions() {
		present := false
		for _, x := range h.AsOf(e.AsOf, calendar.Date{}) {
			present = present || x.Party.ID == "un:IRi.039" && x.Presence == history.On
		}
		inGap := e.AsOf.After(day("2022-09-15")) && e.AsOf.Before(day("2025-11-15"))
		if present == inGap {
			t.Errorf("%s: present %v", e.AsOf, present)
		}
	}
	var strong, weak []string
	for _, n := range e.Party.Names[1:] {
		if n.Quality == party.Weak {
			weak = append(weak, n.Text)
		} else {
			strong = append(strong, n.Text)
		}
	}
	slices.Sort(strong)
	if fmt.Sprint(strong) != "[Kasim Soleimani Kasim Sulaimani Kasim Sulaymani Qasem Sulaimani Qasem Sulaymani Qasim Soleimani Qasim Sulaimani Qasim Sulaymani]" ||
		fmt.Sprint(weak) != "[Haj Qasem Haji Qassem Sardar Soleimani]" {
		t.Errorf("strong %q weak %q", strong, weak)
	}
	if b := e.Party.Births; b[0].Window.String() != "1957-03-11" || b[1].Place != "Qom" || e.Party.Documents[0].Number != "008827" {
		t.Errorf("births %+v documents %+v", b, e.Party.Documents)
	}
	namesake, ok := h.Show("un:IRi.040", day("2016-04-14"), calendar.Date{})
	if !ok || namesake.Presence == history.On {
		t.Errorf("the namesake on 2016-04-14: %v", namesake.Presence)
	}
	if p := namesake.Party.Designations[0].Periods; len(p) != 2 || p[0].From != day("2008-03-03") || p[0].Gone != day("2017-06-20") || p[1].From != day("2025-11-15") {
		t.Errorf("the namesake's periods %v", p)
	}
}

func day(s string) calendar.Date { return calendar.MustParse(s) }

// The other rows of the README's table: which edition of which list holds him,
// under which reference and since when.
func TestSoleimaniOnOtherLists(t *testing.T) {
	for _, c := range []struct{ files, id, want string }{
		{"us_ofac/sdn_2019-01-04/*", "us-ofac-sdn:10481", "IFSR IRGC NPWMD SDGT SYRIA"},
		{"us_ofac/sdn_2021-07-07/*", "us-ofac-sdn:10481", "IFSR IRGC NPWMD SDGT SYRIA"},
		{"us_ofac/sdn_2024-05-03.csv.gz", "us-ofac-sdn:10481", "IFSR IRGC NPWMD SDGT SYRIA"},
		{"us_ofac/enhanced_IRGC_programme_2024-08-28.xml.gz", "us-ofac-sdn:10481", "IFSR 2007-10-25 IRGC 2007-10-25 NPWMD 2007-10-25 SDGT 2007-10-25 SYRIA 2007-10-25"},
		{"us_ofac/us_consolidated_screening_list_2022-05.csv.gz", "us-csl:10481", ""},
		{"uk/ofsi_conlist_2016-03-23.csv.gz", "uk-ofsi:9062", "Iran (nuclear proliferation) 2007-03-24 Syria 2011-06-24 Terrorism and Terrorist Financing 2011-10-17"},
		{"uk/ofsi_conlist_2018-04-13.csv.gz", "uk-ofsi:9062", "Iran (nuclear proliferation) 2007-03-24 Syria 2011-06-24 Terrorism and Terrorist Financing 2011-10-17"},
		{"uk/fcdo_2026-05/*", "uk-sanctions:INU0398", "INU 2025-09-28 IRi.039 uk-ofsi:17137"},
		{"eu/official_journal_2026-08/consolidated/32012R0267.csv", "eu-journal:32012R0267#VIII.A.PERSONS:38", "EU-IRN 2007-03-24"},
		{"eu/eu_un_ofac_merged_2025-11-29.json.gz", "eu-un-ofac-merged:EU-178871", ""},
		{"eu/eu_un_ofac_merged_2026-01-28.json.gz", "eu-un-ofac-merged:EU-178871", ""},
		{"eu/eu_fsf_simplified_2025-04-16.json.gz", "eu-fsf:178649", "absent"},
		{"ca/sema_2025-05.xml.gz", "ca-sema:iran#1-part-2:89", "Iran 2023-10-18"},
		{"ca/sema_2020-04.xml", "ca-sema:iran#1-part-2:89", "absent"},
		{"au/dfat_regulation8_consolidated_2024-12.xlsx", "Qasem Soleimani", "absent"},
	} {
		loaded, refused := load(t, lists.Options{}, strings.Fields(c.files)...)
		if len(loaded) != 1 || len(refused) > 0 {
			t.Fatalf("%s: %d snapshots, refused %v", c.files, len(loaded), refused)
		}
		got := "absent"
		for _, p := range loaded[0].Parties {
			if p.ID != c.id && p.PrimaryName() != c.id {
				continue
			}
			var parts []string
			for _, d := range p.Designations {
				parts = append(parts, strings.TrimSpace(d.Regime+" "+d.ListedOn.String()))
				if d.List == "uk-sanctions" {
					parts = append(parts, d.CrossRefs...)
				}
			}
			slices.Sort(parts)
			got = strings.Join(parts, " ")
			if !strings.EqualFold(p.PrimaryName(), "Qasem Soleimani") {
				t.Errorf("%s: %s is %s", c.files, p.ID, p.PrimaryName())
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.files, got, c.want)
		}
	}
}

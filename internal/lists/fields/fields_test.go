package fields

import (
	"strings"
	"testing"
)

func TestDate(t *testing.T) {
	for in, want := range map[string]string{
		"2015-07-01-04:00": "2015-07-01", "1957-03-11": "1957-03-11", "11 Mar 1957": "1957-03-11", "March 1957": "1957-03", "24.3.2007": "2007-03-24",
		"24/03/2007": "2007-03-24", "00/00/1957": "1957", "00/03/1957": "1957-03", "Mar 11, 1957": "1957-03-11", "1957": "1957", "1957-00-00": "1957",
		"2024-02-03T10:00:00": "2024-02-03", "21st October 2003": "2003-10-21", "31/02/2001": "", "soon": "", "12345": "", "2018-05-04 11:00": "2018-05-04",
		"13/1/99": "", "18 April 2012": "2012-04-18", "": "",
	} {
		if d, ok := Date(in, DayFirst); d.String() != want || ok != (want != "") {
			t.Errorf("Date(%q) = %s, %v; want %q", in, d, ok, want)
		}
	}
	if d, _ := Date("01/08/2026", MonthFirst); d.String() != "2026-01-08" {
		t.Errorf("month first: %s", d)
	}
}

func TestSpan(t *testing.T) {
	for in, want := range map[string]string{
		"circa 1951": "1951-01-01..1951-12-31 circa", "1957-1959": "1957-01-01..1959-12-31", "between 1957 and 1959": "1957-01-01..1959-12-31",
		"01 Jan 1957 to 31 Dec 1958": "1957-01-01..1958-12-31", "1957": "1957-01-01..1957-12-31", "c. 1960": "1960-01-01..1960-12-31 circa", "thirty": "unknown",
		"1959 to 1957": "unknown",
	} {
		w, circa, _ := Span(in, DayFirst)
		got := w.String()
		if circa {
			got += " circa"
		}
		if got != want {
			t.Errorf("Span(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestCountry(t *testing.T) {
	for in, want := range map[string]string{
		"Iran (Islamic Republic of)": "IR", "Korea, North": "KP", "Democratic People's Republic of Korea": "KP", "Burma": "MM", "ir": "IR", "Palestinian": "PS",
		"Congo, Democratic Republic of the": "CD", "Republic of the Congo": "CG", "The Gambia": "GM", "Atlantis": "", "UK": "GB", "Suisse": "CH", "Türkiye": "TR",
		"Syria (as of 2013)": "SY", "undetermined": "",
	} {
		if c := Country(in); c.Code != want || c.Text != in {
			t.Errorf("Country(%q) = %+v, want %q", in, c, want)
		}
	}
	if got := Countries("Iran; Iraq"); len(got) != 2 || got[1].Code != "IQ" {
		t.Errorf("Countries: %+v", got)
	}
}

func TestScripts(t *testing.T) {
	for in, want := range map[string]string{"Qasem": "Latn", "قاسم": "Arab", "Иван": "Cyrl", "김정은": "Hang", "李": "Hani", "123": "", "Müller": "Latn"} {
		if got := Script(in); got != want {
			t.Errorf("Script(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"Agha Jan اغا جان": "Agha Jan|اغا جان", "Haji Gul (حاجی گل)": "Haji Gul|حاجی گل", "José Núñez": "José Núñez", "قاسم": "قاسم", "X-Ray (unit)": "X-Ray (unit)",
	} {
		if got := strings.Join(SplitScripts(in), "|"); got != want {
			t.Errorf("SplitScripts(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPhrases(t *testing.T) {
	for in, want := range map[string]string{"Passport": "passport", "Tax ID No.": "tax", "National Identification Number": "national-id", "SWIFT/BIC": "bic",
		"Registration Number": "register", "Folio": "other", "beginning": "other", "INN 7701": "tax"} {
		if got := DocumentKind(in); got != want {
			t.Errorf("DocumentKind(%q) = %q, want %q", in, got, want)
		}
	}
	got := Stated("Asset freeze; Travel Ban|Harbour fees")
	if len(got) != 3 || got[0].Kind != "M-FREEZE" || got[1].Kind != "M-TRAVEL" || got[2].Kind != "" {
		t.Errorf("Stated: %+v", got)
	}
}

func TestBirths(t *testing.T) {
	for in, want := range map[string]string{
		"1965 or 1966": "1965-01-01..1965-12-31|1966-01-01..1966-12-31", "12/05/1957; alt DOB: 05/12/1957": "1957-05-12|1957-12-05", "(Jul. 1961)": "1961-07-01..1961-07-31",
		"circa 1946 or 1949": "about 1946-01-01..1946-12-31|about 1949-01-01..1949-12-31", "30 years old": "30 years old", "1970 or so": "1970 or so", "": "",
	} {
		var got []string
		for _, b := range Births(in, DayFirst) {
			switch {
			case b.Note != "":
				got = append(got, b.Note)
			case b.Circa:
				got = append(got, "about "+b.Window.String())
			default:
				got = append(got, b.Window.String())
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("Births(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Countries("Russian, Ukrainian and Swiss"); len(got) != 3 || got[2].Code != "CH" {
		t.Errorf("Countries: %+v", got)
	}
	if got := Countries("Port, Atlantis"); len(got) != 1 || got[0].Text != "Port, Atlantis" {
		t.Errorf("Countries: %+v", got)
	}
}

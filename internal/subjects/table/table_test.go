package table

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/subjects"
)

func read(t *testing.T, text []byte, o Options) ([]subjects.Subject, []string, *Rows) {
	t.Helper()
	var told []string
	o.File = "f"
	rows, err := Open(bytes.NewReader(text), o, func(f story.Finding) { told = append(told, f.String()) })
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []subjects.Subject
	for s, err := range rows.All() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out, told, rows
}

func show(ss []subjects.Subject) string {
	var b strings.Builder
	for _, s := range ss {
		born := ""
		if !s.BirthDate.IsZero() {
			born = s.BirthDate.String()
		}
		fmt.Fprintf(&b, "%d:%d %s|%s|%s|%s|%s|%s|%s|%s\n", s.Row, s.Line, s.ID, s.Name, strings.Join(s.Aliases, ","), s.Schema, born, strings.Join(s.Countries, ","), s.Gender, strings.Join(s.Numbers, ","))
	}
	return b.String()
}

func wideText(s string, big bool, mark bool) []byte {
	var out []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func TestForms(t *testing.T) {
	const plain = "id;Name;Date of birth;Nationality;Sex;Aliases\n7;Jürgen Čapek 𐤀;11.03.1957;Iran;M;A. B.;\n"
	const want = "1:2 7|Jürgen Čapek 𐤀|A. B.||1957-03-11|IR|male|\n"
	for name, text := range map[string][]byte{
		"utf-8": []byte(plain), "mark": []byte("\ufeff" + plain), "utf-16le": wideText(plain, false, true), "utf-16be": wideText(plain, true, true), "utf-16 without mark": wideText(plain, false, false),
		"windows lines": []byte(strings.ReplaceAll(plain, "\n", "\r\n")), "sep line": []byte("sep=;\n" + plain), "tabs": []byte(strings.ReplaceAll(plain, ";", "\t")),
	} {
		got, told, _ := read(t, text, Options{})
		w := want
		if name == "sep line" {
			w = strings.Replace(w, "1:2", "1:3", 1)
		}
		if show(got) != w || len(told) > 0 {
			t.Errorf("%s: %s %v", name, show(got), told)
		}
	}
	got, _, rows := read(t, []byte("name\nJ\xfcrgen\n"), Options{})
	if show(got) != "1:2 |Jürgen||||||\n" || rows.Encoding != "Windows-1252" {
		t.Errorf("%s %s", show(got), rows.Encoding)
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Vorname,Nachname,Kundennummer\nAda,Lovelace,9\n", "1:2 9|Ada Lovelace||||||\n"},
		{"First Name,Name\nAda,Lovelace\n", "1:2 |Ada Lovelace||||||\n"},
		{"vessel,IMO Number,Flag,type\nGULL,9074729,PA,ship\n", "1:2 |GULL||Vessel||PA||9074729\n"},
		{"query,dob\nA B,1957\n", "1:2 |A B|||1957-01-01..1957-12-31|||\n"},
		{"name,country\n\"O'Neil; \"\"Bob\"\"\",IE|US\n", "1:2 |O'Neil; \"Bob\"||||IE,US||\n"},
		{"name\n\"two\nlines\"\n\n\nnext\n", "1:2 |two lines||||||\n2:6 |next||||||\n"},
		{`{"name":["A B","C"],"birth_date":1957,"id":5}` + "\n" + `{"alias":"X","name":"Y"}` + "\n", "1:1 5|A B|C||1957-01-01..1957-12-31|||\n2:2 |Y|X|||||\n"},
		{`{"id":"q","schema":"Person","properties":{"name":["A B"],"nationality":["ir"],"birthDate":["1957-03"]}}`, "1:1 q|A B||Person|1957-03-01..1957-03-31|IR||\n"},
	} {
		got, told, _ := read(t, []byte(c.text), Options{})
		if show(got) != c.want || len(told) > 0 {
			t.Errorf("%s: got\n%swant\n%s%v", c.text, show(got), c.want, told)
		}
	}
	got, _, _ := read(t, []byte("a;b\nx;Ada\n"), Options{Columns: map[Field]string{Name: "b"}})
	if show(got) != "1:2 |Ada||||||\n" {
		t.Error(show(got))
	}
	for _, bad := range []string{"", "\n\n", "a,b\n1,2\n", `{"x":1}`} {
		if _, err := Open(strings.NewReader(bad), Options{File: "f"}, func(story.Finding) {}); err == nil || !strings.HasPrefix(err.Error(), "f: ") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// A bad row costs itself and is told with its line.
func TestBadRows(t *testing.T) {
	text := "name,dob,country\nA,later,Atlantis\n,,\n,1957,IR\n\"never closed,1,2\n" + strings.Repeat("B C,,\n", 300) + "D,,\n" + strings.Repeat("x", 2<<20) + ",,\nE,,\n"
	got, told, _ := read(t, []byte(text), Options{})
	if len(got) != 303 || got[1].Line != 6 || got[302].Name != "E" || got[302].Line != 308 {
		t.Errorf("%d subjects, last %+v", len(got), got[len(got)-1])
	}
	for i, want := range []string{"f:2: note: birth date", "f:2: note: country", "f:4: lost: neither a name", "f:5: lost: a quotation mark", "f:307: lost: the row is longer"} {
		if i >= len(told) || !strings.HasPrefix(strings.ReplaceAll(told[i], "lost item", "lost"), want) {
			t.Errorf("finding %d: %v, want %s", i, told, want)
		}
	}
	_, told, _ = read(t, []byte("{\"name\":\"A\"}\n{bad\n{\"name\":\"B\"}\n"), Options{})
	if len(told) != 1 || !strings.HasPrefix(told[0], "f:2: ") {
		t.Error(told)
	}
}

func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{{"Full name", "DOB"}, {"Ada Lovelace", "1815-12-10"}, {}, {"B", ""}} {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, _, _ := read(t, b.Bytes(), Options{})
	if show(got) != "1:2 |Ada Lovelace|||1815-12-10|||\n2:4 |B||||||\n" {
		t.Error(show(got))
	}
	if _, err := Open(bytes.NewReader([]byte("PK\x03\x04nonsense")), Options{File: "f"}, func(story.Finding) {}); err == nil {
		t.Error("a broken workbook was opened")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("name;dob\n\"A \"\"B\"\"\";1957\n"))
	f.Add([]byte(`{"name":["A"],"properties":{"alias":[1,{"x":null}]}}`))
	f.Add(wideText("name\nA\n", true, true))
	f.Fuzz(func(t *testing.T, text []byte) {
		if bytes.HasPrefix(text, []byte("PK")) {
			return // workbooks are excelize's
		}
		rows, err := Open(bytes.NewReader(text), Options{File: "f"}, func(story.Finding) {})
		if err != nil {
			return
		}
		defer rows.Close()
		last := 0
		for s, err := range rows.All() {
			if err != nil {
				return
			}
			if s.Row <= last || s.Name == "" && len(s.Numbers) == 0 {
				t.Fatalf("%+v", s)
			}
			last = s.Row
			_ = s.Schema == party.Person
		}
	})
}

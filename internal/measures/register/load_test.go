package register

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// small is the least register that loads: one regime of one row.
func small(regime string) fstest.MapFS {
	data, err := fs.Sub(dataFS, "data")
	if err != nil {
		panic(err)
	}
	m := fstest.MapFS{}
	for _, name := range []string{"pages.csv", "exemption-sets.csv", "authorities.csv", "ownership.csv", "goods.csv", "services.csv", "actors.csv", "facts.csv", "demonyms.csv", "jurisdictions.csv"} {
		text, err := fs.ReadFile(data, name)
		if err != nil {
			panic(err)
		}
		m[name] = &fstest.MapFile{Data: text}
	}
	m["listings.csv"] = &fstest.MapFile{Data: []byte("authority,reference,regime,from,until,citation,read\n")}
	m["applies.csv"] = &fstest.MapFile{Data: []byte("measure,authority,references,from,until,carries,citation,read\n")}
	m["exemptions.csv"] = &fstest.MapFile{Data: []byte("measure,persons,places,purpose,from,to,body,read\n")}
	m["un/one.toml"] = &fstest.MapFile{Data: []byte(regime)}
	return m
}

const good = `
[[regime]]
key = "un-0"
authority = "UN"
title = "Nowhere"
number = [{ key = "0000", from = "2001-01-01" }]
sunset = [{ day = "2002-01-01", instrument = "res. 1", read = "M" }, { day = "2003-01-01", instrument = "res. 2", read = "M" }]

[[regime.measure]]
id = "ZZ-T1"
kind = "M-TRAVEL"
list = ["ZZi."]
sunset = true
exemption = { rule = "committee", sets = ["TB1"] }
intervals = [{ from = "2001-01-01", opened = "res. 0 ¶1", read = "list, M(¶)" }]
`

// Every fault refuses the register whole and says where it stands.
func TestLoadRefuses(t *testing.T) {
	if _, err := Load(small(good)); err != nil {
		t.Fatalf("the good register is refused: %v", err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`kind = "M-TRAVEL"`, `kind = "M-WALK"`, `unknown kind "M-WALK"`},
		{`id = "ZZ-T1"`, "id = \"ZZ-T1\"\ncolour = \"red\"", "unknown key"},
		{`opened = "res. 0 ¶1", `, ``, "nothing opened it"},
		{`read = "list, M(¶)"`, `read = ""`, "no read mark"},
		{`read = "list, M(¶)"`, `read = "hearsay"`, `"hearsay" is no page`},
		{`from = "2001-01-01", opened`, `from = "2001", opened`, "ends must be days"},
		{`from = "2001-01-01", opened`, `from = "2001-13-01", opened`, "2001-13-01"},
		{`from = "2001-01-01", opened`, `from = "2001-01-01", until = "2000-01-01", closed = "res. 9", opened`, "ends before it begins"},
		{`from = "2001-01-01", opened`, `from = "2001-01-01", until = "2002-01-01", opened`, "a close needs a day and an instrument"},
		{`rule = "committee"`, `rule = "perhaps"`, "exemption rule"},
		{`sets = ["TB1"]`, `sets = ["AF1"]`, "of another kind"},
		{`list = ["ZZi."]`, `note = "x"`, "has no object"},
		{`list = ["ZZi."]`, `list = ["ZZi."]` + "\ngoods = [\"arms.laser\"]", `no goods of class "arms.laser"`},
		{`list = ["ZZi."]`, `list = ["ZZi."]` + "\nroster = \"gone\"", `no roster "gone"`},
		{`day = "2002-01-01"`, `day = "2004-01-01"`, "out of order"},
		{`title = "Nowhere"`, ``, "a regime needs"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		if text == good {
			t.Fatalf("%q is not in the text", c.old)
		}
		_, err := Load(small(text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: %v, want %q", c.new, c.old, err, c.want)
		}
	}
}

func TestTablesRefuse(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"applies.csv":    {"ZZ-T9,UN,ZZi.001,2001-01-01,,yes,list,M", `no measure "ZZ-T9"`},
		"listings.csv":   {"UN,ZZi.001,un-9,2001-01-01,,list,M", `no regime "un-9"`},
		"exemptions.csv": {"ZZ-T1,ZZi.001,,,2001-02-01,2001-01-01,a committee,M", "body or days"},
	} {
		m := small(good)
		m[name] = &fstest.MapFile{Data: append(m[name].Data, c.line+"\n"...)}
		if _, err := Load(m); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestExpand(t *testing.T) {
	got, err := expand("LYi.009 LYi.001..003")
	if want := "LYi.009 LYi.001 LYi.002 LYi.003"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("%v %v, want %s", got, err, want)
	}
	for _, bad := range []string{"LYi.005..001", "x..y", "..", "LYi..3"} {
		if got, err := expand(bad); err == nil {
			t.Errorf("%q gives %v", bad, got)
		}
	}
}

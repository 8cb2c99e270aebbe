package markup

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func read(r io.Reader) (string, error) {
	x, err := NewReader(r)
	if err != nil {
		return "", err
	}
	var out []string
	for {
		kind, err := x.Next()
		if err == io.EOF {
			return strings.Join(out, " "), nil
		}
		if err != nil {
			return strings.Join(out, " "), err
		}
		switch kind {
		case Start:
			s := "<" + x.Name
			for _, a := range x.Attrs {
				s += " " + a.Name + "=" + a.Value
			}
			out = append(out, s+">")
		case End:
			out = append(out, "</"+x.Name+">")
		case Text:
			if !blank(x.text) {
				out = append(out, string(x.text))
			}
		}
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`<?xml version="1.0"?><!-- c --><a x:b="1 &gt; 0" c='>'><n:d/>t&#x41;&amp;<![CDATA[<&]]></a>`, "<a b=1 > 0 c=>> <d> </d> tA& <& </a>"},
		{"\ufeff<a>é</a>\n", "<a> é </a>"},
		{"<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\xe9\x80</a>", "<a> é€ </a>"},
		{"\xff\xfe<\x00a\x00/\x00>\x00", "<a> </a>"},
		{"<!DOCTYPE a SYSTEM \"a.dtd\"><a/>", "<a> </a>"},
	} {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(c.in), "byte by byte": iotest.OneByteReader(strings.NewReader(c.in))} {
			if got, err := read(r); err != nil || got != c.want {
				t.Errorf("%s %q: got %q, %v; want %q", name, c.in, got, err, c.want)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	for in, want := range map[string]string{
		"":                                   "no element",
		"x":                                  "no element",
		"<a>":                                "ends inside <a>",
		"<a><b></a>":                         "</a> where </b> is due",
		"<a/><b/>":                           "second root",
		"<a/>x":                              "after the root",
		"<a b=c/>":                           "without quotes",
		"<a b/>":                             "without a value",
		"<a b='":                             "cut off",
		"<a>&nope;</a>":                      "unknown reference",
		"<a>&#0;</a>":                        "unknown reference",
		"<a>\x01</a>":                        "control byte 0x01",
		"<a>\xff</a>":                        "not UTF-8",
		"<a><1/></a>":                        "without a name",
		"<a><!-- ":                           "cut off",
		`<!DOCTYPE a [<!ENTITY b "c">]><a/>`: "declares entities",
		"<?xml version='1.0' encoding='ebcdic'?><a/>": "not known",
		strings.Repeat("<a>", 200):                    "nested deeper",
	} {
		if _, err := read(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: got %v, want %q", in, err, want)
		}
	}
	if _, err := read(io.MultiReader(strings.NewReader("<a>"), strings.NewReader(strings.Repeat("x", 40<<20)))); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("a text of 40 MB: %v", err)
	}
	_, err := read(strings.NewReader("<a>\n<b>\n\n<c>\x02</c></b></a>"))
	if line, off := Where(err); line != 4 || off != 12 {
		t.Errorf("line %d byte %d, want 4 and 12", line, off)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{"": "", "a b": "a b", " a\n\tb\u00a0c ": "a b c", "a  b": "a b"} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><a b="c">d<e/>&amp;<![CDATA[x]]></a>`))
	f.Fuzz(func(t *testing.T, in []byte) {
		whole, errA := read(strings.NewReader(string(in)))
		bytewise, errB := read(iotest.OneByteReader(strings.NewReader(string(in))))
		if whole != bytewise || (errA == nil) != (errB == nil) {
			t.Fatalf("whole %q %v, byte by byte %q %v", whole, errA, bytewise, errB)
		}
	})
}

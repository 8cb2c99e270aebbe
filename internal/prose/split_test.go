package prose

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// cut shows sentences parted by " || " and tokens by a space.
func cut(text, lang string) string {
	var out []string
	for _, s := range Split(text, lang).Sentences {
		var w []string
		for _, t := range s.Tokens {
			w = append(w, t.Text)
		}
		out = append(out, strings.Join(w, " "))
	}
	return strings.Join(out, " || ")
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"en", "Maj. Gen. Ola Brandt met Mr. J. R. Okoro in the U.S. The visit ended on Jan. 5 at 10 a.m. local time.",
			"Maj. Gen. Ola Brandt met Mr. J. R. Okoro in the U.S. || The visit ended on Jan. 5 at 10 a.m. local time ."},
		{"en", `"We will go." He paused. "Then we stay," he said.`,
			`" We will go . " || He paused . || " Then we stay , " he said .`},
		{"en", "“He said ‘never.’ I left.” Then quiet.", "“ He said ‘ never . ’ || I left . ” || Then quiet ."},
		{"en", "It was the place,”so he went.“Next came Ana.", "It was the place , ” so he went . || “ Next came Ana ."},
		{"en", "They left.The ship sailed.", "They left . || The ship sailed ."},
		{"en", "I don't know; they can't and won't. Brandt's car cannot go.",
			"I do n't know ; they ca n't and wo n't . || Brandt 's car can not go ."},
		{"en", "It’s the workers’ day, isn’t it?", "It ’s the workers ’ day , is n’t it ?"},
		{"en", "A 15-year-old non-state actor e-mailed 50 T-90s on 9/11/2001.",
			"A 15 - year - old non-state actor e-mailed 50 T - 90s on 9/11/2001 ."},
		{"en", "It cost $10.5m, or 30% of 1,200,000 and/or more -- at 10:30pm.",
			"It cost $ 10.5 m , or 30 % of 1,200,000 and / or more -- at 10:30 pm ."},
		{"en", `"Will they come?" Foreign Minister Ola Brandt asked. "No!" she shouted.`,
			`" Will they come ? " Foreign Minister Ola Brandt asked . || " No ! " she shouted .`},
		{"en", "See www.example.org/a?b=1, or mail a.b@example.org.", "See www.example.org/a?b=1 , or mail a.b@example.org ."},
		{"en", "Acme Inc. said so. Acme Corp. of St. Louis (the firm) agreed...", "Acme Inc. said so . || Acme Corp. of St. Louis ( the firm ) agreed ..."},
		{"en", "He said no. 5 men left under No. 7 rule.", "He said no. 5 men left under No. 7 rule ."},
		{"fr", "L'homme d’État l'a dit. Aujourd'hui M. Brun part.", "L' homme d’ État l' a dit . || Aujourd'hui M. Brun part ."},
		{"ru", "Он родился в 1970 г. в селе. А. С. Иванов, ул. Мира, т.е. там.", "Он родился в 1970 г. в селе . || А. С. Иванов , ул. Мира , т.е. там ."},
		{"ar", "هل وصل؟ نعم، وصل.", "هل وصل ؟ || نعم ، وصل ."},
		{"zh", "他来了。她说：“好！”", "他 来 了 。 || 她 说 ： “ 好 ！ ”"},
	} {
		if got := cut(c.text, c.lang); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		text string
		want []SentenceKind
	}{
		{"Minister arrives in port town\nBEIRUT, Sept 13 (Reuters) - The minister arrived on Friday.\n[Photo: The port]\nPlease let us know if you see a mistake.",
			[]SentenceKind{Headline, DatelineOnly, Body, Caption, Boilerplate}},
		{"MOSCOW — The envoy left.\n• Two ships sailed\nSign up for our newsletter\nShare this article",
			[]SentenceKind{DatelineOnly, Body, ListItem, Boilerplate, Boilerplate}},
		{"(CNN)The envoy left the city.", []SentenceKind{DatelineOnly, Body}},
		{"Sides reach truce, paving way for pullout MUNICH, Germany, Feb 15, 2020 (BSS/Xinhua) -The two have agreed.", []SentenceKind{Headline, DatelineOnly, Body}},
		{"The bank (HSBC) - a lender - said so.", []SentenceKind{Body}},
		{"Tehran (IRNA) -- The envoy left.\nCopyright 2016 The Gazette. All rights reserved.", []SentenceKind{DatelineOnly, Body, Boilerplate, Boilerplate}},
		{"UN-backed forces took the town. Al-Nadim - a trader - said so.", []SentenceKind{Body, Body}},
	} {
		var got []SentenceKind
		for _, s := range Split(c.text, "en").Sentences {
			got = append(got, s.Kind)
		}
		if len(got) != len(c.want) {
			t.Errorf("%q: %v, want %v: %s", c.text, got, c.want, cut(c.text, "en"))
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: %v, want %v", c.text, got, c.want)
				break
			}
		}
	}
}

func TestWrappedLines(t *testing.T) {
	text := "The vessel left the port of Sandhaven on Tuesday with a cargo of grain\nand sailed east, the owner said.\n\nIt has not been seen since."
	if d := Split(text, "en"); len(d.Paragraphs) != 2 || len(d.Sentences) != 2 {
		t.Errorf("%d paragraphs, %d sentences: %s", len(d.Paragraphs), len(d.Sentences), cut(text, "en"))
	}
}

// whole checks what every document must keep: tokens in order, each its text,
// none with a space at its ends, together all that is not space.
func whole(t *testing.T, text, lang string) {
	t.Helper()
	d := Split(text, lang)
	at, paragraph := 0, 0
	for _, s := range d.Sentences {
		if len(s.Tokens) == 0 || s.Start != s.Tokens[0].Start || s.End != s.Tokens[len(s.Tokens)-1].End {
			t.Fatalf("%q: sentence %v does not span its tokens", text, s.Span)
		}
		if s.Paragraph < paragraph || !d.Paragraphs[s.Paragraph].Contains(s.Span) {
			t.Fatalf("%q: sentence %v outside its paragraph", text, s.Span)
		}
		paragraph = s.Paragraph
		for _, tok := range s.Tokens {
			if tok.Start < at || tok.Text != tok.Of(text) || tok.Text == "" {
				t.Fatalf("%q: token %v %q", text, tok.Span, tok.Text)
			}
			blank(t, text, at, tok.Start)
			at = tok.End
		}
	}
	blank(t, text, at, len(text))
}

func blank(t *testing.T, text string, a, b int) {
	for a < b {
		n := spaceAt(text, a)
		if n == 0 {
			t.Fatalf("%q: byte %d is in no token", text, a)
		}
		a += n
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "a", "Gen. X. ", "(CNN) -- A", "“a,”so.", "\xff\xfe", "e\u0301.", "www.", "'90s ''x''", "1/2/3-4", "他。", "A\nb\n\nC", "@", "#1", "-5", "don't", "l'a"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		whole(t, text, lang)
		if utf8.ValidString(text) {
			whole(t, text+"\n"+text, "fr")
		}
	})
}

func TestTables(t *testing.T) {
	for name, table := range map[string]string{"abbreviations": abbreviationsTSV, "words": wordsTSV, "kinds": kindsTSV} {
		fields := map[string]int{"abbreviations": 3, "words": 2, "kinds": 3}[name]
		for line := range strings.Lines(table) {
			if !strings.HasPrefix(line, "#") && strings.Count(line, "\t") != fields-1 {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("BEIRUT, Sept 13 (Reuters) - Maj. Gen. Ola Brandt said on Friday that the ship's crew “did not know,” adding that 15 T-90 tanks had left. The ministry declined to comment.\n", 50)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Split(text, "en")
	}
}

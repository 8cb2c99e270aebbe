package surface

import (
	"regexp"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/dates"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

var marked = regexp.MustCompile(`[{<]([^}>]*)[}>]`)

// input makes an article of a text in which {X} marks mentions of one party
// and <X> places.
func input(t *testing.T, lang, text string) Input {
	t.Helper()
	var in Input
	var plain strings.Builder
	at := 0
	for _, m := range marked.FindAllStringSubmatchIndex(text, -1) {
		plain.WriteString(text[at:m[0]])
		span := story.Span{Start: plain.Len(), End: plain.Len() + m[3] - m[2]}
		plain.WriteString(text[m[2]:m[3]])
		if text[m[0]] == '{' {
			in.Mentions.Mentions = append(in.Mentions.Mentions, mentions.Mention{Span: span, Text: text[m[2]:m[3]]})
		} else {
			in.Places = append(in.Places, places.Toponym{Span: span, Text: text[m[2]:m[3]], Use: places.Literal})
		}
		at = m[1]
	}
	plain.WriteString(text[at:])
	in.Document = prose.Split(plain.String(), lang)
	var err error
	if in.Dates, err = dates.Find(in.Document, dates.Anchor{}); err != nil {
		t.Fatal(err)
	}
	in.Speech = speech.Find(in.Document, nil, "")
	return in
}

func read(t *testing.T, lang, text string) []Deed {
	t.Helper()
	out, ok, err := Read(input(t, lang, text))
	if err != nil || !ok {
		t.Fatalf("no tables for %s: %v", lang, err)
	}
	return out
}

func TestExamplesOfTables(t *testing.T) {
	all, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	for code, l := range all {
		for _, row := range l.deeds {
			got := read(t, code, row.example)
			if len(got) != 1 || got[0].Rule != row.key {
				t.Errorf("%s %s: %q gives %+v", code, row.key, row.example, got)
			}
			for _, d := range read(t, code, row.counter) {
				t.Errorf("%s %s: %q must give nothing, gives %s", code, row.key, row.counter, d.Rule)
			}
		}
	}
}

// told is a deed for the answers of the tables to answer.
var told = map[string]string{
	"en": "General {Diallo} arrived on Tuesday in <Dakar>.",
	"fr": "Le général {Diallo} est arrivé mardi à <Dakar>.", "ru": "Генерал {Талов} во вторник прилетел в <Минск>.",
	"ar": "وصل القائد {تولان} إلى <لشبونة> مساء الثلاثاء.", "es": "El general {Duarte} llegó el martes a <Lima>.",
}

func TestExamplesOfAnswers(t *testing.T) {
	all, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	for code, l := range all {
		met := map[string]string{
			"ru": "Генерал {Талов} встретился с мэром.", "ar": "التقى {تولان} السفير.",
		}[code]
		for _, row := range l.answers {
			m := regexp.MustCompile(`\{([^}]*)\}`).FindStringSubmatch(row.example)
			text := told[code] + " " + met + " " + strings.NewReplacer("{", "", "}", "").Replace(row.example)
			got := read(t, code, text)
			last := Deed{}
			if len(got) > 0 {
				last = got[len(got)-1]
			}
			in := input(t, code, text)
			if len(m) < 2 || last.Act != row.act || last.Holder == nil || last.Holder.Of(in.Document.Text) != m[1] {
				t.Errorf("%s %s: %q gives %s %v", code, row.key, row.example, last.Act, last.Holder)
			}
		}
	}
}

func TestSpeakerBehindDayAndAddressee(t *testing.T) {
	text := "Le général {Diallo} se trouve depuis mardi à <Dakar>, ont indiqué mercredi à l'agence deux diplomates."
	got := read(t, "fr", text)
	if len(got) != 1 || got[0].Said == nil {
		t.Fatalf("%+v", got)
	}
	if h := got[0].Said.Of(input(t, "fr", text).Document.Text); !strings.HasSuffix(h, "deux diplomates") || strings.Contains(h, "mercredi") {
		t.Errorf("said by %q", h)
	}
}

func TestMood(t *testing.T) {
	for _, x := range []struct{ lang, text, aspect, polarity, certainty string }{
		{"fr", "{Diallo} n'est pas arrivé à <Dakar>.", "completed", "-", "certain"},
		{"fr", "{Diallo} serait arrivé à <Dakar>.", "completed", "+", "probable"},
		{"ru", "{Талов} якобы прилетел в <Минск>.", "completed", "+", "probable"},
		{"ru", "{Талов} не прилетел в <Минск>.", "completed", "-", "certain"},
		{"ru", "{Талов} намерен посетить <Минск>.", "planned", "+", "certain"},
		{"es", "{Duarte} habría llegado a <Lima>.", "completed", "+", "probable"},
		{"ar", "سيصل {تولان} إلى <لشبونة>.", "planned", "+", "certain"},
	} {
		got := read(t, x.lang, x.text)
		if len(got) != 1 || got[0].Aspect != x.aspect || got[0].Polarity != x.polarity || string(got[0].Certainty) != x.certainty {
			t.Errorf("%s: %+v", x.text, got)
		}
	}
}

func TestSilent(t *testing.T) {
	for lang, texts := range map[string][]string{
		"fr": {"Est-ce que {Diallo} est arrivé à <Dakar> ?", "Si {Diallo} est arrivé à <Dakar>, il parlera.", "Le porte-parole du président {Diallo} est arrivé à <Dakar>.", "Un membre de {Diallo}, a été arrêté à <Dakar>."},
		"ru": {"Адвокат президента {Талова} прилетел в <Минск>.", "Если {Талов} прилетел в <Минск>, он выступит."},
	} {
		for _, text := range texts {
			if got := read(t, lang, text); len(got) > 0 {
				t.Errorf("%s: %+v", text, got)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for lang, s := range told {
		f.Add(lang, s)
	}
	f.Add("fr", "« , a été arrêté à {X}, qui")
	f.Fuzz(func(t *testing.T, lang, text string) {
		in := input(t, lang, text)
		out, _, err := Read(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range out {
			if d.Trigger.End > len(in.Document.Text) || d.Evidence.End > len(in.Document.Text) {
				t.Fatalf("span out of the text: %+v", d)
			}
		}
	})
}

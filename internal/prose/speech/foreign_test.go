package speech_test

import (
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

func TestForeign(t *testing.T) {
	for _, c := range []struct {
		lang, text   string
		holder, said string
		kind         speech.HolderKind
		act          speech.Act
	}{
		{"ru", "Министр обороны Пётр Ивлев заявил, что судно вышло из порта.", "Министр обороны Пётр Ивлев", "судно вышло из порта", speech.Official, speech.Assert},
		{"ru", "Судно вышло из порта, сообщил представитель компании.", "представитель компании", "Судно вышло из порта", speech.Official, speech.Assert},
		{"ru", "По словам источника в порту, судно вышло ночью.", "источника в порту", "судно вышло ночью", speech.Anonymous, speech.Assert},
		{"ru", "Кремль опроверг сообщения о поездке.", "Кремль", "сообщения о поездке", speech.GovernmentH, speech.Deny},
		{"ru", "«Мы ничего не продавали», — сказала Анна Ветрова.", "Анна Ветрова", "«Мы ничего не продавали»", speech.PersonH, speech.Assert},
		{"fr", "Le ministre Paul Drumont a déclaré que le navire était parti.", "Le ministre Paul Drumont", "le navire était parti", speech.Official, speech.Assert},
		{"fr", "Selon un diplomate, le navire est parti mardi.", "un diplomate", "le navire est parti mardi", speech.Official, speech.Assert},
		{"fr", "Le navire est parti, ont indiqué deux sources portuaires.", "deux sources portuaires", "Le navire est parti", speech.Anonymous, speech.Assert},
		{"fr", "L'ambassade a démenti toute livraison.", "L'ambassade", "toute livraison", speech.GovernmentH, speech.Deny},
		{"es", "El ministro Juan Perales dijo que el barco había zarpado.", "El ministro Juan Perales", "el barco había zarpado", speech.Official, speech.Assert},
		{"es", "Según fuentes del puerto, el barco zarpó de noche.", "fuentes del puerto", "el barco zarpó de noche", speech.Anonymous, speech.Assert},
		{"es", "El barco zarpó de noche, aseguró la portavoz.", "la portavoz", "El barco zarpó de noche", speech.Official, speech.Assert},
		{"es", "El Gobierno negó la venta.", "El Gobierno", "la venta", speech.GovernmentH, speech.Deny},
		{"ar", "قال المتحدث إن السفينة غادرت الميناء.", "المتحدث", "السفينة غادرت الميناء", speech.Official, speech.Assert},
		{"ar", "غادرت السفينة الميناء ليلا، بحسب مصدر في الميناء.", "مصدر في الميناء", "غادرت السفينة الميناء ليلا", speech.Anonymous, speech.Assert},
	} {
		doc := prose.Split(c.text, c.lang)
		got := speech.Find(doc, nil, "")
		if len(got) == 0 {
			t.Errorf("%s: %s: nothing found", c.lang, c.text)
			continue
		}
		a := got[0]
		said := ""
		if len(a.Content) > 0 {
			said = a.Content[0].Of(c.text)
		}
		if a.Holder.Text != c.holder || said != c.said || a.Holder.Kind != c.kind || a.Act != c.act {
			t.Errorf("%s: %s: %q (%s) %s: %q", c.lang, c.text, a.Holder.Text, a.Holder.Kind, a.Act, said)
		}
	}
}

func TestForeignChain(t *testing.T) {
	for lang, text := range map[string]string{
		"ru": "Судно вышло из порта, сообщает «Интерфакс» со ссылкой на источник в порту.",
		"fr": "Le navire est parti, rapporte l'AFP, citant une source portuaire.",
		"es": "El barco zarpó de noche, informó la agencia EFE citando a una fuente del puerto.",
	} {
		doc := prose.Split(text, lang)
		got := speech.Find(doc, nil, "")
		if len(got) != 2 {
			t.Errorf("%s: %d attributions", lang, len(got))
			continue
		}
		chain := speech.Chain(got, 1)
		if len(chain) != 2 || got[chain[0]].Holder.Kind != speech.Wire || got[chain[1]].Holder.Kind != speech.Anonymous {
			t.Errorf("%s: chain %v of %+v", lang, chain, got)
		}
	}
	if got := speech.Find(prose.Split("Laiva lähti, sanoi lähde.", "fi"), nil, ""); got != nil {
		t.Errorf("a language without a table: %v", got)
	}
}

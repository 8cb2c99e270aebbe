package names

import (
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/names/translit"
	"github.com/reportedly/reportedly/internal/party"
)

// Name is a name cut into words, ready to be compared.
type Name struct {
	Text   string
	Schema party.Schema
	Words  []Word // of the name itself
	Extra  []Word // titles, suffixes, legal forms: they seldom decide
}

// Person reports that the name is read as a person's. A LegalEntity is read as
// both by Compare's caller where needed; by itself it reads as a person unless
// a legal form or an organisation's word stands in it.
func (n Name) Person() bool { return n.Schema == party.Person }

// Empty reports a name without any word to compare.
func (n Name) Empty() bool { return len(n.Words) == 0 }

// Parse reads a name as a name of the given type.
func Parse(text string, schema party.Schema) Name { return Of(text, Words(text), schema) }

// Of reads words that were cut from text before as a name of the given type.
func Of(text string, ws []Word, schema party.Schema) Name {
	if schema == party.LegalEntity || schema == "" {
		schema = guess(ws)
	}
	n := Name{Text: text, Schema: schema}
	if schema == party.Person {
		n.person(ws)
	} else {
		n.body(ws)
	}
	for i := range n.Words {
		w := &n.Words[i]
		w.Ready()
		switch w.Rare = w.Weight; {
		case w.Kind != Plain || schema != party.Person || w.Text == "abu" || w.Text == "umm":
		case w.Consonants:
			w.Rare = consonantRarity(w)
		default:
			w.Rare = nameRarity(w.Text)
			if w.syllables = int8(syllables(w.Text)); w.syllables == 1 {
				w.Rare = min(w.Rare, ofSyllable)
			}
			w.clan = translit.EastAsianSurname(w.Text)
		}
	}
	return n
}

// Ready looks up once what Likeness needs to know of the word.
func (w *Word) Ready() {
	w.row = int32(variants()[w.Text])
	w.letters = sound.LettersOf(w.Text)
}

// guess tells a person's name from a body's by legal forms and by words that
// only organisations bear.
func guess(ws []Word) party.Schema {
	if countPlain(ws) < 2 {
		return party.Organization
	}
	for _, w := range markForms(append([]Word(nil), ws...)) {
		if w.Kind == Form || KindOf(w.Text) == Number || meaning(w.Text) != "" && Bearers(w.Text) < 20 {
			return party.Organization
		}
	}
	return party.Person
}

func countPlain(ws []Word) int {
	n := 0
	for _, w := range ws {
		if KindOf(w.Text) != Particle {
			n++
		}
	}
	return n
}

func (n *Name) person(ws []Word) {
	ws = openInitials(ws)
	for i, w := range ws {
		w.Kind = KindOf(w.Text)
		if w.Kind == Title && w.Text != "u" && onlyTitlesLeft(ws, i) || w.Kind == Prefix || w.Kind == Particle && lastOfTwo(ws, i) {
			w.Kind = Plain
		}
		switch w.Kind {
		case Title, Suffix:
			n.Extra = append(n.Extra, w)
			continue
		case Particle:
			w.Weight = 0.1
			if len(ws) == 1 {
				w.Kind, w.Weight = Plain, 1
			}
		case Initial:
			w.Weight = 0.25
		case Patronymic:
			w.Weight = 0.6
		default:
			w.Weight = rarity(w.Text)
			if w.Text == "abu" || w.Text == "umm" {
				w.Weight = 0.35 // father of, mother of: a by-name, not a name
			}
		}
		n.Words = append(n.Words, w)
	}
	if len(n.Words) == 0 {
		n.Words, n.Extra = n.Extra, nil
		for i := range n.Words {
			n.Words[i].Weight = 1
		}
	}
	n.family()
}

// onlyTitlesLeft keeps the last word of a name from being read as a title:
// "Abdul Sayed", "Kim Major".
func onlyTitlesLeft(ws []Word, i int) bool {
	plain := 0
	for k, w := range ws {
		if k != i && KindOf(w.Text) == Plain {
			plain++
		}
	}
	return i == len(ws)-1 && plain < 2
}

// lastOfTwo reports the second of two words: no particle ends a name, so that
// of Emma To and Hassan Na is the family name.
func lastOfTwo(ws []Word, i int) bool { return i == 1 && len(ws) == 2 }

// family writes the family name of Korean and Chinese names in one way.
func (n *Name) family() {
	if len(n.Words) < 2 || len(n.Words) > 3 {
		return
	}
	for i := range n.Words {
		if len(n.Words[i].Text) > 6 || n.Words[i].Kind != Plain {
			return
		}
	}
	w := &n.Words[0]
	if a := translit.SurnameAlias(w.Text); a != w.Text && sound.Likeness(a, w.Text) > 0.2 {
		w.Kept = sound.Key(a)
	}
}

// openInitials parts "J.C." of a person into two initials again.
func openInitials(ws []Word) []Word {
	out := ws[:0:0]
	for _, w := range ws {
		if w.End-w.Start >= 2*len(w.Text)-1 && len(w.Text) > 1 && len(w.Text) <= 4 && !w.Consonants && w.dotted {
			for i := range len(w.Text) {
				out = append(out, word(w.Text[i:i+1], w.Start+2*i, w.Start+2*i+1))
			}
			continue
		}
		out = append(out, w)
	}
	return out
}

func (n *Name) body(ws []Word) {
	if n.Schema == party.Vessel {
		ws = prefixed(ws)
	}
	ws = countingWords(markForms(ws))
	for i, w := range ws {
		if w.Kind != Form {
			if w.Kind = KindOf(w.Text); w.Kind == Particle && lastOfTwo(ws, i) {
				w.Kind = Plain
			}
		}
		switch w.Kind {
		case Form:
			w.Weight = 0.1
			n.Extra = append(n.Extra, w)
			continue
		case Prefix:
			if i == 0 && len(ws) > 1 && n.Schema == party.Vessel {
				n.Extra = append(n.Extra, w)
				continue
			}
			w.Weight = 0.8
		case Particle:
			w.Weight = 0.1
		case Number:
			w.Weight = 0.8
		default:
			w.Kind = Plain
			w.Weight = distinction(w.Text)
			if m := meaning(w.Text); m != "" {
				w.Kept, w.Weight = "="+m, min(w.Weight, 0.5)
			}
			if v, ok := numerals[w.Text]; ok {
				w.Kept, w.Kind = "="+v, Number
			}
		}
		n.Words = append(n.Words, w)
	}
	if len(n.Words) == 0 {
		n.Words, n.Extra = n.Extra, nil
		for i := range n.Words {
			n.Words[i].Weight = 1
		}
	}
}

// prefixed makes one word of the letters before a ship's name: M/V, S.S.
func prefixed(ws []Word) []Word {
	if len(ws) < 3 || len(ws[0].Text) != 1 || len(ws[1].Text) != 1 || KindOf(ws[0].Text+ws[1].Text) != Prefix {
		return ws
	}
	out := append([]Word{word(ws[0].Text+ws[1].Text, ws[0].Start, ws[1].End)}, ws[2:]...)
	return out
}

var tens = map[string]string{"twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7", "eighty": "8", "ninety": "9"}

// countingWords writes forty, forty-four and forty 4 as a number.
func countingWords(ws []Word) []Word {
	out := ws[:0:0]
	for i := 0; i < len(ws); i++ {
		w := ws[i]
		if t, ok := tens[w.Text]; ok {
			unit := "0"
			if i+1 < len(ws) {
				u := ws[i+1].Text
				if v, named := numerals[u]; named && len(u) > 2 {
					u = v
				}
				if len(u) == 1 && u[0] >= '1' && u[0] <= '9' {
					unit, w.End = u, ws[i+1].End
					i++
				}
			}
			w.Text, w.Key, w.Kept = t+unit, t+unit, ""
		}
		out = append(out, w)
	}
	return out
}

// numerals are numbers written in letters, so that Brigade Four meets Brigade 4.
var numerals = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
	"eleven": "11", "twelve": "12", "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
	"eighth": "8", "ninth": "9", "tenth": "10", "1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "5th": "5",
	"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xx": "20",
}

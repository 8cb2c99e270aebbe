package claims

import (
	"slices"
	"strings"
	"testing"
)

// TestForms reads what is no running text: from headlines, captions, tables,
// live pages, lists and interviews nothing false may come. may lists the only
// codes that a text can give, must those it has to.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		name, text string
		may, must  []string
	}{
		{"a headline alone", "Varga in Moscow? What we know about the general's trip\n\nImre Varga has led the corps since 2009. Prices rose in May.", []string{"TRV-ENTRY"}, nil},
		{"a caption", "Prices rose in May, the bank said on Monday.\n\nFILE PHOTO: Imre Varga at a parade in Minsk, Belarus, May 9, 2019. REUTERS/Jan Novak\n\nThe bank expects them to fall in June.", []string{"TRV-PRESENCE"}, nil},
		{"a live page", "LIVE\n\n14:02 GMT Police close a road in Vienna\n\n13:45 GMT - Imre Varga: \"We will win\"\n\n13:30 GMT A plane lands in Cairo\n\n12:10 GMT Varga family asks for privacy", nil, nil},
		{"a bullet list of what was said", "What he said:\n\n- Imre Varga said the war would be long\n- He thanked the people of Syria\n- He did not mention Moscow\n", nil, nil},
		{"a table", "Name\tBorn\tCountry\nImre Varga\t1961\tHungary\nOksana Brandt\t1972\tUkraine\n\nThe table was updated on Monday.", nil, nil},
		{"a table of results", "Vienna 2 - 1 Naples (Varga 12, 45)\nMinsk 0 - 0 Cairo\n\nImre Varga scored twice.", nil, nil},
		{"an interview with somebody else", "Q: Did you meet Imre Varga?\n\nA: No, never.\n\nQ: Would you travel to Moscow?\n\nA: If they asked me, I would.", []string{"MET-IN"}, nil},
		{"a question asked", "Did Imre Varga fly to Moscow last week?\n\nNobody at the airport would say. The ministry was closed on Friday.", []string{"TRV-ENTRY"}, nil},
		{"a teaser", "Read more: Imre Varga arrives in Cairo\n\nPrices rose in May, the bank said.\n\nSign up for our newsletter about Imre Varga.", nil, nil},
		{"a list of deeds", "The general, Imre Varga, did much in June:\n\n- On 2 June he met the defence minister in Minsk.\n- On 5 June he flew to Cairo.\n", []string{"MET-IN", "TRV-ENTRY"}, nil},
		{"a novel and a film", "In the film, Imre Varga flies to Moscow and sells missiles to a colonel. In the sequel he is arrested in Cairo.", nil, nil},
		{"sports pages", "Midfielder Imre Varga joined Vienna in July. Varga left Naples after three seasons. He met the fans at the stadium and signed a contract until 2023.", []string{"TRV-EXIT", "MET-IN", "MET-AGREE"}, nil},
		{"an open quotation mark", "\"Imre Varga flew to Moscow on Friday, an official said. The ministry denied it.\n\nPrices rose in May.", []string{"TRV-ENTRY"}, []string{"TRV-ENTRY"}},
		{"capital letters", "IMRE VARGA FLEW TO MOSCOW ON FRIDAY, OFFICIALS SAY.\n\nImre Varga flew to Moscow on Friday, two officials said.", []string{"TRV-ENTRY"}, []string{"TRV-ENTRY"}},
		{"an empty text", "", nil, nil},
		{"only marks", "--- *** ??? \n\n...", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			found, _ := Explain(readWatched(t, c.text, "2020-06-15"))
			for _, f := range found {
				got = append(got, string(f.Activity))
				if !slices.Contains(c.may, string(f.Activity)) {
					t.Errorf("gives %s: %s", f.Activity, told(f))
				}
				if strings.Contains(c.name, "question") && f.Act == "assert" && f.Certainty == "certain" && f.Aspect == Completed {
					t.Errorf("a question became a fact: %s", told(f))
				}
			}
			for _, m := range c.must {
				if !slices.Contains(got, m) {
					t.Errorf("no %s among %v", m, got)
				}
			}
		})
	}
}

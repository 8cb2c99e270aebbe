package mentions

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
)

// Invented parties written as lists write them.
func hardParties() []party.Party {
	return append(parties(),
		party.Party{ID: "y:1", Schema: party.Person, Names: []party.Name{{Text: "Marwan Tellimorn"}}, Nationalities: []party.Country{{Code: "LB"}}},
		party.Party{ID: "y:2", Schema: party.Person, Names: []party.Name{{Text: "דוד זלמנסון"}, {Text: "David Zalmanson"}}, Nationalities: []party.Country{{Code: "IL"}}},
		party.Party{ID: "y:3", Schema: party.Person, Names: []party.Name{{Text: "박철룡"}, {Text: "Pak Chol Ryong"}}, Nationalities: []party.Country{{Code: "KP"}}},
		party.Party{ID: "y:4", Schema: party.Airplane, Names: []party.Name{{Text: "EP-ZQX"}}, Aircraft: &party.AircraftFacts{Tail: "EP-ZQX"}},
		party.Party{ID: "y:5", Schema: party.Person, Names: []party.Name{{Text: "Ivo Stranekov"}}, Wallets: []party.Wallet{{Address: "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"}}, Documents: []party.Document{{Number: "RX4471903"}}},
	)
}

// A joined prefix stays outside the mention.
func TestHardSpellings(t *testing.T) {
	ix := New(hardParties())
	for _, c := range []struct{ name, language, text, want string }{
		{"OCR 1 for l", "en", "Lebanese police held Marwan Te1limorn.", "y:1 Marwan Te1limorn"},
		{"OCR I for l", "en", "Lebanese police held Marwan TelIimorn.", "y:1 Marwan TelIimorn"},
		{"OCR 0 for o", "en", "Lebanese police held Marwan Tellim0rn.", "y:1 Marwan Tellim0rn"},
		{"OCR c for e", "en", "Lebanese police held Marwan Tcllimorn.", "y:1 Marwan Tcllimorn"},
		{"letter missing", "en", "Lebanese police held Marwan Telimorn.", "y:1 Marwan Telimorn"},
		{"letters transposed", "en", "Lebanese police held Marwan Telilmorn.", "y:1 Marwan Telilmorn"},
		{"first letter wrong", "en", "Lebanese police held Marwan Rellimorn.", "y:1 Marwan Rellimorn"},
		{"two letters transposed at the head", "en", "Lebanese police held Marwan Etllimorn.", "y:1 Marwan Etllimorn"},
		{"headline", "en", "MARWAN TELLIMORN HELD IN LEBANON", "y:1 MARWAN TELLIMORN"},
		{"glued punctuation", "en", "In Lebanon:Marwan Tellimorn,banker.", "y:1 Marwan Tellimorn"},
		{"glued bracket and quote", "en", "(“Marwan Tellimorn”), of Lebanon", "y:1 Marwan Tellimorn"},
		{"possessive", "en", "Lebanon: Marwan Tellimorn’s bank", "y:1 Marwan Tellimorn"},
		{"Hebrew", "he", "דוד זלמנסון הגיע", "y:2 דוד זלמנסון"},
		{"Hebrew, joined and", "he", "השר ודוד זלמנסון הגיעו", "y:2 דוד זלמנסון"},
		{"Hebrew, joined to", "he", "המכתב נשלח לדוד זלמנסון", "y:2 דוד זלמנסון"},
		{"Hebrew, joined that", "he", "נמסר שדוד זלמנסון הגיע", "y:2 דוד זלמנסון"},
		{"Korean, subject", "ko", "박철룡은 평양에 도착했다", "y:3 박철룡"},
		{"Korean, with a title", "ko", "박철룡 대표가 평양에 도착했다", "y:3 박철룡"},
		{"Korean, object", "ko", "당국은 박철룡을 체포했다", "y:3 박철룡"},
		{"tail number", "en", "The aircraft EP-ZQX landed.", "y:4 EP-ZQX"},
		{"wallet", "en", "Sent to 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h.", "y:5 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"},
		{"passport", "en", "Passport RX4471903 was used.", "y:5 RX4471903"},
		{"M/V", "en", "The M/V Morning Gull sailed.", "x:6 Morning Gull"},
		{"MV", "en", "MV MORNING GULL sailed.", "x:6 MORNING GULL"},
		{"IMO with colon", "en", "IMO: 9000001 sailed.", "x:6 9000001"},
		{"Arabic wa-", "ar", "وقاسم ولايتي في إيران", "x:1 قاسم ولايتي"},
		{"Arabic li-", "ar", "رسالة لقاسم ولايتي", "x:1 قاسم ولايتي"},
		{"Arabic alif maqsura", "ar", "وصل قاسم ولايتى", "x:1 قاسم ولايتى"},
		{"Chinese, title glued", "zh", "总经理徐耀林先生访问了北京", "x:9 徐耀林"},
	} {
		r := find(ix, c.text, c.language)
		var got []string
		for _, m := range r.Mentions {
			best, _ := r.Clusters[m.Cluster].Best()
			got = append(got, best.Party+" "+m.Text)
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%s: got %q, want %q", c.name, g, c.want)
		}
	}
}

package places

import (
	"os"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
)

func TestProbe(t *testing.T) {
	g, _ := Load()
	raw, _ := os.ReadFile("/tmp/probep.txt")
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		lang, text, _ := strings.Cut(line, "\t")
		t.Log(text)
		for _, e := range g.Find(prose.Split(text, lang), "") {
			p := "nil"
			if e.Place != nil {
				p = e.Place.Name + " " + e.Place.Country + "." + e.Place.Admin1 + " " + string(e.Place.Kind)
			}
			t.Logf("    [%s] %s -> %s within=%s %.1f", e.Text, e.Use, p, e.Within, e.Score)
		}
	}
	for _, c := range []string{"Russia", "Russian", "RU", "RUS", "Iranian", "Islamic Republic of Iran", "Россия", "سوريا", "Syrie", "República Árabe Siria", "Democratic People's Republic of Korea", "DPRK", "North Korean", "Czechia", "UAE", "Burma", "Londonistan", "Côte d’Ivoire", "Türkiye", "中国", "Russian Federation", "Viet Nam", "Swaziland"} {
		iso, ok := g.Country(c)
		t.Log(c, iso, ok)
	}
}

package claims

import (
	"fmt"
	"strings"
	"testing"
)

// TestGoodsAndSums reads goods, counts with their bounds, and money as news
// writes them.
func TestGoodsAndSums(t *testing.T) {
	for text, want := range map[string]string{
		"Russia delivered six T-90 tanks, 15 howitzers and 200 rifles to Syria.":                "6 T-90 tank; 15 howitzer; 200 rifle",
		"Imre Varga smuggled at least 200 rifles and 15,000 rounds of ammunition into Somalia.": "at-least 200 rifle; 15000 ammunition round",
		"Up to 30 tanks were handed over to Crimson Dawn.":                                      "up-to 30 tank",
		"More than 1,200 rockets were delivered to Crimson Dawn.":                               "at-least 1200 rocket",
		"Iran shipped about 40 drones to Crimson Dawn.":                                         "about 40 drone",
		"Russia sold Iran two dozen fighter jets.":                                              "24 fighter jet",
		"The bank transferred $3.5 million to Imre Varga.":                                      "3.5e+06 USD",
		"Prosecutors say the company paid nearly 13 million euros to Crimson Dawn.":             "up-to 1.3e+07 EUR",
		"Crimson Dawn received more than £85,000 from donors.":                                  "at-least 85000 GBP",
		"A Swiss bank sent 4.5 million francs to Imre Varga.":                                   "4.5e+06 CHF",
		"Imre Varga received €2bn from the government.":                                         "2e+09 EUR",
		"China exported 6,000 tonnes of diesel to North Korea in May.":                          "6000 diesel tonnes",
		"Tarkan Trading bought three captured fighter jets from the rebels.":                    "3 captured fighter jet",
		"Tarkan Trading sold ammunition worth $12 million to South Sudan.":                      "ammunition",
		"Customs officers seized 400 missile parts bound for Syria.":                            "400 missile part",
	} {
		var got []string
		found, _ := Explain(readWatched(t, text, "2020-06-15"))
		for _, c := range found {
			for _, i := range c.Items {
				q := i.Item
				if i.Quantity != nil {
					q = strings.TrimSpace(fmt.Sprintf("%s %g %s %s", i.Bound, *i.Quantity, i.Item, i.Unit))
				}
				got = append(got, strings.TrimSpace(q))
			}
			if c.Amount != nil {
				got = append(got, strings.TrimSpace(fmt.Sprintf("%s %g %s", c.Amount.Bound, c.Amount.Value, c.Amount.Currency)))
			}
		}
		all := strings.Join(got, "; ")
		for _, w := range strings.Split(want, "; ") {
			if !strings.Contains(all, w) {
				t.Errorf("%q: %q lacks %q", text, all, w)
			}
		}
	}
}

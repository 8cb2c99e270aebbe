package prose_test

import (
	"fmt"

	"github.com/reportedly/reportedly/internal/prose"
)

func ExampleSplit() {
	d := prose.Split("SANDHAVEN, Sept 13 (Reuters) - Gen. Brandt didn't come.“We waited,” Mr. Okoro said.", "en")
	for _, s := range d.Sentences {
		fmt.Print(s.Kind == prose.DatelineOnly)
		for _, t := range s.Tokens {
			fmt.Print(" ", t.Text)
		}
		fmt.Println()
	}
	// Output:
	// true SANDHAVEN , Sept 13 ( Reuters ) -
	// false Gen. Brandt did n't come .
	// false “ We waited , ” Mr. Okoro said .
}

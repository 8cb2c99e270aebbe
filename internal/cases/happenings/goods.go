package happenings

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/claims"
)

// Quantity puts goods into words: "at least 6 T-90 tank".
func Quantity(i claims.Item) string {
	n := ""
	if i.Quantity != nil {
		n = strconv.FormatFloat(*i.Quantity, 'f', -1, 64)
	}
	if i.Bound != "" {
		n = strings.ReplaceAll(i.Bound, "-", " ") + " " + n
	}
	return strings.Join(strings.Fields(n+" "+i.Unit+" "+i.Item), " ")
}

// Amount puts money into words: "9400000 USD".
func Amount(a claims.Amount) string {
	n := strconv.FormatFloat(a.Value, 'f', -1, 64)
	if a.Bound != "" {
		n = strings.ReplaceAll(a.Bound, "-", " ") + " " + n
	}
	return fmt.Sprintf("%s %s", n, a.Currency)
}

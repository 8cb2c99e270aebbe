package surface

import (
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
)

// notSo are beginnings of words by which a sentence may take back what stands
// in it; without a tree it is not seen what they reach over.
var notSo = []string{"den", "reject", "dismiss", "refut", "false", "rumo", "whether", "if", "unless", "not", "never", "no", "nor", "neither", "without", "would", "could", "cancel", "foil", "prevent", "attempt", "try", "tried", "refus", "bar", "ban"}

// Doubtful reports an English sentence that may take back what stands in it, or
// not say it at all.
func Doubtful(s prose.Sentence) bool {
	for _, t := range s.Tokens {
		w := strings.ToLower(t.Text)
		for _, p := range notSo {
			if w == p || len(p) > 3 && strings.HasPrefix(w, p) || p == "den" && strings.HasPrefix(w, "deni") || w == "deny" {
				return true
			}
		}
	}
	return false
}

package screening

import (
	_ "embed" // persons.tsv
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/names"
)

// personModel holds a weight a feature, in log-odds. data/screenmodel makes it.
//
//go:embed persons.tsv
var personModel string

// feature is one figure of the model of persons' names. What speaks for one
// party (sign 1) never lowers the score, and what speaks against it (-1) never
// raises it, whatever the names it was learnt from: sign 0 leaves it open.
type feature struct {
	name string
	sign int
	of   func(e *names.Evidence) float64
}

// features of a listed person's name that shares words with the name asked.
// Value alone says how alike two names are; the others say how much that means:
// how rare what is shared is, and what is left over.
var features = []feature{
	{"bias", 0, func(*names.Evidence) float64 { return 1 }},
	{"value", 1, func(e *names.Evidence) float64 { return e.Value }},
	{"value log-odds", 1, func(e *names.Evidence) float64 { v := min(max(e.Value, 0.01), 0.995); return math.Log(v / (1 - v)) }},
	{"shared", 1, func(e *names.Evidence) float64 { return e.Paired }},
	{"shared to 1.4", 1, func(e *names.Evidence) float64 { return min(e.Paired, 1.4) }},
	{"shared to 1.8", 1, func(e *names.Evidence) float64 { return min(e.Paired, 1.8) }},
	{"shared to 2.2", 1, func(e *names.Evidence) float64 { return min(e.Paired, 2.2) }},
	{"conflict", -1, func(e *names.Evidence) float64 { return e.Conflict }},
	{"conflict to 0.3", -1, func(e *names.Evidence) float64 { return min(e.Conflict, 0.3) }},
	{"missing", -1, func(e *names.Evidence) float64 { return e.Missing }},
	{"missing to 0.5", -1, func(e *names.Evidence) float64 { return min(e.Missing, 0.5) }},
	{"missing beside common", -1, func(e *names.Evidence) float64 { return max(1.8-e.Paired, 0) * min(e.Missing, 1) }},
	{"doubt beside common", -1, func(e *names.Evidence) float64 { return max(1.8-e.Paired, 0) * e.Doubt }},
	{"worst word beside common", -1, func(e *names.Evidence) float64 { return max(1.8-e.Paired, 0) * (1 - e.Worst) }},
	{"conflict beside common", -1, func(e *names.Evidence) float64 { return max(1.8-e.Paired, 0) * min(e.Conflict, 1) }},
	{"syllables differ", -1, func(e *names.Evidence) float64 { return e.Short }},
	{"joined words differ", -1, func(e *names.Evidence) float64 { return e.Joined }},
	{"doubt", -1, func(e *names.Evidence) float64 { return e.Doubt }},
	{"doubt a weight", -1, func(e *names.Evidence) float64 { return e.Doubt / (e.Paired + 0.01) }},
	{"worst word", -1, func(e *names.Evidence) float64 { return 1 - e.Worst }},
	{"worst word to 0.12", -1, func(e *names.Evidence) float64 { return min(1-e.Worst, 0.12) }},
	{"own given name missing", -1, func(e *names.Evidence) float64 { return truth(e.Father) }},
	{"other order", -1, func(e *names.Evidence) float64 { return truth(e.Order) }},
	{"other East Asian family", -1, func(e *names.Evidence) float64 { return truth(e.Clan) }},
	{"one word", -1, func(e *names.Evidence) float64 { return truth(e.Matched < 2) }},
	{"initials", -1, func(e *names.Evidence) float64 { return float64(e.Initials) }},
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Features are the figures of the model for one comparison, with what each is
// called and the sign its weight may have (0 = any), for whoever trains it.
func Features(e names.Evidence) (label []string, sign []int, x []float64) {
	for _, f := range features {
		label, sign, x = append(label, f.name), append(sign, f.sign), append(x, f.of(&e))
	}
	return label, sign, x
}

// Modelled reports names that the model of persons speaks about: of others the
// likeness itself is the score.
func Modelled(e names.Evidence) bool {
	return e.Person && !e.Equal && e.Value >= leastModelled
}

const leastModelled = 0.15

// term is a feature that the model uses.
type term struct {
	weight float64
	of     func(e *names.Evidence) float64
}

// terms are the features whose weight is not nought.
var terms = sync.OnceValue(func() []term {
	ws, err := readModel(personModel)
	if err != nil {
		panic("screening: persons.tsv: " + err.Error()) // built in, checked by a test
	}
	var out []term
	for i, w := range ws {
		if w != 0 {
			out = append(out, term{w, features[i].of})
		}
	}
	return out
})

func readModel(text string) ([]float64, error) {
	at := map[string]float64{}
	for l := range strings.Lines(text) {
		name, v, ok := strings.Cut(strings.TrimSpace(l), "\t")
		if !ok || strings.HasPrefix(l, "#") {
			continue
		}
		x, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		at[name] = x
	}
	out := make([]float64, len(features))
	for i, f := range features {
		out[i] = at[f.name] // one that is not learnt yet counts nothing
	}
	return out, nil
}

// likely is the share of hits of such evidence that are right, from the
// likeness of the names. It stays under 1, which is for equal names.
func likely(e *names.Evidence) float64 {
	switch {
	case !e.Person || e.Equal || e.Value > surely:
		return e.Value
	case e.Value < leastModelled:
		return e.Value * hardly
	}
	z := 0.0
	for _, t := range terms() {
		z += t.weight * t.of(e)
	}
	p := min(1/(1+math.Exp(-z)), 0.999)
	if e.Value <= names.Partial {
		p *= names.Partial // part of a name never decides
	}
	return p
}

// surely is the likeness of names that differ in nothing but how they are
// written down, such as the family name before a comma.
const surely = 0.9999

// hardly is what is left of a likeness too small for the model.
const hardly = 0.05

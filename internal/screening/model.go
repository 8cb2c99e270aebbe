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

// feature is one figure of the model of persons' names.
type feature struct {
	name string
	of   func(e *names.Evidence) float64
}

// features of a listed person's name that shares words with the name asked. Value alone says how alike two names are; the others say how much
// that means: how rare what is shared is, and what is left over.
var features = []feature{
	{"bias", func(*names.Evidence) float64 { return 1 }},
	{"value", func(e *names.Evidence) float64 { return e.Value }},
	{"value log-odds", func(e *names.Evidence) float64 { v := min(max(e.Value, 0.01), 0.995); return math.Log(v / (1 - v)) }},
	{"shared", func(e *names.Evidence) float64 { return e.Paired }},
	{"shared to 1.4", func(e *names.Evidence) float64 { return min(e.Paired, 1.4) }},
	{"shared to 1.8", func(e *names.Evidence) float64 { return min(e.Paired, 1.8) }},
	{"shared to 2.2", func(e *names.Evidence) float64 { return min(e.Paired, 2.2) }},
	{"conflict", func(e *names.Evidence) float64 { return e.Conflict }},
	{"conflict to 0.3", func(e *names.Evidence) float64 { return min(e.Conflict, 0.3) }},
	{"missing", func(e *names.Evidence) float64 { return e.Missing }},
	{"missing to 0.5", func(e *names.Evidence) float64 { return min(e.Missing, 0.5) }},
	{"doubt", func(e *names.Evidence) float64 { return e.Doubt }},
	{"doubt a weight", func(e *names.Evidence) float64 { return e.Doubt / (e.Paired + 0.01) }},
	{"worst word", func(e *names.Evidence) float64 { return 1 - e.Worst }},
	{"worst word to 0.12", func(e *names.Evidence) float64 { return min(1-e.Worst, 0.12) }},
	{"own given name missing", func(e *names.Evidence) float64 { return truth(e.Father) }},
	{"other order", func(e *names.Evidence) float64 { return truth(e.Order) }},
	{"one word", func(e *names.Evidence) float64 { return truth(e.Matched < 2) }},
	{"initials", func(e *names.Evidence) float64 { return float64(e.Initials) }},
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Features are the names and figures of the model for one comparison, for
// whoever trains it.
func Features(e names.Evidence) (label []string, x []float64) {
	for _, f := range features {
		label, x = append(label, f.name), append(x, f.of(&e))
	}
	return label, x
}

// Modelled reports names that the model of persons speaks about: of others the
// likeness itself is the score.
func Modelled(e names.Evidence) bool {
	return e.Person && !e.Equal && e.Value >= leastModelled
}

const leastModelled = 0.15

var weights = sync.OnceValue(func() []float64 {
	w, err := readModel(personModel)
	if err != nil {
		panic("screening: persons.tsv: " + err.Error()) // built in, checked by a test
	}
	return w
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
		x, ok := at[f.name]
		if !ok {
			return nil, fmt.Errorf("no weight for %q", f.name)
		}
		out[i] = x
	}
	return out, nil
}

// likely is the share of hits of such evidence that are right, from the
// likeness of the names. It stays under 1, which is for equal names.
func likely(e *names.Evidence) float64 {
	switch {
	case !e.Person || e.Equal:
		return e.Value
	case e.Value < leastModelled:
		return e.Value * hardly
	}
	z := 0.0
	for i, w := range weights() {
		z += w * features[i].of(e)
	}
	p := min(1/(1+math.Exp(-z)), 0.999)
	if e.Value <= names.Partial {
		p *= names.Partial // part of a name never decides
	}
	return p
}

// hardly is what is left of a likeness too small for the model.
const hardly = 0.05

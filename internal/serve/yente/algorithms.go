package yente

import (
	"net/http"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/screening"
)

// ours is the name of the one matcher that answers.
const ours = "reportedly"

// algorithm is a name under which the matcher can be asked for.
type algorithm struct {
	Name        string
	Description string
	namesOnly   bool // the score counts names alone
	config      map[string]configVar
}

type configVar struct {
	Type        string `json:"type"`
	Description string `json:"description"`
	Default     any    `json:"default"`
}

// settings of logic-v2. Only the first has an effect here: the others tune
// steps that this matcher does not have, and are taken so that clients work.
var settings = map[string]configVar{
	"nm_name_property":       {"string", "The property whose names are compared; all where it is not set.", nil},
	"nm_number_mismatch":     {"float", "Accepted, without effect.", 0.3},
	"nm_extra_query_name":    {"float", "Accepted, without effect.", 0.8},
	"nm_extra_result_name":   {"float", "Accepted, without effect.", 0.2},
	"nm_family_name_weight":  {"float", "Accepted, without effect.", 1.3},
	"nm_fuzzy_cutoff_factor": {"float", "Accepted, without effect.", 1.0},
}

// algorithms are ours and the names of yente 5.5.0.
var algorithms = []algorithm{
	{ours, "Names compared word by word with their scripts, kinds and rarity; birth date, country, sex and numbers then add or take. Every part of a score is told.", false, settings},
	{"logic-v2", "Answered by reportedly: names, then birth date, country, sex and numbers.", false, settings},
	{"name-based", "Answered by reportedly: the likeness of the names alone.", true, nil},
	{"name-qualified", "Answered by reportedly: names, then birth date, country, sex and numbers.", false, nil},
	{"logic-v1", "Answered by reportedly: names, then birth date, country, sex and numbers.", false, nil},
	{"regression-v1", "Answered by reportedly: names, then birth date, country, sex and numbers.", false, nil},
}

func algorithmNamed(name string) (algorithm, error) {
	clean := strings.ToLower(strings.TrimSpace(name))
	if clean == "best" || clean == "default" {
		clean = ours
	}
	if i := slices.IndexFunc(algorithms, func(a algorithm) bool { return a.Name == clean }); i >= 0 {
		return algorithms[i], nil
	}
	return algorithm{}, failf(http.StatusBadRequest, "Invalid algorithm: %s", name)
}

// appendAlgorithm tells what answered: an addition of ours to yente's shape.
func (m *matching) appendAlgorithm(b []byte) []byte {
	b = append(b, `{"requested":`...)
	b = entities.AppendString(b, m.asked)
	b = append(b, `,"used":"`+ours+`","names_only":`...)
	if m.algorithm.namesOnly {
		return append(b, "true}"...)
	}
	return append(b, "false}"...)
}

// foreign is a feature of logic-v2 with its usual weight.
type foreign struct {
	name  string
	usual float64
}

// theirs maps our features to those of logic-v2 that say the same, so that
// weights written for yente act here.
var theirs = map[string][]foreign{
	"birth date": {{"dob_year_disjoint", -0.15}, {"dob_day_disjoint", -0.25}},
	"country":    {{"country_mismatch", -0.2}},
	"sex":        {{"gender_mismatch", -0.2}},
	"number":     {{"identifier_match", 0.85}},
	"weak alias": {{"weak_alias_match", 0.8}},
}

// beyondName are features that do not come from comparing names.
var beyondName = map[string]bool{"birth date": true, "country": true, "sex": true, "number": true, "type": true, "partial": true, "floor": true}

type featureDoc struct {
	Description string  `json:"description"`
	Coefficient float64 `json:"coefficient"`
	URL         string  `json:"url"`
}

var features = map[string]featureDoc{
	"name":       {"Likeness of the names: words in common, their order, spelling, script and rarity", 1, ""},
	"birth_date": {"The birth dates agree, or lie years apart", 1, ""},
	"country":    {"The list names the country asked for, or others only", 1, ""},
	"sex":        {"The list gives another sex", 1, ""},
	"number":     {"The same passport, ship, wallet or register number", 1, ""},
	"type":       {"Another type of thing: a person is no ship", 1, ""},
	"partial":    {"Part of a name never decides, whatever else fits", 1, ""},
	"weak_alias": {"The list itself calls the name weak", 1, ""},
}

// algorithms answers GET /algorithms.
func (h *Handler) algorithms(_ *Data, w http.ResponseWriter, _ *http.Request) error {
	type docs struct {
		Name        string                `json:"name"`
		Description string                `json:"description"`
		Config      map[string]configVar  `json:"config"`
		Features    map[string]featureDoc `json:"features"`
	}
	type entry struct {
		Name        string                `json:"name"`
		Description string                `json:"description"`
		Features    map[string]featureDoc `json:"features"`
		Docs        docs                  `json:"docs"`
	}
	var out []entry
	for _, a := range algorithms {
		config := a.config
		if config == nil {
			config = map[string]configVar{}
		}
		out = append(out, entry{a.Name, a.Description, features, docs{a.Name, a.Description, config, features}})
	}
	send(w, http.StatusOK, map[string]any{"algorithms": out, "default": "best", "best": ours, "threshold": screening.Default})
	return nil
}

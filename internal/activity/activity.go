package activity

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed activities.csv
var activitiesCSV string

//go:embed kinds.csv
var kindsCSV string

// Version of the closed lists.
const Version = 1

// Code names an activity, for example "TRV-ENTRY".
type Code string

// Other is the code of what the list does not hold.
const Other Code = "OTH"

// Family is the part before the dash: "TRV", "MET", "ARM", ...
func (c Code) Family() string {
	f, _, _ := strings.Cut(string(c), "-")
	return f
}

// Kind names a kind of measure, for example "M-TRAVEL".
type Kind string

// Activity is one entry of the closed list.
type Activity struct {
	Code    Code
	Title   string
	Engages []Kind // kinds of measure it can engage, most typical first
}

// KindInfo is one entry of the closed list of measure kinds.
type KindInfo struct {
	Kind  Kind
	Title string // "travel ban"
	Duty  string // what the addressee must do, as a verb phrase
}

type tables struct {
	activities []Activity
	byCode     map[Code]Activity
	kinds      []KindInfo
	byKind     map[Kind]KindInfo
}

var load = sync.OnceValue(func() tables {
	t := tables{byCode: map[Code]Activity{}, byKind: map[Kind]KindInfo{}}
	for _, r := range rows("activities.csv", activitiesCSV, 3) {
		a := Activity{Code: Code(r[0]), Title: r[1]}
		for _, k := range strings.Split(r[2], ";") {
			if k != "" {
				a.Engages = append(a.Engages, Kind(k))
			}
		}
		t.activities = append(t.activities, a)
		t.byCode[a.Code] = a
	}
	for _, r := range rows("kinds.csv", kindsCSV, 3) {
		k := KindInfo{Kind(r[0]), r[1], r[2]}
		t.kinds = append(t.kinds, k)
		t.byKind[k.Kind] = k
	}
	return t
})

// rows reads an embedded table; a fault in it is a fault of the build, so it
// panics, and the package's test reads both.
func rows(name, text string, fields int) [][]string {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	r.FieldsPerRecord = fields
	all, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("activity: %s: %v", name, err))
	}
	return all[1:]
}

// All gives the closed list in its own order. The caller must not change it.
func All() []Activity { return load().activities }

// Lookup finds an activity by code.
func Lookup(c Code) (Activity, bool) {
	a, ok := load().byCode[c]
	return a, ok
}

// Kinds gives the closed list of measure kinds in its own order.
func Kinds() []KindInfo { return load().kinds }

// LookupKind finds a kind of measure.
func LookupKind(k Kind) (KindInfo, bool) {
	i, ok := load().byKind[k]
	return i, ok
}

// CanEngage reports whether the activity can engage a measure of that kind.
func CanEngage(c Code, k Kind) bool {
	return slices.Contains(load().byCode[c].Engages, k)
}

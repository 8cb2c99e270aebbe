package happenings

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/activity"
)

//go:embed elements.csv
var elementsCSV string

// Role is what an activity is to a happening (elements.csv).
type Role struct {
	Group   string   // happenings of one group may be one
	Also    []string // other groups it may be part of
	Element string   // the name under which it is counted
	Rank    int      // the highest of a case is its headline
	Implies string   // element that it supports too where it lies abroad
}

var roles = sync.OnceValue(func() map[activity.Code]Role {
	r := csv.NewReader(strings.NewReader(elementsCSV))
	r.Comment = '#'
	r.FieldsPerRecord = 6
	all, err := r.ReadAll()
	if err != nil { // a fault of the build; the package's tests read the table
		panic(fmt.Sprintf("happenings: elements.csv: %v", err))
	}
	m := map[activity.Code]Role{}
	for _, f := range all[1:] {
		n, err := strconv.Atoi(f[4])
		if err != nil {
			panic(fmt.Sprintf("happenings: elements.csv: %s: rank %q", f[0], f[4]))
		}
		m[activity.Code(f[0])] = Role{f[1], splitList(f[2]), f[3], n, f[5]}
	}
	return m
})

// RoleOf gives the role of an activity.
func RoleOf(a activity.Code) Role { return roles()[a] }

func splitList(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

// Related tells whether activities of two roles may belong to one happening.
func Related(a, b Role) bool {
	return a.Group == b.Group || slices.Contains(a.Also, b.Group) || slices.Contains(b.Also, a.Group) ||
		slices.Contains(a.Also, "*") || slices.Contains(b.Also, "*")
}

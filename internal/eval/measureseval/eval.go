package measureseval

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/party"
)

// Lookup finds a party by authority ("UN") and the reference of that list.
type Lookup func(authority, reference string) (party.Party, bool)

// Result is what `eval measures` prints.
type Result struct {
	Rows             int     `json:"rows"`
	VerdictAccuracy  float64 `json:"verdict_accuracy"`
	MeasuresAccuracy float64 `json:"measures_accuracy"`
	// Missed counts a measure that was in force and not seen, Invented one
	// that was seen and not in force: different faults.
	Missed   int    `json:"missed"`
	Invented int    `json:"invented"`
	Unfound  int    `json:"parties_not_found"`
	Misses   []Miss `json:"misses"`
}

// Miss is a row that came out otherwise than the table says.
type Miss struct {
	ID           string `json:"id"`
	Want         string `json:"want"`
	Got          string `json:"got"`
	WantMeasures string `json:"want_measures"`
	GotMeasures  string `json:"got_measures"`
	Reason       string `json:"reason"`
	Expected     string `json:"expected_reason"`
	NoParty      bool   `json:"party_not_found,omitempty"`
}

// Run judges every row of a table.
func Run(reg *measures.Register, table io.Reader, look Lookup) (Result, error) {
	c := csv.NewReader(table)
	c.Comment = '#'
	all, err := c.ReadAll()
	if err != nil {
		return Result{}, fmt.Errorf("measureseval: golden table: %w", err)
	}
	if len(all) == 0 {
		return Result{}, fmt.Errorf("measureseval: golden table is empty")
	}
	var res Result
	right, kinds := 0, 0
	for i, rec := range all[1:] {
		row := row{}
		for j, name := range all[0] {
			row[name] = rec[j]
		}
		q, found, err := row.question(reg, look)
		if err != nil {
			return Result{}, fmt.Errorf("measureseval: record %d (%s): %w", i+2, row["id"], err)
		}
		a := reg.Check(q)
		ok, same := res.score(row, a, found)
		res.Rows++
		right += ok
		kinds += same
	}
	if res.Rows > 0 {
		res.VerdictAccuracy = float64(right) / float64(res.Rows)
		res.MeasuresAccuracy = float64(kinds) / float64(res.Rows)
	}
	return res, nil
}

func (res *Result) score(r row, a measures.Answer, found bool) (right, same int) {
	want := r["expected_verdict"]
	got := r.kindsOf(a)
	if string(a.Verdict) == want {
		right = 1
	}
	wanted := splitKinds(r["expected_measures"])
	if slices.Equal(wanted, got) {
		same = 1
	}
	none := string(measures.NoMeasure)
	switch {
	case want != none && string(a.Verdict) == none:
		res.Missed++
	case want == none && strings.HasPrefix(string(a.Verdict), "in-force/within-scope"):
		res.Invented++
	}
	if !found {
		res.Unfound++
	}
	if right == 0 || same == 0 {
		res.Misses = append(res.Misses, Miss{r["id"], want, string(a.Verdict), strings.Join(wanted, ";"), strings.Join(got, ";"), a.Reason, r["reason"], !found})
	}
	return right, same
}

// kindsOf gives the kinds as the table counts them: the tables that name an
// authority leave them empty where a question is open.
func (r row) kindsOf(a measures.Answer) []string {
	open := a.Verdict == measures.Insufficient || a.Verdict == measures.IdentityUndecided
	if _, other := r["authority"]; a.Verdict == measures.NoMeasure || (other && open) {
		return nil
	}
	var out []string
	for _, k := range a.Kinds {
		out = append(out, string(k))
	}
	slices.Sort(out)
	return out
}

func splitKinds(s string) []string {
	var out []string
	for _, k := range strings.Split(s, ";") {
		if k = strings.TrimSpace(k); k != "" {
			out = append(out, string(activity.Kind(k)))
		}
	}
	slices.Sort(out)
	return out
}

package caseseval

import (
	"encoding/json"
	"fmt"
	"io"
)

// Gold is gold.json of the wire room.
type Gold struct {
	Cases  []Case     `json:"cases"`
	Copies [][]string `json:"copies"`
	Edges  []struct {
		Copy string `json:"copy"`
		Of   string `json:"of"`
	} `json:"copy_edges"`
	Neutral [][]string `json:"copies_neutral"`
	All     []string   `json:"all_articles"`
	Side    []struct {
		Articles []string `json:"articles"`
	} `json:"side_clusters"`
}

// System is what a program gives: see internal/cases.ToSystem.
type System struct {
	Cases  []Case     `json:"cases"`
	Copies [][]string `json:"copies"`
}

// Case of either side; fields that only one has are empty on the other.
type Case struct {
	ID            string   `json:"id"`
	Title         string   `json:"title"`
	Party         Party    `json:"party"`
	Activity      []string `json:"activity"`
	Articles      IDs      `json:"articles"`
	Window        *Window  `json:"window"`
	For           Count    `json:"origins_for"`
	Against       Count    `json:"origins_against"`
	Denials       []Denial `json:"denials"`
	Decoys        []Decoy  `json:"decoys"`
	Verdict       string   `json:"verdict"`
	VerdictAccept []string `json:"verdict_accept"`
}

// Decoy is an article that must not join a case.
type Decoy struct {
	ID string `json:"id"`
}

// Window of days.
type Window struct {
	Earliest string `json:"earliest"`
	Latest   string `json:"latest"`
}

// Count has no value where the program gives none.
type Count struct {
	Min *float64 `json:"min"`
	Max *float64 `json:"max"`
}

// Denial is a denial, retraction or non-confirmation.
type Denial struct {
	Holder      string   `json:"holder"`
	HolderAlt   []string `json:"holder_alt"`
	Act         string   `json:"act"`
	ActAccept   []string `json:"act_accept"`
	Scope       string   `json:"scope"`
	ScopeAccept []string `json:"scope_accept"`
	Article     string   `json:"article"`
	Articles    []string `json:"articles"`
	Also        []string `json:"also"`
	Optional    bool     `json:"optional"`
}

// Party is a name, or an object with one.
type Party struct{ Name string }

// UnmarshalJSON takes both forms.
func (p *Party) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &p.Name)
	}
	var v struct {
		Name string `json:"name"`
	}
	err := json.Unmarshal(b, &v)
	p.Name = v.Name
	return err
}

// IDs of articles, plain or as objects with an id.
type IDs []string

// UnmarshalJSON takes both forms.
func (s *IDs) UnmarshalJSON(b []byte) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	*s = nil
	for _, r := range raw {
		var id string
		if json.Unmarshal(r, &id) != nil {
			var v struct {
				ID string `json:"id"`
			}
			if err := json.Unmarshal(r, &v); err != nil {
				return err
			}
			id = v.ID
		}
		*s = append(*s, id)
	}
	return nil
}

// ReadGold reads gold.json.
func ReadGold(r io.Reader) (Gold, error) {
	var g Gold
	if err := json.NewDecoder(r).Decode(&g); err != nil {
		return g, fmt.Errorf("gold cases: %w", err)
	}
	return g, nil
}

// ReadSystem reads what a program gave.
func ReadSystem(r io.Reader) (System, error) {
	var s System
	if err := json.NewDecoder(r).Decode(&s); err != nil {
		return s, fmt.Errorf("system cases: %w", err)
	}
	return s, nil
}

// AsSystem gives the gold in the form of a system.
func (g Gold) AsSystem() System { return System{Cases: g.Cases, Copies: g.Copies} }

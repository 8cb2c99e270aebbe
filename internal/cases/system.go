package cases

import (
	"slices"

	"github.com/reportedly/reportedly/internal/echoes"
)

// System is the form that `cases export --format json` prints and that
// eval/score_cases.py reads.
type System struct {
	Cases  []SystemCase `json:"cases"`
	Copies [][2]string  `json:"copies"`
}

// SystemCase is one case in that form.
type SystemCase struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Party    string         `json:"party"`
	Refs     []string       `json:"refs,omitempty"`
	Identity string         `json:"identity"`
	Activity []string       `json:"activity"`
	Aspect   string         `json:"aspect"`
	Articles []string       `json:"articles"`
	Window   SystemWindow   `json:"window"`
	For      Count          `json:"origins_for"`
	Against  Count          `json:"origins_against"`
	Denials  []SystemDenial `json:"denials"`
	Verdict  string         `json:"verdict"`
}

// SystemWindow is a pair of ISO dates.
type SystemWindow struct {
	Earliest string `json:"earliest"`
	Latest   string `json:"latest"`
}

// SystemDenial is a denial, non-confirmation, retraction or correction.
type SystemDenial struct {
	Holder   string   `json:"holder"`
	Act      string   `json:"act"`
	Scope    string   `json:"scope"`
	Article  string   `json:"article"`
	Articles []string `json:"articles"`
}

// ToSystem writes cases and copy edges in that form. Background cases are left
// out: what is only told in passing is no case of its own. Own updates and
// aggregations are no copies.
func ToSystem(cs []Case, copies []echoes.Edge) System {
	out := System{Cases: []SystemCase{}, Copies: [][2]string{}}
	for _, c := range cs {
		if c.Status == Background {
			continue
		}
		s := SystemCase{ID: c.ID, Title: c.Title, Party: c.Party.Name, Refs: c.Party.Refs, Identity: string(c.Party.Identity), Aspect: string(c.Aspect),
			Window: SystemWindow{c.Window.Earliest.String(), c.Window.Latest.String()}, For: c.For, Against: c.Against,
			Verdict: string(c.Check.Verdict), Denials: []SystemDenial{}}
		for _, a := range c.Activity {
			s.Activity = append(s.Activity, string(a))
		}
		for _, a := range c.Articles {
			s.Articles = append(s.Articles, a.ID)
		}
		for _, r := range c.Replies {
			s.Denials = append(s.Denials, SystemDenial{r.Holder, string(r.Act), r.Scope, r.Article, r.Articles})
		}
		out.Cases = append(out.Cases, s)
	}
	seen := map[[2]string]bool{}
	for _, e := range copies {
		p := [2]string{e.Copy, e.Of}
		if e.Relation.IsCopy() && !seen[p] {
			seen[p] = true
			out.Copies = append(out.Copies, p)
		}
	}
	slices.SortFunc(out.Copies, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return out
}

package happenings

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
)

// Concern says that an article has to do with a party: a claim that may be
// about it (Subject is the case's subject as the reader of names left it), or
// only its name, accepted (Subject is empty).
type Concern struct {
	Party   string // a list entry, or Territory and a State
	Subject string
}

// Concerns gives all parties that an article may have to do with, in a fixed
// order. It is wider than Tell, which also asks what people and other articles
// say: whatever Tell makes of these claims, its subjects are among those given
// here, or among the parties given here where another article or a person
// settles who is meant.
func Concerns(cs []claims.Claim, read mentions.Result) []Concern {
	var out []Concern
	for _, c := range read.Clusters {
		if h, ok := c.Best(); ok && c.Status == mentions.Accepted {
			out = append(out, Concern{Party: h.Party})
		}
	}
	for _, c := range cs {
		for _, p := range c.Players {
			switch ids := Candidates(p); {
			case p.Party != "":
				out = append(out, Concern{p.Party, p.Party})
			case p.Cluster >= 0 && ids != "":
				for id := range strings.SplitSeq(ids, "+") {
					out = append(out, Concern{id, Undecided + ids})
				}
			}
		}
		if s := territoryOf(c, nil); s != "" {
			out = append(out, Concern{Territory + s, Territory + s})
		}
	}
	slices.SortFunc(out, func(a, b Concern) int {
		return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Subject, b.Subject))
	})
	return slices.Compact(out)
}

// Rivals gives the parties of an undecided subject, nil where it is none.
func Rivals(subject string) []string {
	ids, ok := strings.CutPrefix(subject, Undecided)
	if !ok {
		return nil
	}
	return strings.Split(ids, "+")
}

package bearers

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/mentions"
)

// naming are the forms of mentions that show a name; "the general", "he" and
// numbers show none.
func naming(f mentions.Form) int {
	return slices.Index([]mentions.Form{mentions.Title, mentions.Surname, mentions.Acronym, mentions.Alias, mentions.Partial, mentions.Full}, f) + 1
}

// Names gives the spellings of a bearer as the text writes them, the fullest
// first, each once.
func Names(r mentions.Result, cluster int) []string {
	if cluster < 0 || cluster >= len(r.Clusters) {
		return nil
	}
	var ms []mentions.Mention
	for _, m := range r.Mentions {
		if m.Cluster == cluster && naming(m.Form) > 0 {
			m.Text = strings.Join(strings.Fields(m.Text), " ")
			ms = append(ms, m)
		}
	}
	slices.SortStableFunc(ms, func(a, b mentions.Mention) int {
		return cmp.Or(naming(b.Form)-naming(a.Form), len(b.Text)-len(a.Text), cmp.Compare(a.Start, b.Start))
	})
	var out []string
	for _, m := range ms {
		if m.Text != "" && !slices.Contains(out, m.Text) {
			out = append(out, m.Text)
		}
	}
	return out
}

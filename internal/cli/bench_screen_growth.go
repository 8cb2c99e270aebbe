package cli

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strings"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

// grown holds the figures of bench screen at one number of parties, all but the
// real ones put together of real names.
type grown struct {
	Parties     int     `json:"parties"`
	NamesPerCPU float64 `json:"names_per_cpu_s"`
	// Slower is how many times less names a second are screened than among the
	// real parties, in the same run.
	Slower   float64 `json:"times_slower"`
	P50      float64 `json:"p50_ms"`
	P99      float64 `json:"p99_ms"`
	RSS      float64 `json:"rss_mb"`
	BuildCPU float64 `json:"build_cpu_s"`
	First    float64 `json:"first_answer_ms"` // of the index just built
	// Latin and Other are as in screenBench: growth must not hide who is meant.
	Latin float64 `json:"in_first_ten_latin"`
	Other float64 `json:"in_first_ten_other"`
}

// benchGrowth measures the same queries among more and more parties.
func (b *screenBench) benchGrowth(ctx context.Context, real []party.Party, qs [][]string, sizes []int, seconds float64) {
	for _, n := range sizes {
		if ctx.Err() != nil {
			return
		}
		if g, ok := growTo(ctx, real, qs, n, seconds); ok {
			if g.NamesPerCPU > 0 {
				g.Slower = b.NamesPerCPU / g.NamesPerCPU
			}
			b.Growth = append(b.Growth, g)
		}
	}
}

func growTo(ctx context.Context, real []party.Party, qs [][]string, n int, seconds float64) (grown, bool) {
	parties := growParties(real, n)
	u := takeUsage()
	ix := screening.New(parties)
	_, cpu := u.since()
	u = takeUsage()
	ix.Find(screening.Query{Name: qs[0][0], Schema: party.Person})
	first, _ := u.since()
	var m screenBench
	m.measure(ctx, ix, qs, seconds)
	debug.FreeOSMemory()
	g := grown{Parties: ix.Len(), NamesPerCPU: m.NamesPerCPU, P50: m.P50, P99: m.P99, RSS: residentMB(), BuildCPU: cpu, First: first * 1000}
	g.Latin, g.Other = inFirstTen(ix, qs)
	return g, m.NamesPerCPU > 0
}

// growParties adds parties to the real ones until there are n: each has the
// facts and the number of names of one real party, and names of which the first
// half of the words comes from it and the rest from another of its type, so that
// words, lengths and scripts are as common as on the lists. The seed is fixed.
func growParties(real []party.Party, n int) []party.Party {
	out := make([]party.Party, len(real), max(n, len(real)))
	copy(out, real)
	kinds := map[party.Schema][]int{}
	for i := range real {
		if len(real[i].Names) > 0 {
			kinds[real[i].Schema] = append(kinds[real[i].Schema], i)
		}
	}
	r := rand.New(rand.NewPCG(20261201, 4))
	for len(out) < n && len(kinds) > 0 {
		a := real[r.IntN(len(real))]
		like := kinds[a.Schema]
		if len(a.Names) == 0 {
			continue
		}
		other := &real[like[r.IntN(len(like))]]
		a.ID = fmt.Sprintf("made:%d", len(out))
		a.Documents, a.Wallets, a.Vessel, a.Aircraft = nil, nil, nil, nil // numbers are one party's
		ns := make([]party.Name, len(a.Names))
		for i := range a.Names {
			ns[i] = party.Name{Text: crossed(a.Names[i].Text, other.Names[i%len(other.Names)].Text), Quality: a.Names[i].Quality, Kind: a.Names[i].Kind}
		}
		a.Names = ns
		out = append(out, a)
	}
	return out
}

// crossed is the first half of the words of a with the second half of b's.
func crossed(a, b string) string {
	x, y := strings.Fields(a), strings.Fields(b)
	return strings.Join(append(x[:(len(x)+1)/2:(len(x)+1)/2], y[len(y)/2:]...), " ")
}

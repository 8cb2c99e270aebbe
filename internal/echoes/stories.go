package echoes

import (
	"cmp"
	"math"
	"slices"

	"github.com/reportedly/reportedly/internal/story"
)

// sameStory is the least mean likeness (cosine of names, numbers and rare
// words, weighted by how few articles hold them) at which two groups of
// articles tell one story.
const (
	sameStory = 0.09
	storyDays = 400
)

// Stories groups articles that tell the same happening, copies or not, by
// average linkage. It is for overview and measurement; cases are built from
// claims. The cost grows with the square of the number of articles.
func Stories(articles []story.Article) [][]string {
	prints := make([]*print, len(articles))
	m := newMemory()
	for i, a := range articles {
		prints[i] = newPrint(a, m)
	}
	slices.SortFunc(prints, func(a, b *print) int { return cmp.Compare(a.id, b.id) })
	vectors := weigh(prints)
	var groups [][]int
	for i := range prints {
		groups = append(groups, []int{i})
	}
	sim := make([][]float64, len(prints))
	for i := range prints {
		sim[i] = make([]float64, len(prints))
		for j := range i {
			sim[i][j] = likeStory(prints[i], prints[j], vectors[i], vectors[j])
			sim[j][i] = sim[i][j]
		}
	}
	for {
		bi, bj, best := -1, -1, sameStory
		for i := range groups {
			for j := range i {
				if v := linkage(groups[i], groups[j], sim); v > best {
					bi, bj, best = i, j, v
				}
			}
		}
		if bi < 0 {
			break
		}
		groups[bj] = append(groups[bj], groups[bi]...)
		groups = slices.Delete(groups, bi, bi+1)
	}
	var out [][]string
	for _, g := range groups {
		slices.Sort(g)
		var ids []string
		for _, i := range g {
			ids = append(ids, prints[i].id)
		}
		out = append(out, ids)
	}
	return out
}

func linkage(a, b []int, sim [][]float64) float64 {
	sum := 0.0
	for _, i := range a {
		for _, j := range b {
			sum += sim[i][j]
		}
	}
	return sum / float64(len(a)*len(b))
}

func likeStory(a, b *print, va, vb map[uint32]float64) float64 {
	if a.published != 0 && b.published != 0 && math.Abs(float64(a.published-b.published)) > storyDays*86400 {
		return 0
	}
	dot := 0.0
	for h, w := range va {
		dot += w * vb[h]
	}
	return dot
}

// weigh gives each print a unit vector of its facts.
func weigh(prints []*print) []map[uint32]float64 {
	df := map[uint32]int{}
	facts := func(p *print) []item {
		return slices.Concat(p.names, p.numbers, p.rare)
	}
	for _, p := range prints {
		for _, i := range facts(p) {
			df[i.hash]++
		}
	}
	out := make([]map[uint32]float64, len(prints))
	for k, p := range prints {
		v, norm := map[uint32]float64{}, 0.0
		for _, i := range facts(p) {
			w := math.Log(float64(len(prints)+1) / float64(df[i.hash]))
			v[i.hash] = w
			norm += w * w
		}
		for h := range v {
			v[h] /= math.Sqrt(norm)
		}
		out[k] = v
	}
	return out
}

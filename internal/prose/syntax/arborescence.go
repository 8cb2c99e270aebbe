package syntax

// arborescence finds the best tree over scored arcs: the best head of each
// word, and where these make a ring or several roots, Chu, Liu and Edmonds'
// contraction.
type arborescence struct {
	best []int // head of node 1..n; 0 is the root
	seen []int
	n    int
}

// BestTree gives the heads of words 1..n (0 is the root, entry 0 unused) of
// the best tree over scores, rows of dependents and columns of heads.
func BestTree(scores []float32, wide, n int) []int {
	var a arborescence
	a.heads(scores, wide, n)
	return a.best
}

const never = float32(-1e30)

// heads fills best from rows of scores (row: dependent, column: head, 0 the
// root) and gives the sum over words of the gap between the two best heads.
func (a *arborescence) heads(scores []float32, wide, n int) float64 {
	a.n = n
	a.best = resize(a.best, n+1)
	a.seen = resize(a.seen, n+1)
	margin, roots := 0.0, 0
	for d := 1; d <= n; d++ {
		row := scores[d*wide : d*wide+n+1]
		top, second := -1, never
		for h, v := range row {
			switch {
			case h == d:
			case top < 0 || v > row[top]:
				if top >= 0 {
					second = row[top]
				}
				top = h
			case v > second:
				second = v
			}
		}
		a.best[d] = top
		if top == 0 {
			roots++
		}
		if second > never {
			margin += float64(row[top] - second)
		}
	}
	if roots == 1 && !a.ring() {
		return margin
	}
	a.repair(scores, wide)
	return margin
}

func resize(v []int, n int) []int {
	if cap(v) < n {
		return make([]int, n, 2*n)
	}
	return v[:n]
}

// ring reports whether following heads comes back.
func (a *arborescence) ring() bool {
	clear(a.seen)
	for d := 1; d <= a.n; d++ {
		for k := d; k != 0 && a.seen[k] != -1; k = a.best[k] {
			if a.seen[k] == d {
				return true
			}
			a.seen[k] = d
		}
		for k := d; k != 0 && a.seen[k] != -1; k = a.best[k] {
			a.seen[k] = -1
		}
	}
	return false
}

// repair chooses one root and the best tree below it. The root is the word
// that loses least by having no head, among those whose best head is the root
// or, where there are none, among all.
func (a *arborescence) repair(scores []float32, wide int) {
	n := a.n
	w := n + 1
	s := make([]float32, w*w)
	var roots []int
	for d := 1; d <= n; d++ {
		copy(s[d*w:], scores[d*wide:d*wide+w])
		s[d*w+d] = never
		if a.best[d] == 0 {
			roots = append(roots, d)
		}
	}
	if len(roots) == 0 {
		root, gap := 1, never
		for d := 1; d <= n; d++ {
			if g := s[d*w] - s[d*w+a.best[d]]; g > gap {
				root, gap = d, g
			}
		}
		roots = []int{root}
	}
	if len(roots) > 1 {
		// The root with the best score among its rivals, judged by what all
		// others lose by taking another head.
		best, gain := roots[0], never
		for _, r := range roots {
			other := never
			for h := 1; h <= n; h++ {
				other = max(other, s[r*w+h])
			}
			if g := s[r*w] - other; g > gain {
				best, gain = r, g
			}
		}
		roots = []int{best}
	}
	for d := 1; d <= n; d++ {
		if d != roots[0] {
			s[d*w] = never
		}
	}
	copy(a.best, edmonds(s, w, roots[0]))
}

// edmonds gives the best tree over nodes 1..w-1 in which root hangs on 0.
// s[d*w+h] scores arc h -> d.
func edmonds(s []float32, w, root int) []int {
	nodes := make([]int, 0, w-1)
	of := make([]int, w) // the node that stands for a word
	for d := 1; d < w; d++ {
		nodes, of[d] = append(nodes, d), d
	}
	at := make([]int, w*w) // an arc between nodes -> the arc between words it stands for
	for i := range at {
		at[i] = i
	}
	in := make([]int, w)
	contract(s, at, w, root, nodes, of, in)
	head := make([]int, w)
	for d := 1; d < w; d++ {
		if d != root {
			head[d] = in[d] % w
		}
	}
	return head
}

// contract solves the problem over nodes: in[v] becomes the arc between words
// that enters node v. It overwrites s and at.
func contract(s []float32, at []int, w, root int, nodes, of, in []int) {
	best := make([]int, w)
	for _, d := range nodes {
		best[d] = -1
		for _, h := range nodes {
			if d != root && h != d && (best[d] < 0 || s[d*w+h] > s[d*w+best[d]]) {
				best[d] = h
			}
		}
		if best[d] >= 0 {
			in[d] = at[d*w+best[d]]
		}
	}
	ring := findRing(best, nodes, root, w)
	if ring == nil {
		return
	}
	c := ring[0] // stands for the ring from here on
	inside := make([]bool, w)
	kept := make([]int, w)
	loss := make([]float32, w)
	for _, v := range ring {
		inside[v], kept[v], loss[v] = true, in[v], s[v*w+best[v]]
	}
	inner := append([]int(nil), of...)
	for x, v := range of {
		if v > 0 && inside[v] {
			inner[x] = c
		}
	}
	rest := nodes[:0:0]
	for _, v := range nodes {
		if inside[v] {
			continue
		}
		rest = append(rest, v)
		enter, leave := ring[0], ring[0]
		for _, r := range ring {
			if s[r*w+v]-loss[r] > s[enter*w+v]-loss[enter] {
				enter = r
			}
			if s[v*w+r] > s[v*w+leave] {
				leave = r
			}
		}
		s[c*w+v], at[c*w+v] = s[enter*w+v]-loss[enter], at[enter*w+v]
		s[v*w+c], at[v*w+c] = s[v*w+leave], at[v*w+leave]
	}
	contract(s, at, w, root, append(rest, c), inner, in)
	entering := in[c]
	for _, v := range ring {
		in[v] = kept[v]
	}
	in[of[entering/w]] = entering
}

// findRing follows heads from each node and gives the first ring.
func findRing(best, nodes []int, root, w int) []int {
	seen := make([]int, w)
	for _, d := range nodes {
		k := d
		for k != root && best[k] >= 0 && seen[k] == 0 {
			seen[k] = d
			k = best[k]
		}
		if k == root || best[k] < 0 || seen[k] != d {
			continue
		}
		ring := []int{k}
		for v := best[k]; v != k; v = best[v] {
			ring = append(ring, v)
		}
		return ring
	}
	return nil
}

package draw

import (
	"cmp"
	"html"
	"slices"
)

// Node of a tree of sources. Column 0 holds the deepest holders, further ones
// the articles that have it from them.
type Node struct {
	ID, Text, Sub string
	Column        int
	Struck        bool // withdrawn
}

// Link goes from who told to who has it from him. Kind is "for", "against" or
// "" for a copy; Text stands on it.
type Link struct {
	From, To, Kind, Text string
}

const (
	boxWidth  = 190.0
	boxHeight = 34.0
	boxStep   = 46.0
)

// Tree draws who has it from whom, origins at the left; "" for nothing.
func Tree(nodes []Node, links []Link) string {
	if len(nodes) == 0 {
		return ""
	}
	columns := 0
	for _, n := range nodes {
		columns = max(columns, n.Column+1)
	}
	gap := (width - 8 - boxWidth) / float64(max(1, columns-1))
	place := map[string][2]float64{}
	rows := make([]int, columns)
	s := &svg{}
	for _, n := range ordered(nodes, links) {
		x, y := 4+float64(n.Column)*gap, 6+float64(rows[n.Column])*boxStep
		rows[n.Column]++
		place[n.ID] = [2]float64{x, y}
		s.height = max(s.height, y+boxHeight+8)
	}
	for _, l := range links {
		a, okA := place[l.From]
		b, okB := place[l.To]
		if !okA || !okB {
			continue
		}
		class := "d-line"
		if l.Kind != "" {
			class += " d-" + l.Kind
		}
		x1, y1, x2, y2 := a[0]+boxWidth, a[1]+boxHeight/2, b[0], b[1]+boxHeight/2
		if x2 <= a[0] { // within a column
			x1, x2 = a[0]+boxWidth, b[0]+boxWidth
			s.put(`<path class="%s" fill="none" d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f"/>`, class, x1, y1, x1+22, y1, x2+22, y2, x2, y2)
		} else {
			mid := (x1 + x2) / 2
			s.put(`<path class="%s" fill="none" d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f"/>`, class, x1, y1, mid, y1, mid, y2, x2, y2)
		}
		if l.Text != "" {
			s.text((x1+x2)/2, (y1+y2)/2-3, "d-s", "middle", l.Text)
		}
	}
	for _, n := range nodes {
		p := place[n.ID]
		class := "d-box"
		if n.Struck {
			class += " d-out"
		}
		s.put(`<g><title>%s</title><rect class="%s" x="%.1f" y="%.1f" width="%.0f" height="%.0f" rx="4"/></g>`, html.EscapeString(n.Text), class, p[0], p[1], boxWidth, boxHeight)
		s.text(p[0]+7, p[1]+14, "d-t", "start", shorten(n.Text, 30))
		s.text(p[0]+7, p[1]+27, "d-s", "start", shorten(n.Sub, 36))
	}
	return s.close("Who has it from whom: origins at the left, articles at the right")
}

// ordered puts nodes near those they hang on: by column, then by the first
// link's source, as far as it has its place.
func ordered(nodes []Node, links []Link) []Node {
	out := slices.Clone(nodes)
	at := map[string]int{}
	for i, n := range nodes {
		at[n.ID] = i
	}
	rank := func(n Node) int {
		best := len(nodes) + at[n.ID]
		for _, l := range links {
			if l.To == n.ID {
				best = min(best, at[l.From])
			}
		}
		return best
	}
	slices.SortStableFunc(out, func(a, b Node) int {
		return cmp.Or(a.Column-b.Column, rank(a)-rank(b), at[a.ID]-at[b.ID])
	})
	return out
}

package draw

import (
	_ "embed"
	"encoding/binary"
	"math"
	"sync"
)

//go:embed outlines.bin
var outlinesData []byte

// perDegree is the unit of the outlines: a twentieth of a degree.
const perDegree = 20

// state is the outline of one State: rings of points in degrees, each on one
// side of the antimeridian, with the box that holds them.
type state struct {
	code  string // ISO 3166-1 alpha-2, "--" where Natural Earth has none
	rings []ring
}

type ring struct {
	points                 [][2]float64 // longitude, latitude
	west, south, east, nor float64
}

var states = sync.OnceValue(func() []state { return readOutlines(outlinesData) })

// readOutlines reads what data/outlines wrote. The file is part of the program;
// a fault in it is one of the build, which the tests find.
func readOutlines(b []byte) []state {
	uint := func() int {
		v, n := binary.Uvarint(b)
		b = b[n:]
		return int(v)
	}
	int_ := func() int {
		v, n := binary.Varint(b)
		b = b[n:]
		return int(v)
	}
	arcs := make([][][2]float64, uint())
	for i := range arcs {
		x, y := 0, 0
		for range uint() {
			x, y = x+int_(), y+int_()
			arcs[i] = append(arcs[i], [2]float64{float64(x) / perDegree, float64(y) / perDegree})
		}
	}
	out := make([]state, uint())
	for i := range out {
		out[i].code = string(b[:2])
		b = b[2:]
		for range uint() {
			var points [][2]float64
			for range uint() {
				points = join(points, arcs, int_())
			}
			out[i].rings = append(out[i].rings, rings(points)...)
		}
	}
	return out
}

// join appends an arc, a negative one backwards (TopoJSON: ^i), without its
// first point where that repeats the last.
func join(points [][2]float64, arcs [][][2]float64, i int) [][2]float64 {
	a := arcs[max(i, ^i)]
	for k := range a {
		p := a[k]
		if i < 0 {
			p = a[len(a)-1-k]
		}
		if n := len(points); n == 0 || points[n-1] != p {
			points = append(points, p)
		}
	}
	return points
}

// rings cuts an outline where it crosses the antimeridian. The piece at its end
// goes on in the one at its start.
func rings(points [][2]float64) []ring {
	var pieces [][][2]float64
	from := 0
	for i := 1; i < len(points); i++ {
		if math.Abs(points[i][0]-points[i-1][0]) > 180 {
			pieces = append(pieces, points[from:i])
			from = i
		}
	}
	last := points[from:]
	if len(pieces) > 0 && len(last) > 0 && math.Abs(last[len(last)-1][0]-pieces[0][0][0]) < 180 {
		pieces[0] = append(append([][2]float64{}, last...), pieces[0]...)
	} else {
		pieces = append(pieces, last)
	}
	var out []ring
	for _, p := range pieces {
		if len(p) < 3 {
			continue
		}
		r := ring{p, 180, 90, -180, -90}
		for _, q := range p {
			r.west, r.east = min(r.west, q[0]), max(r.east, q[0])
			r.south, r.nor = min(r.south, q[1]), max(r.nor, q[1])
		}
		out = append(out, r)
	}
	return out
}

package draw

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Point is a place on the map. Kind says how it is marked: "place", "from",
// "via".
type Point struct {
	Name     string
	Lat, Lon float64
	Kind     string
}

// Spread of the map in degrees: less shows no coast to know the place by, more
// is the world.
const (
	leastSpread = 14.0
	mapHeight   = 400.0
)

// Map draws places on outlines of States; those of codes are tinted. It gives
// "" where no place has a position.
func Map(points []Point, codes ...string) string {
	var at []Point
	for _, p := range points {
		if (p.Lat != 0 || p.Lon != 0) && math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180 {
			at = append(at, p)
		}
	}
	if len(at) == 0 {
		return ""
	}
	v := viewOf(at)
	s := &svg{height: mapHeight}
	s.put(`<defs><clipPath id="d-c"><rect width="%.0f" height="%.0f"/></clipPath></defs><rect width="%.0f" height="%.0f" fill="none" class="d-line"/><g clip-path="url(#d-c)">`, width, mapHeight, width, mapHeight)
	for _, st := range states() {
		if path := v.path(st); path != "" {
			class := "d-land"
			for _, c := range codes {
				if strings.EqualFold(c, st.code) {
					class += " d-here"
				}
			}
			s.put(`<path class="%s" d="%s"/>`, class, path)
		}
	}
	v.route(s, at)
	var names []string
	for i, p := range at {
		x, y := v.xy(p.Lon, p.Lat)
		s.put(`<circle class="d-dot" cx="%.1f" cy="%.1f" r="5"/>`, x, y)
		anchor, dx := "start", 9.0
		if x > width*0.75 {
			anchor, dx = "end", -9
		}
		label := p.Name
		if p.Kind != "place" && p.Kind != "" {
			label += " (" + p.Kind + ")"
		}
		// Names of near points stand below each other.
		s.text(x+dx, y+4+14*float64(near(at[:i], p)), "d-t", anchor, label)
		names = append(names, label)
	}
	s.put(`</g>`)
	s.text(width-6, mapHeight-6, "d-s", "end", "Outlines: Natural Earth. They take no side on any border.")
	return s.close("Map: " + strings.Join(names, ", "))
}

func near(before []Point, p Point) int {
	n := 0
	for _, o := range before {
		if math.Abs(o.Lat-p.Lat) < 0.5 && math.Abs(o.Lon-p.Lon) < 2 {
			n++
		}
	}
	return n
}

// view maps degrees to the drawing: equirectangular, true at its middle.
type view struct {
	lon, lat float64 // of the middle
	scale    float64 // units per degree of latitude
	squeeze  float64 // of longitude
}

func viewOf(at []Point) view {
	west, east, south, nor := 180.0, -180.0, 90.0, -90.0
	for _, p := range at {
		west, east = min(west, p.Lon), max(east, p.Lon)
		south, nor = min(south, p.Lat), max(nor, p.Lat)
	}
	v := view{lon: (west + east) / 2, lat: (south + nor) / 2}
	v.squeeze = max(0.3, math.Cos(v.lat*math.Pi/180))
	tall := max(leastSpread, 1.5*(nor-south))
	wide := max(leastSpread, 1.4*(east-west)*v.squeeze)
	v.scale = min(mapHeight/tall, width/wide)
	return v
}

func (v view) xy(lon, lat float64) (float64, float64) {
	return width/2 + (lon-v.lon)*v.squeeze*v.scale, mapHeight/2 - (lat-v.lat)*v.scale
}

// path of those rings of a State that reach into the view.
func (v view) path(st state) string {
	dx, dy := width/2/v.scale/v.squeeze, mapHeight/2/v.scale
	var b strings.Builder
	for _, r := range st.rings {
		if r.east < v.lon-dx || r.west > v.lon+dx || r.nor < v.lat-dy || r.south > v.lat+dy {
			continue
		}
		for i, p := range r.points {
			x, y := v.xy(p[0], p[1])
			op := "L"
			if i == 0 {
				op = "M"
			}
			fmt.Fprintf(&b, "%s%.0f %.0f", op, x, y)
		}
		b.WriteString("Z")
	}
	return b.String()
}

// route joins origin, transit and goal of a journey.
func (v view) route(s *svg, at []Point) {
	var line []string
	for _, kind := range []string{"from", "via", "place"} {
		for _, p := range at {
			if p.Kind == kind || kind == "place" && p.Kind == "" {
				x, y := v.xy(p.Lon, p.Lat)
				line = append(line, fmt.Sprintf("%.1f,%.1f", x, y))
				if kind != "via" {
					break
				}
			}
		}
	}
	if len(line) > 1 {
		s.put(`<polyline class="d-line" stroke-dasharray="6 4" points="%s"/>`, html.EscapeString(strings.Join(line, " ")))
	}
}

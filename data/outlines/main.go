// Command outlines makes internal/draw/outlines.bin from countries-50m.json of the npm package world-atlas
// 2.0.2 (npm pack world-atlas@2.0.2): arcs thinned by Douglas-Peucker, in
// twentieths of a degree, as differences; then States as rings of arcs.
package main

import (
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"flag"
	"log"
	"math"
	"os"
	"strings"
)

const (
	perDegree = 20
	tolerance = 0.09 // degrees
)

type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries struct{ Geometries []geometry }
	}
}

type geometry struct {
	Type       string
	Arcs       json.RawMessage
	Properties struct{ Name string }
}

func main() {
	in, names, out := flag.String("in", "", ""), flag.String("names", "", ""), flag.String("out", "", "")
	flag.Parse()
	var t topology
	raw, err := os.ReadFile(*in)
	check(err)
	check(json.Unmarshal(raw, &t))
	code := codes(*names)
	b := []byte{}
	b = binary.AppendUvarint(b, uint64(len(t.Arcs)))
	for _, a := range t.Arcs {
		b = arc(b, thin(absolute(a, t)))
	}
	b = binary.AppendUvarint(b, uint64(len(t.Objects.Countries.Geometries)))
	for _, g := range t.Objects.Countries.Geometries {
		var polygons [][][]int
		switch g.Type {
		case "Polygon":
			var p [][]int
			check(json.Unmarshal(g.Arcs, &p))
			polygons = [][][]int{p}
		case "MultiPolygon":
			check(json.Unmarshal(g.Arcs, &polygons))
		}
		c := code[fold(g.Properties.Name)]
		if c == "" {
			log.Printf("no code for %s", g.Properties.Name)
			c = "--"
		}
		b = append(b, c...)
		var rings [][]int
		for _, p := range polygons {
			rings = append(rings, p...)
		}
		b = binary.AppendUvarint(b, uint64(len(rings)))
		for _, r := range rings {
			b = binary.AppendUvarint(b, uint64(len(r)))
			for _, i := range r {
				b = binary.AppendVarint(b, int64(i))
			}
		}
	}
	check(os.WriteFile(*out, b, 0o644))
	log.Printf("%d bytes", len(b))
}

func absolute(a [][2]float64, t topology) [][2]float64 {
	var x, y float64
	var out [][2]float64
	for _, p := range a {
		x, y = x+p[0], y+p[1]
		out = append(out, [2]float64{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]})
	}
	return out
}

// thin is Douglas-Peucker; end points stay, so neighbours still meet.
func thin(a [][2]float64) [][2]float64 {
	if len(a) < 3 {
		return a
	}
	for i := 1; i < len(a); i++ { // both sides of the antimeridian by themselves
		if math.Abs(a[i][0]-a[i-1][0]) > 180 {
			return append(thin(a[:i:i]), thin(a[i:])...)
		}
	}
	far, at := 0.0, 0
	p, q := a[0], a[len(a)-1]
	for i := 1; i < len(a)-1; i++ {
		if d := distance(a[i], p, q); d > far {
			far, at = d, i
		}
	}
	if far < tolerance {
		return [][2]float64{p, q}
	}
	left := thin(a[:at+1])
	return append(left[:len(left)-1:len(left)-1], thin(a[at:])...)
}

func distance(c, p, q [2]float64) float64 {
	dx, dy := q[0]-p[0], q[1]-p[1]
	n := math.Hypot(dx, dy)
	if n == 0 {
		return math.Hypot(c[0]-p[0], c[1]-p[1])
	}
	return math.Abs(dy*c[0]-dx*c[1]+q[0]*p[1]-q[1]*p[0]) / n
}

func arc(b []byte, a [][2]float64) []byte {
	b = binary.AppendUvarint(b, uint64(len(a)))
	var x, y int64
	for _, p := range a {
		u, v := int64(math.Round(p[0]*perDegree)), int64(math.Round(p[1]*perDegree))
		b = binary.AppendVarint(b, u-x)
		b = binary.AppendVarint(b, v-y)
		x, y = u, v
	}
	return b
}

func codes(path string) map[string]string {
	f, err := os.Open(path)
	check(err)
	r := csv.NewReader(f)
	r.Comment = '#'
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	check(err)
	m := map[string]string{
		"w sahara": "EH", "dem rep congo": "CD", "dominican rep": "DO", "falkland is": "FK", "fr s antarctic lands": "TF", "central african rep": "CF", "eq guinea": "GQ",
		"solomon is": "SB", "bosnia and herz": "BA", "s sudan": "SS", "cayman is": "KY", "cook is": "CK", "faeroe is": "FO", "fr polynesia": "PF", "n mariana is": "MP",
		"pitcairn is": "PN", "st kitts and nevis": "KN", "st pierre and miquelon": "PM", "st vin and gren": "VC", "turks and caicos is": "TC", "u s virgin is": "VI",
		"british virgin is": "VG", "antigua and barb": "AG", "s geo and the is": "GS", "marshall is": "MH", "sao tome and principe": "ST", "wallis and futuna is": "WF", "br indian ocean ter": "IO",
		"kosovo": "XK", "saint helena": "SH", "trinidad and tobago": "TT", "aland": "AX", "st barthelemy": "BL", "st martin": "MF", "heard i and mcdonald is": "HM", "ivory coast": "CI", "cote d ivoire": "CI", "macedonia": "MK", "czechia": "CZ", "eswatini": "SZ", "taiwan": "TW", "palestine": "PS", "vatican": "VA", "cabo verde": "CV", "timor leste": "TL", "curacao": "CW", "puerto rico": "PR", "hong kong": "HK", "macao": "MO", "antarctica": "AQ", "greenland": "GL", "new caledonia": "NC", "north korea": "KP", "south korea": "KR", "laos": "LA", "syria": "SY", "brunei": "BN", "moldova": "MD", "russia": "RU", "iran": "IR", "vietnam": "VN", "tanzania": "TZ", "venezuela": "VE", "bolivia": "BO", "united states of america": "US", "congo": "CG",
	}
	for _, row := range rows {
		if len(row) < 2 {
			continue
		}
		for _, cell := range row[1:] {
			for _, n := range strings.Split(cell, ";") {
				if k := fold(n); m[k] == "" {
					m[k] = row[0]
				}
			}
		}
	}
	return m
}

var letters = strings.NewReplacer("é", "e", "è", "e", "ô", "o", "ç", "c", "ã", "a", "å", "a", "í", "i", ".", " ", "-", " ", "'", " ", ",", " ")

func fold(s string) string {
	return strings.Join(strings.Fields(letters.Replace(strings.ToLower(s))), " ")
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

package places

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// sense is what one name of the document means: one sense a document.
type sense struct {
	key      string
	readings []reading
	base     []float64 // prior and what the text says beside the name
	score    []float64
	chosen   int
	count    int
	weight   float64
	spots    []*spot
}

// settle chooses a reading for each name. Names help each other by country,
// province and nearness; the sure ones speak first, in two rounds.
func (f *finder) settle(spots []*spot) {
	senses := f.senses(spots)
	for range 3 {
		f.round(senses)
	}
	for _, s := range senses {
		f.hand(s)
	}
	for _, s := range spots {
		f.agree(s)
	}
}

func (f *finder) senses(spots []*spot) []*sense {
	index := map[string]*sense{}
	var out []*sense
	for _, s := range spots {
		if len(s.readings) == 0 {
			continue
		}
		key := s.key
		if s.abbreviation {
			key = "." + s.text
		}
		x := index[key]
		if x == nil {
			x = &sense{key: key, readings: s.readings, chosen: -1}
			x.base = make([]float64, len(x.readings))
			for i := range x.readings {
				x.base[i] = f.prior(&x.readings[i])
			}
			index[key] = x
			out = append(out, x)
		}
		x.count++
		x.spots = append(x.spots, s)
	}
	shortCounties(out)
	for _, x := range out {
		f.told(x)
		x.score = slices.Clone(x.base)
		x.pick()
	}
	return out
}

// divisionWords end the full name of a province or county.
var divisionWords = []string{" county", " parish", " province", " governorate", " oblast", " region", " district", " state"}

// shortCounties lets "DeKalb" mean the county where the text also writes
// "DeKalb County".
func shortCounties(senses []*sense) {
	index := map[string]*sense{}
	for _, x := range senses {
		index[x.key] = x
	}
	for _, full := range senses {
		for _, w := range divisionWords {
			short, ok := strings.CutSuffix(full.key, w)
			x := index[short]
			if !ok || x == nil {
				continue
			}
			for i := range full.readings {
				if full.readings[i].Kind == Region {
					x.readings = append(x.readings[:len(x.readings):len(x.readings)], full.readings[i])
					x.base = append(x.base, full.base[i])
				}
			}
		}
	}
}

// Weights of what speaks for a reading, in the unit of a tenfold population. They
// were tuned on the development parts of four corpora, whose optimum is flat: a
// third more or less of any changes accuracy by less than half a point.
const (
	perTenfold    = 0.85
	perCountry    = 2.6 // all other names of the text lie in the same country
	perProvince   = 3.4
	perNeighbour  = 1.5
	mostNeighbour = 3
	nearKm        = 120 // at this distance a neighbour speaks for exp(-1)
)

// prior: countries before areas before provinces before cities by population.
func (f *finder) prior(r *reading) float64 {
	v := 0.0
	people := math.Log10(float64(r.Population) + 100)
	switch r.Kind {
	case Country:
		v = 7.5
	case Area:
		v = 7
	case Region:
		v = 3 + 0.3*people
		if r.county {
			v = 1.5 + 0.3*people
		}
	default:
		v = perTenfold * people
		if r.Capital {
			v++
		} else if r.seat {
			v += 0.3
		}
		if r.section {
			v -= 1.5
		}
	}
	if r.alt && r.Population > 1e6 {
		v -= 0.5 // "New York" for New York City
	} else if r.alt {
		v--
	}
	if f.home != "" && r.Country == f.home {
		v++
	}
	return v
}

// told adds what stands beside the name: "Mosul, Iraq", "Springfield, Ill.".
func (f *finder) told(x *sense) {
	for _, s := range x.spots {
		if s.within == nil {
			continue
		}
		for i := range x.readings {
			if f.inside(&x.readings[i], s.within) {
				x.base[i] += 8 / float64(len(x.spots))
				if len(x.spots) > 1 {
					x.base[i] += 4
				}
			}
		}
	}
}

// inside tells whether a reading lies in any reading of the wider place.
func (f *finder) inside(r *reading, wider *spot) bool {
	for i := range wider.readings {
		w := &wider.readings[i]
		switch {
		case w.ID == r.ID && r.ID != 0:
		case w.Kind == Country && r.Kind != Country && r.Country == w.Country:
			return true
		case w.Kind == Region && !w.county && r.Kind != Country && r.Country == w.Country && r.Admin1 == w.Admin1:
			return true
		case w.county && r.Kind == City && r.Country == w.Country && r.Admin1 == w.Admin1:
			return true
		case w.Kind == Area && f.g.areaHolds(w.Place, r.Place):
			return true
		}
	}
	return false
}

func (x *sense) pick() {
	x.chosen = 0
	second := math.Inf(-1)
	for i, v := range x.score {
		if v > x.score[x.chosen] {
			x.chosen = i
		}
	}
	for i, v := range x.score {
		if i != x.chosen && v > second {
			second = v
		}
	}
	margin := x.score[x.chosen] - second
	x.weight = 1 / (1 + math.Exp(1-1.5*min(margin, 10)))
}

// round rescores every name in the light of the others.
func (f *finder) round(senses []*sense) {
	countries, provinces, total := map[string]float64{}, map[string]float64{}, 0.0
	for _, x := range senses {
		p := &x.readings[x.chosen]
		w := x.weight * (1 + math.Log(float64(x.count)))
		total += w
		countries[p.Country] += w
		if p.Kind != Country {
			provinces[p.Country+"."+p.Admin1] += w
		}
	}
	for _, x := range senses {
		own := x.weight * (1 + math.Log(float64(x.count)))
		chosen := x.readings[x.chosen]
		for i := range x.readings {
			r := &x.readings[i]
			country, province := countries[r.Country], provinces[r.Country+"."+r.Admin1]
			if r.Country == chosen.Country {
				country -= own
				if r.Kind != Country && chosen.Kind != Country && r.Admin1 == chosen.Admin1 {
					province -= own
				}
			}
			rest := total - own + 0.5
			x.score[i] = x.base[i]
			if r.Country != "" {
				x.score[i] += perCountry * country / rest
			}
			if r.Kind != Country && r.Kind != Area {
				x.score[i] += perProvince*province/rest + f.nearness(x, r, senses)
			}
		}
	}
	for _, x := range senses {
		x.pick()
	}
}

// nearness: other places of the text close by.
func (f *finder) nearness(x *sense, r *reading, senses []*sense) float64 {
	sum := 0.0
	for _, y := range senses {
		if y == x {
			continue
		}
		p := &y.readings[y.chosen]
		if p.Kind == Country || p.Kind == Area || p.Country != r.Country || math.Abs(p.Lat-r.Lat) > 4 {
			continue
		}
		d := Distance(p.Place, r.Place)
		sum += y.weight * math.Exp(-d/nearKm)
	}
	return perNeighbour * min(sum, mostNeighbour)
}

// hand gives every spot of a sense its reading.
func (f *finder) hand(x *sense) {
	order := make([]int, len(x.readings))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x.score[b], x.score[a]) })
	var rivals []Rival
	for _, i := range order[1:min(len(order), 6)] {
		rivals = append(rivals, Rival{Place: x.readings[i].Place, Score: x.score[i]})
	}
	for _, s := range x.spots {
		s.readings = x.readings
		s.chosen, s.rivals, s.score = order[0], rivals, x.score[order[0]]
		if s.within != nil && !f.inside(&x.readings[order[0]], s.within) {
			f.localReading(s, x)
		}
	}
}

// agree lets "Atlanta, Georgia" turn its Georgia into the state, whatever the
// other Georgias of the text are.
func (f *finder) agree(s *spot) {
	n := s.narrower
	if n == nil || n.chosen < 0 || s.chosen < 0 {
		return
	}
	for i := range s.readings {
		one := &spot{readings: s.readings[i : i+1]}
		if f.inside(&n.readings[n.chosen], one) {
			s.chosen = i
			return
		}
	}
}

// localReading: the text itself places this occurrence elsewhere than the others.
func (f *finder) localReading(s *spot, x *sense) {
	best := -1
	for i := range x.readings {
		if f.inside(&x.readings[i], s.within) && (best < 0 || x.score[i] > x.score[best]) {
			best = i
		}
	}
	if best >= 0 {
		s.chosen, s.score = best, x.score[best]
	}
}

// borrow gives a name that the gazetteer lacks ("Palais des Nations") the place
// that the text names beside it, else the city named most: a coarse guess with a
// score of zero, told apart by its kind.
func (f *finder) borrow(all []*spot) {
	main := mainCity(all)
	for _, s := range all {
		if s.chosen >= 0 {
			continue
		}
		host := f.beside(s, all)
		if host == nil {
			host = main
		}
		if host == nil {
			continue
		}
		r := host.readings[host.chosen]
		r.Kind, r.ID, r.Name = Facility, 0, s.text
		s.readings, s.chosen, s.score = []reading{r}, 0, 0
		if s.within == nil {
			s.within = host
		}
	}
}

// beside is the nearest city or province in the sentence, one after the name
// counting as half as far ("the Princes Hall in Geneva").
func (f *finder) beside(s *spot, all []*spot) *spot {
	var best *spot
	least := 400
	for _, o := range all {
		if o == s || o.chosen < 0 || o.sentence != s.sentence || o.demonym {
			continue
		}
		r := &o.readings[o.chosen]
		if r.Kind == Facility || r.Kind == Area {
			continue
		}
		d := o.Start - s.End
		if d < 0 {
			d = 2 * (s.Start - o.End)
		}
		if r.Kind == Country {
			d += 200
		}
		if d < least {
			best, least = o, d
		}
	}
	return best
}

func mainCity(all []*spot) *spot {
	count := map[string]int{}
	var best *spot
	for _, s := range all {
		if s.chosen < 0 || s.demonym {
			continue
		}
		k := s.readings[s.chosen].Kind
		if k == Country || k == Area {
			continue
		}
		count[s.key]++
		if best == nil || count[s.key] > count[best.key] {
			best = s
		}
	}
	return best
}

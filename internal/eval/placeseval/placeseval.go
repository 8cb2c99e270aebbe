package placeseval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/story"
)

// Result is what `eval places` prints.
type Result struct {
	Documents            int     `json:"documents"`
	Gold                 int     `json:"gold"`
	System               int     `json:"system"`
	RecognitionF1        float64 `json:"recognition_f1"`
	RecognitionPrecision float64 `json:"recognition_precision"`
	RecognitionRecall    float64 `json:"recognition_recall"`
	Located              int     `json:"located"` // gold toponyms with coordinates
	Accuracy161          float64 `json:"accuracy_161km"`
	// OwnAccuracy161 counts as wrong what took the place of a neighbour because the
	// gazetteer lacks the name.
	OwnAccuracy161  float64 `json:"own_accuracy_161km"`
	MedianKm        float64 `json:"median_km"`
	MeanKm          float64 `json:"mean_km"`
	CountryAccuracy float64 `json:"country_accuracy"`
	Misses          []Miss  `json:"misses,omitempty"`

	hits, near, own, countryGold, countryHits int
	errors                                    []float64
}

// Miss is one difference between gold and system.
type Miss struct {
	Document string  `json:"document"`
	Kind     string  `json:"kind"` // missed, extra, far
	Text     string  `json:"text"`
	Context  string  `json:"context"`
	Gold     string  `json:"gold,omitempty"`
	System   string  `json:"system,omitempty"`
	Km       float64 `json:"km,omitempty"`
}

type record struct {
	ID       string    `json:"id"`
	Text     string    `json:"text"`
	Toponyms []toponym `json:"toponyms"`
}

type toponym struct {
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    string   `json:"text"`
	Type    string   `json:"type"`
	Name    string   `json:"name"`
	Country string   `json:"country"`
	Lat     *float64 `json:"lat"`
	Lon     *float64 `json:"lon"`
}

// counted tells gold toponyms from spans that GeoWebNews marks for other ends.
func (t *toponym) counted() bool {
	switch t.Type {
	case "", "Literal", "Mixed", "Literal_Modifier", "Coercion", "Metonymic", "Non_Literal_Modifier":
		return true
	}
	return false
}

const farthest = 20039 // km, half the circumference of the earth

// Measure reads gold records and compares. Split cuts a text (prose.Split).
func Measure(r io.Reader, g *places.Gazetteer, split func(text, language string) prose.Document) (Result, error) {
	var res Result
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var rec record
		if err := json.Unmarshal(sc.Bytes(), &rec); err != nil {
			return Result{}, fmt.Errorf("places gold: record %d: %w", res.Documents+1, err)
		}
		res.Documents++
		doc := split(rec.Text, "en")
		res.recognition(&rec, g.Find(doc, ""))
		res.resolution(&rec, g, doc)
	}
	if err := sc.Err(); err != nil {
		return Result{}, fmt.Errorf("places gold: %w", err)
	}
	res.finish()
	return res, nil
}

func (res *Result) recognition(rec *record, system []places.Toponym) {
	used := make([]bool, len(system))
	neutral := make([]bool, len(system))
	for gi := range rec.Toponyms {
		t := &rec.Toponyms[gi]
		hit := false
		for i, s := range system {
			exact := s.Start == t.Start && s.End == t.End
			if t.counted() && exact && !used[i] {
				used[i], hit = true, true
				break
			}
			if !t.counted() && s.Start < t.End && t.Start < s.End {
				neutral[i] = true
			}
		}
		if !t.counted() {
			continue
		}
		res.Gold++
		if hit {
			res.hits++
		} else {
			res.miss(rec, Miss{Kind: "missed", Text: t.Text, Gold: t.Type}, t.Start, t.End)
		}
	}
	for i, s := range system {
		if !used[i] && (neutral[i] || s.Use == places.Embedded) {
			continue
		}
		res.System++
		if !used[i] {
			res.miss(rec, Miss{Kind: "extra", Text: s.Text, System: fmt.Sprintf("%s %.1f", s.Use, s.Score)}, s.Start, s.End)
		}
	}
}

func (res *Result) resolution(rec *record, g *places.Gazetteer, doc prose.Document) {
	var spans []story.Span
	var gold []*toponym
	for i := range rec.Toponyms {
		t := &rec.Toponyms[i]
		if t.Lat != nil && t.Lon != nil {
			spans = append(spans, story.Span{Start: t.Start, End: t.End})
			gold = append(gold, t)
		}
	}
	for i, s := range g.Resolve(doc, spans, "") {
		t := gold[i]
		km := float64(farthest)
		answer := "none"
		if s.Place != nil {
			km = places.Distance(*s.Place, places.Place{Lat: *t.Lat, Lon: *t.Lon})
			answer = fmt.Sprintf("%s %s.%s %s", s.Place.Name, s.Place.Country, s.Place.Admin1, s.Place.Kind)
		}
		res.errors = append(res.errors, km)
		if km <= 161 {
			res.near++
			if s.Place.Kind != places.Facility {
				res.own++
			}
		} else {
			res.miss(rec, Miss{Kind: "far", Text: t.Text, System: answer, Km: math.Round(km),
				Gold: fmt.Sprintf("%s %s %.2f %.2f", t.Name, t.Country, *t.Lat, *t.Lon)}, t.Start, t.End)
		}
		res.country(g, t, s.Place)
	}
}

// country compares countries where the corpus names them.
func (res *Result) country(g *places.Gazetteer, t *toponym, p *places.Place) {
	if t.Country == "" {
		return
	}
	iso, ok := g.Country(t.Country)
	if !ok {
		return
	}
	res.countryGold++
	if p != nil && p.Country == iso {
		res.countryHits++
	}
}

func (res *Result) finish() {
	share := func(a, b int) float64 {
		if b == 0 {
			return 0
		}
		return float64(a) / float64(b)
	}
	res.Located = len(res.errors)
	res.RecognitionPrecision, res.RecognitionRecall = share(res.hits, res.System), share(res.hits, res.Gold)
	res.RecognitionF1 = share(2*res.hits, res.System+res.Gold)
	res.Accuracy161 = share(res.near, res.Located)
	res.OwnAccuracy161 = share(res.own, res.Located)
	res.CountryAccuracy = share(res.countryHits, res.countryGold)
	if len(res.errors) == 0 {
		return
	}
	slices.Sort(res.errors)
	res.MedianKm = res.errors[len(res.errors)/2]
	for _, e := range res.errors {
		res.MeanKm += e / float64(len(res.errors))
	}
}

func (res *Result) miss(rec *record, m Miss, at, end int) {
	from, to := max(0, at-60), min(len(rec.Text), end+50)
	m.Document = rec.ID
	m.Context = strings.Join(strings.Fields(strings.ToValidUTF8(rec.Text[from:to], "")), " ")
	res.Misses = append(res.Misses, m)
}

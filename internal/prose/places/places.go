package places

import "github.com/reportedly/reportedly/internal/story"

// Kind of a place.
type Kind string

// Kinds of places.
const (
	Country  Kind = "country"
	Region   Kind = "region" // province, state, governorate
	City     Kind = "city"
	Area     Kind = "area" // continent, sea, cross-border region
	Facility Kind = "facility"
)

// Place is an entry of the gazetteer.
type Place struct {
	ID         int // GeoNames id, 0 if none
	Name       string
	Country    string // ISO 3166-1 alpha-2, upper case; "" for areas
	Admin1     string // GeoNames code within the country
	Kind       Kind
	Capital    bool
	Lat, Lon   float64
	Population int
}

// Use says what a toponym does in its sentence.
type Use string

// Uses of a toponym. Only Literal is a place where something can happen.
const (
	Literal    Use = "literal"
	Government Use = "government" // "Moscow said", "Iran denied"
	Demonym    Use = "demonym"    // "Russian", "an Iranian official"
	Embedded   Use = "embedded"   // inside another name: "Bank of Syria"
)

// Toponym is a stretch of text that names a place.
type Toponym struct {
	story.Span
	Text     string
	Sentence int
	Use      Use
	// Place is the best reading, nil where the gazetteer has none or the choice
	// is open; Rivals are the others with their scores, best first.
	Place  *Place
	Score  float64
	Rivals []Rival
	// Within is a wider place the text itself adds: Iraq for "Mosul, Iraq".
	Within string
}

// Rival is a reading that was not chosen.
type Rival struct {
	Place Place
	Score float64
}

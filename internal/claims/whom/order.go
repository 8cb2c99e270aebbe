package whom

import (
	"github.com/reportedly/reportedly/internal/claims/scene"
	"github.com/reportedly/reportedly/internal/claims/surface"
	"github.com/reportedly/reportedly/internal/party"
)

// Travels reports a mention that is not known to be a ship, company or group.
func (r *Text) Travels(mention int) bool {
	best, ok := r.Mentions.Clusters[r.Mentions.Mentions[mention].Cluster].Best()
	if !ok || r.Party == nil {
		return true
	}
	p, known := r.Party(best.Party)
	return !known || p.Schema == party.Person
}

// Spot makes a location of a place that the order of words tells.
func (r *Text) Spot(s *surface.Spot) *scene.Location {
	if s == nil {
		return nil
	}
	l := &scene.Location{Text: s.Span.Of(r.Document.Text), Span: s.Span}
	if s.Toponym < 0 || r.Places[s.Toponym].Place == nil {
		return l
	}
	p := r.Places[s.Toponym].Place
	l.Name, l.Country, l.ID, l.Kind, l.Lat, l.Lon = p.Name, p.Country, p.ID, string(p.Kind), p.Lat, p.Lon
	return l
}

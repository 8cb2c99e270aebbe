// Package placeseval measures prose/places on texts with annotated toponyms.
//
// It takes JSON lines with text and toponyms (spans, coordinates, country where
// the corpus has them) and gives the F1 of exact spans, and on gold spans with
// coordinates how far the chosen place lies from the gold one. A gold toponym
// without a reading counts as a miss, at half the circumference of the earth. It
// never reads a file and never prints.
//
// GeoWebNews marks much that is no toponym (expressions, homonyms, names inside
// names, languages): those spans count neither as gold nor against the system in
// recognition. The choice of place is measured on all spans with coordinates,
// literal and associative.
package placeseval

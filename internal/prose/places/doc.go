// Package places finds the names of places in a text and resolves them with an
// embedded gazetteer (GeoNames, CC BY 4.0).
package places

// Package telemetry tells those who run the service how it does: figures for
// Prometheus with the meaning of the field (articles, claims, cases, age of
// lists), and traces by OpenTelemetry at the borders of rooms.
//
// It takes counts from the store when it is asked, times from those who
// measure them, and gives an http.Handler and spans. No figure and no span
// carries a name, a text or an address; traces go nowhere unless an endpoint
// is set.
package telemetry

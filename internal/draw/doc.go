// Package draw makes the drawings of case files as SVG: a map, a timeline and
// the tree of sources.
//
// It takes plain points, events and links, and gives SVG text that stands in a
// page without script and without a request to anywhere, and prints in black
// and white: nothing is told by colour alone. It knows nothing of cases; package
// report tells it what to draw. All text given is escaped.
//
// The outlines of States are Natural Earth's (public domain), 1:50 million,
// from the npm package world-atlas 2.0.2 (ISC, Michael Bostock), thinned by
// data/outlines. They are for orientation: they take no side on any border.
package draw

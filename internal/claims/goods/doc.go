// Package goods reads things and money off the nominals of a sentence: whether a
// nominal names goods of a class (package frames), what the thing is called, how
// many with which bound and unit, and sums with their currency. It takes a
// sentence with its tree; it knows no party, no activity, and no law.
//
//  1. A nominal is of a class by its own words ("armored personnel carrier"), or,
//     if it only holds or measures, by what it holds ("a shipment of rifles").
//  2. "One of the 28 bundles" is one bundle; "20 tons of steel" is steel in tons.
//  3. The words before the number give its bound: up to, at least, about.
package goods

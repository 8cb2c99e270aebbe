// Package fields knows how sanctions lists write things: countries, dates of
// every precision, several names packed into one field, kinds of documents,
// scripts, and phrases that say which measure an entry carries.
//
// It turns text as a list gives it into values of the party vocabulary and
// keeps the text beside them. What it does not recognise stays text with an
// empty code: it never guesses. Its tables (countries.csv, documents.csv,
// measures.csv) are data with their sources in comments.
package fields

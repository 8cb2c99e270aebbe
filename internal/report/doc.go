// Package report writes case files: as text for a terminal, as one
// self-contained HTML page that prints well, as a table of many cases, and as
// JSON.
//
// It takes cases and the articles they quote and lays out what they hold; it
// computes nothing and decides nothing. Every line names what it rests on: an
// article and a span, a paragraph of a measure, or a decision of a person. All
// sentences about people are attributive; a test holds every template against
// a list of verdict words.
package report

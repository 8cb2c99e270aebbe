// Package dates turns time expressions of a text into windows of days with
// their precision.
//
// It takes a prose.Document and the day it was published, and gives each
// expression with its TIMEX3 type and value, the window of days meant and the
// rule that read it. It never takes the day of publication for the day of an
// event: an expression that hangs on an unknown day gets no window, and neither
// does a duration that hangs on nothing ("for the second time in two months").
//
//  1. Each sentence is cut into atoms: runs of letters, runs of digits, marks.
//  2. At each atom near a word of time, every rule of the language that can
//     start there is tried; the longest match wins, and the search goes on
//     behind it. Rules and words are files in languages/CODE, read once.
//  3. Matches are resolved in the order of the text, since "two days later"
//     hangs on the date told before. A text whose years lie mostly well before
//     its publication is a history: there a month without a year belongs to the
//     date told before it, in a report to the months around publication.
//  4. "On Friday" and "in July" follow the tense of the nearest verb: last
//     Friday after "said", the coming one after "will". A day and month without
//     a year is the nearest one that lies no more than a quarter ahead.
//  5. Words before an expression bound it: "since 2014" runs to the
//     publication, "before May" is open to the past, and both ends of "between
//     May 3 and May 9" carry the window of the whole.
//
// Figures and errors by cause are in docs/reading-dates-places.md.
package dates

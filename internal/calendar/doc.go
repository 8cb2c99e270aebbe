// Package calendar is the vocabulary of days: a civil date, a date of which
// only the year or month is known, and the window of days in which something
// is said to have happened.
//
// It turns ISO 8601 text and integers into values that compare and print. It
// knows no clock, no time zone and no language: words such as "last Friday"
// are read by prose/dates. An unknown date is the zero value and stays
// unknown; nothing here ever fills it in.
package calendar

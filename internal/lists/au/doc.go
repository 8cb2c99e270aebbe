// Package au reads the Consolidated List of Australia's Department of Foreign
// Affairs and Trade, as the published workbook (XLSX) and as CSV.
//
// Each row is one name; the reference is a number for the primary name and
// number and letter for the others ("2", "2a"), so the number identifies the
// entry: "au-dfat:2". Cells hold several values marked a), b), and dates as
// text or as days of the spreadsheet's calendar.
package au

// Package table reads files of subjects: CSV of any separator and encoding,
// JSON lines, and Excel workbooks.
//
// It takes bytes and gives one subject a row, in order, holding one row at a
// time. Columns are recognised by the names that people give them (English,
// German, French, Spanish, FollowTheMoney's) or named by the caller. A row that
// cannot be read costs itself and becomes a story.Finding with its line. It
// screens nobody.
package table

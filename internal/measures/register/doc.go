// Package register holds the rows of the register of measures: each a duty
// over intervals with the instruments that opened and closed them, and what
// says which designation carries which row, from when to when.
//
// It reads the data beside it (docs/measures.md) and refuses them whole if a
// citation is missing, days are out of order or a name is unknown. It answers
// when a designation carries a row, with the days that nobody can know left in
// doubt. It judges no act: that is for package measures.
package register

// Package tables reads the CSV tables of the measures register: a header
// line, # comments, a fixed number of fields. It gives each record to the
// caller and wraps faults with file, record and first field.
package tables

// Package senzing reads entities in Senzing JSON lines, as OpenSanctions
// exports them (senzing.json). The list's code is DATA_SOURCE in lower case.
//
// The form carries topics, not designations: a party gets a designation where
// a topic says "sanction", and none otherwise (politically exposed persons).
package senzing

// Package speech finds who is said to say what: direct, indirect and mixed
// speech, with nested sources.
package speech

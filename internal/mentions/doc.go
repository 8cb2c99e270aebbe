// Package mentions finds the listed parties that a text names, in any
// spelling, follows them through it, and ranks who they may be.
package mentions

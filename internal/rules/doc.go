// Package rules holds tests about the repository itself: which room may import
// which, that the middle stays pure, that every package says what it is for,
// that no package outgrows its purpose, that every dependency is accounted
// for, and that what ARCHITECTURE.md names exists. It has no code to import.
package rules

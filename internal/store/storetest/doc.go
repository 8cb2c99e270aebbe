// Package storetest is the suite that every engine of the store must pass: it
// takes a function that opens an empty store and runs the contract of
// store.Store as subtests. It knows no engine.
package storetest

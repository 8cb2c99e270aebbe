// Package ch reads the sanctions list of Switzerland's State Secretariat for
// Economic Affairs (SECO) in XML.
//
// A target is identified by its ssid ("ch-seco:64398"). Programmes and places
// stand apart from the targets and are named by number; places come last, so
// the targets wait for the end of the file. A file of type "amendment" holds
// only what changed and is a partial edition. What each sanctions set does
// ("Financial measures", "Travel ban") is kept as the stated measure.
package ch

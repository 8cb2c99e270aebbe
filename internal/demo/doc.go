// Package demo holds the material of the demo: a starter list of real
// designations as facts, an invented list, and articles in our own words. It
// lays them in a folder; reading them is the work of everybody else.
package demo

// Package catalogue is the register of official lists: who publishes each, at
// which addresses, under which terms.
//
// It is data (sources.toml) with a loader; users lay their own file over it,
// for other addresses, mirrors or lists of their own. It fetches nothing.
package catalogue

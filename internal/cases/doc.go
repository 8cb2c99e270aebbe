// Package cases joins claims of many articles into cases: one listed party,
// one happening, with origins counted honestly.
package cases

// Package jobs keeps the long works that people start from a page: a list that
// is downloaded, a file that is screened.
//
// It takes a function and runs it to its end whatever becomes of the request
// that asked for it, and gives its progress to whoever looks, as often as it
// changes. Works live in memory and are forgotten with the process; what they
// achieve is in the store. It does no work itself.
package jobs

// Package guard stands before every handler of the service: request ids,
// structured logs without personal data, secure headers with a strict
// Content-Security-Policy, refusal of foreign hosts and cross-origin writes,
// limits on body and time, and recovery from panics.
//
// It takes an http.Handler and gives one. It knows nothing of users, cases or
// the store. A log line names the pattern of the route, never the path or the
// query, since both may hold names of people; it holds no address of a client.
package guard

// Package fetch downloads a file over HTTP so that a flaky line, a broken
// server or a killed process never leaves a bad file in the place of a good
// one.
//
// It takes an address with the validators of the last download and gives a
// whole file or an error that says what went wrong. For each address:
//
//  1. a request with If-None-Match and If-Modified-Since; 304 ends it;
//  2. the body goes to a file ".part" beside the target; a broken transfer goes
//     on with Range and If-Range, and starts anew where the server's copy changed;
//  3. 5xx, 408, 425, 429, time-outs and broken connections are tried again with
//     growing pauses (Retry-After is honoured); other statuses end it;
//  4. length and checksum are held against what the server and the caller say;
//  5. the whole file takes its name in one step.
//
// It does not look into the file: whether it is a good list is for lists.
package fetch

module github.com/reportedly/reportedly/bench/peers/watchman

go 1.26.0

// The rest of the build list is worked out in the cache folder where run
// builds it: a hundred and thirty modules that only this peer needs.
require github.com/moov-io/watchman v0.60.0

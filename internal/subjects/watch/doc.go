// Package watch finds out which watched subjects a change of lists touches, and
// tells what became of their hits.
//
// It takes the parties as they were and as they are, and an index of watched
// subjects by the keys of their names and by their numbers; it gives those
// subjects that must be screened again: who has a hit on a changed entry, and
// who may get one because he shares a key with it. Compare tells new, changed
// and vanished hits. Screening those alone gives what screening all would give;
// a property test holds it to that.
//
// It keeps nothing, sends nothing and knows no clock.
package watch

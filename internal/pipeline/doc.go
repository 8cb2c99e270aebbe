// Package pipeline joins the rooms into the two flows of the house: lists into
// the store, and articles into readings, copies and cases. It is the only
// owner of goroutines, retries and the order of work.
//
//	lists:    files -> lists.Open -> store (each edition whole, or not at all)
//	reading:  article -> mentions (who is named?) -> only if somebody is:
//	          sentences, trees, dates, places, speech -> claims -> store
//	cases:    all current readings + copies + measures -> cases -> store
//
// A reading is keyed by text, lists and program version, so that doing it
// twice, on any machine, is harmless; an interrupted scan goes on where it
// stopped. The package prints nothing: progress goes to a function it is given.
package pipeline

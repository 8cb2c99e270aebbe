// Package desk answers what pages list and look up: cases by what matters,
// cases of a party, an article or an outlet, articles by their words, and what
// became of watched subjects.
//
// It takes a store and gives a page of results at a time. It ranks cases for
// reading, never parties, and changes nothing.
package desk

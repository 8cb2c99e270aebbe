// Package newsworld makes up news without end, already read: articles with the
// mentions and claims that reading would give, about invented parties. It is
// for measures of speed and for tests that what grows piece by piece is what is
// built at once.
//
// It takes sizes and a seed and gives pieces one by one, the same for the same
// seed. Words and parties are met as often as in news: few of them in most, most
// of them seldom. Beside fresh stories it makes what newsrooms do: dispatches
// printed by others, cut or touched up; re-reports with credit; updates and
// retractions; denials; names that two listed parties bear; stories that only
// name somebody. Nothing in it is anybody's deed.
package newsworld

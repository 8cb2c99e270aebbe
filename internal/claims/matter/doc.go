// Package matter tells what a denial is about where no frame reads its content:
// the meeting, the passenger, where the goods came from, the law only. It takes
// the words of the content and gives the scope of the denial (domain model 4.2)
// or none. It never decides whether somebody denies; it says nothing where the
// words fit no row of its table, so that "denied involvement in the killing"
// answers no claim of a trip.
package matter

// Package measures is the register of sanctions measures as dated, cited data,
// and the judge of whether one was in force on a day for an act at a place.
//
// It takes a Question (designations, activity, window, place, goods, roles)
// and gives an Answer: a verdict of the closed list with the measures, the
// intervals and the citations it rests on. It never says that anybody broke a
// rule, and it takes no law from news.
package measures

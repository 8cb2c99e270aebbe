// Package scene gives a deed the place of the happening it belongs to where
// its own words name none. It takes what is told of several deeds (activity,
// parties, place, time, which sentence) and says from which of them a place may
// be taken and on what ground; it reads no text.
//
//  1. A deed told in one sentence with a trip of the same parties ("flew there
//     to meet him") happened where the trip went, by the city where another
//     telling of that trip names one.
//  2. Tellings of one happening share its place: the same activity (or talks
//     and the pact they end in) of the same parties, in times that do not
//     exclude each other, where every telling with a place names the same one.
//     States (possession, listings), absences and trips take none.
package scene

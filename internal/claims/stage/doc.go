// Package stage says how far a deed got: completed, ongoing, planned,
// attempted, hypothetical, or historical. It takes what the words around the
// deed say of it (package clause), what its pattern says by itself, and the
// window of its time; it gives one of the six aspects of data/claims. It reads
// no text and knows no party.
//
//  1. What is asked or hangs on a condition is hypothetical.
//  2. The future is planned; so is an infinitive with a subject ("X to visit Y",
//     the future of headlines).
//  3. A governing word ("tried to", "plans to") decides next, then modals.
//  4. The aim of a past deed counts as done, the aim of another as planned.
//  5. Progressives of the present, also as told by somebody in the past, and
//     what has not been so since, are ongoing; the rest is completed.
//  6. What ended more than about a month before publication is historical,
//     unless it was only tried or planned.
package stage

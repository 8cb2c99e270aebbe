// Package setting finds where a deed happened by the words of its own sentence:
// the place that hangs on it, the goal of the journey that it was the aim of,
// the one place that the sentence names. It takes a sentence as package whom
// holds it and gives values of scene.Location, each with the ground where the
// words do not say it outright; it gives nil rather than a guess, and never
// looks at the dateline.
package setting

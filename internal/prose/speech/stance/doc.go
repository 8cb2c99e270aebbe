// Package stance holds the closed lists of who may hold a stance and which:
// kinds of holders, acts, certainties, directness, classes of cues.
//
// Vocabulary only; speech gives the same names on.
package stance

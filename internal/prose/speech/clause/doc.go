// Package clause looks at one sentence over its tree: children, phrases, whose
// subject, agent and negation a word has, which stretch of text words make.
//
// It takes trees as they are, faults included, and decides nothing about
// speech.
package clause

// Package claims turns an article in which parties are named into claims: who
// is said to have done what, when, where, according to whom, who denies it.
package claims

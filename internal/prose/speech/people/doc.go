// Package people gathers the persons an article names in full, with the titles,
// roles and countries that stand beside their names, so that a last name, a
// role or a pronoun finds them again.
//
// It knows no list of persons and decides nothing about who is meant beyond
// the one article.
package people

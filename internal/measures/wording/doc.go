// Package wording sorts the free words of a report into the classes that the
// register of measures speaks of: goods, services, the other side, facts that
// a carve-out asks for, and the State that a description names.
//
// It takes the word lists of a register's folder and gives classes. A longer
// term hides the shorter ones inside it; a word that no list names has no
// class, and nothing is guessed.
package wording

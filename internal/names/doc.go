// Package names is the craft of names: it takes a name as written, in any
// script, and gives its words, the part each plays, how much each says, and
// how likely two names are spellings of one.
//
// It knows nothing of lists, texts or databases, and never decides who
// somebody is: a Score speaks of the names alone and is the sum of named
// parts.
//
// Compare, in order:
//
//  1. Each name is cut into words (Words): lower-case Latin letters, with the
//     place of each in the original; Chinese and Korean names are cut into
//     family and given name; "Abd al-Rahman", "Abdurrahman" become one word.
//  2. Words get a kind (title, particle, initial, legal form, number, name) and
//     a weight: the rarer a word, the more it says (counts in persons.tsv).
//  3. Words of the two names are paired, the likest first, joined neighbours
//     included (van der Bilt, Vanderbilt).
//  4. Paired weight counts for, with its likeness; words left over on both
//     sides contradict each other and count heavily against; words left over
//     on one side only count lightly for persons, more for organisations.
//  5. A person's name of which only one word is shared never passes Partial.
package names

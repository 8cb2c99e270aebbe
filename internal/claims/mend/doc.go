// Package mend puts right in a dependency tree what other rooms know better, or
// what no sentence of running text can mean. It takes the parser's tree with
// the spans of names, places and times, and gives a changed copy; it parses
// nothing itself and touches no tree that breaks none of its rules.
//
//  1. The words of one name hang together, on the one of them that the rest of
//     the sentence governs.
//  2. A place is no part of goods from which an article or numeral parts it.
//  3. A clause told before "officials said" has its own subject.
//  4. "That" is no object where the verb has one.
//  5. A title and the name after it are one subject; so are the noun before a
//     finite verb under "before" and that verb's subject.
//  6. A gerund with "of" belongs to the verb of accusing.
//  7. A word with subject and object is a verb; a participle with an object is
//     the verb of the clause, and so is one with a subject and no article.
//  8. Of two objects the first, if a name, receives; a nominal without
//     preposition that is no time is an object; counted things make a list.
//  9. "Plans to" after a name, "is training", "denied supplying" and "helped
//     him evade" are verbs.
package mend

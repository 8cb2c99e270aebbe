// Package sound compares how two name words sound and are written.
//
// It takes words in lower-case Latin letters (see translit) and gives a Key,
// under which spellings of one word in many romanisations fall together, and
// a Likeness between 0 and 1. It knows no names and no languages; what stands
// in which name is for package names.
//
// Key, in order:
//
//  1. Letter groups that romanisations interchange become one class:
//     k q g c; t d th dh; s z c(e,i) ts; sh ch j zh; p b; f ph; v w; h kh.
//  2. Doubled letters count once; vowels, y and w inside a word, and h at its
//     end are dropped.
//  3. A vowel at the head stays as one mark, so that Omar and Umar meet, but
//     Amir and Mir do not.
package sound

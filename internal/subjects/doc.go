// Package subjects is about those who are screened: customers, payees, ships of
// a charter. It turns a Subject into ranked hits, and applies what people have
// decided about such hits before.
//
// It takes subjects (package table reads files of them), a Finder such as
// screening.Index, and decisions; it gives Answers whose hits each say whether
// somebody has cleared or confirmed them, and whether that still holds.
//
// A decision is made for one wording of a list entry and one wording of a
// subject. Both have a hash over what matters (names, birth, countries, numbers,
// sex, type; for the entry also its designations). When either changes, the
// decision is shown as open again; nobody's decision is deleted.
//
// It keeps nothing and decides nothing: a score is not a verdict.
package subjects

// Package measures is the register of sanctions measures as dated, cited data,
// and the judge of whether one was in force on a day for an act at a place.
//
// It takes a Question (designations, activity, window, place, goods, roles)
// and gives an Answer: a verdict of the closed list with the measures, the
// intervals and the citations it rests on. Every verdict is to be read "if the
// reports are accurate". It never says that anybody broke a rule, it takes no
// law from news, and what a list or the register does not say is unknown.
//
// The rows stand in register (data and what says which designation carries
// which row, docs/measures.md); wording sorts the words of a report into the
// classes that rows speak of; this package judges.
//
// Check, in steps (data/measures/README.md of the golden tables):
//
//  1. candidates: rows of a kind that the activity can engage, of a regime
//     asked for, whose object is met: a designation that carries the row
//     (reference, programme, roster, table of what applies) or a territory
//     (place, sides, direction of the goods, goods that are the object);
//     measures that only the list states come beside them.
//  2. times: interval of the row x listing of the party x roster; days that
//     editions of the list leave open, or renewals not read, stay in doubt.
//  3. cut the window at every boundary; judge each part:
//     none in force          -> no-measure-in-force
//     left out by the text   -> in-force/outside-scope
//     (part of the State, activity, goods, recipient, own national, persons
//     whom the duty does not bind, threshold)
//     something missing      -> insufficient-arguments
//     grant or clause covers -> in-force/within-scope/exempt
//     none said or possible  -> in-force/within-scope/no-exemption-reported
//     otherwise              -> in-force/within-scope/exemption-unknown
//  4. parts that differ in class or kind -> date-straddles-boundary; a
//     boundary between instruments that leave the duty as it was is none.
//  5. over regimes the gravest counts, and every ground is kept.
package measures

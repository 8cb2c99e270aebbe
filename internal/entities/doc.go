// Package entities shows parties as FollowTheMoney entities, the shape in which
// OpenSanctions, Aleph and yente exchange data.
//
// It takes a party.Party and gives the entity that stands for it and those that
// hang on it: one Sanction a designation, Address, Identification and Passport,
// and an edge (Ownership, Family, Representation ...) a relation to a party that
// is known. Schemata and properties come from model.json, a dump of the
// followthemoney package (MIT) by e2e/dump_model.py; a value stands only under a
// property that the schema has and in the form that its type allows, so that
// the library accepts every export.
//
// IDs may hold letters, digits, "." and "-" only: "un:IRi.039" becomes
// "un-IRi.039"; entries of a list that came as FollowTheMoney keep the id that
// they had there.
//
// It reads no file (lists/ftm does) and answers no question about likeness.
package entities

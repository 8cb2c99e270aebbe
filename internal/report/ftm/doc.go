// Package ftm writes cases as FollowTheMoney entities (domain model 4.6), one
// JSON object a line, for Aleph and other tools of that model.
//
// It takes a case and the articles that it quotes and gives the party, one
// Sanction for each interval of a measure that the case was checked against,
// the happening as a Trip where both ends are told and as an Event else, the
// articles, Mentions in them, a Documentation for each claim and reply (the
// model has no stance: it stands in the role), Similar links where it is open
// who is meant, and Notes for what people decided.
//
// FollowTheMoney has no place for counts of origins, independence and offsets:
// they stand in words in summaries, in full in the JSON export. An allegation
// is never written as a Risk.
package ftm

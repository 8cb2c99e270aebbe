// Package ftm reads FollowTheMoney entities, one JSON object a line
// (entities.ftm.json), as OpenSanctions and its tools write them.
//
// Entities with a name of their own that can be listed become parties; every
// Sanction entity becomes a designation of the party it names, with the
// measures of its "provisions" between its startDate and endDate. Address,
// Identification, Passport, Ownership, Family and like entities are folded
// into the parties they belong to, so the file is read whole before the first
// party is given: entities refer forward and back.
//
// The list's code is the first data set that the entities name; IDs are
// "DATASET:ENTITY-ID".
package ftm

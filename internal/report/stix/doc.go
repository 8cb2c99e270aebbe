// Package stix writes cases as a STIX 2.1 bundle (domain model 4.7).
//
// It takes cases and gives, for each: identities of the party and of everybody
// who spoke, locations, a report for each article, an incident for the
// happening, a sighting where presence is reported, opinions for denials and
// agreement, notes for those who took no position, relationships derived-from
// and duplicate-of between articles.
//
// STIX has no room for activity codes, stance, chains, origins and counts: they
// stand in a property extension of the incident, whose extension-definition is
// part of the bundle. "count" of a sighting stays empty, because it means times
// seen and not sources. F and 6 give no confidence (AD-4).
//
// Ids are UUIDs of version 5 of what they name, so that the same cases give the
// same bundle.
package stix

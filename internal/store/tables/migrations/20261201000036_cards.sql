-- +goose Up
-- What lists of cases are filtered, sorted and counted by, in a table of its
-- own: beside the bodies in cases, every row looked at would cost pages.
CREATE TABLE case_cards (
  number     INTEGER PRIMARY KEY,
  status     TEXT NOT NULL,
  verdict    TEXT NOT NULL,
  activity   TEXT NOT NULL,
  duty       TEXT NOT NULL,             -- engaged, open, none, ''
  denied     INTEGER NOT NULL,
  outcome    TEXT NOT NULL,             -- of the review
  second     INTEGER NOT NULL,          -- waits for a second signature
  stale      INTEGER NOT NULL,          -- decided on an earlier state
  for_min    INTEGER NOT NULL,
  for_max    INTEGER NOT NULL,
  weight     INTEGER NOT NULL,
  latest     TEXT NOT NULL,
  known_from TEXT NOT NULL
);
CREATE INDEX case_cards_by_weight ON case_cards (weight DESC, known_from DESC, number);
CREATE INDEX case_cards_by_origins ON case_cards (for_min DESC, for_max DESC, number);
CREATE INDEX case_cards_by_latest ON case_cards (latest DESC, number);
CREATE INDEX case_cards_by_known ON case_cards (known_from DESC, number);
DROP INDEX cases_by_weight;
DROP INDEX cases_by_origins;
DROP INDEX cases_by_latest;
DROP INDEX cases_by_known;
DROP INDEX cases_counted;
ALTER TABLE cases DROP COLUMN weight;
ALTER TABLE cases DROP COLUMN duty;
ALTER TABLE cases DROP COLUMN denied;
ALTER TABLE cases DROP COLUMN outcome;
ALTER TABLE cases DROP COLUMN second;
ALTER TABLE cases DROP COLUMN stale;

-- +goose Down
SELECT 1;

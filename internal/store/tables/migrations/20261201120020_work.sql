-- +goose Up
-- What several processes agree on when they share a store.
-- The versions of the lists that readings are made by, in order. A reading by
-- an older version than the newest is not kept any more.
CREATE TABLE list_versions (
  number     BIGINT NOT NULL PRIMARY KEY,
  key        TEXT NOT NULL,             -- names the editions, as in readings.lists
  editions   INTEGER NOT NULL,          -- how many they are
  known_from TEXT NOT NULL
);

-- What has to be judged again because a reading of an article came or changed;
-- rows go when that is done. Slot spreads parties evenly: a partition of n has
-- the slots that leave its rest when divided by n.
CREATE TABLE case_due (
  id         INTEGER PRIMARY KEY,
  article    TEXT NOT NULL,
  party      TEXT NOT NULL,
  slot       INTEGER NOT NULL,
  known_from TEXT NOT NULL
);
CREATE INDEX case_due_article ON case_due (article);

-- Who may write: whoever took the token of a name last. One that lost its
-- place, and does not know it yet, writes no more.
CREATE TABLE fences (
  name  TEXT NOT NULL PRIMARY KEY,
  token INTEGER NOT NULL
);

-- Which text a reading is of, where a distributed run made it; '' otherwise.
ALTER TABLE readings ADD COLUMN text_hash TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;

-- +goose Up
-- What is followed. A row is the present state; what was found through it
-- stays in articles and captures.
CREATE TABLE feeds (
  url           TEXT PRIMARY KEY,
  kind          TEXT NOT NULL,
  title         TEXT NOT NULL,
  outlet        TEXT NOT NULL,
  language      TEXT NOT NULL,
  every_s       INTEGER NOT NULL,
  added_at      TEXT NOT NULL,
  removed_at    TEXT NOT NULL,           -- '' while it is followed
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  fetched_at    TEXT NOT NULL,
  changed_at    TEXT NOT NULL,
  due_at        TEXT NOT NULL,
  errors        INTEGER NOT NULL,
  error         TEXT NOT NULL
);

-- Everything that was ever found, so that each is read once.
CREATE TABLE feed_items (
  key      TEXT PRIMARY KEY,
  feed     TEXT NOT NULL,
  url      TEXT NOT NULL,
  body     BLOB NOT NULL,                -- the entry as the feed gave it, zstd
  state    TEXT NOT NULL,                -- open, done, failed, old
  found_at TEXT NOT NULL,
  due_at   TEXT NOT NULL,
  tries    INTEGER NOT NULL,
  error    TEXT NOT NULL,
  article  TEXT NOT NULL
);
CREATE INDEX feed_items_open ON feed_items (state, due_at);
CREATE INDEX feed_items_by_feed ON feed_items (feed, state);

-- How far an archive was read.
CREATE TABLE progress (
  key       TEXT PRIMARY KEY,
  at_byte   INTEGER NOT NULL,
  known_from TEXT NOT NULL
);

-- +goose Down
SELECT 1;

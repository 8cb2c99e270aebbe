-- +goose Up
CREATE TABLE hooks (
  id       TEXT PRIMARY KEY,
  url      TEXT NOT NULL,
  secret   TEXT NOT NULL,
  user_id  INTEGER NOT NULL,
  created  TEXT NOT NULL,
  removed  TEXT NOT NULL,
  told     TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_try TEXT NOT NULL,
  problem  TEXT NOT NULL
);
CREATE TABLE replays (
  key     TEXT PRIMARY KEY,
  request TEXT NOT NULL,
  status  INTEGER NOT NULL,
  body    BLOB NOT NULL,
  at      TEXT NOT NULL
);

-- +goose Down
SELECT 1;

-- +goose Up
-- What was erased on request: keyed hashes (HMAC-SHA-256) of id, address and
-- text, so that it does not come back with the next import, and nobody can
-- tell from the table what it was.
CREATE TABLE tombstones (
  hash   TEXT PRIMARY KEY,
  reason TEXT NOT NULL,                 -- a word of the one who erased, no personal data
  at     TEXT NOT NULL
);

-- +goose Down
SELECT 1;

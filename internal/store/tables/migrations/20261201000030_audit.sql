-- +goose Up
-- The audit log: records, the hashes of its Merkle tree in the order of
-- golang.org/x/mod/sumdb/tlog, and the last signed head of each day.
CREATE TABLE audit_records (
  number INTEGER PRIMARY KEY,
  body   BLOB NOT NULL
);
CREATE TABLE audit_hashes (
  place INTEGER PRIMARY KEY,
  hash  BLOB NOT NULL
);
CREATE TABLE audit_heads (
  day  TEXT PRIMARY KEY,
  head BLOB NOT NULL
);

-- +goose Down
SELECT 1;

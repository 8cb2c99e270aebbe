-- +goose Up
-- What people said of cases. Rows are only added: to take a record back is a
-- further record.
CREATE TABLE records (
  number     INTEGER PRIMARY KEY,       -- "r7" is number 7
  kind       TEXT NOT NULL,
  "case"     TEXT NOT NULL,             -- id of the case that was looked at
  of_record  TEXT NOT NULL,             -- what is signed or undone
  who        TEXT NOT NULL,
  body       BLOB NOT NULL,             -- review.Record
  known_from TEXT NOT NULL
);
CREATE INDEX records_by_case ON records ("case", number);
CREATE INDEX records_by_time ON records (known_from);

-- +goose Down
SELECT 1;

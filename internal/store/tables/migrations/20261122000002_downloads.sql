-- +goose Up
-- What a server said of the copy that was taken over, for conditional requests.
CREATE TABLE downloads (
  url           TEXT NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  size          INTEGER NOT NULL,
  known_from    TEXT NOT NULL
);
CREATE INDEX downloads_by_url ON downloads (url, known_from);

-- +goose Down
SELECT 1;

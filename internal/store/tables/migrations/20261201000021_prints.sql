-- +goose Up
-- Fingerprints of articles, by which copies are found. They are made from the
-- articles and replaced where the text changes.
CREATE TABLE prints (
  article TEXT PRIMARY KEY,
  text    TEXT NOT NULL,                -- the version of the article
  body    BLOB NOT NULL
);

-- +goose Down
SELECT 1;

-- +goose Up
-- Results that can be made again from the rest and take long to make, under a
-- key that names all they depend on.
CREATE TABLE derived (
  key        TEXT PRIMARY KEY,
  body       BLOB NOT NULL,
  known_from TEXT NOT NULL
);

-- +goose Down
SELECT 1;

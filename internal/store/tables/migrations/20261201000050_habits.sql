-- +goose Up
-- What each person set up for himself. No part of any case: values may be
-- overwritten.
CREATE TABLE habits (
  who        TEXT NOT NULL,
  key        TEXT NOT NULL,
  value      TEXT NOT NULL,
  known_from TEXT NOT NULL,
  PRIMARY KEY (who, key)
);

-- +goose Down
DROP TABLE habits;

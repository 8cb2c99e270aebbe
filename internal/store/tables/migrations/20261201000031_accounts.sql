-- +goose Up
-- Who may sign in. Secrets of sessions and tokens are kept as SHA-256 only.
CREATE TABLE users (
  id       INTEGER PRIMARY KEY,
  login    TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  password TEXT NOT NULL,               -- argon2id, PHC form; '' = none
  subject  TEXT UNIQUE,                 -- "issuer subject" of an OpenID provider
  disabled INTEGER NOT NULL,
  created  TEXT NOT NULL
);
CREATE TABLE sessions (
  hash    TEXT PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  user_id INTEGER NOT NULL REFERENCES users (id),
  created TEXT NOT NULL,
  seen    TEXT NOT NULL,
  expires TEXT NOT NULL,
  ended   TEXT NOT NULL                 -- '' = open
);
CREATE INDEX sessions_by_user ON sessions (user_id, ended);
CREATE TABLE api_tokens (
  hash    TEXT PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  user_id INTEGER NOT NULL REFERENCES users (id),
  label   TEXT NOT NULL,
  scopes  TEXT NOT NULL,                -- permissions parted by spaces; '*' = all of the role
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  used    TEXT NOT NULL,
  revoked TEXT NOT NULL
);
CREATE INDEX api_tokens_by_user ON api_tokens (user_id);

-- +goose Down
SELECT 1;

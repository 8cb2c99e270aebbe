-- +goose Up
-- What people decided about hits. Rows are only added; the last on a pair counts.
CREATE TABLE match_decisions (
  number     INTEGER PRIMARY KEY,
  subject    TEXT NOT NULL,             -- its own id, or "#" and its hash
  party      TEXT NOT NULL,             -- "un:IRi.039"
  verdict    TEXT NOT NULL,
  who        TEXT NOT NULL,
  body       BLOB NOT NULL,             -- subjects.Decision
  known_from TEXT NOT NULL
);
CREATE INDEX match_decisions_by_pair ON match_decisions (subject, party, number);

-- Those who are screened again whenever lists change. A changed subject closes
-- the row before it.
CREATE TABLE subjects (
  id         TEXT NOT NULL,
  hash       TEXT NOT NULL,
  body       BLOB NOT NULL,             -- subjects.Subject
  known_from TEXT NOT NULL,
  known_to   TEXT,
  PRIMARY KEY (id, known_from)
);
CREATE INDEX subjects_now ON subjects (known_to, id);

-- Hits of watched subjects, closed when they vanish or change.
CREATE TABLE subject_hits (
  subject    TEXT NOT NULL,
  party      TEXT NOT NULL,
  hash       TEXT NOT NULL,             -- of entry, subject and score
  body       BLOB NOT NULL,             -- watch.Hit
  run        TEXT NOT NULL,
  known_from TEXT NOT NULL,
  known_to   TEXT,
  PRIMARY KEY (subject, party, known_from)
);
CREATE INDEX subject_hits_now ON subject_hits (known_to, subject);

-- Passes over the watched subjects: which lists, how far, whether complete.
CREATE TABLE subject_runs (
  id         TEXT PRIMARY KEY,
  state      TEXT NOT NULL,             -- "running", "complete"
  body       BLOB NOT NULL,             -- watch.Run
  known_from TEXT NOT NULL
);
CREATE INDEX subject_runs_by_time ON subject_runs (known_from);

-- Messages that wait to be delivered to webhooks.
CREATE TABLE subject_messages (
  number     INTEGER PRIMARY KEY,
  run        TEXT NOT NULL,
  body       BLOB NOT NULL,             -- watch.Change
  known_from TEXT NOT NULL,
  known_to   TEXT                       -- when it was delivered
);
CREATE INDEX subject_messages_open ON subject_messages (known_to, number);

-- +goose Down
SELECT 1;

-- +goose Up
-- Two clocks: columns known_from / known_to say when the program knew;
-- dates inside the bodies say when it was so. Rows are added and closed, never
-- deleted. Times are RFC 3339 in UTC; bodies are JSON, zstd-compressed.

CREATE TABLE editions (
  key        TEXT PRIMARY KEY,          -- list@date#sha
  list       TEXT NOT NULL,
  publisher  TEXT NOT NULL,
  stated     TEXT NOT NULL,
  as_of      TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  file       TEXT NOT NULL,
  format     TEXT NOT NULL,
  entries    INTEGER NOT NULL,
  partial    INTEGER NOT NULL,
  members    BLOB NOT NULL,             -- ids of party_versions, in order of the file
  findings   BLOB NOT NULL,
  known_from TEXT NOT NULL
);
CREATE INDEX editions_by_list ON editions (list, as_of);

-- One row for each distinct wording of an entry: 308 versions of a list share
-- most of their entries, so an edition is a list of ids.
CREATE TABLE party_versions (
  id       INTEGER PRIMARY KEY,
  party    TEXT NOT NULL,               -- "un:IRi.039"
  hash     TEXT NOT NULL UNIQUE,
  body     BLOB NOT NULL
);
CREATE INDEX party_versions_by_party ON party_versions (party);

CREATE TABLE sources (
  id                TEXT PRIMARY KEY,
  name              TEXT NOT NULL,
  kind              TEXT NOT NULL,
  country           TEXT NOT NULL,
  state_affiliation TEXT NOT NULL,
  control_group     TEXT NOT NULL,
  body              BLOB NOT NULL,      -- domains, reliability history
  known_from        TEXT NOT NULL,
  known_to          TEXT
);

CREATE TABLE captures (
  sha256     TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  encoding   TEXT NOT NULL,
  size       INTEGER NOT NULL,
  body       BLOB NOT NULL              -- as it came, zstd
);
CREATE TABLE retrievals (
  article      TEXT NOT NULL,
  sha256       TEXT NOT NULL REFERENCES captures (sha256),
  retrieved_at TEXT NOT NULL,
  method       TEXT NOT NULL,
  location     TEXT NOT NULL,
  PRIMARY KEY (article, sha256, location)
);

CREATE TABLE articles (
  id         TEXT NOT NULL,
  version    INTEGER NOT NULL,          -- 1, 2, ...: the same id with another text
  outlet     TEXT NOT NULL,
  url        TEXT NOT NULL,
  title      TEXT NOT NULL,
  published  TEXT NOT NULL,
  language   TEXT NOT NULL,
  text_hash  TEXT NOT NULL,
  body       BLOB NOT NULL,             -- story.Article without captures
  known_from TEXT NOT NULL,
  known_to   TEXT,
  PRIMARY KEY (id, version)
);
CREATE INDEX articles_now ON articles (known_to, published);

-- A reading is one pass over one text with one edition of the lists and one
-- version of the program. Doing it twice is harmless.
CREATE TABLE readings (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,      -- hash of text, lists, program, metadata that reading uses
  article    TEXT NOT NULL,
  lists      TEXT NOT NULL,
  program    TEXT NOT NULL,
  run        TEXT NOT NULL,
  known_from TEXT NOT NULL,
  known_to   TEXT                       -- closed when a newer reading of the article replaces it
);
CREATE INDEX readings_by_article ON readings (article, known_to);

CREATE TABLE mentions (
  reading  INTEGER NOT NULL REFERENCES readings (id),
  ordinal  INTEGER NOT NULL,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  surface  TEXT NOT NULL,
  form     TEXT NOT NULL,
  cluster  INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  reach    TEXT NOT NULL,
  score    REAL NOT NULL,
  PRIMARY KEY (reading, ordinal)
);
CREATE TABLE identity_hypotheses (
  reading  INTEGER NOT NULL REFERENCES readings (id),
  cluster  INTEGER NOT NULL,
  rank     INTEGER NOT NULL,
  party    TEXT NOT NULL,               -- '' = somebody else or unknown
  name     TEXT NOT NULL,
  cluster_name TEXT NOT NULL,
  score    REAL NOT NULL,
  status   TEXT NOT NULL,
  evidence BLOB NOT NULL,
  PRIMARY KEY (reading, cluster, rank)
);
CREATE INDEX identity_by_party ON identity_hypotheses (party, status);

CREATE TABLE claims (
  id        TEXT NOT NULL,
  reading   INTEGER NOT NULL REFERENCES readings (id),
  ordinal   INTEGER NOT NULL,
  activity  TEXT NOT NULL,
  aspect    TEXT NOT NULL,
  act       TEXT NOT NULL,
  polarity  TEXT NOT NULL,
  certainty TEXT NOT NULL,
  scope     TEXT NOT NULL,
  earliest  TEXT NOT NULL,
  latest    TEXT NOT NULL,
  place     TEXT NOT NULL,
  start     INTEGER NOT NULL,
  "end"     INTEGER NOT NULL,
  rule      TEXT NOT NULL,
  body      BLOB NOT NULL,
  PRIMARY KEY (reading, ordinal)
);
CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_activity ON claims (activity, earliest);
CREATE TABLE claim_players (
  reading INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  role    TEXT NOT NULL,
  party   TEXT NOT NULL,
  name    TEXT NOT NULL
);
CREATE INDEX claim_players_by_party ON claim_players (party);
CREATE TABLE attribution_links (
  reading INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,             -- of the claim
  depth   INTEGER NOT NULL,             -- 0 = next to the outlet
  holder  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  cue     TEXT NOT NULL,
  directness TEXT NOT NULL,
  stated  INTEGER NOT NULL,
  basis   TEXT NOT NULL,
  start   INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  PRIMARY KEY (reading, ordinal, depth)
);

CREATE TABLE copy_edges (
  copy       TEXT NOT NULL,
  of         TEXT NOT NULL,
  relation   TEXT NOT NULL,
  confidence REAL NOT NULL,
  decided_by TEXT NOT NULL,
  body       BLOB NOT NULL,
  known_from TEXT NOT NULL,
  known_to   TEXT
);
CREATE INDEX copy_edges_now ON copy_edges (known_to, copy);

CREATE TABLE cases (
  id         TEXT NOT NULL,
  number     INTEGER NOT NULL,          -- short number for people, kept for ever
  party      TEXT NOT NULL,
  activity   TEXT NOT NULL,
  status     TEXT NOT NULL,
  verdict    TEXT NOT NULL,
  earliest   TEXT NOT NULL,
  latest     TEXT NOT NULL,
  for_min    INTEGER NOT NULL,
  for_max    INTEGER NOT NULL,
  against_min INTEGER NOT NULL,
  against_max INTEGER NOT NULL,
  hash       TEXT NOT NULL,
  run        TEXT NOT NULL,
  body       BLOB NOT NULL,
  known_from TEXT NOT NULL,
  known_to   TEXT,
  PRIMARY KEY (id, known_from)
);
CREATE INDEX cases_now ON cases (known_to, number);
CREATE INDEX cases_by_party ON cases (party, known_to);
CREATE TABLE case_elements (
  "case"     TEXT NOT NULL,
  known_from TEXT NOT NULL,
  ordinal    INTEGER NOT NULL,
  element    TEXT NOT NULL,
  level      INTEGER NOT NULL,
  body       BLOB NOT NULL,
  PRIMARY KEY ("case", known_from, ordinal)
);
CREATE TABLE origins (
  "case"     TEXT NOT NULL,
  known_from TEXT NOT NULL,
  id         TEXT NOT NULL,
  holder     TEXT NOT NULL,
  basis      TEXT NOT NULL,
  body       BLOB NOT NULL,
  PRIMARY KEY ("case", known_from, id)
);
CREATE TABLE independence_edges (
  "case"     TEXT NOT NULL,
  known_from TEXT NOT NULL,
  a          TEXT NOT NULL,
  b          TEXT NOT NULL,
  value      TEXT NOT NULL,
  body       BLOB NOT NULL,
  PRIMARY KEY ("case", known_from, a, b)
);

CREATE TABLE exemptions (
  id         INTEGER PRIMARY KEY,
  party      TEXT NOT NULL,
  grantor    TEXT NOT NULL,
  scope      TEXT NOT NULL,
  from_day   TEXT NOT NULL,
  to_day     TEXT NOT NULL,
  status     TEXT NOT NULL,
  source     TEXT NOT NULL,
  known_from TEXT NOT NULL,
  known_to   TEXT
);
CREATE TABLE assessments (
  id         INTEGER PRIMARY KEY,
  "case"     TEXT NOT NULL,
  author     TEXT NOT NULL,
  likelihood TEXT NOT NULL,
  confidence TEXT NOT NULL,
  body       BLOB NOT NULL,
  known_from TEXT NOT NULL
);
CREATE TABLE review_decisions (
  id         INTEGER PRIMARY KEY,
  object     TEXT NOT NULL,
  was        TEXT NOT NULL,
  becomes    TEXT NOT NULL,
  who        TEXT NOT NULL,
  reason     TEXT NOT NULL,
  known_from TEXT NOT NULL
);
CREATE TABLE corrections (
  id         INTEGER PRIMARY KEY,
  object     TEXT NOT NULL,             -- article or claim withdrawn or amended
  kind       TEXT NOT NULL,
  body       BLOB NOT NULL,
  known_from TEXT NOT NULL
);
CREATE TABLE runs (
  id         TEXT PRIMARY KEY,
  program    TEXT NOT NULL,
  rules      INTEGER NOT NULL,
  lists      TEXT NOT NULL,
  inputs     TEXT NOT NULL,
  known_from TEXT NOT NULL
);

-- +goose Down
-- The first migration has nothing to go back to: dropping it would delete
-- what must not be deleted.
SELECT 1;

-- +goose Up
-- What lets cases and copies grow by what is new. concerns, coverage and
-- copy_pairs are made from other rows and are replaced where those change;
-- unprinted and stale are lists of work, from which what is done goes out.

-- Which articles a party's cases may rest on.
CREATE TABLE concerns (
  party   TEXT NOT NULL,                -- a list entry, or "territory:SY"
  told    INTEGER NOT NULL,             -- 0: only named, 1: a claim, 2: a claim that may be about it
  day     TEXT NOT NULL,                -- of publication
  subject TEXT NOT NULL,                -- as the reader of names left it; '' where only named
  article TEXT NOT NULL,
  PRIMARY KEY (party, told, day, subject, article)
);
CREATE INDEX concerns_by_article ON concerns (article);

-- Articles among which copies are still to be looked for.
CREATE TABLE unprinted (
  article TEXT PRIMARY KEY,
  day     TEXT NOT NULL,
  mark    TEXT NOT NULL                 -- changes when the article changes again
);
CREATE INDEX unprinted_by_day ON unprinted (day, article);
INSERT INTO unprinted (article, day, mark) SELECT id, published, known_from FROM articles WHERE known_to IS NULL;

-- Subjects whose cases are to be built again.
CREATE TABLE stale (
  subject TEXT PRIMARY KEY,
  mark    TEXT NOT NULL
);

-- Every likeness found between two articles; copy_edges holds the sources that
-- were chosen among them.
CREATE TABLE copy_pairs (
  copy     TEXT NOT NULL,
  of       TEXT NOT NULL,
  relation TEXT NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (copy, of)
);
CREATE INDEX copy_pairs_by_of ON copy_pairs (of, relation);
CREATE INDEX copy_edges_by_of ON copy_edges (known_to, of);

-- What was read, counted; day '' holds the sum over all days on which the
-- program came to know of articles.
CREATE TABLE coverage (
  day       TEXT NOT NULL,
  outlet    TEXT NOT NULL,
  language  TEXT NOT NULL,
  articles  INTEGER NOT NULL,
  first_day TEXT NOT NULL,              -- of publication
  last_day  TEXT NOT NULL,
  PRIMARY KEY (day, outlet, language)
);
INSERT INTO coverage (day, outlet, language, articles, first_day, last_day)
  SELECT substr(known_from, 1, 10), outlet, language, COUNT(*), COALESCE(MIN(NULLIF(published, '')), ''), MAX(published)
  FROM articles WHERE known_to IS NULL GROUP BY substr(known_from, 1, 10), outlet, language;
INSERT INTO coverage (day, outlet, language, articles, first_day, last_day)
  SELECT '', outlet, language, COUNT(*), COALESCE(MIN(NULLIF(published, '')), ''), MAX(published)
  FROM articles WHERE known_to IS NULL GROUP BY outlet, language;

-- How far each part of the casebook has come.
CREATE TABLE casebook (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Prints in the order in which they came, so that an index kept in memory can
-- be brought up to date; those without a number are made anew.
ALTER TABLE prints ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
CREATE INDEX prints_by_number ON prints (number);

-- +goose Down
SELECT 1;

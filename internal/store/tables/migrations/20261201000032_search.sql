-- +goose Up
-- What lists of cases are filtered and sorted by, beside what stood there.
-- NULL in weight: a row of before, to be filled by the program.
ALTER TABLE cases ADD COLUMN weight INTEGER;
ALTER TABLE cases ADD COLUMN duty TEXT NOT NULL DEFAULT '';      -- engaged, open, none, ''
ALTER TABLE cases ADD COLUMN denied INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN outcome TEXT NOT NULL DEFAULT '';   -- of the review
ALTER TABLE cases ADD COLUMN second INTEGER NOT NULL DEFAULT 0; -- waits for a second signature
ALTER TABLE cases ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;  -- decided on an earlier state
CREATE INDEX cases_by_weight ON cases (weight, known_from, number) WHERE known_to IS NULL;
CREATE INDEX cases_by_origins ON cases (for_min, for_max, number) WHERE known_to IS NULL;
CREATE INDEX cases_by_latest ON cases (latest, number) WHERE known_to IS NULL;
CREATE INDEX cases_by_known ON cases (known_from, number) WHERE known_to IS NULL;
CREATE INDEX cases_by_number ON cases (number, known_from);
-- Covers what counting a filter needs.
CREATE INDEX cases_counted ON cases (status, duty, for_min, denied, outcome, second, stale, known_from, verdict) WHERE known_to IS NULL;

-- What an open case touches; made again whenever the case changes.
CREATE TABLE case_links (
  kind   TEXT NOT NULL,                 -- party, article, outlet
  ref    TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (kind, ref, number)
);
CREATE INDEX case_links_by_case ON case_links (number);

-- Numbers of articles, in the order in which they came: what the full text
-- index calls them by.
CREATE TABLE article_numbers (
  number  INTEGER PRIMARY KEY,
  article TEXT NOT NULL UNIQUE
);
CREATE INDEX articles_by_outlet ON articles (outlet) WHERE known_to IS NULL;

-- +goose Down
SELECT 1;

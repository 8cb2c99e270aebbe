-- +goose Up
CREATE TABLE article_words (number BIGINT PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX article_words_found ON article_words USING gin (words);
CREATE TABLE case_words (number BIGINT PRIMARY KEY, names tsvector NOT NULL, quotes tsvector NOT NULL);
CREATE INDEX case_words_names ON case_words USING gin (names);
CREATE INDEX case_words_quotes ON case_words USING gin (quotes);

-- +goose Down
SELECT 1;

-- +goose Up
-- Full text: the texts themselves stay compressed in their tables.
CREATE VIRTUAL TABLE article_words USING fts5 (title, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', detail=full);
CREATE VIRTUAL TABLE case_words USING fts5 (names, quotes, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3');

-- +goose Down
SELECT 1;

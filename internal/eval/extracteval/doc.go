// Package extracteval measures how well the article of a web page is found:
// its text, as the article-extraction benchmark of Zyte (formerly Scrapinghub)
// counts it, and its day of publication, as htmldate's evaluation does.
//
// It takes a folder with a gold file of JSON lines (id or file, url, and
// article_body or date) and the pages, as files or in a tar archive, and gives
// figures in shares of 0 to 1.
package extracteval

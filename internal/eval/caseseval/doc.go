// Package caseseval measures merged cases against gold ones. It is the
// reference scorer of the evaluation contract (eval/score_cases.py) written
// again in Go, figure for figure; a test runs both.
package caseseval

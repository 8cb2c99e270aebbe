// Package casetext lays a case file out for a page that shows the evidence
// within its articles: numbered quotations, texts with these set off, the days
// in order, and which article goes back to which.
//
// It takes a report.File and gives values for templates. It computes no count
// and knows nothing of HTML.
package casetext

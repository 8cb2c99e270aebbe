package report

import "testing"

// No cell that strangers wrote is a formula to a spreadsheet (OWASP: CSV
// injection).
func TestCellsAreNoFormulas(t *testing.T) {
	for _, evil := range []string{`=HYPERLINK("http://x")`, "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "|cmd", "%1"} {
		if got := harmless(evil); got != "'"+evil {
			t.Errorf("%q becomes %q", evil, got)
		}
	}
	for _, plain := range []string{"", "Ada", "2016-04-18", "a=b"} {
		if got := harmless(plain); got != plain {
			t.Errorf("%q becomes %q", plain, got)
		}
	}
}

package matter

import "testing"

func TestTable(t *testing.T) {
	for _, r := range rows() {
		if got := Denied(r.example, false); got != r.scope {
			t.Errorf("%q: %q, want %q", r.example, got, r.scope)
		}
	}
}

func TestDenied(t *testing.T) {
	for _, c := range []struct {
		content string
		foreign bool
		want    string
	}{
		{"that an adviser to the president had seen the general", false, "meeting"},
		{"that it carried Zubrovian oil", true, "origin"},
		{"that the cargo was Zubrovian", true, "origin"},
		{"involvement in the killing of a journalist", false, ""},
		{"that the army shelled the village", true, ""},
		{"that any sanctions had been breached", false, "legal-characterisation"},
	} {
		if got := Denied(c.content, c.foreign); got != c.want {
			t.Errorf("%q: %q, want %q", c.content, got, c.want)
		}
	}
}

func TestLawful(t *testing.T) {
	for s, want := range map[string]bool{
		"the sale was lawful": true, "It is not an evasion of anything": true, "there is nothing unlawful in it": true,
		"There is no law in Zubrovia that forbids it": true, "This is not a sham": true,
		"the sale was not lawful": false, "his client would appeal": false, "the transfer was a breach": false, "the law is clear": false,
	} {
		if got := Lawful(s); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

func TestAdvocate(t *testing.T) {
	for s, want := range map[string]bool{"Zubro's lawyer, Mona Lake": true, "The ship's manager, Lake Marine": true, "a diplomat": false} {
		if got := Advocate(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

package screening

import (
	"fmt"
	"testing"
)

// Every name goes with every country, the first number with all of these, the
// others alone; without a name all numbers are asked alone.
func TestEach(t *testing.T) {
	show := func(qs []Query) (out []string) {
		for _, q := range qs {
			out = append(out, q.Name+"|"+q.Country+"|"+q.Number)
		}
		return out
	}
	for _, c := range []struct {
		names, countries, numbers []string
		want                      string
	}{
		{[]string{"a", "b"}, []string{"IR", "RU"}, []string{"1", "2"}, "[a|IR|1 a|RU|1 b|IR|1 b|RU|1 |IR|2]"},
		{[]string{"a"}, nil, nil, "[a||]"},
		{nil, []string{"IR"}, []string{"1", "2"}, "[|IR|1 |IR|2]"},
		{nil, nil, nil, "[]"},
	} {
		got := Query{Limit: 7}.Each(c.names, c.countries, c.numbers)
		if s := fmt.Sprint(show(got)); s != c.want {
			t.Errorf("%v %v %v: %s, want %s", c.names, c.countries, c.numbers, s, c.want)
		}
		for _, q := range got {
			if q.Limit != 7 {
				t.Error("the rest of the query is lost")
			}
		}
	}
}

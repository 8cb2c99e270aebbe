package catalogue

import (
	"strings"
	"testing"
)

func TestShipped(t *testing.T) {
	all, err := Shipped()
	if err != nil || len(all) < 8 {
		t.Fatalf("%d sources, %v", len(all), err)
	}
	us, err := Pick(all, []string{"us", "un"})
	if err != nil || len(us) != 3 {
		t.Errorf("us and un pick %d, %v", len(us), err)
	}
	if ofac, err := Pick(all, []string{"ofac"}); err != nil || len(ofac) != 2 {
		t.Errorf("ofac picks %d, %v", len(ofac), err)
	}
	if _, err := Pick(all, []string{"atlantis"}); err == nil {
		t.Error("an unknown source was picked")
	}
	own, err := Read(strings.NewReader("[[source]]\ncode = \"un\"\nurls = [\"http://mirror.example/un.xml\"]\n[[source]]\ncode = \"mine\"\nurls = [\"https://mine.example/l\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	both := Over(all, own)
	if len(both) != len(all)+1 || both[0].URLs[0] != "http://mirror.example/un.xml" {
		t.Errorf("%+v", both[0])
	}
}

func TestBadCatalogues(t *testing.T) {
	for _, text := range []string{"[[source]]\ncode = \"x\"\n", "[[source]]\ncode = \"x\"\nurls = [\"file:///etc/passwd\"]\n", "[[sauce]]\ncode = \"x\"\n", "[["} {
		if s, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%q was accepted: %+v", text, s)
		}
	}
}

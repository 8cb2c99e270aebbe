package activity

import "testing"

func TestClosedLists(t *testing.T) {
	if n := len(All()); n != 55 {
		t.Errorf("%d activities, want 55", n)
	}
	if n := len(Kinds()); n != 20 {
		t.Errorf("%d kinds, want 20", n)
	}
	for _, a := range All() {
		for _, k := range a.Engages {
			if _, ok := LookupKind(k); !ok {
				t.Errorf("%s engages unknown kind %q", a.Code, k)
			}
		}
	}
	if !CanEngage("TRV-ENTRY", "M-TRAVEL") || CanEngage("TRV-ENTRY", "M-FREEZE") {
		t.Error("a journey engages the travel ban and not the freeze")
	}
	if f := Code("ARM-SUPPLY").Family(); f != "ARM" {
		t.Errorf("family %q", f)
	}
}

package identity

import "github.com/reportedly/reportedly/internal/names"

// OtherCountry reports a country in the text's name that the listed one lacks:
// the bank of one country is not that of another.
func OtherCountry(sub []names.Word, n names.Name) bool {
	for _, w := range sub {
		if IsCountryWord(w.Text) && !holds(n, w) {
			code := CountryOf(w.Text)
			same := false
			for _, x := range n.Words {
				same = same || CountryOf(x.Text) == code
			}
			if !same {
				return true
			}
		}
	}
	return false
}

// OnlyPlaces reports words that all name countries or regions.
func OnlyPlaces(sub []names.Word) bool {
	for _, w := range sub {
		if !IsCountryWord(w.Text) && names.KindOf(w.Text) != names.Particle {
			return false
		}
	}
	return true
}

// Office reports a name of ordinary words that names a kind of public body or
// business: the ministry of defence, the national bank of anywhere.
func Office(sub []names.Word) bool {
	kind := false
	for _, w := range sub {
		m := names.Meaning(w.Text)
		if m == "islamic" || m == "revolutionary" {
			return false // a creed tells movements apart
		}
		switch m {
		case "ministry", "dept", "gov", "police", "bank", "natl", "army", "agency", "office", "committee", "university", "institute", "airline", "airport", "energy", "oil", "security", "interior", "defence", "insurance", "dev", "investment":
			kind = true
		}
		if IsCountryWord(w.Text) || names.KindOf(w.Text) == names.Number || m == "" && names.KindOf(w.Text) == names.Plain && names.Ordinary(w.Text) <= 3 {
			return false
		}
	}
	return kind
}

func holds(n names.Name, w names.Word) bool {
	for _, x := range n.Words {
		if x.Text == w.Text {
			return true
		}
	}
	return false
}

// WholeTitle writes out the short forms of ranks.
func WholeTitle(w string) string {
	switch w {
	case "gen":
		return "general"
	case "col":
		return "colonel"
	case "maj":
		return "major"
	case "lt":
		return "lieutenant"
	case "capt":
		return "captain"
	case "adm":
		return "admiral"
	case "brig":
		return "brigadier"
	case "cmdr", "cdr":
		return "commander"
	case "sgt":
		return "sergeant"
	}
	return w
}

package articles

import (
	"github.com/abadojack/whatlanggo"
)

// languageSample is enough text for the trigram test; it is slow (some 0.7
// MB/s), so callers ask only for articles that name somebody.
const languageSample = 1200

// Language gives the ISO 639-1 code of a text, "" where the test is unsure.
func Language(text string) string {
	if len(text) > languageSample {
		text = text[:languageSample]
	}
	info := whatlanggo.Detect(text)
	if !info.IsReliable() && info.Confidence < 0.5 {
		return ""
	}
	return info.Lang.Iso6391()
}

package speech_test

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose/speech"
)

// want is one attribution that a text must give; empty fields are not asked for.
type want struct {
	holder, name string
	kind         speech.HolderKind
	act          speech.Act
	content      string // begins with
	certainty    speech.Certainty
	directness   speech.Directness
	parent       string // text or name of the holder above, "-" for none
	country      string
	stated       int
	reason       string
	self         bool
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, text, outlet string
		want               []want
	}{
		{name: "indirect with that", text: "The minister said that the ship had left the port.", want: []want{
			{holder: "The minister", kind: speech.Official, act: speech.Assert, content: "that the ship had left", directness: speech.Indirect, certainty: speech.Certain, parent: "-"}}},
		{name: "indirect without that", text: "Two diplomats said the ship had left the port.", want: []want{
			{holder: "Two diplomats", kind: speech.Official, content: "the ship had left", stated: 2}}},
		{name: "inverted", text: "The ship left the port on Monday, said Anna Vetter, a lawyer for the owner.", want: []want{
			{name: "Anna Vetter", kind: speech.PersonH, content: "The ship left the port"}}},
		{name: "cue inside", text: "The ship, the envoy said, had left the port.", want: []want{
			{holder: "the envoy", kind: speech.Official}}},
		{name: "direct", text: "“We sold nothing to them,” the colonel told reporters.", want: []want{
			{holder: "the colonel", kind: speech.Official, content: "“We sold nothing", directness: speech.Direct, parent: "-"}}},
		{name: "direct over several sentences", text: "“We sold nothing. We will sell nothing,” the colonel said.", want: []want{
			{holder: "the colonel", content: "“We sold nothing. We will", directness: speech.Direct}}},
		{name: "mixed", text: "The owner said the deal was “dead and buried” since May.", want: []want{
			{holder: "The owner", content: "the deal was", directness: speech.Mixed}}},
		{name: "speech that goes on", text: "“We sold nothing,” the colonel said. “The crates were empty when they came.”", want: []want{
			{holder: "the colonel", content: "“We sold nothing"}}},
		{name: "speaker with a relative clause", text: "The rebels took the airfield on Monday, a deputy of the town council who was on board said.", want: []want{
			{holder: "a deputy of the town council", content: "The rebels took", parent: "-"}}},
		{name: "speaker with a place", text: "The general landed on Monday, a source at the airport of Oran said on Tuesday.", want: []want{
			{holder: "a source at the airport of Oran", kind: speech.Anonymous, content: "The general landed"}}},
		{name: "a paper that shows", text: "The general flew into Oran on Monday, the hotel's register shows.", want: []want{
			{holder: "the hotel's register", kind: speech.DocumentH, content: "The general flew"}}},
		{name: "according to, of the whole", text: "The general has been in Oran to discuss the repair of ships, according to an official.", want: []want{
			{holder: "an official", kind: speech.Anonymous, content: "The general has been"}}},
		{name: "according to", text: "The tanker carried crude oil, according to a port official.", want: []want{
			{holder: "a port official", kind: speech.Anonymous, content: "The tanker carried crude oil"}}},
		{name: "according to, first", text: "According to shipping records, the tanker called at the port twice.", want: []want{
			{holder: "shipping records", kind: speech.DocumentH, content: "the tanker called"}}},
		{name: "told a wire", text: "The rebels took the airfield, a senior Syrian official told Reuters.", want: []want{
			{holder: "a senior Syrian official", kind: speech.Anonymous, country: "SY", parent: "Reuters", content: "The rebels took"},
			{holder: "Reuters", kind: speech.Wire, parent: "-"}}},
		{name: "told the own outlet", text: "The rebels took the airfield, a senior official told the Morning Bugle.", outlet: "Morning Bugle", want: []want{
			{holder: "a senior official", parent: "-"}}},
		{name: "told reporters makes no link", text: "John Marlow, a State Department spokesman, told reporters that the visit took place.", want: []want{
			{name: "John Marlow", kind: speech.Official, parent: "-", country: "US"}}},
		{name: "citing", text: "Citing two officials, Reuters reported that the general flew to the capital.", want: []want{
			{holder: "Reuters", kind: speech.Wire, parent: "-", content: "that the general flew"},
			{holder: "two officials", kind: speech.Official, stated: 2, parent: "Reuters", content: "that the general flew"}}},
		{name: "learned from", text: "Reuters has learned from various sources that the general flew to the capital.", want: []want{
			{holder: "Reuters", kind: speech.Wire, content: "that the general flew"},
			{holder: "various sources", kind: speech.Anonymous, parent: "Reuters", content: "that the general flew"}}},
		{name: "anonymity", text: "A Western diplomat, speaking on condition of anonymity, said the general flew to the capital.", want: []want{
			{kind: speech.Anonymous, reason: "on condition of anonymity", content: "the general flew"}}},
		{name: "the same source goes on", text: "A port official said the ship left at dawn. The official added that it carried grain.", want: []want{
			{holder: "A port official", content: "the ship left"},
			{holder: "A port official", kind: speech.Anonymous, content: "that it carried grain"}}},
		{name: "last name and pronoun", text: "Interior Minister Pavel Ostrov said the cargo was seized. Ostrov said it was fuel. He added that two men were held.", want: []want{
			{name: "Pavel Ostrov", kind: speech.Official, content: "the cargo was"}, {name: "Pavel Ostrov", content: "it was fuel"}, {name: "Pavel Ostrov", kind: speech.Official, content: "that two men"}}},
		{name: "role", text: "Mark Hale, a company spokesman, declined to name the buyer. The spokesman said the contract was old.", want: []want{
			{name: "Mark Hale", content: "the contract was old"}}},
		{name: "nested", text: "Xinhua reported that the president said the talks had failed.", want: []want{
			{holder: "Xinhua", kind: speech.Wire, parent: "-"}, {holder: "the president", kind: speech.Official, parent: "Xinhua", content: "the talks had failed"}}},
		{name: "denial", text: "The ministry denied that it had sold missiles.", want: []want{
			{holder: "The ministry", kind: speech.GovernmentH, act: speech.Deny, content: "that it had sold"}}},
		{name: "denied object", text: "Moscow has denied the reports.", want: []want{
			{holder: "Moscow", kind: speech.GovernmentH, country: "RU", act: speech.Deny, content: "the reports"}}},
		{name: "confirm", text: "The bank confirmed the transfer.", want: []want{
			{holder: "The bank", kind: speech.CompanyH, act: speech.Confirm, content: "the transfer"}}},
		{name: "could not confirm", text: "The embassy could not confirm the visit.", want: []want{
			{holder: "The embassy", kind: speech.GovernmentH, act: speech.CannotConfirm, content: "the visit", certainty: speech.Uncommitted}}},
		{name: "unable to confirm", text: "The agency said it was unable to confirm the visit.", want: []want{
			{holder: "The agency", kind: speech.GovernmentH}, {act: speech.CannotConfirm, parent: "The agency", content: "the visit"}}},
		{name: "not verified by the outlet", text: "The video could not be independently verified.", outlet: "Morning Bugle", want: []want{
			{act: speech.CannotConfirm, self: true, content: "The video"}}},
		{name: "no comment", text: "The company declined to comment on the shipment.", want: []want{
			{holder: "The company", kind: speech.CompanyH, act: speech.NoComment}}},
		{name: "no comment from", text: "There was no immediate comment from the Kremlin.", want: []want{
			{holder: "the Kremlin", kind: speech.GovernmentH, country: "RU", act: speech.NoComment}}},
		{name: "no response", text: "The ministry did not respond to a request for comment.", want: []want{
			{holder: "The ministry", act: speech.NoResponse}}},
		{name: "not reached", text: "The owner could not be reached for comment.", want: []want{
			{holder: "The owner", kind: speech.PersonH, act: speech.NoResponse}}},
		{name: "neither nor", text: "The ministry neither confirmed nor denied the sale.", want: []want{
			{holder: "The ministry", act: speech.NeitherNor}}},
		{name: "looking into", text: "The department is looking into the reports.", want: []want{
			{holder: "The department", act: speech.Investigating}}},
		{name: "aware", text: "The department is aware of reports that the ship docked there.", want: []want{
			{holder: "The department", act: speech.Aware}}},
		{name: "would not say", text: "The spokesman would not say whether the ship had docked.", want: []want{
			{holder: "The spokesman", act: speech.NoComment, content: "whether the ship"}}},
		{name: "reportedly", text: "The general reportedly flew to the capital.", want: []want{
			{holder: "", certainty: speech.Probable, content: "The general"}}},
		{name: "is believed to", text: "The general is believed to have flown to the capital.", want: []want{
			{holder: "", certainty: speech.Probable, content: "The general"}}},
		{name: "is said to", text: "The firm is said to own three tankers.", want: []want{{holder: "", content: "The firm"}}},
		{name: "was quoted as saying", text: "The president was quoted as saying that the talks had failed.", want: []want{
			{holder: "The president", kind: speech.Official, content: "that the talks had failed"}}},
		{name: "quoted X as saying", text: "TASS quoted the minister as saying that the talks had failed.", want: []want{
			{holder: "the minister", kind: speech.Official, content: "that the talks had failed", parent: "TASS"}}},
		{name: "accused", text: "The council accused the firm of paying the rebels.", want: []want{
			{holder: "The council", kind: speech.GovernmentH, content: "the firm of paying"}}},
		{name: "accused, passive", text: "The firm was accused by prosecutors of paying the rebels.", want: []want{
			{holder: "prosecutors", kind: speech.GovernmentH, content: "The firm"}}},
		{name: "document", text: "The panel's report says the ship carried rockets.", want: []want{
			{holder: "The panel's report", kind: speech.DocumentH, content: "the ship carried"}}},
		{name: "noun", text: "The minister rejected Iran's claim that the ship was empty.", want: []want{
			{holder: "Iran", kind: speech.GovernmentH, country: "IR", content: "that the ship was empty"}}},
		{name: "chief among relative clauses", text: "The envoy, who said the sale was legal, left on Monday.", want: []want{
			{holder: "The envoy", content: "the sale was legal"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, trees := parse(t, c.text)
			got := speech.Find(doc, trees, c.outlet)
			for _, w := range c.want {
				if !slicesHas(got, func(a speech.Attribution) bool { return w.fits(a, got, c.text) }) {
					t.Errorf("%s\nwant %+v\nhave %s", c.text, w, list(got, c.text))
				}
			}
			for _, a := range got {
				checkSpans(t, c.text, a, len(got))
			}
		})
	}
}

func slicesHas(got []speech.Attribution, ok func(speech.Attribution) bool) bool {
	for _, a := range got {
		if ok(a) {
			return true
		}
	}
	return false
}

func (w want) fits(a speech.Attribution, all []speech.Attribution, text string) bool {
	content := ""
	if len(a.Content) > 0 {
		content = a.Content[0].Of(text)
	}
	above := "-"
	if a.Parent >= 0 {
		above = all[a.Parent].Holder.Text
	}
	return (w.name != "" || a.Holder.Text == w.holder || w.holder == "" && (w.kind != "" || w.act != "")) &&
		(w.name == "" || a.Holder.Name == w.name) && (w.kind == "" || a.Holder.Kind == w.kind) && (w.act == "" || a.Act == w.act) &&
		strings.HasPrefix(content, w.content) && (w.certainty == "" || a.Certainty == w.certainty) &&
		(w.directness == "" || a.Directness == w.directness) && (w.parent == "" || above == w.parent) &&
		(w.country == "" || a.Holder.Country == w.country) && (w.stated == 0 || a.Holder.Stated == w.stated) &&
		strings.Contains(a.Holder.Reason, w.reason) && (!w.self || a.Self)
}

func list(got []speech.Attribution, text string) string {
	var b strings.Builder
	for _, a := range got {
		content := ""
		if len(a.Content) > 0 {
			content = a.Content[0].Of(text)
		}
		b.WriteString("\n  " + a.Holder.Text + " (" + string(a.Holder.Kind) + ", " + a.Holder.Name + ") " + a.CueText + " " + string(a.Act) + ": " + content)
	}
	return b.String()
}

func checkSpans(t *testing.T, text string, a speech.Attribution, n int) {
	t.Helper()
	spans := append(a.Content[:len(a.Content):len(a.Content)], a.Cue, a.Holder.Span, a.Holder.Head)
	for _, s := range spans {
		if s.Start < 0 || s.End > len(text) || s.Start > s.End {
			t.Fatalf("span %v out of a text of %d bytes", s, len(text))
		}
	}
	if a.Parent < -1 || a.Parent >= n {
		t.Fatalf("parent %d of %d", a.Parent, n)
	}
}

// TestGuards: words that look like speech and are none.
func TestGuards(t *testing.T) {
	for _, text := range []string{
		"The blast claimed three lives.",
		"The ship left according to plan.",
		"The firm moved the said goods by rail.",
		"He was charged two dollars for the ticket.",
		"Prices rose to 90 dollars per barrel.",
		"The army withdrew its troops from the town.",
		"The prisoner was denied access to a lawyer.",
	} {
		doc, trees := parse(t, text)
		if got := speech.Find(doc, trees, ""); len(got) > 0 {
			t.Errorf("%s%s", text, list(got, text))
		}
	}
}

func TestOpenQuote(t *testing.T) {
	text := "“We sold nothing, the colonel said.\n\nThe envoy said the ship left.\n\n“It is over,” she said."
	doc, trees := parse(t, text)
	got := speech.Find(doc, trees, "")
	ok := false
	for _, a := range got {
		for _, c := range a.Content {
			if c.Len() > 60 {
				t.Errorf("a quotation left open swallowed %q", c.Of(text))
			}
			ok = ok || a.Holder.Text == "The envoy" && c.Of(text) == "the ship left"
		}
	}
	if !ok {
		t.Errorf("the text behind an open quotation is lost:%s", list(got, text))
	}
}

func TestQuotes(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"He said “yes” and \"no\".", []string{"“yes”", "\"no\""}},
		{"The embargo is still in place,”so such trade would be a breach,” said the envoy.", []string{"”so such trade would be a breach,”"}},
		{"''Never,'' he said.", []string{"''Never,''"}},
		{"The minister's dogs' names", nil},
		{"‘We know,’ he said. It’s over.", []string{"‘We know,’"}},
		{"«Нет», — сказал он.", []string{"«Нет»"}},
		{"“He said ‘no’ to me,” she said.", []string{"“He said ‘no’ to me,”"}},
		{"“It never closes", []string{"“It never closes"}},
	} {
		doc, _ := parse(t, c.text)
		var got []string
		for _, q := range speech.Quotes(doc) {
			got = append(got, q.Of(c.text))
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %q", c.text, got)
		}
	}
}

func TestHeadlines(t *testing.T) {
	for _, c := range []struct{ text, holder string }{
		{"Iran denies secret talks with rebels: report\n\nThe ministry said on Monday that no talks had been held.", "report"},
		{"General met minister in capital - source\n\nA general met the minister in the capital, a source said on Monday.", "source"},
	} {
		doc, trees := parse(t, c.text)
		got := speech.Find(doc, trees, "")
		found := false
		for _, a := range got {
			found = found || a.Holder.Text == c.holder
		}
		if !found && doc.Sentences[0].Kind != 0 {
			t.Errorf("%s%s", c.text, list(got, c.text))
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("The minister said “no.", "en")
	f.Add("According to, citing Reuters: - source", "en")
	f.Add("قال المتحدث إن", "ar")
	f.Fuzz(func(t *testing.T, text, lang string) {
		doc, trees := parse(t, text)
		doc.Language = lang
		got := speech.Find(doc, trees, "Reuters")
		for i, a := range got {
			checkSpans(t, text, a, len(got))
			speech.Chain(got, i)
		}
	})
}

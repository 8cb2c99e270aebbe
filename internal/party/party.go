package party

import (
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
)

// Schema is the type of a party, by the names of FollowTheMoney.
type Schema string

// Schemata in use. LegalEntity stands for "a person or a body, the list does
// not say which".
const (
	Person       Schema = "Person"
	Organization Schema = "Organization"
	Company      Schema = "Company"
	PublicBody   Schema = "PublicBody"
	LegalEntity  Schema = "LegalEntity"
	Vessel       Schema = "Vessel"
	Airplane     Schema = "Airplane"
	CryptoWallet Schema = "CryptoWallet"
	Security     Schema = "Security"
)

// Party is one person, body, vessel or aircraft as one list describes it.
type Party struct {
	// ID is "LIST:REFERENCE", for example "un:IRi.039": the list's own most
	// lasting reference, so that it survives renumbering and re-saving.
	ID            string
	Schema        Schema
	Names         []Name // the first is the primary name
	Gender        string // "male", "female" or ""
	Births        []Birth
	Deaths        []calendar.Date
	Nationalities []Country
	Positions     []Position
	Titles        []string // forms of address and academic or religious titles
	Documents     []Document
	Addresses     []Address
	Relations     []Relation
	Vessel        *VesselFacts
	Aircraft      *AircraftFacts
	Wallets       []Wallet
	Founded       []calendar.Date // incorporation of a body
	Contacts      []Contact
	Designations  []Designation
	Notes         []string // comments and other text of the entry, as given
	Links         []string // Interpol notices and other addresses
	Reviewed      calendar.Date
	// Source tells where in the snapshot the entry stands.
	Source Origin
}

// NameKind says what a name is to its bearer.
type NameKind string

// Kinds of names.
const (
	Primary NameKind = "primary"
	Alias   NameKind = "alias"
	Former  NameKind = "former"
	Native  NameKind = "native" // in the bearer's own script
	Short   NameKind = "short"  // acronym or short form
)

// Quality is the list's own word on how well a name identifies.
type Quality string

// Qualities: the UN's Good and Low, OFAC's strong and weak, map to these.
const (
	QualityUnknown Quality = ""
	Strong         Quality = "strong"
	Weak           Quality = "weak"
)

// Name is one spelling under which a party is listed.
type Name struct {
	Text     string
	Kind     NameKind
	Quality  Quality
	Script   string   // ISO 15924 where the list or the text tells, for example "Arab"
	Language string   // ISO 639-1 where the list says
	Parts    []string // as the list splits it, for example first to fourth name
	// Surname holds the family name where the list marks it (OFAC lastName).
	Surname string
}

// Country is a name as the list gives it with its ISO 3166-1 alpha-2 code in
// upper case, empty where the name was not recognised.
type Country struct {
	Code, Text string
}

// Birth is one birth date, birth place or both.
type Birth struct {
	Window calendar.Window // the days it may have been; zero if only a place is given
	Circa  bool
	Place  string
	In     Country
	Note   string
}

// Position is an office, rank or role.
type Position struct {
	Title    string
	Body     string
	From, To calendar.Date
}

// Document is a passport, identity card, tax or register number.
type Document struct {
	Kind    string // "passport", "national-id", "tax", "register", "lei", "bic", "other"
	Number  string
	Country Country
	Issued  calendar.Date
	Expires calendar.Date
	Note    string
	Text    string // as the list gives it
}

// Address of a party, in the list's words.
type Address struct {
	Text     string // whole, one line
	Street   string
	City     string
	Region   string
	PostCode string
	In       Country
	Note     string
}

// Relation to another party.
type Relation struct {
	Kind   string // "owned-by", "owns", "acting-for", "family", "associate", "linked-to", "member-of", "leader-of"
	Target string // ID of the other party where known
	Name   string // its name as given
	Note   string
}

// VesselFacts holds what a list says about a ship.
type VesselFacts struct {
	IMO, MMSI, CallSign string
	Flag                Country
	FormerFlags         []Country
	Type, Tonnage, GRT  string
	Owner               string
	Built               calendar.Date
}

// AircraftFacts holds what a list says about an aircraft.
type AircraftFacts struct {
	Tail, Serial, Model, Operator string
}

// Wallet is a crypto address.
type Wallet struct {
	Currency, Address string
}

// Contact is a telephone number, e-mail or web address.
type Contact struct {
	Kind, Value string
}

// Status of a designation at the date of a snapshot.
type Status string

// Statuses.
const (
	Listed   Status = "listed"
	Delisted Status = "delisted"
)

// Designation is one act of listing a party under one regime.
type Designation struct {
	Authority  string // "UN", "US", "EU", "UK", "CH", "CA", "AU", ...
	List       string // "un", "us-ofac-sdn", "us-ofac-cons", "uk-ofsi", "eu-fsf", ...
	Reference  string // reference under that authority: "IRi.039", "10481", "INU0398"
	Regime     string // register key of measures/: "1737", "SDGT", ...; may be empty
	Programmes []string
	// ListedOn is the date the list states. It may survive a gap (UN re-listings
	// of September 2025 keep 2006), so it is not the start of every measure.
	ListedOn   calendar.Date
	AmendedOn  []calendar.Date
	DelistedOn calendar.Date
	Status     Status
	// Periods are the stretches during which editions of the list held the
	// designation; filled by lists' history, empty for a single edition.
	Periods     []Period
	LegalBasis  []string
	Reasons     string
	CrossRefs   []string // references under other authorities, as quoted by the list
	Stated      []StatedMeasure
	SourceURL   string
	SourceNotes []string
}

// Period is a stretch during which editions of a list held a designation. The
// end is known only to lie after LastSeen and not after Gone.
type Period struct {
	From     calendar.Date // listing date, or first edition that held it
	LastSeen calendar.Date // date of the last edition that held it
	Gone     calendar.Date // first edition without it; zero = in the last one known
}

// StatedMeasure is a measure that the list itself says the designation
// carries, with dates where the list gives them.
type StatedMeasure struct {
	Kind string // measure kind of activity.Kinds, "" where the text was not recognised
	Text string // as the list says it
	From calendar.Date
	To   calendar.Date // first day without it; zero = open
	Note string
}

// Origin is the place of an entry in its file.
type Origin struct {
	File   string
	Line   int
	Offset int64
	Record string // the list's record number, for example DATAID
}

// Edition is one snapshot of one list.
type Edition struct {
	List      string        // "un", "us-ofac-sdn", ...
	Publisher string        // "United Nations Security Council"
	Stated    calendar.Date // the date the file states; zero if none
	AsOf      calendar.Date // the date it is taken to show: stated, given by the user, or zero
	SHA256    string        // of the file as it came, before decompression
	File      string
	Format    string // "un-xml", "ofac-csv", ...
	Entries   int
	Partial   bool // holds only part of the list, so absence says nothing
	// KnownFrom is the moment it was taken over into a store; zero elsewhere.
	KnownFrom time.Time
}

// Key identifies the edition: list, date and content.
func (e Edition) Key() string {
	h := e.SHA256
	if len(h) > 12 {
		h = h[:12]
	}
	return e.List + "@" + e.AsOf.String() + "#" + h
}

// PrimaryName is the first name's text, or the ID where a list gives no name.
func (p Party) PrimaryName() string {
	if len(p.Names) == 0 {
		return p.ID
	}
	return p.Names[0].Text
}

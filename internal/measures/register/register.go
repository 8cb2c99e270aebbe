package register

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/wording"
)

// Register is every measure of every regime held, with what says which
// designation carries which. It is read once and never changed.
type Register struct {
	Regimes    []*Regime
	Applies    []Application
	Exemptions []KnownExemption
	Listings   []Listing
	Sets       map[string]ExemptionSet
	Owning     []OwnershipRule
	Bears      map[string]Bearer // by authority
	Words      wording.Lexicon
	// Pages are the keys that a read mark may name.
	Pages map[string]string

	byKind map[activity.Kind][]*Measure
	byID   map[string]*Measure
	roster map[string]map[string]bool
}

// Regime is one family of measures of one authority: the Iran file holds what
// went by 1737, then 2231, then 1737 again.
type Regime struct {
	Key       string   `toml:"key"`
	Authority string   `toml:"authority"`
	Title     string   `toml:"title"`
	Addressee string   `toml:"addressee"` // of every measure that names none
	Binds     string   `toml:"binds"`     // jurisdiction of the addressee; "" = every State
	Numbers   []Number `toml:"number"`
	Note      string   `toml:"note"`
	// Names are words by which reports call the territory concerned.
	Territories []Territory `toml:"territory"`
	Sunsets     []Sunset    `toml:"sunset"`
	Measures    []*Measure  `toml:"measure"`
}

// Number is a name under which the regime was known over a time: the number
// of a resolution, a programme tag, a regulation.
type Number struct {
	Key   string        `toml:"key"`
	From  calendar.Date `toml:"from"`
	Until calendar.Date `toml:"until"`
}

// Territory is a State or part of one ("SD-Darfur") that measures concern.
type Territory struct {
	Code  string   `toml:"code"`
	Names []string `toml:"names"`
}

// Sunset is a day after which measures would have lapsed, with the instrument
// that set it. Day is the last day covered; zero where it was not read.
type Sunset struct {
	Day        calendar.Date `toml:"day"`
	Instrument string        `toml:"instrument"`
	Read       string        `toml:"read"`
}

// Directions of goods as seen from a territory.
const (
	To   = "to"
	From = "from"
)

// Effects of a row. Only a duty is a measure; the others are kept so that
// nobody takes them for one.
const (
	EffectDuty          = ""
	EffectCall          = "call"          // "calls upon", vigilance, restraint
	EffectAuthorisation = "authorisation" // allows enforcement, binds nobody
	EffectExposure      = "exposure"      // risk of listing for others, no duty
)

// Measure is one row of the register: one duty over one or more intervals.
type Measure struct {
	ID          string        `toml:"id"`
	Kind        activity.Kind `toml:"kind"`
	Effect      string        `toml:"effect"`
	Addressee   string        `toml:"addressee"`
	BindsTarget bool          `toml:"binds_target"` // the State concerned is bound too
	Binds       string        `toml:"binds"`
	Duty        string        `toml:"duty"`

	// Object: the listed parties, ...
	List       []string `toml:"list"`       // prefixes of reference numbers
	Programmes []string `toml:"programmes"` // tags of a list without prefixes
	Lists      []string `toml:"lists"`      // only designations on these of the authority's lists
	Roster     string   `toml:"roster"`     // "", "marked", "closed" or the name of a roster file
	Listed     Span     `toml:"listed"`     // listing dates that the row is about
	Relists    bool     `toml:"relists"`    // its opening put back who was off the list
	Schemas    []string `toml:"schemas"`
	// ... a territory, ...
	Territory []string `toml:"territories"`
	Direction string   `toml:"direction"` // "to", "from" or "" for both
	// ... or goods, which then are the object and not a limit of scope.
	GoodsObject []string `toml:"goods_object"`

	// Scope.
	Scope       string          `toml:"scope"`
	Activities  []activity.Code `toml:"activities"` // only these of the kind's
	LeavesOut   []activity.Code `toml:"leaves_out"` // others that the text leaves free
	OwnNational bool            `toml:"own_national"`
	Goods       []string        `toml:"goods"`        // closed list of goods
	Recipients  []string        `toml:"recipients"`   // classes that it reaches
	Services    []string        `toml:"services"`     // classes of services that are its object
	NoOwnership bool            `toml:"no_ownership"` // bodies owned by the listed are not meant
	Outside     []CarveOut      `toml:"outside"`
	Limits      []Limit         `toml:"limit"`
	Cap         string          `toml:"cap"`          // a quantity over time: one act says nothing
	OwnedAbroad []Span          `toml:"owned_abroad"` // times in which foreign firms owned by its people are bound too

	Exemption  ExemptionRule `toml:"exemption"`
	Intervals  []Interval    `toml:"intervals"`
	Sunset     bool          `toml:"sunset"` // the regime's sunsets hold for it
	Contested  []string      `toml:"contested_by"`
	Note       string        `toml:"note"`
	SourceNote string        `toml:"source_note"`

	regime *Regime
}

// Regime gives the family the row belongs to.
func (m *Measure) Regime() *Regime { return m.regime }

// Span is a time with an exclusive end; a zero end is open.
type Span struct {
	From  calendar.Date `toml:"from"`
	Until calendar.Date `toml:"until"`
}

// Has reports whether the day lies in the span.
func (s Span) Has(day calendar.Date) bool {
	return !day.Before(s.From) && (s.Until.IsZero() || day.Before(s.Until))
}

// Interval is a stretch in which a row was in force: the first day with it,
// the first day without it, and what opened and closed it.
type Interval struct {
	From      calendar.Date `toml:"from"`
	Until     calendar.Date `toml:"until"`
	Opened    string        `toml:"opened"`
	Closed    string        `toml:"closed"`
	Read      string        `toml:"read"`
	Contested []string      `toml:"contested_by"`
}

// Span drops the instruments.
func (i Interval) Span() Span { return Span{i.From, i.Until} }

// WasRead reports whether a page or list stands behind the row, as against
// memory alone.
func (i Interval) WasRead() bool {
	return slices.ContainsFunc(marks(i.Read), func(k string) bool { return k != "M" })
}

// marks splits "blogfa, M(¶)" into "blogfa", "M".
func marks(read string) []string {
	var out []string
	for _, k := range strings.FieldsFunc(read, func(r rune) bool { return r == ',' || r == ';' }) {
		k, _, _ = strings.Cut(strings.TrimSpace(k), "(")
		if k = strings.TrimSpace(k); k != "" {
			out = append(out, k)
		}
	}
	return out
}

// CarveOut is what the text itself leaves out, with nobody's decision. All
// conditions that it names must be met.
type CarveOut struct {
	What       string          `toml:"what"`
	Recipients []string        `toml:"recipients"`
	Goods      []string        `toml:"goods"`
	Activities []activity.Code `toml:"activities"`
	Facts      []string        `toml:"facts"`  // fact keys of facts.csv that the report states
	Exempt     bool            `toml:"exempt"` // a standing exception rather than a limit of scope
	// ContractBefore: only for contracts concluded before that day.
	ContractBefore calendar.Date `toml:"contract_before"`
	From           calendar.Date `toml:"from"`
	Until          calendar.Date `toml:"until"`
	Citation       string        `toml:"citation"`
}

// During is the time of the carve-out.
func (c CarveOut) During() Span { return Span{c.From, c.Until} }

// Limit is a threshold with its own interval: the tenor of a loan, the price
// of a barrel, the days since a call. Values up to Free, or from FreeFrom on,
// are free.
type Limit struct {
	Fact           string        `toml:"fact"` // role that holds the number
	Free           float64       `toml:"free"`
	FreeFrom       float64       `toml:"free_from"` // the other way round: free from this value on
	Exempt         bool          `toml:"exempt"`    // a standing exception: silence leaves the exemption unknown
	ContractBefore calendar.Date `toml:"contract_before"`
	From           calendar.Date `toml:"from"`
	Until          calendar.Date `toml:"until"`
	Citation       string        `toml:"citation"`
}

// ExemptionRule says who may exempt and on what grounds.
type ExemptionRule struct {
	Rule string   `toml:"rule"` // none, committee, council, state, authority, standing, unknown
	Sets []string `toml:"sets"` // keys of exemption-sets.csv
	Text string   `toml:"text"`
}

// String gives the rule in words.
func (e ExemptionRule) String() string {
	out := e.Rule
	if len(e.Sets) > 0 {
		out += " (" + strings.Join(e.Sets, ", ") + ")"
	}
	if e.Text != "" {
		out += ": " + e.Text
	}
	return out
}

// ExemptionSet is one of the standard sets (TB1 ... AF5).
type ExemptionSet struct {
	Key        string
	Kind       activity.Kind
	Decider    string // committee, state, court, none (standing)
	From       calendar.Date
	Instrument string
	Text       string
}

// Listing is a listing on record where the list's own files give no date, or
// only that of a later listing.
type Listing struct {
	Authority, Reference string
	Regime               string // tag or regime listed under; "" = all
	Span                 Span
	Citation, Read       string
}

// Application says that a designation carries a measure, or no longer does.
type Application struct {
	Measure   string // id, or "*" for every measure of the list
	Authority string
	Reference string // one reference, or the name of a party of a closed list
	Span      Span
	Carries   bool
	Citation  string
	Read      string
}

// KnownExemption is a grant on record.
type KnownExemption struct {
	Measure  string
	Persons  []string
	Places   []string
	Purpose  string
	From, To calendar.Date // both days included
	Body     string
	Read     string
}

// Measure finds a row by its id.
func (r *Register) Measure(id string) (*Measure, bool) {
	m, ok := r.byID[id]
	return m, ok
}

// OfKind gives the rows of one kind in the order of the files.
func (r *Register) OfKind(k activity.Kind) []*Measure { return r.byKind[k] }

// GoesBy reports whether the regime was ever known under the name.
func (g *Regime) GoesBy(name string) bool {
	return strings.EqualFold(g.Key, name) || slices.ContainsFunc(g.Numbers, func(n Number) bool { return strings.EqualFold(n.Key, name) })
}

// NumberOn gives the name by which the regime went on that day.
func (g *Regime) NumberOn(day calendar.Date) string {
	for _, n := range g.Numbers {
		if (Span{n.From, n.Until}).Has(day) {
			return n.Key
		}
	}
	return g.Key
}

// Own makes the row one of the regime, for rows that only a list states.
func (g *Regime) Own(m *Measure) *Measure {
	m.regime = g
	return m
}

// Wording is the duty in the row's own words or in those of its kind.
func (m *Measure) Wording() string {
	if m.Duty != "" {
		return m.Duty
	}
	k, _ := activity.LookupKind(m.Kind)
	return k.Duty
}

// RenewalOn finds the instrument that carried the row on that day.
func (m *Measure) RenewalOn(day calendar.Date, iv *Interval) (Sunset, bool) {
	if !m.Sunset {
		return Sunset{}, false
	}
	for _, s := range m.regime.Sunsets {
		if s.Day.IsZero() || (!s.Day.Before(day) && s.Day.After(iv.From)) {
			return s, true
		}
	}
	return Sunset{}, false
}

// IsTravel reports the two kinds that are about a State's frontier.
func IsTravel(k activity.Kind) bool { return k == "M-TRAVEL" || k == "M-TRAVEL-NOTIFY" }

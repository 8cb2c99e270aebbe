package table

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/subjects"
)

// Field is a part of a subject that a column can hold.
type Field string

// Fields in the order in which they are asked for a column.
const (
	ID        Field = "id"
	Name      Field = "name"
	FirstName Field = "first_name"
	Middle    Field = "middle_name"
	LastName  Field = "last_name"
	Alias     Field = "alias"
	Schema    Field = "schema"
	BirthDate Field = "birth_date"
	Country   Field = "country"
	Gender    Field = "gender"
	Number    Field = "number"
)

// Fields are all of them, for help texts.
var Fields = []Field{ID, Name, FirstName, Middle, LastName, Alias, Schema, BirthDate, Country, Gender, Number}

// headers are the usual names of columns, folded (see fold).
var headers = map[Field][]string{
	ID:        {"id", "subjectid", "customerid", "clientid", "customernumber", "customerno", "custid", "recordid", "reference", "ref", "key", "accountid", "kundennummer", "kundennr", "numeroclient", "idcliente"},
	Name:      {"name", "fullname", "query", "customername", "customer", "clientname", "client", "caption", "companyname", "company", "entityname", "legalname", "vesselname", "shipname", "vessel", "counterparty", "beneficiary", "payee", "partyname", "kunde", "firma", "vollername", "nom complet", "nomcomplet", "raisonsociale", "nombrecompleto", "razonsocial", "wholename"},
	FirstName: {"firstname", "givenname", "givennames", "forename", "forenames", "vorname", "prenom", "nombre", "fname"},
	Middle:    {"middlename", "secondname", "patronymic", "fathername", "zweitername"},
	LastName:  {"lastname", "surname", "familyname", "nachname", "familienname", "nom", "apellido", "apellidos", "lname"},
	Alias:     {"alias", "aliases", "aka", "othername", "othernames", "alsoknownas", "previousname", "formername", "maidenname", "geburtsname", "weakalias", "name2"},
	Schema:    {"schema", "type", "entitytype", "customertype", "partytype", "kind", "category", "typ"},
	BirthDate: {"birthdate", "dateofbirth", "dob", "born", "birthday", "geburtsdatum", "datedenaissance", "fechadenacimiento", "yearofbirth", "yob", "birthyear"},
	Country:   {"country", "countries", "nationality", "nationalities", "citizenship", "countrycode", "jurisdiction", "residence", "countryofresidence", "countryofincorporation", "countryofbirth", "birthcountry", "flag", "land", "nationalitat", "staatsangehorigkeit", "pays", "nationalite", "pais", "nacionalidad"},
	Gender:    {"gender", "sex", "geschlecht", "sexe", "sexo"},
	Number: {"number", "passport", "passportnumber", "passportno", "idnumber", "nationalid", "nationalidnumber", "documentnumber", "taxnumber", "taxid", "registrationnumber", "companynumber", "regno", "imo",
		"imonumber", "mmsi", "lei", "leicode", "swift", "swiftbic", "bic", "wallet", "walletaddress", "publickey", "inn", "inncode", "ogrncode", "ausweisnummer", "numerodepasseport", "pasaporte"},
}

// fold writes a header in small letters and digits without accents.
func fold(h string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(h)) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x24f {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Mapping says which columns hold which field.
type Mapping map[Field][]int

// Map recognises the columns of a header. wanted names columns for fields, over
// what their names say.
func Map(header []string, wanted map[Field]string) (Mapping, error) {
	m := Mapping{}
	taken := map[int]bool{}
	for field, column := range wanted {
		if !slices.Contains(Fields, field) {
			return nil, fmt.Errorf("unknown field %q: %v are known", field, Fields)
		}
		for _, name := range strings.Split(column, ",") {
			i := slices.IndexFunc(header, func(h string) bool { return strings.TrimSpace(h) == strings.TrimSpace(name) })
			if i < 0 {
				i = slices.IndexFunc(header, func(h string) bool { return fold(h) == fold(name) })
			}
			if i < 0 {
				return nil, fmt.Errorf("no column %q for %s; there are: %s", name, field, strings.Join(header, ", "))
			}
			m[field], taken[i] = append(m[field], i), true
		}
	}
	for _, field := range Fields {
		if wanted[field] != "" {
			continue
		}
		for i, h := range header {
			if !taken[i] && slices.Contains(headers[field], fold(h)) {
				if field == ID && len(m[ID]) > 0 {
					continue
				}
				m[field], taken[i] = append(m[field], i), true
			}
		}
	}
	// "Name" beside "First name" is the family name's column.
	if len(m[Name]) == 1 && len(m[FirstName]) > 0 && len(m[LastName]) == 0 && wanted[Name] == "" {
		m[LastName], m[Name] = m[Name], nil
	}
	if len(m[Name])+len(m[LastName])+len(m[FirstName])+len(m[Number]) == 0 {
		return nil, fmt.Errorf("no column of names or numbers among: %s (name one, for example --column name=%q)", strings.Join(header, ", "), first(header))
	}
	return m, nil
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// between parts the values of a JSON list inside one cell.
const between = '\x1f'

// values gives the cells of a field. A cell of aliases, countries or numbers
// may hold several parted by ";" or "|"; in a name these are part of it.
func (m Mapping) values(cells []string, f Field) []string {
	var out []string
	for _, i := range m[f] {
		if i >= len(cells) {
			continue
		}
		for _, v := range strings.FieldsFunc(cells[i], parted(f)) {
			if v = strings.Join(strings.Fields(v), " "); v != "" && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}

func parted(f Field) func(rune) bool {
	several := f == Alias || f == Country || f == Number
	return func(r rune) bool { return r == between || several && (r == ';' || r == '|') }
}

// schemata by the words that people use for types.
var schemata = map[string]party.Schema{
	"person": party.Person, "individual": party.Person, "natural": party.Person, "naturalperson": party.Person, "i": party.Person, "p": party.Person, "human": party.Person, "einzelperson": party.Person, "privatperson": party.Person,
	"organization": party.Organization, "organisation": party.Organization, "entity": party.Organization, "e": party.Organization, "corporate": party.Company, "business": party.Company, "legal": party.Organization, "legalperson": party.Organization,
	"company": party.Company, "firma": party.Company, "publicbody": party.PublicBody, "legalentity": party.LegalEntity, "vessel": party.Vessel, "ship": party.Vessel, "airplane": party.Airplane, "aircraft": party.Airplane,
	"cryptowallet": party.CryptoWallet, "wallet": party.CryptoWallet, "security": party.Security,
}

// subject reads a row. The notes tell what could not be read in it; it is lost
// where neither name nor number is there.
func (m Mapping) subject(cells []string) (s subjects.Subject, notes []string, lost bool) {
	s.ID = first(m.values(cells, ID))
	names := m.values(cells, Name)
	if parts := slices.Concat(m.values(cells, FirstName), m.values(cells, Middle), m.values(cells, LastName)); len(parts) > 0 {
		names = append(names, strings.Join(parts, " "))
	}
	if len(names) > 0 {
		s.Name, s.Aliases = names[0], names[1:]
	}
	s.Aliases = append(s.Aliases, m.values(cells, Alias)...)
	s.Numbers = m.values(cells, Number)
	if s.Name == "" && len(s.Aliases) > 0 {
		s.Name, s.Aliases = s.Aliases[0], s.Aliases[1:]
	}
	if len(s.Aliases) == 0 {
		s.Aliases = nil
	}
	if s.Name == "" && len(s.Numbers) == 0 {
		return s, []string{"neither a name nor a number"}, true
	}
	if t := first(m.values(cells, Schema)); t != "" {
		if s.Schema = schemata[fold(t)]; s.Schema == "" {
			notes = append(notes, fmt.Sprintf("type %q is not known and not used", t))
		}
	}
	for _, b := range m.values(cells, BirthDate) {
		if w, _, ok := fields.Span(b, fields.DayFirst); ok {
			if s.BirthDate.IsZero() {
				s.BirthDate = w
			} else {
				s.BirthDate = s.BirthDate.Hull(w)
			}
		} else if d, err := calendar.Parse(b); err == nil {
			s.BirthDate = d.Window()
		} else {
			notes = append(notes, fmt.Sprintf("birth date %q cannot be read and is not used", b))
		}
	}
	for _, c := range m.values(cells, Country) {
		if code := fields.Country(c).Code; code == "" {
			notes = append(notes, fmt.Sprintf("country %q is not known and not used", c))
		} else if !slices.Contains(s.Countries, code) {
			s.Countries = append(s.Countries, code)
		}
	}
	switch g := fold(first(m.values(cells, Gender))); g {
	case "":
	case "m", "male", "man", "mannlich", "homme", "hombre", "masculino":
		s.Gender = "male"
	case "f", "w", "female", "woman", "weiblich", "femme", "mujer", "femenino":
		s.Gender = "female"
	}
	return s, notes, false
}

package places

// Codes of kinds and flags in the gazetteer's table; the generator under
// data/gazetteer writes them.
const (
	CodeCountry byte = iota + 1
	CodeRegion
	CodeCounty
	CodeCity
	CodeArea
	CodeFacility
)

const (
	FlagCapital byte = 1 << iota
	FlagSeat         // of a province
	FlagSection      // a quarter of a city
)

var kindOfCode = map[byte]Kind{CodeCountry: Country, CodeRegion: Region, CodeCounty: Region, CodeCity: City, CodeArea: Area, CodeFacility: Facility}

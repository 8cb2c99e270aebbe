// Package markup reads the XML of sanctions lists as a stream: record by
// record, each a small tree, with line and byte for every error.
//
// It exists beside encoding/xml because lists are imported by the hundred
// (308 versions of one list), and because a list that is not well-formed must
// be refused with the place of the damage and the entry it stands in. It
// checks what matters for that: nesting, characters, encoding, the end of the
// document. It never resolves an external entity and refuses a document type
// that declares any, so an entity bomb cannot start. Namespace prefixes are
// dropped: no list uses one name in two senses.
//
//	1 decode: BOM, then the encoding of the XML declaration; UTF-8, UTF-16,
//	  windows-1252 and ISO 8859-1 are known
//	2 Next: hop to the next "<"; what lies before it is text
//	3 check each text for characters that XML forbids, expand the five
//	  predefined and the numeric references
//	4 Record: collect a start tag, its text and its children into a Node
//	5 at the end of the file every element must be closed
package markup

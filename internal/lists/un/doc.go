// Package un reads the United Nations Security Council consolidated list in
// XML, in every serialisation seen from 2016 to 2026.
//
// An entry is identified by its permanent reference number ("IRi.039"), never
// by DATAID: six Haiti entries got new DATAIDs in 2025 and stayed the same
// entries. White space is made single, because one published copy was re-saved
// with line breaks inside names. The measures that the list itself states
// (Libya, Mali: "(Travel Ban, Asset Freeze)") are kept as stated; where it
// says nothing, nothing is stated, and measures/ answers from the regime.
package un

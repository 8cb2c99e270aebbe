// Package table is the compact file of the gazetteer: a list of places and a
// sorted list of folded names that point to them.
//
// It takes places with their names (Writer) and gives one zstd-compressed image;
// Open expands the image and answers look-ups from its bytes by binary search,
// so that nothing is built in memory but the image itself. It knows no ranking,
// no language and no text.
//
// Layout, little endian: magic "RGZ1"; six uint32 counts and section sizes;
// 32-byte place records; names as offsets and bytes; postings; display names.
package table

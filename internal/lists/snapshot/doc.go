// Package snapshot takes the files of a list as they came and gives their
// bytes: named, hashed before decompression, unpacked under limits.
//
// It knows .gz, .zst, .zip, .tar and their mixtures from their first bytes,
// not from their names. It knows no list: recognising and reading what is
// inside is the work of lists and its other children. A file that cannot be
// unpacked whole (cut off, a bomb, a damaged checksum) is a Refusal.
package snapshot

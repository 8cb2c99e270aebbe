// Package release makes what is published of a version: one archive a platform,
// checksums, a list of materials, the licences of everything inside, and the
// changelog.
//
// It takes a clean checkout and a folder to write to. It gives:
//
//  1. one binary a Target, built without cgo and with the flags of Flags, so
//     that two builds of one commit in two folders are equal byte for byte;
//  2. an archive of each (tar.gz, zip for Windows) whose times are those of the
//     commit, with README, LICENSE and the licences of the modules inside;
//  3. SHA256SUMS over all of it;
//  4. a CycloneDX list of materials, read from the binary itself and not from
//     go.mod, because the binary is what people run;
//  5. CHANGELOG.md, put together from the files of changes/.
//
// A module whose licence is not permissive, or is not recognised, stops it. It
// never publishes, tags or signs anything: those are acts of a person.
package release

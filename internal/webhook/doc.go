// Package webhook delivers signed messages to servers that other people named.
//
// It takes a Target and a body and posts it: signed with HMAC-SHA256 over the
// time and the body, tried again with growing pauses, never following a
// redirect. A name is resolved once and the address that is dialled is checked,
// so that a webhook cannot reach the machine itself, its network or a cloud's
// metadata (also not by rebinding), unless the host stands in AllowHosts. It
// keeps nothing: what was not delivered is the caller's to keep.
package webhook

// Package web serves the pages for analysts: the inbox, case files with their
// review, parties, articles, screening, lists, sources and search.
//
// It takes what the store and the rooms below hold and renders it on the
// server with html/template; every page works without a script, the modules
// in static add comfort. It sets a policy that allows nothing but its own
// files: no inline script or style, no request to anybody else. It computes
// no count, score or verdict, and no sentence in its templates judges anybody;
// tests hold both. Who is asking is decided by the caller (Visitor).
package web

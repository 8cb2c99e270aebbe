// Package yente answers programs that know OpenSanctions' yente: the same
// routes, parameters, status codes and shapes of answers (as of yente 5.5.0),
// over Reportedly's lists and matcher.
//
// It takes Data, an immutable picture of all lists made by NewData, and gives
// routes: /match, /search, /entities with /adjacent, /catalog, /algorithms,
// /statements, /reconcile (W3C reconciliation 0.2) and /openapi.json. Set swaps
// in newer Data while requests run on the older.
//
// Where it differs from yente it says so in the answer: every algorithm name of
// yente's is answered by Reportedly's matcher, named in "algorithm" and in the
// header X-Reportedly-Algorithm. Each entry of each list is an entity of its
// own; nothing is merged. It never decides anything and keeps nothing.
package yente

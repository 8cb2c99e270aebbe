// Package serve is the service: one process that shows cases to analysts
// (web), answers programs (api, yente), and keeps them current.
//
// It takes a store and Parts, each with its routes and the permission each
// route needs, puts the guard (package guard) and the question who is asking
// (package auth) before them, and listens: on loopback unless told otherwise,
// and beyond it only with TLS or an explicit word that a proxy provides it.
// Shutting down lets running requests end. It never prints.
package serve

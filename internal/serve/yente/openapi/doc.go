// Package openapi describes the yente-compatible routes as an OpenAPI 3.1
// document.
//
// It takes the program's version and gives the document as maps ready for JSON.
// It serves nothing: a test of package yente holds it against the routes.
package openapi

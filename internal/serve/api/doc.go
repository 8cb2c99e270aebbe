// Package api is the API for programs under /api/v1: cases, claims, articles
// in and out, mentions of a posted text, decisions, lists, users, the audit
// log, events and webhooks, described by OpenAPI 3.1 at /api/v1/openapi.json.
//
// It takes requests whose identity auth has found and answers from the store;
// errors are problem documents (RFC 9457), answers carry ETags, lists come in
// pages, posts can be repeated safely under an Idempotency-Key. What pages do,
// it does by the same functions below; it decides nothing by itself. The part
// that is compatible with yente is package yente.
package api

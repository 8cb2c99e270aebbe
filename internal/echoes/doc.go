// Package echoes finds which article copied, translated or re-reported which.
package echoes

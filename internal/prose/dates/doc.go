// Package dates turns time expressions of a text into windows of days with
// their precision.
package dates

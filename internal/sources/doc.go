// Package sources is the register of outlets, wire agencies and control
// groups: who publishes, who owns whom, in which State.
package sources

// Package capacity reckons what a load of news takes: processors, machines,
// storage, and which of them runs out first.
//
// It takes Costs, measured figures that lie in costs.toml with the command that
// measured each, and a Load; it gives a Plan. It measures nothing itself and
// knows no prices. docs/scale.md holds what it gives for three loads, and a test
// holds that page against it.
package capacity

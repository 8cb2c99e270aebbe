// Package broker runs a NATS server with JetStream inside this process, for an
// installation on one machine and for tests. It takes a folder and gives a
// server that package stream connects to, without a network or, where it is
// asked to, on an address.
//
// It never listens beyond this machine without a password, and every write is
// on the disk before it is acknowledged.
package broker

//go:build !unix

package cli

import "time"

// cpuTime is not told here: figures of processor time are 0.
func cpuTime() time.Duration { return 0 }

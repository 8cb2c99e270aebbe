package store

import "github.com/reportedly/reportedly/internal/audit"

// Audit keeps the audit log.
type Audit = audit.Keeper

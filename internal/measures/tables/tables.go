package tables

import (
	"encoding/csv"
	"fmt"
	"io/fs"
)

// Each reads a table with a header line and # comments.
func Each(fsys fs.FS, name string, fields int, row func([]string) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	defer f.Close()
	c := csv.NewReader(f)
	c.Comment = '#'
	c.FieldsPerRecord = fields
	all, err := c.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, rec := range all {
		if i == 0 {
			continue
		}
		if err := row(rec); err != nil {
			return fmt.Errorf("%s, record %d (%s): %w", name, i+1, rec[0], err)
		}
	}
	return nil
}

package measures

import (
	"io/fs"
	"sync"

	"github.com/reportedly/reportedly/internal/measures/register"
)

// Register is the register of measures with the judge over it.
type Register struct{ *register.Register }

var embedded = sync.OnceValues(func() (*Register, error) {
	r, err := register.Embedded()
	if err != nil {
		return nil, err
	}
	return &Register{r}, nil
})

// Embedded gives the register that the program carries.
func Embedded() (*Register, error) { return embedded() }

// Load reads a register from a folder laid out as docs/measures.md says.
func Load(fsys fs.FS) (*Register, error) {
	r, err := register.Load(fsys)
	if err != nil {
		return nil, err
	}
	return &Register{r}, nil
}

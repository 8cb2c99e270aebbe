package network

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Append writes the weights: for each row its scale, then 8 or 16 bits a
// weight.
func (p *Params) Append(b []byte) []byte {
	for _, t := range p.Tensors() {
		for i := range t.Rows {
			row := t.Row(i)
			var top float32
			for _, v := range row {
				top = max(top, v, -v)
			}
			levels := float32(math.MaxInt16)
			if t.Coarse {
				levels = math.MaxInt8
			}
			scale := top / levels
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale))
			for _, v := range row {
				q := 0.0
				if scale > 0 {
					q = math.RoundToEven(float64(v / scale))
				}
				if t.Coarse {
					b = append(b, byte(int8(q)))
				} else {
					b = binary.LittleEndian.AppendUint16(b, uint16(int16(q)))
				}
			}
		}
	}
	return b
}

// Size is the number of bytes that Append writes for a network of these sizes.
func Size(d Dims) int {
	n := 0
	for _, s := range (&Params{Dims: d}).plan() {
		if s.coarse {
			n += s.rows * (4 + s.cols)
		} else {
			n += s.rows * (4 + 2*s.cols)
		}
	}
	return n
}

var errShort = errors.New("weights end early")

// Fill reads the weights that Append wrote.
func (p *Params) Fill(b []byte) error {
	for _, t := range p.Tensors() {
		size := 2
		if t.Coarse {
			size = 1
		}
		for i := range t.Rows {
			if len(b) < 4+size*t.Cols {
				return fmt.Errorf("%s row %d: %w", t.Name, i, errShort)
			}
			scale := math.Float32frombits(binary.LittleEndian.Uint32(b))
			b = b[4:]
			row := t.Row(i)
			for j := range row {
				if t.Coarse {
					row[j] = scale * float32(int8(b[j]))
				} else {
					row[j] = scale * float32(int16(binary.LittleEndian.Uint16(b[2*j:])))
				}
			}
			b = b[size*t.Cols:]
		}
	}
	if len(b) != 0 {
		return fmt.Errorf("weights: %d bytes left over", len(b))
	}
	return nil
}

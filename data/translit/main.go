// Command translit writes the transliteration table of internal/names/translit
// from any-ascii's block.js. See README.md for source and licence.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

func main() {
	in := flag.String("block", "block.js", "block.js of the npm package any-ascii")
	out := flag.String("o", "internal/names/translit/table.tsv.zst", "table to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		log.Fatal(err)
	}
}

func run(in, out string) error {
	f, err := os.Open(in)
	if err != nil {
		return err
	}
	defer f.Close()
	var b strings.Builder
	b.WriteString("# any-ascii 0.3.3, ISC, (c) 2020-2025 Hunter WB; see data/translit/README.md\n")
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		num, cells, ok := blockOf(s.Text())
		if !ok || num >= 0x300 || (num >= 0x20 && num < 0x2e && num != 0x2c && num != 0x2d) || (num > 0x100 && num < 0x200) {
			continue
		}
		b.WriteString(strconv.FormatInt(int64(num), 16) + "\t" + strings.Join(cells, "\t") + "\n")
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return err
	}
	return os.WriteFile(out, enc.EncodeAll([]byte(b.String()), nil), 0o644)
}

// blockOf reads `case 12:return"a\tb"`; the cells hold literal tabs and the
// escapes \" and \\ only.
func blockOf(line string) (num int, cells []string, ok bool) {
	rest, ok := strings.CutPrefix(line, "case ")
	if !ok {
		return 0, nil, false
	}
	n, rest, ok := strings.Cut(rest, ":return\"")
	if !ok {
		return 0, nil, false
	}
	num, err := strconv.Atoi(n)
	if err != nil {
		return 0, nil, false
	}
	rest = strings.TrimSuffix(strings.TrimSuffix(rest, ";"), "\"")
	rest = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(rest)
	for _, c := range strings.Split(rest, "\t") {
		cells = append(cells, strings.ToLower(strings.TrimSpace(c)))
	}
	return num, cells, true
}

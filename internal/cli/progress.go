package cli

import (
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// bar shows the progress of long work on a terminal and nothing elsewhere.
type bar struct {
	pool *mpb.Progress
	bar  *mpb.Bar
}

// newBar starts a bar; total 0 means unknown.
func (a *app) newBar(name string, total int) *bar {
	if !a.showProgress() {
		return &bar{}
	}
	p := mpb.New(mpb.WithOutput(a.Err), mpb.WithWidth(40))
	return &bar{pool: p, bar: p.AddBar(int64(total),
		mpb.PrependDecorators(decor.Name(name, decor.WCSyncSpaceR), decor.CountersNoUnit("%d / %d")),
		mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_GO)))}
}

// add counts n more done; the total grows with it where it was not known.
func (b *bar) add(n int) {
	if b.bar != nil {
		b.bar.IncrBy(n)
	}
}

// grow tells that the total is larger than thought.
func (b *bar) grow(total int) {
	if b.bar != nil {
		b.bar.SetTotal(int64(total), false)
	}
}

// done ends the bar.
func (b *bar) done() {
	if b.bar != nil {
		b.bar.SetTotal(-1, true)
		b.pool.Wait()
	}
}

// bytesBar shows how much of each download has come.
type bytesBar struct {
	a    *app
	pool *mpb.Progress
	bars map[string]*mpb.Bar
}

func (a *app) newBytesBar() *bytesBar {
	b := &bytesBar{a: a, bars: map[string]*mpb.Bar{}}
	if a.showProgress() {
		b.pool = mpb.New(mpb.WithOutput(a.Err), mpb.WithWidth(40))
	}
	return b
}

func (b *bytesBar) at(source string, done, total int64) {
	if b.pool == nil {
		return
	}
	bar := b.bars[source]
	if bar == nil {
		bar = b.pool.AddBar(0, mpb.PrependDecorators(decor.Name(source, decor.WCSyncSpaceR), decor.CountersKibiByte("% .1f / % .1f")))
		b.bars[source] = bar
	}
	bar.SetTotal(max(total, done), false)
	bar.SetCurrent(done)
}

func (b *bytesBar) done() {
	for _, bar := range b.bars {
		bar.SetTotal(-1, true)
	}
	if b.pool != nil {
		b.pool.Wait()
	}
}

package pipeline

import (
	"time"

	"github.com/reportedly/reportedly/internal/story"
)

// Stages of reading an article, in order.
const (
	StageSplit = iota
	StageNames
	StagePlaces
	StageLanguage
	StageTrees
	StageDates
	StageSpeech
	StageClaims
	stageCount
)

var stageNames = [stageCount]string{"split", "names", "places", "language", "trees", "dates", "speech", "claims"}

// Laps adds up how long the stages of reading took.
type Laps struct {
	Spent [stageCount]time.Duration
	last  time.Time
	now   Clock
}

// lap books the time since the last call on a stage. A nil Laps does nothing.
func (l *Laps) lap(stage int) {
	if l == nil {
		return
	}
	t := l.now()
	if stage >= 0 {
		l.Spent[stage] += t.Sub(l.last)
	}
	l.last = t
}

// Shares gives the share of each stage in the whole, 0..1.
func (l *Laps) Shares() map[string]float64 {
	var sum time.Duration
	for _, d := range l.Spent {
		sum += d
	}
	out := map[string]float64{}
	for i, d := range l.Spent {
		out[stageNames[i]] = float64(d) / float64(max(sum, 1))
	}
	return out
}

// Pace is how fast a set of articles was read on one core.
type Pace struct {
	Articles int     `json:"articles"`
	Claims   int     `json:"claims"`
	Wall     float64 `json:"wall_s"`
	CPU      float64 `json:"cpu_s"` // of the process, garbage collection included
	// PerSecond is articles by CPU second, PerWallSecond by the clock.
	PerSecond     float64            `json:"articles_per_s"`
	PerWallSecond float64            `json:"articles_per_wall_s"`
	Stages        map[string]float64 `json:"stages"`
}

// Measure reads articles one after another. now is the clock, cpu the
// processor time of the process.
func (r *Reader) Measure(articles []story.Article, now Clock, cpu func() time.Duration) Pace {
	timed := *r
	timed.laps = &Laps{now: now}
	p := Pace{Articles: len(articles)}
	start, used := now(), cpu()
	for _, a := range articles {
		_, reading := timed.Read(timed.Prepare(a))
		p.Claims += len(reading.Claims)
	}
	wall, busy := now().Sub(start), cpu()-used
	p.Wall, p.CPU = wall.Seconds(), busy.Seconds()
	p.PerSecond = float64(len(articles)) / max(p.CPU, 1e-9)
	p.PerWallSecond = float64(len(articles)) / max(p.Wall, 1e-9)
	p.Stages = timed.laps.Shares()
	return p
}

// Naming parts articles into those that are read to the end, since they name
// somebody who may be listed (or an embargoed territory), and the others.
func (r *Reader) Naming(articles []story.Article) (naming, silent []story.Article) {
	for _, a := range articles {
		if r.analyse(a).Tree != nil {
			naming = append(naming, a)
		} else {
			silent = append(silent, a)
		}
	}
	return naming, silent
}

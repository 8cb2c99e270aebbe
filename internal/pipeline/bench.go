package pipeline

import (
	"time"

	"github.com/reportedly/reportedly/internal/story"
)

// Stages of reading an article, in order.
const (
	StageHead = iota // credit line, dateline, sign-off
	StageSplit
	StageNames
	StageTerritory
	StagePlaces
	StageLanguage
	StageTrees
	StageDates
	StageSpeech
	StageClaims
	stageCount
)

var stageNames = [stageCount]string{"head", "split", "names", "territory", "places", "language", "trees", "dates", "speech", "claims"}

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
	Bytes    int     `json:"bytes_an_article"` // of text, mean
	Claims   int     `json:"claims"`
	Wall     float64 `json:"wall_s"`
	CPU      float64 `json:"cpu_s"` // of the process, garbage collection included
	// PerSecond is articles by CPU second, PerWallSecond by the clock.
	PerSecond     float64          `json:"articles_per_s"`
	PerWallSecond float64          `json:"articles_per_wall_s"`
	Stages        map[string]Stage `json:"stages"`
}

// Stage is what one stage takes of the way.
type Stage struct {
	Share float64 `json:"share"` // of the whole, 0..1
	Micro float64 `json:"us_an_article"`
	// Without is the articles by CPU second if the stage took no time.
	Without float64 `json:"articles_per_s_without"`
}

// Measure reads articles one after another. now is the clock, cpu the
// processor time of the process.
func (r *Reader) Measure(articles []story.Article, now Clock, cpu func() time.Duration) Pace {
	timed := *r
	timed.laps = &Laps{now: now}
	p := Pace{Articles: len(articles)}
	start, used := now(), cpu()
	for _, a := range articles {
		timed.laps.lap(-1)
		a = timed.Prepare(a)
		timed.laps.lap(StageHead)
		_, reading := timed.Read(a)
		p.Claims += len(reading.Claims)
		p.Bytes += len(a.Text)
	}
	wall, busy := now().Sub(start), cpu()-used
	n := float64(len(articles))
	p.Bytes /= max(len(articles), 1)
	p.Wall, p.CPU = wall.Seconds(), busy.Seconds()
	p.PerSecond = n / max(p.CPU, 1e-9)
	p.PerWallSecond = n / max(p.Wall, 1e-9)
	p.Stages = map[string]Stage{}
	for name, share := range timed.laps.Shares() {
		p.Stages[name] = Stage{Share: share, Micro: share * p.CPU / max(n, 1) * 1e6, Without: p.PerSecond / max(1-share, 1e-9)}
	}
	return p
}

// Parted holds articles by how far they are read.
type Parted struct {
	Naming    []story.Article // name somebody who may be listed
	Territory []story.Article // name nobody, but may tell of goods to or from a territory under embargo
	Silent    []story.Article // name nobody and are read no further
}

// Part parts articles by how far they are read.
func (r *Reader) Part(articles []story.Article) Parted {
	var out Parted
	for _, a := range articles {
		switch in := r.analyse(a); {
		case len(in.Mentions.Mentions) > 0:
			out.Naming = append(out.Naming, a)
		case in.Tree != nil:
			out.Territory = append(out.Territory, a)
		default:
			out.Silent = append(out.Silent, a)
		}
	}
	return out
}

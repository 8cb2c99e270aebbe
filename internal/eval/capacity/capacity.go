package capacity

import (
	_ "embed"
	"fmt"
	"math"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed costs.toml
var shipped string

// Costs are measured figures; costs.toml says of each what it is and where it
// comes from. Times are processor milliseconds, sizes bytes.
type Costs struct {
	SubmitMS     float64 `toml:"submit_ms" json:"submit_ms"`
	SettleMS     float64 `toml:"settle_ms" json:"settle_ms"`
	SilentMS     float64 `toml:"silent_ms" json:"silent_ms"`
	NamingMS     float64 `toml:"naming_ms" json:"naming_ms"`
	CopiesMS     float64 `toml:"copies_ms" json:"copies_ms"`
	CaseMS       float64 `toml:"case_ms" json:"case_ms"`
	ExtractMS    float64 `toml:"extract_ms" json:"extract_ms"`
	UnpackMBs    float64 `toml:"unpack_mb_per_s" json:"unpack_mb_per_s"`
	NamingShare  float64 `toml:"naming_share" json:"naming_share"`
	NamesFactor  float64 `toml:"names_factor" json:"names_factor"`
	Growth10     float64 `toml:"growth_10x" json:"growth_10x"`
	Growth100    float64 `toml:"growth_100x" json:"growth_100x"`
	StoreBytes   float64 `toml:"store_bytes" json:"store_bytes"`
	PrintBytes   float64 `toml:"print_bytes" json:"print_bytes"`
	TaskBytes    float64 `toml:"task_bytes" json:"task_bytes"`
	ArchiveBytes float64 `toml:"archive_bytes" json:"archive_bytes"`
	Cores        float64 `toml:"cores" json:"cores"`
	Use          float64 `toml:"use" json:"use"`
	DiskTB       float64 `toml:"disk_tb" json:"disk_tb"`
	Replicas     float64 `toml:"replicas" json:"replicas"`
	Peak         float64 `toml:"peak" json:"peak"`
	WritesPerS   float64 `toml:"writes_per_s" json:"writes_per_s"`
	PerWrite     float64 `toml:"per_write" json:"per_write"`
}

// Measured gives the figures that ship.
func Measured() (Costs, error) { return Read(shipped) }

// Read reads figures as costs.toml has them; all must be there, and positive.
func Read(text string) (Costs, error) {
	var c Costs
	meta, err := toml.Decode(text, &c)
	if err != nil {
		return c, fmt.Errorf("costs: %w", err)
	}
	if un := meta.Undecoded(); len(un) > 0 {
		return c, fmt.Errorf("costs: unknown figure %s", un[0])
	}
	for _, v := range []float64{c.SubmitMS, c.SettleMS, c.SilentMS, c.NamingMS, c.CopiesMS, c.CaseMS, c.ExtractMS, c.UnpackMBs, c.NamingShare, c.NamesFactor, c.Growth10, c.Growth100,
		c.StoreBytes, c.PrintBytes, c.TaskBytes, c.ArchiveBytes, c.Cores, c.Use, c.DiskTB, c.Replicas, c.Peak, c.WritesPerS, c.PerWrite} {
		if v <= 0 {
			return c, fmt.Errorf("costs: a figure is missing or not positive")
		}
	}
	return c, nil
}

// Load is what is to be done.
type Load struct {
	Name     string  `json:"name"`
	Articles float64 `json:"articles"` // in all
	Days     float64 `json:"days"`     // in which they are to be read
	Archive  bool    `json:"archive"`  // web archives, read evenly; else a feed with peaks
	AllLists bool    `json:"all_lists"`
	// Window is how many articles copies are looked for among, 0 = all.
	Window float64 `json:"window"`
}

// Loads are those of docs/scale.md.
func Loads() []Load {
	const million, billion = 1e6, 1e9
	return []Load{
		{Name: "a day of world news, 1,000,000 articles", Articles: million, Days: 1, AllLists: true, Window: 30 * million},
		{Name: "an archive of 100 million, in 30 days", Articles: 100 * million, Days: 30, Archive: true, AllLists: true, Window: 30 * million},
		{Name: "an archive of a billion, in 90 days", Articles: billion, Days: 90, Archive: true, AllLists: true, Window: 30 * million},
	}
}

// Stage is what one stage of the work takes.
type Stage struct {
	Name  string  `json:"name"`
	MS    float64 `json:"ms_an_article"` // mean over all articles
	Cores float64 `json:"cores"`         // kept busy at the peak
}

// Plan is what a load takes.
type Plan struct {
	Load       Load    `json:"load"`
	PerSecond  float64 `json:"articles_per_s"` // at the peak
	Stages     []Stage `json:"stages"`
	Cores      float64 `json:"cores"`
	Machines   float64 `json:"machines"` // for workers
	StoreTB    float64 `json:"store_tb"` // one copy
	KeptTB     float64 `json:"kept_tb"`  // with replicas
	ArchiveTB  float64 `json:"archive_tb"`
	CopiesGB   float64 `json:"copies_gb"` // memory of the index of copies
	Builder    float64 `json:"builder"`   // share of its time that the one builder of cases is busy
	Writes     float64 `json:"writes"`    // share of what one database writes
	Stores     float64 `json:"stores"`    // databases by size
	Bottleneck string  `json:"bottleneck"`
}

// For reckons one load.
func (c Costs) For(l Load) Plan {
	p := Plan{Load: l, PerSecond: l.Articles / (l.Days * 86400)}
	if !l.Archive {
		p.PerSecond *= c.Peak
	}
	share, names := c.NamingShare, 1.0
	if l.AllLists {
		// 70 times the parties of the UN: between the measured tenfold and
		// hundredfold, on a straight line over the logarithm.
		share *= c.NamesFactor
		names = c.Growth10 + (c.Growth100-c.Growth10)*math.Log10(7)
	}
	extract, unpack := 0.0, 0.0
	if l.Archive {
		extract, unpack = c.ExtractMS, c.ArchiveBytes*4/1e6/c.UnpackMBs*1e3 // pages pack about 4:1
	}
	add := func(name string, ms float64) {
		cores := ms * p.PerSecond / 1e3
		p.Stages = append(p.Stages, Stage{name, ms, cores})
		p.Cores += cores
	}
	add("unpack and extract", extract+unpack)
	add("keep and hand in", c.SubmitMS)
	add("names, all articles", c.SilentMS*names)
	add("read to the end, who names somebody", c.NamingMS*share)
	add("settle", c.SettleMS)
	add("copies", c.CopiesMS)
	add("cases", c.CaseMS*share)
	p.Machines = math.Ceil(p.Cores / (c.Cores * c.Use))
	p.StoreTB = l.Articles * c.StoreBytes / 1e12
	p.KeptTB = p.StoreTB * c.Replicas
	if l.Archive {
		p.ArchiveTB = l.Articles * c.ArchiveBytes / 1e12
	}
	window := l.Articles
	if l.Window > 0 {
		window = math.Min(window, l.Window)
		if !l.Archive {
			window = l.Window // a feed goes on
		}
	}
	p.CopiesGB = window * c.PrintBytes / 1e9
	p.Builder = (c.CopiesMS + c.CaseMS*share) * p.PerSecond / 1e3
	p.Writes = 2 * p.PerSecond / c.PerWrite / c.WritesPerS
	p.Stores = math.Ceil(p.StoreTB / c.DiskTB)
	p.Bottleneck = c.bottleneck(p)
	return p
}

// bottleneck names what is used most of what cannot simply be bought twice.
func (c Costs) bottleneck(p Plan) string {
	worst, name := p.Builder, "the one builder of copies and cases"
	for _, x := range []struct {
		used float64
		name string
	}{{p.Writes, "writes of one database"}, {p.StoreTB / c.DiskTB, "the disk of one database"}, {p.CopiesGB / 64, "memory of the index of copies (64 GB)"}} {
		if x.used > worst {
			worst, name = x.used, x.name
		}
	}
	return fmt.Sprintf("%s, %.0f %% used", name, 100*worst)
}

// Table writes plans as Markdown.
func Table(plans []Plan) string {
	var b strings.Builder
	row := func(name string, value func(Plan) string) {
		fmt.Fprintf(&b, "| %s |", name)
		for _, p := range plans {
			fmt.Fprintf(&b, " %s |", value(p))
		}
		b.WriteByte('\n')
	}
	row("", func(p Plan) string { return p.Load.Name })
	b.WriteString("|" + strings.Repeat("---|", len(plans)+1) + "\n")
	row("articles a second (peak of the feed; archives evenly)", func(p Plan) string { return fmt.Sprintf("%.1f", p.PerSecond) })
	for i := range plans[0].Stages {
		row(plans[0].Stages[i].Name+": ms an article, cores", func(p Plan) string { return fmt.Sprintf("%.2f, %.2f", p.Stages[i].MS, p.Stages[i].Cores) })
	}
	row("cores kept busy", func(p Plan) string { return fmt.Sprintf("%.1f", p.Cores) })
	row("machines for workers", func(p Plan) string { return fmt.Sprintf("%.0f", p.Machines) })
	row("store, one copy; with replicas", func(p Plan) string { return fmt.Sprintf("%.2f TB; %.2f TB", p.StoreTB, p.KeptTB) })
	row("databases by size", func(p Plan) string { return fmt.Sprintf("%.0f", p.Stores) })
	row("archives read", func(p Plan) string { return fmt.Sprintf("%.1f TB", p.ArchiveTB) })
	row("memory of the index of copies", func(p Plan) string { return fmt.Sprintf("%.1f GB", p.CopiesGB) })
	row("builder busy; database writing", func(p Plan) string { return fmt.Sprintf("%.0f %%; %.1f %%", 100*p.Builder, 100*p.Writes) })
	row("runs out first", func(p Plan) string { return p.Bottleneck })
	return b.String()
}

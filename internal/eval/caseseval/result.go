package caseseval

// Result has the keys of the reference scorer.
type Result struct {
	Copies    Copies    `json:"copies"`
	BCubed    PRF       `json:"bcubed"`
	Cases     Cases     `json:"cases"`
	Origins   Origins   `json:"origins"`
	Denials   Denials   `json:"denials"`
	Verdict   Verdict   `json:"verdict"`
	Arguments Arguments `json:"arguments"`
	Misses    []Miss    `json:"misses,omitempty"`
}

// PRF is precision, recall and F1.
type PRF struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Copies scores pairs of articles.
type Copies struct {
	PRF
	GoldPairs       int     `json:"gold_pairs"`
	SystemPairs     int     `json:"system_pairs"`
	DirectPrecision float64 `json:"direct_precision"`
	DirectRecall    float64 `json:"direct_recall"`
}

// Cases counts clusters.
type Cases struct {
	Gold            int `json:"gold"`
	System          int `json:"system"`
	Aligned         int `json:"aligned"`
	Split           int `json:"split"`
	Merged          int `json:"merged"`
	Decoys          int `json:"decoys"`
	DecoysJoined    int `json:"decoys_joined"`
	UnknownArticles int `json:"unknown_articles"`
}

// Origins scores counts. A share of nothing is null.
type Origins struct {
	MinExact        *float64 `json:"min_exact"`
	MaxExact        *float64 `json:"max_exact"`
	AgainstMinExact *float64 `json:"against_min_exact"`
	AgainstMaxExact *float64 `json:"against_max_exact"`
	OverCount       *float64 `json:"over_count"`
	UnderCount      *float64 `json:"under_count"`
	OverExcess      *float64 `json:"over_excess"`
}

// Denials scores denials and non-confirmations.
type Denials struct {
	Gold        int      `json:"gold"`
	System      int      `json:"system"`
	Recall      *float64 `json:"recall"`
	RecallScope *float64 `json:"recall_scope"`
	ActExact    *float64 `json:"act_exact"`
	Precision   *float64 `json:"precision"`
}

// Verdict scores the measure check.
type Verdict struct {
	Accuracy        *float64 `json:"accuracy"`
	AccuracyAligned *float64 `json:"accuracy_aligned"`
}

// Arguments scores who, what and when.
type Arguments struct {
	Party    *float64 `json:"party"`
	Activity *float64 `json:"activity"`
	Window   *float64 `json:"window"`
}

// Miss names one thing that is not as in the gold.
type Miss struct {
	Kind string   `json:"kind"`
	What []string `json:"what"`
}

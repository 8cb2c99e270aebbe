// Package config is the one struct of settings with a default for each field:
// a TOML file, then the environment (REPORTEDLY_...), then flags, later ones
// winning. A key it does not know is refused, because a setting that is
// silently ignored is worse than none. It opens nothing but its own file.
package config

package release

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/CycloneDX/cyclonedx-go"
)

// Materials gives the list of materials of one version as CycloneDX 1.6 JSON.
// It bears the time of the commit and no random serial number, so that the same
// commit gives the same bytes.
func Materials(version string, modules []Module, at time.Time) ([]byte, error) {
	bom := cyclonedx.NewBOM()
	bom.Metadata = &cyclonedx.Metadata{
		Timestamp: at.Format(time.RFC3339),
		Component: &cyclonedx.Component{
			BOMRef: "reportedly", Type: cyclonedx.ComponentTypeApplication, Name: "reportedly", Version: version,
			Licenses: licences("Apache-2.0"),
		},
	}
	components := make([]cyclonedx.Component, 0, len(modules))
	refs := make([]string, 0, len(modules))
	for _, m := range modules {
		purl := "pkg:golang/" + m.Path + "@" + m.Version
		components = append(components, cyclonedx.Component{
			BOMRef: purl, Type: cyclonedx.ComponentTypeLibrary, Name: m.Path, Version: m.Version, PackageURL: purl,
			Licenses:   licences(m.Licence),
			Properties: &[]cyclonedx.Property{{Name: "go:sum", Value: m.Sum}},
		})
		refs = append(refs, purl)
	}
	bom.Components = &components
	bom.Dependencies = &[]cyclonedx.Dependency{{Ref: "reportedly", Dependencies: &refs}}
	var b bytes.Buffer
	if err := cyclonedx.NewBOMEncoder(&b, cyclonedx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bom, cyclonedx.SpecVersion1_6); err != nil {
		return nil, fmt.Errorf("release: list of materials: %w", err)
	}
	return b.Bytes(), nil
}

// licences turns "A AND B" into what CycloneDX has for it.
func licences(spdx string) *cyclonedx.Licenses {
	if strings.Contains(spdx, " ") {
		return &cyclonedx.Licenses{{Expression: spdx}}
	}
	return &cyclonedx.Licenses{{License: &cyclonedx.License{ID: spdx}}}
}

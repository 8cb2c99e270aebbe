"""Writes internal/entities/model.json from the followthemoney package.

Usage: python3 e2e/dump_model.py > internal/entities/model.json
Needs: pip install followthemoney (4.11.2 when the file was made; MIT licence).
"""
import json
from importlib.metadata import version

from followthemoney import model, registry

out = {"version": version("followthemoney"), "types": {}, "schemata": {}, "topics": {}, "risks": sorted(registry.topic.RISKS), "countries": {}}
for t in sorted(registry.types, key=lambda t: t.name):
    out["types"][t.name] = {"label": t.label, "plural": t.plural, "group": t.group or "", "max": t.max_length}
for s in sorted(model, key=lambda s: s.name):
    d = {"label": s.label, "plural": s.plural, "description": " ".join((s.description or "").split()), "extends": sorted(e.name for e in s.extends),
         "featured": s.featured, "required": s.required, "caption": s.caption, "matchable": s.matchable, "abstract": s.abstract, "edge": s.edge,
         "properties": {}}
    for p in sorted(s.properties.values(), key=lambda p: p.name):
        if p.schema != s:
            continue
        q = {"label": p.label, "type": p.type.name}
        if p.range is not None:
            q["range"] = p.range.name
        if p.reverse is not None:
            q["reverse"] = p.reverse.name
        for flag in ("stub", "hidden", "matchable"):
            if getattr(p, flag):
                q[flag] = True
        if p.max_length != p.type.max_length:
            q["max"] = p.max_length
        if p.format:
            q["format"] = p.format
        d["properties"][p.name] = q
    out["schemata"][s.name] = {k: v for k, v in d.items() if v}
for code in sorted(registry.topic.names):
    out["topics"][code] = registry.topic.names[code]
for code in sorted(registry.country.codes):
    out["countries"][code] = registry.country.caption(code)
print(json.dumps(out, indent=None, separators=(",", ":"), ensure_ascii=False).replace('"schemata":', '\n"schemata":').replace('},"', '},\n"'))

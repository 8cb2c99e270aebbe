"""Screens names with nomenklatura's logic-v2 and measures how many a second.

Usage: ask.py PARTIES QUERIES SECONDS; README.md of the folder above says what
they are and what is printed.

yente finds candidates with Elasticsearch and compares each with logic-v2. The
search server is left out here: candidates are the parties that share most of
the words of the name, counted with a dictionary in memory, which favours the
peer's speed and costs it the candidates that share no word.
"""
import csv
import json
import math
import re
import resource
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from importlib.metadata import version

from followthemoney import EntityProxy, model
from nomenklatura.matching import ScoringConfig, get_algorithm

CANDIDATES = 50


def words(text):
    text = unicodedata.normalize("NFKD", text.casefold())
    return set(re.findall(r"\w{2,}", "".join(c for c in text if not unicodedata.combining(c))))


def entity(record):
    schema = record["schema"] if record["schema"] in model.schemata else "LegalEntity"
    made = EntityProxy.from_dict({"id": record["id"], "schema": schema, "properties": {}})
    made.add("name", record["name"])
    made.add("alias", record.get("aliases") or [], quiet=True)
    return made


def main():
    parties, queries, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    began = time.perf_counter()
    entities, holders = [], defaultdict(list)
    with open(parties, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            number = len(entities)
            entities.append(entity(record))
            for word in set().union(*(words(n) for n in [record["name"], *(record.get("aliases") or [])])):
                holders[word].append(number)
    load = time.perf_counter() - began
    algorithm, config = get_algorithm("logic-v2"), ScoringConfig.defaults()
    with open(queries, encoding="utf-8", newline="") as rows:
        asked = [(row["query"], row["reference"]) for row in csv.DictReader(rows)]

    def first_ten(name):
        query = EntityProxy.from_dict({"id": "query", "schema": "Person", "properties": {"name": [name]}})
        weights = Counter()
        for word in words(name):
            found = holders.get(word, ())
            for number in found:
                weights[number] += math.log(1 + len(entities) / len(found))
        scored = []
        for number, _ in weights.most_common(CANDIDATES):
            if not entities[number].schema.can_match(query.schema):
                continue
            score = algorithm.compare(query, entities[number], config).score
            scored.append((score, entities[number].id))
        return [found for _, found in sorted(scored, reverse=True)[:10]]

    first_ten(asked[0][0])  # loads its tables
    each, rounds = [], 0
    right, known = [0, 0], [0, 0]  # names in Latin letters, names with others
    cpu, start = time.process_time(), time.perf_counter()
    while rounds == 0 or time.perf_counter() - start < seconds:
        for name, reference in asked:
            at = time.perf_counter()
            found = first_ten(name)
            each.append((time.perf_counter() - at) * 1000)
            if rounds == 0 and reference:
                kind = any(c.isalpha() and "LATIN" not in unicodedata.name(c, "") for c in name)
                known[kind] += 1
                right[kind] += reference in found
        rounds += 1
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    each.sort()
    print(json.dumps({
        "peer": "nomenklatura logic-v2", "version": version("nomenklatura"), "parties": len(entities), "asked": len(each),
        "names_per_s": len(each) / wall, "names_per_cpu_s": len(each) / cpu, "p50_ms": each[len(each) // 2], "p99_ms": each[len(each) * 99 // 100],
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "load_s": load,
        "in_first_ten_latin": right[0] / max(1, known[0]), "in_first_ten_other": right[1] / max(1, known[1]),
    }))


if __name__ == "__main__":
    main()

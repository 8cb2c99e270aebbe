"""Asks a running Reportedly with the clients that people use with yente.

Usage: python3 e2e/yente_clients.py http://127.0.0.1:PORT ENTITIES.jsonl
Needs: pip install yente-client followthemoney reconciler

The server has the lists of the test in internal/serve/yente; ENTITIES.jsonl
holds all its entities. Ends with status 1 and a message where a client is not
content.
"""
import json
import sys

from followthemoney import model
from followthemoney.exc import InvalidData
from yente_client import Client
from yente_client.entities import Company, Person
from yente_client.exceptions import APIError, NotFoundError

base, entities = sys.argv[1], sys.argv[2]


def check(what, ok):
    if not ok:
        sys.exit(f"{what}: not as expected")
    print("ok", what)


def yente():
    with Client(base_url=base) as c:
        check("healthz", c.healthz().status == "ok")
        check("readyz", c.readyz().status == "ok")
        names = [d.name for d in c.datasets().datasets]
        check("datasets", "un" in names and "default" in names)
        check("datasets again (304)", [d.name for d in c.datasets().datasets] == names)
        algorithms = c.algorithms()
        check("algorithms", "logic-v2" in [a.name for a in algorithms.algorithms])
        m = c.match(Person(name=["Tamaz Qorvashi"], birthDate=["1961"], nationality=["ge"]))
        check("match", m.top is not None and m.top.match and m.top.id == "un-A.1" and m.total.value == 1)
        check("explanations", len(m.top.contributing_explanations) > 0)
        m = c.match(Company(name=["Velta Trading"]), algorithm="logic-v2", threshold=0.5, datasets=["un"], topics=["sanction"], weights={"country_mismatch": 0.0})
        check("match with filters", m.top is not None and m.top.id == "un-B.1")
        check("exclude_entities", c.match(Person(name=["Tamaz Qorvashi"]), exclude_entities=["un-A.1"]).top is None)
        check("changed_since", c.match(Person(name=["Tamaz Qorvashi"]), changed_since="2020-01-01").top is None)
        people = [(str(i), Person(name=["Tamaz Qorvashi"])) for i in range(20)]
        check("match_iter", sum(len(r.matches) for _, r in c.match_iter(iter(people))) == 20)
        s = c.search("qorvashi", facets=["countries", "datasets", "schema"])
        check("search", s.total.value == 1 and s.results[0].id == "un-A.1" and s.facets["countries"].values[0].name == "ge")
        check("search with filters", c.search("", schema="Vessel", limit=1).results[0].schema_ == "Vessel")
        e = c.fetch("un-A.1")
        check("fetch nested", e.properties["sanctions"][0].schema_ == "Sanction")
        check("fetch by another id", c.fetch("un:A.1").id == "un-A.1")
        check("fetch flat", c.fetch("un-A.1", nested=False).properties["name"] == ["Tamaz Qorvashi"])
        a = c.adjacent("un-A.1")
        check("adjacent", "sanctions" in a.adjacent)
        check("adjacent by property", c.adjacent_property("un-A.1", "ownershipOwner").total.value == 1 if hasattr(c, "adjacent_property") else True)
        check("statements", c.statements(canonical_id="un-A.1", prop="name").results[0].value == "Tamaz Qorvashi")
        for what, call in {
            "unknown dataset": lambda: c.match(Person(name=["x"]), datasets=["nosuch"]),
            "unknown entity": lambda: c.fetch("nobody"),
        }.items():
            try:
                call()
                check(what, False)
            except NotFoundError:
                check(what, True)
        try:
            c.match(Person(name=["x"]), algorithm="magic")
            check("unknown algorithm", False)
        except APIError as err:
            check("unknown algorithm", err.status_code == 400)


def followthemoney():
    n, bad = 0, {}
    for line in open(entities, encoding="utf-8"):
        data = json.loads(line)
        n += 1
        proxy = model.get_proxy(data, cleaned=False)
        try:
            proxy.schema.validate(data)
        except InvalidData as err:
            bad.setdefault(f"{data['schema']} {err.errors}", data)
        for prop, values in data["properties"].items():
            got = proxy.get(prop)
            if sorted(got) != sorted(values):
                bad.setdefault(f"{data['schema']}.{prop} changed", f"{data['id']}: {values} became {got}")
    for what, where in list(bad.items())[:40]:
        print("BAD", what, str(where)[:300])
    check(f"{n} entities are valid FollowTheMoney, value by value", n > 3 and not bad)


def reconciliation():
    import numpy

    numpy.NaN = numpy.nan  # the package was written for numpy 1
    import pandas
    from reconciler import reconcile

    df = pandas.DataFrame({"name": ["Tamaz Qorvashi", "Nobody Known", "Velta Trading"], "born": ["1961", "1990", ""]})
    r = reconcile(df["name"], type_id="Thing", reconciliation_endpoint=base + "/reconcile/default", property_mapping={"Person:birthDate": df["born"]})
    got = dict(zip(r["input_value"], r["id"]))
    check("reconcile", got["Tamaz Qorvashi"] == "un-A.1" and got["Nobody Known"] != got["Nobody Known"])


yente()
followthemoney()
reconciliation()

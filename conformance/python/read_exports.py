"""Reads exports with Python's csv module and with a JSON Schema validator.

Usage: read_exports.py SCHEMA_FILE DEFINITION FILE... > rows.ndjson

A `.csv` file gives a line with its rows; a `.json` file must be valid for the definition of the schema, and gives a line with itself.
"""

import csv
import json
import sys
from pathlib import Path

import jsonschema

schema_file, definition, *files = sys.argv[1:]
schema = json.loads(Path(schema_file).read_text(encoding="utf-8"))
validator = jsonschema.Draft202012Validator({**schema, "$ref": f"#/$defs/{definition}"})

for file in files:
    if file.endswith(".csv"):
        with open(file, encoding="utf-8", newline="") as opened:
            print(json.dumps(list(csv.reader(opened, strict=True))))
    else:
        value = json.loads(Path(file).read_text(encoding="utf-8"))
        validator.validate(value)
        print(json.dumps(value))

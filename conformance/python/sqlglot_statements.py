"""Statements of sqlglot's own tests, with the tables that sqlglot reads in them.

Usage: sqlglot_statements.py TESTS_FOLDER > statements.ndjson

Each line: {"id", "sql", "dialect", "tables": [[part, …], …], "setAside": bool, "ms"}, where ms is how long sqlglot took,
the minimum of three runs. The half set aside, by a hash of the text, is only used for the final figure. These
statements are not stored in the repository.
"""

import ast
import hashlib
import json
import logging
import re
import sys
import time
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import traverse_scope

logging.disable(logging.CRITICAL)

DIALECTS = ("snowflake", "bigquery", "databricks", "redshift", "postgres", "mysql")
READS = re.compile(r"^\s*\(*\s*(select|with|from)\b", re.IGNORECASE)


def literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def statements(tests: Path):
    """Pairs of dialect and SQL, extracted from the calls with which the tests validate a statement."""
    for path in sorted(tests.glob("dialects/test_*.py")):
        own = path.stem.removeprefix("test_")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            if call.func.attr not in ("validate_identity", "validate_all") or not call.args:
                continue
            if own in DIALECTS and (sql := literal(call.args[0])):
                yield own, sql
            for keyword in call.keywords:
                if keyword.arg in ("read", "write") and isinstance(keyword.value, ast.Dict):
                    for key, value in zip(keyword.value.keys, keyword.value.values):
                        if literal(key) in DIALECTS and (sql := literal(value)):
                            yield literal(key), sql


def parts_of(table: exp.Table):
    """The parts of a table name as written, or None if it is a function, a stage or a variable."""
    if not isinstance(table.this, (exp.Identifier, exp.Dot)):
        return None
    parts = [part for part in table.parts if isinstance(part, exp.Identifier)]
    return [part.name for part in parts] if len(parts) == len(table.parts) else None


def tables_of(sql: str, dialect: str):
    tree = sqlglot.parse_one(sql, dialect=dialect)
    found = []
    for scope in traverse_scope(tree):
        for source in scope.sources.values():
            if isinstance(source, exp.Table) and (parts := parts_of(source)) and parts not in found:
                found.append(parts)
    return found


def main() -> None:
    seen = set()
    for dialect, sql in statements(Path(sys.argv[1])):
        if not READS.match(sql) or (dialect, sql) in seen:
            continue
        seen.add((dialect, sql))
        digest = hashlib.sha256(sql.encode()).digest()
        durations = []
        try:
            for _ in range(3):
                started = time.perf_counter()
                tables = tables_of(sql, dialect)
                durations.append((time.perf_counter() - started) * 1000)
        except Exception:
            continue
        row = {"id": digest.hex()[:12], "sql": sql, "dialect": dialect, "tables": tables, "setAside": digest[0] % 2 == 1, "ms": min(durations)}
        print(json.dumps(row, ensure_ascii=False))


main()

"""The attainment table in DuckDB: ``python -m bench.peers.duckdb_attainment ROWS THRESHOLDS`` (Parquet).

Per declared threshold and cohort the others' orders: how many, of how many workers, which share meets the
threshold, and the percentiles. Nothing else: no intervals, no censoring, no hidden cells. One thread.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb  # type: ignore[import-not-found]

TABLE = """
    SELECT t.platform, o.service, o.distance, o.area, o.hour,
           count(*), count(DISTINCT o.worker),
           sum(CASE WHEN o.value <= t.tau THEN 1 ELSE 0 END) / count(*),
           quantile_disc(o.value, [0.1, 0.25, 0.5, 0.75, 0.9])
    FROM read_parquet(?) o
    JOIN read_parquet(?) t
      ON o.service = t.service AND o.distance = t.distance AND o.platform <> t.platform
    GROUP BY ALL
    ORDER BY ALL
"""


def main(rows: Path, thresholds: Path) -> None:
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    wall, cpu = time.perf_counter(), time.process_time()
    found = connection.execute(TABLE, [str(rows), str(thresholds)]).fetchall()
    seconds, cpu_s = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({"seconds": seconds, "cpu_s": cpu_s, "version": duckdb.__version__, "rows": found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

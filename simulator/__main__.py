"""``python -m simulator``: look at the city, day or weeks, or write the day as a trip file."""

import argparse
import datetime as dt
import gzip
import io
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from simulator.city import City, simulate
from simulator.export import write_trips
from simulator.faults import Faults
from simulator.parameters import CityParameters
from simulator.summary import calibration_summary, city_summary
from simulator.week_summary import weeks_summary
from simulator.weeks import WeeksParameters, simulate_weeks


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    default = CityParameters()
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="模拟外卖城市的一天 / A seeded synthetic day of food delivery in Tangshan",
    )
    parser.add_argument("--seed", type=int, default=default.seed, help="随机种子 / seed (%(default)s)")
    parser.add_argument(
        "--date",
        type=dt.date.fromisoformat,
        default=default.date,
        help="日期，北京时间 / local day, YYYY-MM-DD (%(default)s)",
    )
    parser.add_argument(
        "--workers",
        type=int,
        help=f"骑手人数 / workers ({default.workers}; with --weeks {WeeksParameters().workers})",
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language (%(default)s)")
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "--trips",
        metavar="FILE",
        help="写出行程文件（.csv 或 .csv.gz，- 为标准输出） / write a trip file; - for standard output",
    )
    output.add_argument(
        "--calibration",
        action="store_true",
        help="对照已公布数据 / the city beside published figures",
    )
    output.add_argument("--weeks", type=int, metavar="N", help="N 周而非一天 / N weeks instead of a day")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        choices=[each.name for each in fields(Faults)],
        help="植入问题，可重复；须与 --weeks 同用 / plant a fault in the weeks; may be repeated",
    )
    options = parser.parse_args(arguments)
    if options.fault and options.weeks is None:
        parser.error("--fault needs --weeks")
    chosen = {"seed": options.seed}
    if options.workers is not None:
        chosen["workers"] = options.workers
    try:
        if options.weeks is not None:
            faults = Faults(**dict.fromkeys(options.fault, True))
            several = WeeksParameters(**chosen, days=7 * options.weeks, first_day=options.date, faults=faults)
            print(weeks_summary(simulate_weeks(several), options.lang))
            return 0
        parameters = CityParameters(**chosen, date=options.date)
    except ValueError as problem:
        parser.error(str(problem))

    city = simulate(parameters)
    if options.trips:
        count = _write_file(city, options.trips)
        print(f"{options.trips}: {count:,} 单 / trips", file=sys.stderr)
    elif options.calibration:
        print(calibration_summary(city, options.lang))
    else:
        print(city_summary(city, options.lang))
    return 0


def _write_file(city: City, name: str) -> int:
    if name == "-":
        return write_trips(city, sys.stdout)
    path = Path(name)
    if path.suffix == ".gz":
        # No name and no time in the header: the same city is the same file, byte for byte.
        with (
            path.open("wb") as raw,
            gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed,
            io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
        ):
            return write_trips(city, text)
    with path.open("w", encoding="utf-8", newline="") as text:
        return write_trips(city, text)


if __name__ == "__main__":
    sys.exit(main())

"""`python3 dev bench [--json] [--small|--full] [--only name,…]`: every benchmark in one run on one machine."""

from __future__ import annotations

import argparse
import sys

import django

HEAD = f"{'名称':<18}{'本系统 ms':>12}{'下限 ms':>11}{'比值':>7}{'目标':>9}  结果  说明（最小–最大）"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    django.setup()
    from bench.cases import CASES  # noqa: PLC0415  (after setup)
    from bench.ground import SCALES, prepare  # noqa: PLC0415
    from bench.web import sites_close  # noqa: PLC0415

    scale = SCALES["small" if options.small else "full" if options.full else "default"]
    wanted = [name for name in options.only.split(",") if name]
    unknown = set(wanted) - set(CASES)
    if unknown:
        parser.error(f"没有这些项目：{'、'.join(sorted(unknown))}；可选：{'、'.join(CASES)}")
    prepare()
    if not options.json:
        print(HEAD)
    try:
        for name, case in CASES.items():
            if wanted and name not in wanted:
                continue
            for figure in case(scale):
                print(figure.line() if options.json else figure.row(), flush=True)
    finally:
        sites_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

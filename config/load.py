"""`python -m config.load`: tables, rule packs and demo data, in one process.  `dev up` runs it every time."""

import os
import sys
from time import monotonic

import django
from django.conf import settings
from django.core.management import CommandError, call_command

STEPS = {"migrate": "建表", "rules_publish": "发布规则", "demo_load": "载入演示数据"}


def main(wanted: list[str]) -> int:
    """Run the named steps (all of them when none is named), saying how long each took.

    Every step finds its own work done already when it comes twice.  1 when one of them refuses.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    options = {"migrate": {"database": "owner" if "owner" in settings.DATABASES else "default"}}
    for step in wanted or STEPS:
        began = monotonic()
        try:
            call_command(step, verbosity=0, **options.get(step, {}))
        except CommandError as error:
            print(f"{STEPS[step]}失败：{error}", file=sys.stderr)
            return 1
        print(f"{STEPS[step]}：{monotonic() - began:.1f} 秒", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

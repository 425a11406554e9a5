#!/usr/bin/env python3
"""Django's own commands.  `python3 dev manage …` calls this with database and broker running."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command; the local settings unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

"""How a machine of hypothesis is run on the database: in parts, each in a transaction of its own.

An example is rolled back to a savepoint, and what it wrote stays in the tables as dead rows until the transaction of
its test has ended: in one transaction ten thousand examples wade through the rows of all before them.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

PART = 100


def parts(examples: int) -> range:
    """The numbers of the parts that together try that many examples."""
    return range(-(-examples // PART))


def run_part(machine: type[RuleBasedStateMachine], part: int, *, steps: int) -> None:
    """Try PART examples of at most so many steps; the first part is as random as settings say, the others are fixed."""
    run_state_machine_as_test(
        seed(part)(machine) if part else machine,
        settings=settings(
            max_examples=PART,
            stateful_step_count=steps,
            deadline=None,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )

"""The container files: what can be checked without a container engine."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def test_every_service_of_the_product_is_there_with_a_health_check(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"postgres", "valkey", "migrate", "web", "worker", "beat"}
    assert [name for name, each in services.items() if "healthcheck" not in each] == ["migrate"]


def test_no_secret_is_written_down_and_each_must_be_given(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for variable, value in service["environment"].items():
            if re.search(r"KEY|PASSWORD|URL|AUTH", variable):
                assert re.search(r"\$\{[A-Z_]+:\?\}", value), f"{name}: {variable}"


def test_only_migrate_knows_the_owner_role(compose: dict[str, Any]) -> None:
    knowing = [name for name, each in compose["services"].items() if "DATABASE_OWNER_URL" in each["environment"]]
    assert knowing == ["migrate"]


def test_the_products_containers_have_no_more_rights_than_they_need(compose: dict[str, Any]) -> None:
    for name in ("migrate", "web", "worker", "beat"):
        service = compose["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
    assert re.search(r"^USER 10001:10001$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)


def test_what_the_image_copies_is_let_through_to_the_builder() -> None:
    let = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line.split()[1:-1] for line in dockerfile.splitlines() if re.match(r"COPY (?!--from)", line)]
    copied = {path.rstrip("/") for paths in lines for path in paths}
    assert copied == let
    assert all((ROOT / path).exists() for path in copied)


def test_the_script_that_makes_the_roles_is_sound_shell() -> None:
    subprocess.run(["sh", "-n", "deploy/postgres-roles.sh"], cwd=ROOT, check=True)

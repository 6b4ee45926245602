"""
How hard the property tests look: the profile is named by HYPOTHESIS_PROFILE.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings

from rectiflow.testing.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

# A shared machine is slow now and then; speed is measured in benchmarks/ and nowhere else.
_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("default", **_CALM)  # type: ignore[arg-type]  # one value of each kind
settings.register_profile("ci", derandomize=True, **_CALM)  # type: ignore[arg-type]  # as above
settings.register_profile("deep", max_examples=2000, **_CALM)  # type: ignore[arg-type]  # as above
# mutmut forks once for each change: a failure is enough, and the smallest one is not wanted.
settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "default")
)


# Coverage doubles what a test takes.  It looks at plain tests, and at drawn ones only where
# nothing but drawing goes through what is tested: the grammar of cells, and the strategies.  A
# plain test of thousands of cases, whose ways others go one by one, is marked by itself.
_DRAWN_ALONE = (
    "test_encodings",
    "test_html",
    "test_reading",
    "test_stages",
    "test_strategies",
    "test_unit_cell",
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """
    Let coverage look away from drawn tests, and from those marked as unmeasured.
    """
    drawn = item.get_closest_marker("hypothesis") and not item.path.stem.startswith(_DRAWN_ALONE)
    if not drawn and not item.get_closest_marker("unmeasured"):
        return (yield)
    # pytest-cov's own no_cover leaves a second tracer on in each process of xdist.
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """
    Give the URL of a real PostgreSQL: RECTIFLOW_TEST_PG, or one started for this session.

    Without one the tests fail: a store that was tried on SQLite alone was not tried.
    """
    named = os.environ.get("RECTIFLOW_TEST_PG")
    if named:
        yield named
        return
    with PostgresServer() as server:
        yield server.url


@pytest.fixture
def postgres_place(postgres_url: str) -> Iterator[str]:
    """
    Give the URL of an empty schema of its own.
    """
    schema = f"t{uuid4().hex}"
    engine = sa.create_engine(sa.make_url(postgres_url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    url = sa.make_url(postgres_url).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """
    Give an empty place for a store, on each database in turn.
    """
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    return str(request.getfixturevalue("postgres_place"))

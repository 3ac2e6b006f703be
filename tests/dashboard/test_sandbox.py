"""The SQL page's sandbox: what it refuses, why, and that limits stop what they should."""

import duckdb
import pytest

from dashboard import sandbox
from dashboard.sandbox import Refused


@pytest.fixture
def release(home):
    return home / "warehouse.duckdb"


def cause(sql, release, **limits):
    with pytest.raises(Refused) as refused:
        sandbox.run(sql, release, **limits)
    return refused.value.cause


def test_a_query_on_the_marts_runs(release):
    result = sandbox.run("select department_name from dim_department where place_code = '440103'", release)
    assert result.frame.to_dict("list") == {"department_name": ["广州市荔湾区民政局"]} and not result.truncated


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("", "nothing"),
        ("-- only a remark", "nothing"),
        ("select 1; select 2", "several"),
        ("select 1; drop table dim_department", "several"),
        ("drop table dim_department", "not_a_query"),
        ("update dim_department set tier = null", "not_a_query"),
        ("create table memory.main.x as select 1", "not_a_query"),
        ("attach '/tmp/x.duckdb'", "not_a_query"),
        ("copy dim_department to '/tmp/x.csv'", "not_a_query"),
        ("set threads = 8", "not_a_query"),
        ("install httpfs", "not_a_query"),
        ("selec 1", "syntax"),
        ("select nothing_of_this_name from dim_department", "failed"),
        ("select * from read_csv('/etc/passwd')", "outside"),
        ("select * from read_text('/etc/hostname')", "outside"),
        ("select * from glob('/*')", "outside"),
        ("select * from 'https://example.invalid/x.parquet'", "outside"),
        ("select '" + "x" * 30_000 + "'", "too_long"),
    ],
)
def test_what_is_refused_says_why(release, sql, expected):
    assert cause(sql, release) == expected


def test_a_slow_query_is_stopped_in_time(release):
    assert (
        cause("select sum(a.i * b.i) from range(10000000) a(i), range(10000000) b(i)", release, seconds=0.5)
        == "too_slow"
    )


def test_a_query_cannot_take_the_memory_of_the_machine(release):
    assert cause("select list(i::varchar || repeat('x', 1000)) from range(5000000) t(i)", release) in (
        "too_much_memory",
        "too_slow",
    )


def test_long_results_are_cut_and_say_so(release):
    result = sandbox.run("select i from range(50) t(i)", release, rows=10)
    assert len(result.frame) == 10 and result.truncated
    cell = sandbox.run("select repeat('长', 100000) as text", release).frame["text"][0]
    assert len(cell) == sandbox.LONGEST_CELL + 1


def test_columns_of_one_name_are_kept_apart(release):
    assert list(sandbox.run("select 1 as a, 2 as a", release).frame.columns) == ["a", "a_2"]


def test_unknown_stays_unknown(release):
    frame = sandbox.run("select null::integer as a, true as b, [1, 2] as c, {'x': 1} as d", release).frame
    assert frame["a"].isna().all() and bool(frame["b"][0]) is True and frame["c"][0] == "[1, 2]"


def test_the_release_is_untouched(release):
    before = release.read_bytes()
    for sql in ("delete from dim_department", "select * from dim_department"):
        try:
            sandbox.run(sql, release)
        except Refused:
            continue
    assert release.read_bytes() == before
    with duckdb.connect(str(release), read_only=True) as connection:
        assert connection.execute("select count(*) from dim_department").fetchone() == (6,)

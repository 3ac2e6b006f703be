"""The dbt project's layers and descriptions, read from its manifest: what a build does not check by itself."""

from __future__ import annotations

import csv
import re

import pytest

from ingest.figures.contract import FIELDS
from scripts.data_dictionary import PAGE, PROJECT_ROOT, read_manifest, render

LAYERS = ("staging", "intermediate", "marts")
# A mart may stand on seeds, on intermediate models and on other marts; nothing reaches back, nothing skips staging.
MAY_READ = {
    "staging": {"source"},
    "intermediate": {"staging", "intermediate", "seed"},
    "marts": {"intermediate", "marts", "seed"},
}
# What a mart may take from staging directly: nothing is left to do between the two. What the release before said is such.
PASSED_THROUGH = {"dim_release", "dim_document_text", "fct_outcomes", "fct_release_changes"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def manifest() -> dict:
    return read_manifest()


@pytest.fixture(scope="module")
def models(manifest) -> dict[str, dict]:
    return {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}


def layer_of(manifest: dict, unique_id: str) -> str:
    kind = unique_id.split(".")[0]
    return manifest["nodes"][unique_id]["fqn"][1] if kind == "model" else kind


def test_each_model_is_in_a_layer(models):
    assert models
    assert {node["fqn"][1] for node in models.values()} == set(LAYERS)


def test_each_layer_reads_only_what_it_may(manifest, models):
    wrong = [
        f"{node['name']} ({node['fqn'][1]}) reads {parent}"
        for node in models.values()
        for parent in node["depends_on"]["nodes"]
        if layer_of(manifest, parent) not in MAY_READ[node["fqn"][1]]
        and not (node["name"] in PASSED_THROUGH and layer_of(manifest, parent) == "staging")
    ]
    assert wrong == []


def test_staging_is_one_to_one_with_its_source(manifest, models):
    staging = [node for node in models.values() if node["fqn"][1] == "staging"]
    read = [parent for node in staging for parent in node["depends_on"]["nodes"]]
    assert sorted(read) == sorted(manifest["sources"])
    for node in staging:
        code = re.sub(r"--.*", "", node["raw_code"]).lower()
        assert not re.search(r"\b(join|where|group by|union|qualify|distinct)\b", code), node["name"]


def test_each_model_opens_with_what_it_is_and_one_row_per_what(models):
    for node in models.values():
        comments = []
        for line in node["raw_code"].splitlines():
            if not line.startswith("--"):
                break
            comments.append(line)
        assert len(comments) >= 2, node["name"]
        assert comments[-1].startswith("-- One row"), node["name"]


def test_each_model_has_its_description_beside_it(models):
    for node in models.values():
        assert node["description"].strip(), node["name"]
        assert node["patch_path"].endswith(node["original_file_path"].removesuffix(".sql") + ".yml"), node["name"]


def test_each_mart_is_under_contract_and_described_in_both_languages(models):
    marts = [node for node in models.values() if node["fqn"][1] == "marts"]
    for node in marts:
        assert node["config"]["contract"]["enforced"], node["name"]
        assert CHINESE.search(node["description"]), node["name"]
        for column in node["columns"].values():
            assert column["description"].strip(), f"{node['name']}.{column['name']}"
            assert column["data_type"], f"{node['name']}.{column['name']}"


def test_each_mart_has_a_tested_key(manifest, models):
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    keyed = {
        node["attached_node"]
        for node in tests
        if (node.get("test_metadata") or {}).get("name") in ("unique", "unique_combination")
    }
    assert [key for key, node in models.items() if node["fqn"][1] == "marts" and key not in keyed] == []


def test_no_mart_fills_an_unknown_number_with_zero(models):
    for node in models.values():
        if node["fqn"][1] == "marts":
            filled = re.findall(r"coalesce\(([^()]*), 0\)", node["raw_code"])
            assert all("count" in words for words in filled), f"{node['name']}: {filled}"


def test_no_model_names_a_department_or_a_document(models):
    for node in models.values():
        code = re.sub(r"--.*", "", node["raw_code"])
        assert not re.search(r"(department_id|department_name|document_id|place_code)\s*(=|in)\s*\(?'", code), node[
            "name"
        ]


def test_every_field_of_the_contract_is_published_with_a_figure(models):
    published = models["model.jixiao.fct_figures"]["columns"]
    assert [field.name for field in FIELDS if field.name not in published] == []


def test_every_reference_seed_is_described_to_its_last_column(manifest):
    seeds = {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "seed"}
    for path in sorted((PROJECT_ROOT / "seeds" / "reference").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            header = next(csv.reader(rows))
        node = seeds[path.stem]
        assert node["description"].strip(), path.name
        assert list(node["columns"]) == header, path.name
        assert set(node["config"]["column_types"]) == set(header), path.name


@pytest.mark.parametrize("path", sorted((PROJECT_ROOT / "seeds").rglob("*.csv")), ids=lambda path: path.stem)
def test_every_row_of_a_seed_has_all_columns(path):
    """dbt's reader refuses a file with ragged rows as a whole, and with it the build."""
    with path.open(encoding="utf-8", newline="") as rows:
        widths = {len(row): number for number, row in enumerate(csv.reader(rows), start=1)}
    assert len(widths) == 1, f"{path.name}: rows of {sorted(widths)} columns, for example line {max(widths.values())}"


def test_every_identity_that_a_check_names_is_described_and_used(models):
    checks = [node["raw_code"] for node in models.values() if node["name"].startswith("int_check_")]
    with (PROJECT_ROOT / "seeds/reference/identities.csv").open(encoding="utf-8", newline="") as rows:
        described = {row["identity"] for row in csv.DictReader(rows)}
    with (PROJECT_ROOT / "seeds/reference/quantity_compositions.csv").open(encoding="utf-8", newline="") as rows:
        composed = {row["identity"] for row in csv.DictReader(rows)}
    unused = {identity for identity in described - composed if not any(f"'{identity}'" in code for code in checks)}
    assert unused == set()


def test_every_ranking_point_has_its_reason_in_words(models):
    points = re.findall(r"^    \('(\w+)', ", models["model.jixiao.int_ranked_statements"]["raw_code"], re.MULTILINE)
    with (PROJECT_ROOT / "seeds/reference/ranking_reasons.csv").open(encoding="utf-8", newline="") as rows:
        reasons = [row["reason"] for row in csv.DictReader(rows)]
    assert len(points) >= 10
    assert [reason for reason in reasons if reason in points] == points


def test_exposures_stand_on_marts_alone(manifest):
    assert manifest["exposures"]
    for exposure in manifest["exposures"].values():
        assert {layer_of(manifest, parent) for parent in exposure["depends_on"]["nodes"]} == {"marts"}, exposure["name"]


def test_each_page_of_the_dashboard_has_its_exposure(manifest):
    pages = {path.stem for path in (PROJECT_ROOT / "dashboard" / "app_pages").glob("*.py") if path.stem != "__init__"}
    assert {exposure["name"].removesuffix("_page") for exposure in manifest["exposures"].values()} == pages


def test_the_data_dictionary_says_what_the_project_says(manifest):
    assert PAGE.read_text(encoding="utf-8") == render(manifest), "run: python scripts/data_dictionary.py"

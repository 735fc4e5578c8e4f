"""The handbook is true: what exists is in it, what is in it exists, and its examples run."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import handbook_examples
import pytest
import what_exists

from benchmarks.__main__ import main as benchmarks
from handbook import (
    HANDBOOK,
    REPOSITORY,
    Block,
    all_code,
    anchors,
    blocks,
    cells,
    code_cells,
    code_in,
    documents,
    headings,
    links,
    section,
    text_of,
)
from kbgen.checks import BY_ID, unknown_rules
from kbgen.cli import main as kbgen
from kbgen.front_matter import (
    ArticleFields,
    CategoryFields,
    DocFields,
    FaqFields,
    PageFields,
    TutorialFields,
)
from kbgen.importing.rules import RULES as IMPORT_RULES
from kbgen.loading import load_help_centre
from kbgen.schemas import compose_schemas
from kbgen.settings import Options, parse_settings
from kbgen.site import compose_site
from support_policy import load_policy
from support_policy.maintenance_windows import maintenance_type, parse_windows
from support_policy.policy_rules import policy_type
from support_policy.retention_rules import RecordKind
from support_policy.wording import policy_names
from support_policy.yaml_file import read_document
from ticket_form.app import create_app
from ticket_form.cli import main as ticket_form
from ticket_form.settings import Settings

PROGRAMS: dict[str, click.Group] = {"kbgen": kbgen, "ticket-form": ticket_form}
COMMANDS = [f"{program} {name}" for program, group in PROGRAMS.items() for name in group.commands]
# Options of other programs that the handbook names.
OPTIONS_OF_OTHERS = {"--help", "--version"}


def names_of(kind: type[Any]) -> set[str]:
    return {field.name for field in fields(kind)}


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    titles = [title for level, title, _ in headings(text_of("commands.md")) if level == 2]

    described = {code for title in titles for code in code_in(title)}

    assert described == {*COMMANDS, "kbgen --version", "kbgen --help", "make"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_described_with_all_its_options_and_their_choices(name: str) -> None:
    program, command = name.split()
    actual = what_exists.parameters(PROGRAMS[program].commands[command])

    described = code_cells(section(text_of("commands.md"), f"`{name}`"))
    options = {each.split()[0]: each for each in described if each.startswith("--")}
    arguments = {each for each in described if each.isupper() and "-" not in each}

    assert {*options, *arguments} == set(actual)
    assert [each for each, choices in actual.items() if choices not in options.get(each, "")] == []


def test_every_target_of_make_is_described() -> None:
    described = code_cells(section(text_of("commands.md"), "`make`"))

    assert described == {f"make {target}" for target in what_exists.make_targets()}


def test_every_variable_of_make_and_of_the_programs_is_described() -> None:
    actual = what_exists.make_variables()

    environment = code_cells(section(text_of("operator.md"), "The environment"))
    desk = code_cells(section(text_of("operator.md"), "The desk"))

    assert {name for name, is_for_people in actual.items() if is_for_people} <= environment
    assert environment <= set(actual)
    assert {each for each in desk if each.isupper()} == what_exists.program_variables()


def test_every_variable_of_the_tests_is_described() -> None:
    described = code_cells(section(text_of("developer.md"), "Tests"))

    assert {each for each in described if each.isupper()} == what_exists.variables_of_tests()


def test_every_setting_is_described() -> None:
    text = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    in_use = set(read_document(text, "mkdocs.yml").value)

    described = code_cells(section(text_of("operator.md"), "Settings in mkdocs.yml"))

    assert described == names_of(Options) | in_use


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param(
            "Every page of the knowledge base",
            names_of(PageFields),
            id="Every page",
        ),
        pytest.param("Articles", names_of(ArticleFields) - names_of(PageFields), id="Articles"),
        pytest.param("FAQ entries", names_of(FaqFields) - names_of(PageFields), id="FAQ entries"),
        pytest.param("Tutorials", names_of(TutorialFields) - names_of(PageFields), id="Tutorials"),
        pytest.param("Categories", names_of(CategoryFields), id="Categories"),
        pytest.param("Pages under docs/", names_of(DocFields), id="Pages under docs/"),
    ],
)
def test_every_field_of_a_head_is_described(title: str, expected: set[str]) -> None:
    assert code_cells(section(text_of("writer.md"), title)) == expected


def test_every_key_of_the_policy_is_described() -> None:
    text = text_of("policy.md").partition("## Names for pages")[0]
    kinds = "|".join(RecordKind)

    actual = what_exists.key_paths(policy_type().json_schema())

    assert code_cells(text) == {
        re.sub(rf"^retention\.(?:{kinds})\.", "retention.<record>.", key) for key in actual
    }


def test_every_key_of_maintenance_windows_is_described() -> None:
    described = code_cells(section(text_of("operator.md"), "Announcing maintenance"))

    assert described == what_exists.key_paths(maintenance_type().json_schema())


def test_every_name_that_a_page_may_use_is_described() -> None:
    policy = load_policy(REPOSITORY / "policy.yml")
    forms = {
        f"policy.channels.{each.id}.": "policy.channels.<channel>." for each in policy.channels
    }
    forms |= {
        f"policy.priorities.{each}.": "policy.priorities.<priority>." for each in policy.priorities
    }
    forms |= {
        f"policy.escalation.{each.id}.": "policy.escalation.<level>." for each in policy.escalation
    }
    forms |= {f"policy.retention.{each}": "policy.retention.<record>" for each in RecordKind}

    actual = set()
    for name in policy_names(policy):
        stem = next((each for each in forms if name.startswith(each)), None)
        actual.add(forms[stem] + name.removeprefix(stem) if stem else name)

    assert code_cells(section(text_of("policy.md"), "Names for pages")) == actual


def test_every_rule_is_described_and_nothing_else() -> None:
    text = text_of("checks.md")
    described = {code for level, title, _ in headings(text) if level > 2 for code in code_in(title)}
    described |= code_cells(section(text, "What an import reports"))

    assert described == what_exists.rules_in_code()


@pytest.mark.parametrize("part", ["Rules that a site can set", "Faults in files"])
def test_a_rule_is_described_with_why_mend_and_its_real_weight(part: str) -> None:
    text = section(text_of("checks.md"), part)
    rules = [code for _, title, _ in headings(text) for code in code_in(title)]

    for rule in rules:
        told = section(text, f"`{rule}`")
        weight = f"{BY_ID[rule].severity}, can be set" if rule in BY_ID else "error"
        assert re.findall(r"^- (\w+):", told, re.MULTILINE) == ["What", "Why", "Mend", "Weight"]
        assert f"- Weight: {weight}." in told, rule
    if part == "Rules that a site can set":
        assert set(rules) == set(BY_ID)


def test_what_an_import_reports_is_described_with_its_real_weight() -> None:
    text = section(text_of("checks.md"), "What an import reports")

    described = dict(zip(cells(text), cells(text, 1), strict=True))

    assert described == {f"`{name}`": str(rule.severity) for name, rule in IMPORT_RULES.items()}


def test_every_route_of_the_desk_is_described() -> None:
    settings = Settings(policy=REPOSITORY / "policy.yml", site=HANDBOOK)
    app = create_app(settings, load_policy(settings.policy))

    described = code_cells(section(text_of("operator.md"), "The desk"))

    assert {each for each in described if each.startswith("/")} == {
        rule.rule for rule in app.url_map.iter_rules()
    }


def test_every_file_that_programs_read_is_described() -> None:
    centre = load_help_centre(REPOSITORY)
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    site = compose_site(centre.catalog, centre.policy, centre.calendar, centre.settings, now)

    described = code_cells(section(text_of("operator.md"), "Files in the built site"))

    assert described == {file.path for file in site.files if not file.path.endswith(".html")}


@pytest.mark.parametrize(
    ("package", "column"), [("support_policy", 0), ("kbgen", 1), ("ticket_form", 1)]
)
def test_the_picture_of_the_house_names_every_module(package: str, column: int) -> None:
    folder = REPOSITORY / package
    actual = {path.stem for path in folder.glob("[!_]*.py")}
    actual |= {path.parent.name for path in folder.glob("*/__init__.py")}

    assert code_cells(section(text_of("architecture.md"), package), column) == actual


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_a_document_names_only_what_exists(document: Path) -> None:
    code = "\n".join(all_code(document.read_text(encoding="utf-8")))
    options = set(OPTIONS_OF_OTHERS).union(
        *(
            what_exists.parameters(each)
            for group in PROGRAMS.values()
            for each in group.commands.values()
        ),
        what_exists.parameters(benchmarks),
    )

    for program, group in PROGRAMS.items():
        named = re.findall(rf"(?:^|/| ){program} ([a-z][a-z-]*)", code, re.MULTILINE)
        assert set(named) <= set(group.commands)
    targets = re.findall(r"^(?:make|.*&& make) ([a-z][a-z-]*)", code, re.MULTILINE)
    assert set(targets) <= what_exists.make_targets()
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", code)) <= options


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    broken = []
    for target in links(document.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        place = document.parent / path if path else document
        if not target.startswith("https://") and not _leads_somewhere(place, anchor):
            broken.append(target)

    assert broken == []


def _leads_somewhere(place: Path, anchor: str) -> bool:
    if not anchor:
        return place.exists()
    return place.is_file() and anchor in anchors(place.read_text(encoding="utf-8"))


def test_every_picture_is_shown_and_light() -> None:
    shown = {
        (document.parent / target).resolve()
        for document in documents()
        for target in links(document.read_text(encoding="utf-8"))
        if target.endswith(".png")
    }

    pictures = set((HANDBOOK / "pictures").glob("*"))

    assert pictures == shown
    assert [each.name for each in pictures if each.stat().st_size >= 200_000] == []


def test_the_schemas_are_current() -> None:
    kept = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in (HANDBOOK / "schemas").iterdir()
    }

    current = json.loads(json.dumps(compose_schemas()))

    assert kept == current, "renew them: .venv/bin/kbgen schema handbook/schemas"


def test_the_yaml_of_the_operators_guide_is_right() -> None:
    found = (block.lines for block in blocks(text_of("operator.md")) if block.language == "yaml")
    window, options = ("\n".join(lines) for lines in found)
    head = "time_zone: Europe/Berlin\ncomponents: {website: Website}\nwindows:\n"

    calendar = parse_windows(head + window, notice=load_policy(REPOSITORY / "policy.yml").notice)
    settings = parse_settings(f"site_name: Help\n{options}")

    assert len(calendar.windows) == 1
    assert list(unknown_rules(settings)) == []


@pytest.mark.parametrize(
    "block", [pytest.param(block, id=place) for place, block in handbook_examples.examples()]
)
def test_an_example_prints_what_the_handbook_says(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handbook_examples.copy_repository(tmp_path)
    monkeypatch.chdir(tmp_path)

    for step in handbook_examples.steps(block):
        output = handbook_examples.run(step.command, tmp_path)
        assert step.is_printed_by(output), f"$ {step.command}\n{output}"

"""Loading a template's folder into a `Template`, reporting all findings at once.

Loading goes in stages: the files are read into their models, formulas are parsed, sums are generated, names, units,
rules and views are checked, and lines are ordered. A stage that needs the one before it stops if there are findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ftroi.errors import Finding, FormulaError, TemplateError
from ftroi.language import Node, parse
from ftroi.resources import templates_folder
from ftroi.termsheet.check_rules import CHECKS_FILE, ChecksTable
from ftroi.termsheet.checks.correlations import check_correlations
from ftroi.termsheet.checks.events import check_events
from ftroi.termsheet.checks.lines import (
    check_assumption_values,
    check_categories,
    check_gates,
    check_line,
    check_names,
    check_references,
)
from ftroi.termsheet.checks.overrides import check_options, check_presets, check_replacements
from ftroi.termsheet.checks.views import check_groups, check_views
from ftroi.termsheet.checksum import checksum_of
from ftroi.termsheet.decision_rules import GATES_FILE, RULE, VERDICT_FILE, DecisionReader
from ftroi.termsheet.dependency_order import find_series, order_lines
from ftroi.termsheet.files import TomlFile, read_toml
from ftroi.termsheet.model import Assumption, Clause, Line, Role, Template, group_of
from ftroi.termsheet.names import TemplateNames
from ftroi.termsheet.questions import QUESTIONS_FILE, QuestionTable, check_questions
from ftroi.termsheet.rule_schema import GateRuleTable, GateTable, VerdictTable
from ftroi.termsheet.schema import (
    AssumptionTable,
    ClauseTable,
    CorrelationTable,
    EventTable,
    GroupTable,
    LineTable,
    OptionTable,
    PresetTable,
    SourceTable,
    Table,
    TemplateTable,
)
from ftroi.termsheet.text_templates import read_text
from ftroi.termsheet.totals import generated_lines
from ftroi.termsheet.views import VIEWS_FILE, ViewsTable

_Model = TypeVar("_Model", bound=Table)

DEFAULT_TEMPLATE = "fine_tuning"
"""The template where none is named; templates without rules of gates or checks of their own use its rules."""

DEFAULT_PRESET = "support_assistant"
"""The preset of `DEFAULT_TEMPLATE` where none is named."""

CORRELATIONS_FILE = "correlations.toml"
"""The optional file of correlations; without it, assumptions are drawn independently."""

EVENTS_FILE = "events.toml"
"""The optional file of risk events; without it, simulations have none."""


def load_template(folder: Path) -> Template:
    """Read and check a template.

    Raises TemplateError with all findings: those of reading the files or, once they can be read, those on names, units,
    order, categories, ranges, options, presets, rules and views.
    """
    return _Loader(Path(folder)).load()


class _Loader:
    """Loads one folder; findings are collected until a stage cannot go on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self._read: list[TomlFile] = []
        self._groups: Mapping[str, GroupTable] = {}
        self._views_file = TomlFile(VIEWS_FILE, {}, {})

    def load(self) -> Template:
        if not (self.folder / "template.toml").is_file():
            where = str(self.folder)
            raise TemplateError(Finding(where, "is no template: template.toml is missing", "name a template's folder"))
        head_file = self._file("template.toml")
        head = head_file.model(TemplateTable, "", head_file.tables, self.findings)
        if head is None:
            raise TemplateError(*self.findings)
        self.findings.extend(check_groups(head))
        self._stop_if_faulty()
        self._groups = head.groups
        sections = [section.file for section in head.sections]
        assumptions = self._assumptions(sections)
        stated = self._lines_from_files(sections)
        options = dict(self._tables(OptionTable, "options.toml"))
        gates_file = self._file(GATES_FILE)
        gates = dict(self._models(GateTable, gates_file, leave_out=RULE))
        sources = dict(self._tables(SourceTable, "sources.toml"))
        presets = self._presets()
        events = dict(self._optional(EventTable, EVENTS_FILE))
        correlations = dict(self._optional(CorrelationTable, CORRELATIONS_FILE))
        questions = dict(self._optional(QuestionTable, QUESTIONS_FILE))
        views = self._views()
        self.findings.extend(check_categories(stated, head.categories))
        self._stop_if_faulty()
        lines = _in_sheet_order(stated, list(generated_lines(head.groups, head.categories, stated)))
        self.findings.extend(check_names(assumptions, lines))
        by_name = {line.name: line for line in lines}
        series = find_series(by_name)
        template = Template(
            self.folder, head.id, head.version, head.label, head.currency, head.spelling, head.categories,
            head.sections, assumptions, by_name, options, gates, sources, presets, series, (), correlations,
            events, head.groups, views, questions=questions, retired=head.retired,
        )  # fmt: skip
        return self._checked(template, gates_file)

    def _checked(self, template: Template, gates_file: TomlFile) -> Template:
        names = TemplateNames(template.assumptions, template.lines)
        self.findings.extend(names.findings)
        for assumption in template.assumptions.values():
            self.findings.extend(check_assumption_values(assumption))
        for line in template.lines.values():
            self.findings.extend(check_line(line, names))
        self.findings.extend(check_references(template.lines, template.series))
        self.findings.extend(check_options(template))
        self.findings.extend(check_presets(template))
        self.findings.extend(check_replacements(template))
        self.findings.extend(check_questions(template.questions, template.assumptions))
        template = self._with_rules(template, names, gates_file)
        self.findings.extend(check_gates(template, gates_file))
        self.findings.extend(check_correlations(template))
        self.findings.extend(check_events(template))
        self.findings.extend(check_views(template, self._views_file.place))
        order, circles = order_lines(template.lines)
        self.findings.extend(circles)
        self._stop_if_faulty()
        return replace(template, order=order, checksum=checksum_of(self._read))

    def _stop_if_faulty(self) -> None:
        if self.findings:
            raise TemplateError(*self.findings)

    def _file(self, name: str) -> TomlFile:
        try:
            file = read_toml(self.folder, name)
        except TemplateError as error:
            self.findings.extend(error.findings)
            return TomlFile(name, {}, {})
        self._read.append(file)
        return file

    def _files(self, sub: str) -> Iterator[TomlFile]:
        for path in sorted((self.folder / sub).glob("*.toml")):
            yield self._file(f"{sub}/{path.name}")

    def _with_rules(self, template: Template, names: TemplateNames, file: TomlFile) -> Template:
        """Add the rules of gates, verdict and checks; a template without its own uses those of `DEFAULT_TEMPLATE`."""
        if not template.gates and RULE not in file.tables:
            return template
        reader = DecisionReader(template, names, self.findings)
        rules = file if RULE in file.tables else read_toml(templates_folder() / DEFAULT_TEMPLATE, GATES_FILE)
        table = rules.model(GateRuleTable, RULE, rules.tables[RULE], self.findings)
        self._stop_if_faulty()
        if table is None:
            return template
        gate_rule = reader.gate_rule(table, template.gates, file if rules is file else rules)
        self._stop_if_faulty()
        verdict = checks = None
        if (self.folder / VERDICT_FILE).is_file():
            verdict_file = self._file(VERDICT_FILE)
            asked = verdict_file.model(VerdictTable, "", verdict_file.tables, self.findings)
            verdict = None if asked is None else reader.verdict(asked, gate_rule, verdict_file)
        if verdict is not None:
            own = (self.folder / CHECKS_FILE).is_file()
            checks_file = (
                self._file(CHECKS_FILE) if own else read_toml(templates_folder() / DEFAULT_TEMPLATE, CHECKS_FILE)
            )
            wanted = checks_file.model(ChecksTable, "", checks_file.tables, self.findings)
            checks = None if wanted is None else reader.checks(wanted, verdict, gate_rule, checks_file, is_own=own)
        return replace(template, gate_rule=gate_rule, verdict=verdict, checks=checks)

    def _tables(self, kind: type[_Model], name: str) -> Iterator[tuple[str, _Model]]:
        yield from self._models(kind, self._file(name))

    def _models(self, kind: type[_Model], file: TomlFile, leave_out: str = "") -> Iterator[tuple[str, _Model]]:
        for key, value in file.tables.items():
            if key == leave_out:
                continue
            model = file.model(kind, key, value, self.findings)
            if model is not None:
                yield key, model

    def _in_section_order(self, sub: str, sections: list[str]) -> Iterator[tuple[str, TomlFile]]:
        """The files of a folder: first those that template.toml lists, in that order, then the others."""
        files = {Path(file.name).stem: file for file in self._files(sub)}
        for stem in (*[name for name in sections if name in files], *[name for name in files if name not in sections]):
            yield stem, files[stem]

    def _assumptions(self, sections: list[str]) -> dict[str, Assumption]:
        found: dict[str, Assumption] = {}
        for section, file in self._in_section_order("assumptions", sections):
            for name, value in file.tables.items():
                table = file.model(AssumptionTable, name, value, self.findings)
                if name in found:
                    self._report_duplicate(file.where(name), name, found[name].where)
                if table is not None:
                    found[name] = Assumption(name, section, table, file.where(name))
        return found

    def _lines_from_files(self, sections: list[str]) -> dict[str, Line]:
        found: dict[str, Line] = {}
        files = [*self._in_section_order("lines", sections), ("measures", self._file("measures.toml"))]
        for section, file in files:
            for name, value in file.tables.items():
                table = file.model(LineTable, name, value, self.findings)
                if name in found:
                    self._report_duplicate(file.where(name), name, found[name].where)
                if table is not None:
                    found[name] = self._line(name, section, table, file)
        return found

    def _report_duplicate(self, where: str, name: str, before: str) -> None:
        self.findings.append(Finding(where, f"the name '{name}' is given twice", f"see {before}"))

    def _line(self, name: str, section: str, table: LineTable, file: TomlFile) -> Line:
        where = file.where(name, "formula")
        opening = None if table.opening is None else self._tree(table.opening, file.where(name, "opening"))
        return Line(
            name=name, label=table.label, unit=table.unit, section=section, role=self._role(section, table.category),
            note=table.note, formula=table.formula, tree=self._tree(table.formula, where), opening=opening,
            category=table.category or "", nature=table.nature or "", unless=self._clauses(table.unless, where),
            remark=self._clauses(table.remark, where), where=where,
        )  # fmt: skip

    def _role(self, section: str, category: str | None) -> Role:
        if section == "measures":
            return Role.MEASURE
        if category is None:
            return Role.WORKING
        group = self._groups.get(group_of(category))
        return Role.VALUE if group and group.is_value else Role.COST

    def _clauses(self, tables: Iterable[ClauseTable], where: str) -> tuple[Clause, ...]:
        clauses = (self._clause(table, where) for table in tables)
        return tuple(clause for clause in clauses if clause is not None)

    def _clause(self, table: ClauseTable, where: str) -> Clause | None:
        tree = self._tree(table.when, where)
        try:
            text = read_text(table.text, where)
        except FormulaError as error:
            self.findings.extend(error.findings)
            return None
        return None if tree is None else Clause(table, tree, text)

    def _tree(self, text: str, where: str) -> Node | None:
        try:
            return parse(text, where)
        except FormulaError as error:
            self.findings.extend(error.findings)
            return None

    def _views(self) -> ViewsTable:
        """Read views.toml, which is required because its [roles] name the lines that the engine needs."""
        if not (self.folder / VIEWS_FILE).is_file():
            cure = "add one: its [roles] name the horizon and other parts, its [[headlines]] what is shown"
            raise TemplateError(*self.findings, Finding(VIEWS_FILE, "is missing", cure))
        self._views_file = self._file(VIEWS_FILE)
        views = self._views_file.model(ViewsTable, "", self._views_file.tables, self.findings)
        if views is None:
            raise TemplateError(*self.findings)
        return views

    def _optional(self, kind: type[_Model], name: str) -> Iterator[tuple[str, _Model]]:
        """Read an optional file."""
        if (self.folder / name).is_file():
            yield from self._tables(kind, name)

    def _presets(self) -> dict[str, PresetTable]:
        found = {}
        for file in self._files("presets"):
            preset = file.model(PresetTable, "", file.tables, self.findings)
            if preset is not None:
                found[preset.preset.id] = preset
        return found


def _in_sheet_order(stated: dict[str, Line], generated: list[Line]) -> list[Line]:
    """The lines in the order of an option's sheet.

    First come working lines, then categories with their sums, totals, working lines that read totals, and measures.
    """
    totals = [line for line in generated if line.role is Role.TOTAL]
    late = _late_sections(stated.values(), {line.name for line in totals})
    working = [line for line in stated.values() if line.role is Role.WORKING]
    early = [line for line in working if line.section not in late]
    blocks: list[Line] = []
    for total in (line for line in generated if line.role is Role.CATEGORY):
        blocks += [line for line in stated.values() if line.category == total.category]
        blocks += [line for line in generated if line.role is Role.OWN and line.category == total.category]
        blocks.append(total)
    own = [line for line in generated if line.role is Role.OWN and not line.category]
    after = [line for line in working if line.section in late]
    measures = [line for line in stated.values() if line.role is Role.MEASURE]
    return [*early, *blocks, *own, *totals, *after, *measures]


def _late_sections(lines: Iterable[Line], totals: set[str]) -> set[str]:
    """The sections with a line that reads a total."""
    return {line.section for line in lines if any(name in totals for name, _ in line.needs)}

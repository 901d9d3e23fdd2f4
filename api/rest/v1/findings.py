"""Findings of a report as v1 shows them, each with its place in the risk matrix."""

from collections.abc import Sequence

from api.annotation.findings import Finding
from api.evidence.matrix import Cell, Matrix
from api.rest.v1.annotations_out import AttributesOut, FindingOut, FindingRiskOut, RiskStatementOut
from api.rest.v1.figures import UsualAssessmentOut
from api.rest.v1.matrix import cell_address, to_range_out, to_reason_out, to_usual_out
from api.rest.v1.statements import statement_url, to_conflict_out
from api.vocabulary import Laterality, MentionStatus


def findings_out(findings: Sequence[Finding], matrix: Matrix) -> list[FindingOut]:
    """Findings in order; those of one place of the matrix share what is told of it."""
    cells = {place: matrix.cell(*place) for place in {(item.morphology, item.distribution) for item in findings}}
    told = {place: (_risk(cell), _statements(cell)) if cell else (None, []) for place, cell in cells.items()}
    return [_finding(item, *told[item.morphology, item.distribution]) for item in findings]


def _finding(item: Finding, risk: FindingRiskOut | None, statements: list[RiskStatementOut]) -> FindingOut:
    usual = risk.usual_assessment if risk else None
    return FindingOut(
        morphology=item.morphology,
        distribution=item.distribution,
        laterality=Laterality(item.laterality) if item.laterality else None,
        status=MentionStatus(item.status),
        attributes=AttributesOut.model_validate(item.attributes, from_attributes=True),
        annotations=list(item.members),
        usual_assessment=UsualAssessmentOut(**usual.model_dump()) if usual else None,
        risk_statements=statements,
        risk=risk,
    )


def _risk(cell: Cell) -> FindingRiskOut:
    return FindingRiskOut(
        morphology=cell.morphology,
        distribution=cell.distribution,
        range=to_range_out(cell),
        usual_assessment=to_usual_out(cell),
        conflict=[to_conflict_out(conflict) for conflict in cell.conflicts],
        estimate_ids=[item.id for item in cell.estimates],
        reason=to_reason_out(cell),
        url=cell_address(cell),
    )


def _statements(cell: Cell) -> list[RiskStatementOut]:
    ids = dict.fromkeys(item.statement_id for item in cell.estimates if item.statement_id)
    return [RiskStatementOut(statement_id=statement_id, url=statement_url(statement_id)) for statement_id in ids]

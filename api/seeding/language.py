"""Language files: what the service must know about words to find, read and refuse. Data for curators, never code.

Each file of `seed/language/` has one strict shape, registered here under the file's stem. A release stores the files whole;
the rooms that need them read them back through `api.knowledge.language`.
"""

from api.seeding.records import Record
from api.seeding.shapes_report_cues import ReportCuesRecord
from api.seeding.shapes_report_terms import ReportTermsRecord

LANGUAGE_FOLDER = "language"
SHAPES: dict[str, type[Record]] = {
    "report-cues": ReportCuesRecord,
    "report-terms": ReportTermsRecord,
}

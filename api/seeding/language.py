"""Language files: what the service must know about words to find, read and refuse. Data for curators, never code.

Each file of `seed/language/` has one strict shape, registered here under the file's stem. A release stores the files whole;
the rooms that need them read them back through `api.knowledge.language`.
"""

from api.seeding.records import Record
from api.seeding.shapes_refusal import RefusalRecord, SafetyRecord
from api.seeding.shapes_search import IntentsRecord, SearchRecord
from api.seeding.shapes_verification import VerificationRecord

LANGUAGE_FOLDER = "language"
SHAPES: dict[str, type[Record]] = {
    "intents": IntentsRecord,
    "refusal": RefusalRecord,
    "safety": SafetyRecord,
    "search": SearchRecord,
    "verification": VerificationRecord,
}

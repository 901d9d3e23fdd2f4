"""The closed words of the field: kinds, aspects, audiences, regions, natures, systems.

Everything here is a name with a meaning that callers may rely on. No input or output, no medical sentence.
"Subtype" is the word of this service for what the BI-RADS lexicon calls the morphology of calcifications.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
STATEMENT_ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{2,3}$"
FACT_ID_PATTERN = r"^F-(?:lex|cond|guid)-[0-9]{3}$"

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
StatementId = Annotated[str, StringConstraints(pattern=STATEMENT_ID_PATTERN, max_length=84)]
FactId = Annotated[str, StringConstraints(pattern=FACT_ID_PATTERN)]
Proportion = Annotated[float, Field(ge=0, le=1)]


class ConceptKind(StrEnum):
    """What sort of thing a concept is; it decides the folder in the seed and the noun in the address."""

    TYPE = "type"
    SUBTYPE = "subtype"
    DISTRIBUTION = "distribution"
    CONDITION = "condition"
    GUIDANCE = "guidance"
    ASSESSMENT = "assessment"
    TOPIC = "topic"
    MIMIC = "mimic"
    QUESTION_TOPIC = "question-topic"


class Audience(StrEnum):
    """For whom a statement is worded."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


class Region(StrEnum):
    """Where a statement holds; absent means it is not bound to a country."""

    US = "US"
    UK = "UK"
    EU = "EU"
    AU = "AU"
    CA = "CA"


class Aspect(StrEnum):
    """Which side of its concept a statement tells. The order is the reading order of a card."""

    DEFINITION = "definition"
    TERMINOLOGY = "terminology"
    APPEARANCE = "appearance"
    SIZE = "size"
    LOCATION = "location"
    CAUSE = "cause"
    ASSOCIATION = "association"
    EPIDEMIOLOGY = "epidemiology"
    RISK = "risk"
    DIFFERENTIAL = "differential"
    MANAGEMENT = "management"
    TIMING = "timing"
    PROCEDURE = "procedure"
    PATIENT = "patient"
    HISTORY = "history"


class Basis(StrEnum):
    """How the best of a statement's sources was read, strongest first."""

    FULL_TEXT = "full-text"
    ABSTRACT = "abstract"
    EXCERPT = "excerpt"
    FOUNDING_DOCUMENT = "founding-document"


class Scheme(StrEnum):
    """Whose names for shapes: the accepted lexicon, or the founding document's four."""

    LEXICON = "lexicon"
    FOUNDING = "founding"


class Suspicion(StrEnum):
    """How the lexicon groups a shape."""

    TYPICALLY_BENIGN = "typically_benign"
    SUSPICIOUS = "suspicious"


class Nature(StrEnum):
    """What a condition is, from normal to invasive cancer, and mimics."""

    NORMAL = "normal"
    BENIGN = "benign"
    HIGH_RISK = "high-risk"
    IN_SITU = "in-situ"
    INVASIVE = "invasive"
    MIMIC = "mimic"


class AssessmentSystem(StrEnum):
    """The reporting system an assessment category belongs to."""

    BI_RADS = "bi-rads"
    UK_FIVE_POINT = "uk-five-point"
    UK_PATHOLOGY_B = "uk-pathology-b"


class Stage(StrEnum):
    """Where on the path from screening to follow-up a guidance step stands, in that order."""

    SCREENING = "screening"
    RECALL = "recall"
    IMAGING = "imaging"
    BIOPSY = "biopsy"
    RESULTS = "results"
    TREATMENT = "treatment"
    FOLLOW_UP = "follow-up"
    ANY_TIME = "any-time"


class LabelKind(StrEnum):
    """What sort of name a label is."""

    PREFERRED = "preferred"
    SYNONYM = "synonym"
    FORMER = "former"
    LAY = "lay"
    ABBREVIATION = "abbreviation"


class RelationKind(StrEnum):
    """How one concept bears on another, read from the file's own concept to the target."""

    APPEARS_AS = "appears-as"
    DISTRIBUTED_AS = "distributed-as"
    FOLLOWED_BY = "followed-by"
    MAPS_TO = "maps-to"
    CONFUSED_WITH = "confused-with"
    KIND_OF = "kind-of"
    RELATED_TO = "related-to"
    ABOUT = "about"


class Strength(StrEnum):
    """How regularly a relation holds, in the words the sources use."""

    TYPICAL = "typical"
    COMMON = "common"
    POSSIBLE = "possible"
    RARE = "rare"


class SourceKind(StrEnum):
    """What sort of work a source is."""

    STUDY = "study"
    SYSTEMATIC_REVIEW = "systematic-review"
    REVIEW = "review"
    GUIDELINE = "guideline"
    LEXICON = "lexicon"
    TERMINOLOGY = "terminology"
    PATIENT_INFORMATION = "patient-information"
    DATASET = "dataset"
    FOUNDING_DOCUMENT = "founding-document"


class Standing(StrEnum):
    """How much weight a source bears, strongest first. Weak sources never stand alone under a patient statement."""

    GUIDELINE = "guideline"
    PRIMARY = "primary"
    SOCIETY_OR_HOSPITAL = "society-or-hospital"
    TEXTBOOK_OR_TEACHING = "textbook-or-teaching"
    SECONDARY = "secondary"
    WEAK = "weak"
    FOUNDING = "founding"


class ReviewStatus(StrEnum):
    """Whether a clinician has read and approved a concept's content."""

    NOT_REVIEWED = "not-reviewed"
    REVIEWED = "reviewed"


class Measure(StrEnum):
    """What a figure measures."""

    PPV = "ppv"
    UPGRADE = "upgrade"
    LIKELIHOOD_BAND = "likelihood-band"
    SHARE = "share"
    INCIDENCE = "incidence"
    SENSITIVITY = "sensitivity"
    SPECIFICITY = "specificity"
    RELATIVE_RISK = "relative-risk"
    ODDS_RATIO = "odds-ratio"
    HAZARD_RATIO = "hazard-ratio"
    AGREEMENT = "agreement"
    SIZE = "size"
    COUNT = "count"
    AGE = "age"
    DURATION = "duration"
    INTERVAL = "interval"
    DOSE = "dose"
    OTHER = "other"


class Unit(StrEnum):
    """The unit of a figure's numbers. A proportion runs from 0 to 1."""

    PROPORTION = "proportion"
    RATIO = "ratio"
    COUNT = "count"
    MICROMETRES = "um"
    MILLIMETRES = "mm"
    CENTIMETRES = "cm"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    MILLISIEVERT = "mSv"
    MILLIGRAY = "mGy"
    PER_THOUSAND = "per-1000"
    KAPPA = "kappa"
    GAUGE = "gauge"
    OTHER = "other"


class Comparison(StrEnum):
    """How the value stands to the truth the source states; absent means exactly as stated."""

    ABOUT = "about"
    LESS_THAN = "less-than"
    AT_MOST = "at-most"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"


class IntervalOrigin(StrEnum):
    """Whether an interval was printed in the source or computed here from events and n by Wilson's method."""

    GIVEN = "given"
    WILSON = "wilson"


class RefusalReason(StrEnum):
    """Why a question is not answered."""

    OUT_OF_SCOPE = "out_of_scope"
    OTHER_ORGAN = "other_organ"
    OTHER_TEST = "other_test"
    PERSONAL_DIAGNOSIS = "personal_diagnosis"
    IMAGE_READING = "image_reading"
    TREATMENT_CHOICE = "treatment_choice"
    EMERGENCY = "emergency"
    INSTRUCTION = "instruction"
    TOO_VAGUE = "too_vague"


class Equivalence(StrEnum):
    """How a code of another system stands to our concept, read from the concept to the code."""

    EQUIVALENT = "equivalent"
    WIDER = "wider"
    NARROWER = "narrower"
    RELATED = "related"


class CodeUse(StrEnum):
    """What the owner's licence lets us do with the codes of a system."""

    CODE_AND_DISPLAY = "code-and-display"
    CODE_ONLY = "code-only"
    LOOK_UP_ONLY = "look-up-only"


class Endpoint(StrEnum):
    """What a risk figure counts."""

    MALIGNANCY = "malignancy"
    INVASIVE_CANCER = "invasive-cancer"
    DCIS = "dcis"
    HIGH_RISK_LESION = "high-risk-lesion"
    BENIGN = "benign"
    LATER_CANCER = "later-cancer"
    DEATH = "death"
    BIOPSY = "biopsy"
    OTHER = "other"


class MentionStatus(StrEnum):
    """What a report says of something it names."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    UNCERTAIN = "uncertain"
    HISTORICAL = "historical"


class Laterality(StrEnum):
    """Which breast."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"


class RecordKind(StrEnum):
    """What a release is made of, as changes name it. A concept's record holds the ids of its statements in order."""

    CONCEPT = "concept"
    LANGUAGE_FILE = "language-file"
    LINK_HOSTS = "link-hosts"
    QUESTION = "question"
    RELEASE = "release"
    SOURCE = "source"
    STATEMENT = "statement"


class ChangeKind(StrEnum):
    """What happened to a record between two releases."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"

"""Effects: all that a rule can propose to be done to someone, a closed list told apart by `do`.

The system proposes, a named person decides: nothing here changes anything (see `proposals`).  Every effect says on
whom it falls (by office, kind of subject or relation), who decides (`by`), from when and for how long, and which
accepted reasons exempt (`unless`).  What the text leaves open is left out; no start, length or deadline is invented.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from apps.rules.language.actors import Who
from apps.rules.language.deadlines import Deadline
from apps.rules.language.parts import Part, Whos
from apps.rules.language.values import Body, Number
from apps.rules.language.vocabularies import Key
from apps.rules.terms import Frozen
from apps.rules.vocabulary import KnownBody, Modality, Relation, Subject

Start = Literal["event", "decision", "confirmation", "next_month", "month_begin", "quarter_begin", "year_begin"]
Until = Literal["month_end", "quarter_end", "year_end", "term_end", "rectified", "rechecked", "condition"]
Form = Literal["education", "reminder", "warning", "interview", "admonition", "collective"]
Honour = Literal["annual_excellence", "term_excellence", "help_assessment", "all_honours"]
Banned = Literal[
    "promotion", "honours", "higher_title", "higher_rank", "transfer", "posting", "adjustment", "withdrawal",
    "departure",
]  # fmt: skip
Use = Literal["promotion", "rank", "title", "employment", "reserve_list", "training", "honours", "transfer"]


class Target(Frozen):
    """On whom an effect falls: one of `subject` (of the event), `office`, or `relation` + `of` (a kind of subject or
    a body).  Written short as a word: a kind of subject first, else a body."""

    subject: Subject | None = None
    office: Body | None = None
    relation: Relation | None = None
    of: Body | None = None


def _short(value: object) -> Any:
    if not isinstance(value, str):
        return value
    subjects = get_args(Subject)
    meant = get_close_matches(value, (*subjects, *get_args(KnownBody)), n=1, cutoff=0.75)  # a misspelt subject is told
    return {"subject": value} if meant and meant[0] in subjects else {"office": value}


Onto = Annotated[Target, BeforeValidator(_short)]


class Length(Frozen):
    """One of them, counted as the Civil Code does (arts. 201, 202): the first day does not count; months and years
    end on the day of the same number, or on the last of a month that lacks it."""

    days: StrictInt | None = Field(default=None, ge=1, le=36_600)
    months: StrictInt | None = Field(default=None, ge=1, le=1200)
    years: StrictInt | None = Field(default=None, ge=1, le=100)
    until: Until | None = None


Based = Literal[Use, "evaluation", "unit_assessment", "punishment"]


class Base(Part):
    """What all effects have.  `judged` is a condition that only a person can judge, in the words of the text."""

    whom: Onto
    by: Whos = ()
    modality: Modality | None = None
    start: Start | None = None
    length: Length | None = None
    unless: tuple[Key, ...] = ()
    judged: str = ""


class GradeCap(Base):
    """No better grade than this one."""

    do: Literal["grade_cap"]
    vocabulary: Key
    grade: str


class GradeFixed(Base):
    """This grade, whatever the score."""

    do: Literal["grade_fixed"]
    vocabulary: Key
    grade: str


class ScoreChange(Base):
    """Points added to (or, below nought, taken from) a score, which is then held between `floor` and `cap`."""

    do: Literal["score"]
    score: Key
    points: Number
    floor: Number | None = None
    cap: Number | None = None


class AllowanceWithheld(Base):
    """The allowance of the month, quarter or year of the event, a part of it, or a sum."""

    do: Literal["allowance_withheld"]
    allowance: Key | None = None
    period: Literal["month", "quarter", "year"] | None = None
    percent: Number | None = None
    yuan: Number | None = None


class Talk(Base):
    """批评教育, 提醒, 告诫, 约谈, 诫勉谈话, 集体约谈."""

    do: Literal["talk"]
    form: Form


class WrittenReview(Base):
    """书面检讨, handed to a body by a day where the text says so."""

    do: Literal["written_review"]
    to: Who | None = None
    due: Deadline | None = None


class Circular(Base):
    """A criticism made known within an area."""

    do: Literal["circular"]
    within: Literal["township", "unit", "county", "city", "province"]


class HonoursLost(Base):
    """Out of the running for these honours while the effect lasts."""

    do: Literal["honours_lost"]
    what: tuple[Honour, ...] = Field(min_length=1)


class Ban(Base):
    """None of these (promotion, further post …) while the effect lasts."""

    do: Literal["ban"]
    what: tuple[Banned, ...] = Field(min_length=1)


class FileEntry(Base):
    """Put on record in one of the files kept about a person."""

    do: Literal["file_entry"]
    file: Literal["personnel", "integrity", "assessment"]


class Recall(Base):
    """召回: the posting ends and the unit has to send someone else."""

    do: Literal["recall"]


class Replacement(Base):
    """Someone else is sent: by the unit's choice, or the one named by `successor` (the unit's head himself)."""

    do: Literal["replacement"]
    successor: Onto | None = None
    due: Deadline | None = None


class Suspension(Base):
    """Put on hold, looked at again; what follows a failed second look is another ladder's matter."""

    do: Literal["suspension"]
    recheck: Deadline | None = None
    if_failed: Key | None = None


class Referral(Base):
    """Handed on to the body that can decide what this one cannot; `severe` where the text asks for 从严从重."""

    do: Literal["referral"]
    to: Literal["discipline", "judiciary", "cadre_authority", "accountability", "organisational"]
    severe: StrictBool = False


class Rectification(Base):
    """To be put right by a day; with `recheck` looked at again."""

    do: Literal["rectification"]
    due: Deadline | None = None
    recheck: StrictBool = False


class PostMeasure(Base):
    """A measure about the office someone holds: 停职检查, 调整职务, 免职, 降职."""

    do: Literal["post_measure"]
    measure: Literal["suspended", "moved", "removed", "demoted"]


class Appointment(Base):
    """An office that falls to someone besides his own."""

    do: Literal["appointment"]
    post: Literal["village_secretary", "village_deputy_secretary", "township_deputy_secretary"]


class ServiceNotCounted(Base):
    """The days of this posting are not counted as grass-roots experience."""

    do: Literal["service_not_counted"]


class Leniency(Base):
    """A lighter consequence, or none, for what the text excuses."""

    do: Literal["leniency"]
    kind: Literal["lighter", "none"]


class Commendation(Base):
    """表扬 or 表彰 by a level."""

    do: Literal["commendation"]
    level: Literal["unit", "township", "county", "city", "province", "nation"] | None = None


class Priority(Base):
    """Preferred, among equals or first of all, for one of these."""

    do: Literal["priority"]
    what: tuple[Use, ...] = Field(min_length=1)


class Basis(Base):
    """The result is a basis (weight unsaid) for other decisions."""

    do: Literal["basis"]
    what: tuple[Based, ...] = Field(min_length=1)


Effect = Annotated[
    GradeCap
    | GradeFixed
    | ScoreChange
    | AllowanceWithheld
    | Talk
    | WrittenReview
    | Circular
    | HonoursLost
    | Ban
    | FileEntry
    | Recall
    | Replacement
    | Suspension
    | Referral
    | Rectification
    | PostMeasure
    | Appointment
    | ServiceNotCounted
    | Leniency
    | Commendation
    | Priority
    | Basis,
    Field(discriminator="do"),
]

"""The postings of a roster against the county's: which row is which posting, and what may not be moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

from apps.core.months import Month
from apps.reports.roster.entries import Problem
from apps.reports.roster.layout import PEOPLE
from apps.reports.roster.plan.known import Known, KnownPosting
from apps.reports.roster.plan.leaving import check_leaving
from apps.reports.roster.plan.outcome import Change, Plan, PlannedPosting, span_text
from apps.reports.roster.plan.people import Placed
from apps.reports.roster.plan.posts import check_posts
from apps.reports.roster.plan.villages import Villages
from apps.teams.models import PostRole
from apps.teams.selectors import days_entered_outside
from apps.teams.services import NEW_ROLES
from apps.teams.spans import months_touched, moved_days, overlap

_ROLE_WORDS = dict(PostRole.choices)
Pair = tuple[Placed, KnownPosting | None]


def plan_postings(people: Mapping[str, list[Placed]], known: Known, villages: Villages, plan: Plan, on: date) -> None:
    """Plan the postings that are new or changed; those of the county that no row names stay as they are."""
    pairs: list[Pair] = []
    for person, placed in people.items():
        matched = _matched(placed, known.postings.get(person, []))
        _check_overlaps(matched, known.postings.get(person, []), known, villages, plan)
        pairs += matched
    check_posts(pairs, known, villages, plan, on)
    check_leaving(pairs, known, plan, on)
    shorter = {old.posting: each.span for each, old in pairs if old and old.span != each.span}
    entered = days_entered_outside(shorter) if shorter else {}
    phones = {person: cadre.phone for person, cadre in known.cadres.items()}
    phones |= {cadre.person: cadre.phone for cadre in plan.cadres}
    for each, old in pairs:
        _check_months(each, old, known, plan)
        if old and (days := entered.get(old.posting)):
            _refuse_cut(each, days, plan)
        _plan(each, old, _kept(each, old, phones), villages, plan)


def _matched(placed: Sequence[Placed], old: Sequence[KnownPosting]) -> list[Pair]:
    """Each row with the posting it means: the one that began the same day in the same village, else the only one
    there that shares days with it and is no other row's."""
    if not old:
        return [(each, None) for each in placed]
    exact = {(posting.village, posting.first): posting for posting in old}
    found: dict[int, KnownPosting] = {}
    for place, each in enumerate(placed):
        if posting := exact.pop((each.village, each.row.first), None):
            found[place] = posting
    for place, each in enumerate(placed):
        if place in found:
            continue
        near = [p for p in exact.values() if p.village == each.village and overlap(p.span, each.span)]
        if len(near) == 1:
            found[place] = exact.pop((near[0].village, near[0].first))
    return [(each, found.get(place)) for place, each in enumerate(placed)]


def _check_overlaps(
    pairs: Sequence[Pair], old: Sequence[KnownPosting], known: Known, villages: Villages, plan: Plan
) -> None:
    """In one village a person's postings may not share a day; in two they may when the role serves several."""
    if len(pairs) == 1 and len(old) <= 1 and (not old or pairs[0][1] is not None):
        return
    taken = {posting.posting for _, posting in pairs if posting}
    for one, other in combinations([each for each, _ in pairs], 2):
        if overlap(one.span, other.span):
            later, earlier = sorted((one, other), key=lambda each: each.row.row, reverse=True)
            _overlap(
                later, earlier.village, f"第 {earlier.row.row} 行（{span_text(earlier.span)}）", known, villages, plan
            )
    for posting in old:
        if posting.posting in taken:
            continue
        for each, _ in pairs:
            if overlap(each.span, posting.span):
                where = f"系统里已有的派驻（{span_text(posting.span)}）"
                _overlap(each, posting.village, where, known, villages, plan)


def _overlap(each: Placed, village: str, what: str, known: Known, villages: Villages, plan: Plan) -> None:
    if each.village == village:
        text = f"{each.row.name}在{villages.names[village]}的日期与{what}重叠；请核对到岗日、离岗日，或删去一行"
        plan.wrong(PEOPLE.title, each.row.row, "first", text)
    elif not _serves_several(each, known):
        text = f"{each.row.name}同时派驻在{villages.names[village]}，见{what}；如属实可以导入"
        plan.problems.append(Problem(PEOPLE.title, each.row.row, "village", text, "warn"))


def _serves_several(each: Placed, known: Known) -> bool:
    """Does the county's regulation expect this role on some days only, so that it can serve several villages?"""
    return known.sheet is not None and known.sheet.is_occasional(each.row.roles, ())


def _check_months(each: Placed, old: KnownPosting | None, known: Known, plan: Plan) -> None:
    village = known.villages.get(each.village)
    team = old.team if old else village.team if village else None
    if team is None or team not in known.closed:
        return
    months = months_touched(moved_days(old.span if old else None, each.span), known.closed[team])
    if months:
        names = "、".join(Month.of(month).label for month in months[:3]) + ("等" if len(months) > 3 else "")
        column = "first" if old is None or old.first != each.row.first else "last"
        text = f"该队{names}已经月结，不能再增减这几个月的在岗日；请改日期，或由县级说明原因重新打开该月后再导入"
        plan.wrong(PEOPLE.title, each.row.row, column, text)
    elif old and set(old.roles) != set(each.row.roles) and months_touched([each.span], known.closed[team]):
        text = f"这一段派驻的岗位已经随月结确认，不能改动；{NEW_ROLES}"
        plan.wrong(PEOPLE.title, each.row.row, "roles", text)


def _refuse_cut(each: Placed, days: Sequence[date], plan: Plan) -> None:
    column = "first" if days[0] < each.row.first else "last"
    text = (
        f"在岗期以外已有登记（{days[0].isoformat()}起共 {len(days)} 天）；"
        "请核对日期，确应缩短的，先由乡镇在考勤月表和公务记录中清除这些天"
    )
    plan.wrong(PEOPLE.title, each.row.row, column, text)


def _plan(each: Placed, old: KnownPosting | None, kept: Mapping[str, str], villages: Villages, plan: Plan) -> None:
    tally, row = plan.tallies["postings"], each.row
    differences = _differences(each, old, kept, plan) if old else []
    if old and not differences:
        tally.same += 1
        return
    plan.postings.append(
        PlannedPosting(
            posting=old.posting if old else None,
            team=old.team if old else None,
            village=each.village,
            unit=each.unit,
            person=each.person,
            name=row.name,
            roles=row.roles,
            first=row.first,
            last=row.last,
            **kept,
        )
    )
    if old:
        tally.changed += 1
        what = f"{row.name}在{villages.names[each.village]}"
        plan.changes.append(Change("派驻", what, "；".join(differences)))
    else:
        tally.new += 1


def _kept(each: Placed, old: KnownPosting | None, phones: Mapping[str, str]) -> dict[str, str]:
    """What a row may leave empty: then it stays as it is; a telephone number is the person's."""
    row = each.row
    return {
        "phone": row.phone or (old.phone if old else "") or phones.get(each.person, ""),
        "source": row.source or (old.source if old else ""),
        "end_reason": row.end_reason or (old.end_reason if old else ""),
    }


def _differences(each: Placed, old: KnownPosting, kept: Mapping[str, str], plan: Plan) -> list[str]:
    row, found = each.row, []
    if old.name != row.name:
        found.append(f"姓名：{old.name} → {row.name}")
    if plan.unit_ids.get(each.unit) != old.unit:
        found.append(f"派出单位：改为{each.unit[1]}")
    if set(old.roles) != set(row.roles):
        was, now = ("、".join(_ROLE_WORDS.get(role, role) for role in roles) for roles in (old.roles, row.roles))
        found.append(f"岗位：{was} → {now}")
    if old.span != each.span:
        found.append(f"起止：{span_text(old.span)} → {span_text(each.span)}")
    if old.phone != kept["phone"]:
        found.append("电话：更新")
    for key, word in (("source", "来源类别"), ("end_reason", "离岗说明")):
        if getattr(old, key) != kept[key]:
            found.append(f"{word}：{getattr(old, key) or '未填'} → {kept[key]}")
    return found

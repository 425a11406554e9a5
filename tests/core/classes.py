"""Every table of the product in one of two classes.  A new one belongs here, or the suite fails.

TENANT rows belong to an area and are guarded by row-level security; the value maps the narrower scopes that may read
the table to their column.  GLOBAL tables hold no county's people or figures, each with the reason why.
"""

TENANT: dict[str, dict[str, str]] = {
    "amendments_amendment": {},
    "amendments_amendmentevent": {},
    "attendance_dayspan": {"person": "person"},
    "attendance_dayspanevent": {},
    "attendance_sheetline": {"person": "person"},
    "attendance_sheetlineevent": {},
    "attendance_sheetsignature": {},
    "attendance_sheetsignatureevent": {},
    "cadres_cadre": {"person": "person", "unit": "unit_id"},
    "cadres_cadreevent": {},
    "jurisdictions_village": {},
    "jurisdictions_villageclassspan": {},
    "jurisdictions_villageclassspanevent": {},
    "jurisdictions_villageevent": {},
    "jurisdictions_villagemeasure": {},
    "jurisdictions_villagemeasureevent": {},
    "jurisdictions_villageneed": {},
    "jurisdictions_villageneedevent": {},
    "leave_leaveact": {"person": "person"},
    "leave_leavefiling": {"person": "person", "unit": "unit_id"},
    "leave_leavefilingevent": {},
    "leave_leaveoverrun": {"person": "person"},
    "leave_leaveproof": {"person": "person"},
    "leave_leaverequest": {"person": "person"},
    "leave_leaverequestevent": {},
    "ledgers_job": {},
    "ledgers_ledger": {},
    "ledgers_ledgerevent": {},
    "ledgers_ledgerline": {"person": "person", "unit": "unit_id"},
    "ledgers_ledgerremark": {},
    "ledgers_ledgerstep": {},
    "ledgers_tally": {},
    "ledgers_unitfeedback": {"unit": "unit_id"},
    "reports_document": {},
    "teams_compositionreason": {},
    "teams_posting": {"person": "person", "unit": "unit_id", "team": "team_id"},
    "teams_postingevent": {},
    "teams_strengthreduction": {},
    "teams_team": {"team": "id"},
    "teams_teamevent": {},
    "teams_teammonth": {"team": "team_id"},
    "teams_teammonthevent": {},
}

_LOGIN = "who may log in, before any area is known"
_GRANT = "who holds which office, read before any area is known"
_REFERENCE = "published reference data, the same for everybody"
_FRAMEWORK = "the framework's own registry"
_SCHEDULE = "when background work runs; names no place and no person"

GLOBAL: dict[str, str] = {
    "accounts_deputy": "who stands in for whom, read with the grants before any area is known",
    "accounts_user": _LOGIN,
    "accounts_user_groups": _LOGIN,
    "accounts_user_user_permissions": _LOGIN,
    "auth_group": _LOGIN,
    "auth_group_permissions": _LOGIN,
    "auth_permission": _FRAMEWORK,
    "axes_accessattempt": _LOGIN,
    "axes_accessattemptexpiration": _LOGIN,
    "axes_accessfailurelog": _LOGIN,
    "axes_accesslog": _LOGIN,
    "cadres_dispatchunit": _REFERENCE,
    "django_celery_beat_clockedschedule": _SCHEDULE,
    "django_celery_beat_crontabschedule": _SCHEDULE,
    "django_celery_beat_intervalschedule": _SCHEDULE,
    "django_celery_beat_periodictask": _SCHEDULE,
    "django_celery_beat_periodictasks": _SCHEDULE,
    "django_celery_beat_solarschedule": _SCHEDULE,
    "django_content_type": _FRAMEWORK,
    "django_migrations": _FRAMEWORK,
    "django_session": _LOGIN,
    "guardian_groupobjectpermission": _GRANT,
    "guardian_userobjectpermission": _GRANT,
    "jurisdictions_calendaryear": _REFERENCE,
    "jurisdictions_clause": _REFERENCE,
    "jurisdictions_division": _REFERENCE,
    "jurisdictions_rulepack": _REFERENCE,
    "ledgers_frozenbook": _REFERENCE,
    "pghistory_context": "who did what under which address; the rows it explains are the tenant's events",
}

# Written once, never changed or removed by the application.
APPEND_ONLY = frozenset(
    {
        "amendments_amendmentevent",
        "attendance_dayspanevent",
        "attendance_sheetlineevent",
        "attendance_sheetsignatureevent",
        "cadres_cadreevent",
        "jurisdictions_rulepack",
        "jurisdictions_villageclassspanevent",
        "jurisdictions_villageevent",
        "jurisdictions_villagemeasureevent",
        "jurisdictions_villageneedevent",
        "leave_leaveact",
        "leave_leavefilingevent",
        "leave_leaveoverrun",
        "leave_leaveproof",
        "leave_leaverequestevent",
        "ledgers_frozenbook",
        "ledgers_ledgerevent",
        "ledgers_ledgerline",
        "ledgers_ledgerremark",
        "ledgers_ledgerstep",
        "teams_compositionreason",
        "teams_postingevent",
        "teams_strengthreduction",
        "teams_teamevent",
        "teams_teammonthevent",
    }
)

"""What the regulations say of leave, worked out by hand from their texts and the calendar of public holidays.

One line is one or more requests: who asks, for which kinds (all the same), from which day for how many calendar days
(each length is a request of its own), which leaves he has besides; then what follows: calendar days and workdays by
which the procedure is chosen (`=` for as many days as asked), the acts in order, the bodies it is filed with, what is
asked for or warned of, who confirms the return, and every clause that it rests on.

TW-14: 3天以内 takes in 3 and 3天以上 begins above 3 (reading); 16 is the first beyond 15.  Leaves without a day on duty
between them count together (reading): a weekend or holiday between them parts nothing and is not counted, a workday
(the make-up workdays 20 September and 10 October 2026, 4 January and 14 February 2026 too) parts them.
KM-9: no length is named, so no length matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

TONGWEI = """
leader          | 事假           | 2026-09-07: 1 2 3 |                             | =    | apply cadre > approve township_secretary                             |               |                  | township_secretary | TW-14-3 TW-14-9
first_secretary | 事假 病假      | 2026-09-07: 1 3   |                             | =    | apply cadre > approve township_secretary                             |               |                  | township_secretary | TW-14-3 TW-14-9
both            | 事假 年休假    | 2026-09-07: 2 3   |                             | =    | apply cadre > approve township_secretary                             |               |                  | township_secretary | TW-14-3 TW-14-9
leader          | 事假           | 2026-09-07: 4 5 15 |                            | =    | apply cadre > agree township_secretary > approve county_office       | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
first_secretary | 事假 探亲假    | 2026-09-07: 4 15  |                             | =    | apply cadre > agree township_secretary > approve county_office       | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
both            | 事假 轮休      | 2026-09-07: 4 15  |                             | =    | apply cadre > agree township_secretary > approve county_office       | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
leader          | 事假           | 2026-09-07: 16 30 31 |                          | =    | apply cadre > agree township_secretary > approve county_office       | dispatch_unit | beyond statement | township_secretary | TW-14-8 TW-14-5 TW-14-6 TW-14-9
first_secretary | 事假 产假      | 2026-09-07: 16 31 |                             | =    | apply cadre > agree township_secretary > approve county_office       | dispatch_unit | beyond statement | township_secretary | TW-14-8 TW-14-5 TW-14-6 TW-14-9
both            | 年休假         | 2026-09-07: 16    |                             | =    | apply cadre > agree township_secretary > approve county_office       | dispatch_unit | beyond statement | township_secretary | TW-14-8 TW-14-5 TW-14-6 TW-14-9
member          | 事假           | 2026-09-07: 1 2 3 |                             | =    | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 病假 年休假 探亲假 婚假 陪产假 丧假 轮休 调休 其他 | 2026-09-07: 3 | | = | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-09-07: 4 5 15 |                            | =    | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 病假 年休假 探亲假 婚假 陪产假 丧假 轮休 调休 其他 | 2026-09-07: 4 | | = | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-07: 16 30 31 |                          | =    | apply cadre > agree team_leader > approve township_secretary         |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
member          | 病假 年休假 产假 轮休 调休 | 2026-09-07: 16 |                    | =    | apply cadre > agree team_leader > approve township_secretary         |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
member          | 事假           | 2026-09-11: 3     |                             | 3/1  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-09-11: 4     |                             | 4/2  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-12: 2     |                             | 2/0  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-09-19: 2     |                             | 2/1  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-10-01: 3     |                             | 3/0  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-10-01: 4     |                             | 4/0  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-10-08: 4     |                             | 4/3  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-24: 15    |                             | 15/5 | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-24: 16    |                             | 16/6 | apply cadre > agree team_leader > approve township_secretary         |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
member          | 事假           | 2025-12-31: 3     |                             | 3/1  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2025-12-31: 4     |                             | 4/1  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2025-12-31: 5     |                             | 5/2  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
leader          | 事假           | 2025-12-20: 15    |                             | 15/8 | apply cadre > agree township_secretary > approve county_office       | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
leader          | 事假           | 2025-12-20: 16    |                             | 16/9 | apply cadre > agree township_secretary > approve county_office       | dispatch_unit | beyond statement | township_secretary | TW-14-8 TW-14-5 TW-14-6 TW-14-9
member          | 事假           | 2026-09-09: 1     | 2026-09-07:2                | 3/3  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-09-09: 2     | 2026-09-07:2                | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
leader          | 事假           | 2026-09-09: 1     | 2026-09-07:2                | 3/3  | apply cadre > approve township_secretary                             |               |                  | township_secretary | TW-14-3 TW-14-9
leader          | 事假           | 2026-09-09: 2     | 2026-09-07:2                | 4/4  | apply cadre > agree township_secretary > approve county_office       | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
member          | 事假           | 2026-09-14: 2     | 2026-09-11:1                | 3/3  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-09-14: 2     | 2026-09-10:2                | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
leader          | 事假           | 2026-09-14: 2     | 2026-09-10:2                | 4/4  | apply cadre > agree township_secretary > approve county_office       | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
member          | 事假           | 2026-09-10: 2     | 2026-09-14:2                | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-10: 2     | 2026-09-07:2                | 2/2  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
leader          | 事假           | 2026-09-10: 2     | 2026-09-07:2                | 2/2  | apply cadre > approve township_secretary                             |               |                  | township_secretary | TW-14-3 TW-14-9
member          | 事假           | 2026-09-09: 1     | 2026-09-07:2 2026-09-10:2   | 5/5  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-10: 1     | 2026-09-07:1 2026-09-08:2   | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-10-08: 2     | 2026-09-29:2                | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-10-09: 1     | 2026-09-29:2                | 1/1  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-09-28: 2     | 2026-09-23:2                | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-21: 2     | 2026-09-17:2                | 2/2  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-10-12: 3     | 2026-10-09:1                | 3/3  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-10-12: 3     | 2026-10-10:1                | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-01-04: 1     | 2025-12-30:2                | 3/3  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-01-04: 2     | 2025-12-30:2                | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-01-05: 2     | 2025-12-30:2                | 2/2  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-02-24: 2     | 2026-02-12:2                | 2/2  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假           | 2026-02-24: 2     | 2026-02-13:2                | 4/4  | apply cadre > agree team_leader > approve township_secretary         |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-21: 1     | 2026-09-07:14               | 15/12 | apply cadre > agree team_leader > approve township_secretary        |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假           | 2026-09-22: 1     | 2026-09-07:15               | 16/13 | apply cadre > agree team_leader > approve township_secretary        |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
leader          | 事假           | 2026-09-22: 1     | 2026-09-07:15               | 16/13 | apply cadre > agree township_secretary > approve county_office      | dispatch_unit | beyond statement | township_secretary | TW-14-8 TW-14-5 TW-14-6 TW-14-9
member          | 事假           | 2026-09-23: 1     | 2026-09-07:15               | 1/1  | apply cadre > approve team_leader                                    |               |                  | team_leader        | TW-14-4 TW-14-9
leader          | 事假             | 2026-09-11: 3     |                             | 3/1  | apply cadre > approve township_secretary                            |               |                  | township_secretary | TW-14-3 TW-14-9
leader          | 事假             | 2026-09-11: 4     |                             | 4/2  | apply cadre > agree township_secretary > approve county_office      | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
leader          | 事假             | 2026-10-01: 3     |                             | 3/0  | apply cadre > approve township_secretary                            |               |                  | township_secretary | TW-14-3 TW-14-9
leader          | 事假             | 2026-10-01: 4     |                             | 4/0  | apply cadre > agree township_secretary > approve county_office      | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
first_secretary | 事假             | 2026-10-08: 3     |                             | 3/3  | apply cadre > approve township_secretary                            |               |                  | township_secretary | TW-14-3 TW-14-9
first_secretary | 事假             | 2026-10-08: 4     |                             | 4/3  | apply cadre > agree township_secretary > approve county_office      | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
both            | 事假             | 2025-12-31: 3     |                             | 3/1  | apply cadre > approve township_secretary                            |               |                  | township_secretary | TW-14-3 TW-14-9
both            | 事假             | 2025-12-31: 4     |                             | 4/1  | apply cadre > agree township_secretary > approve county_office      | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
leader          | 事假             | 2026-09-24: 15    |                             | 15/5 | apply cadre > agree township_secretary > approve county_office      | dispatch_unit |                  | township_secretary | TW-14-5 TW-14-6 TW-14-9
leader          | 事假             | 2026-09-24: 16    |                             | 16/6 | apply cadre > agree township_secretary > approve county_office      | dispatch_unit | beyond statement | township_secretary | TW-14-8 TW-14-5 TW-14-6 TW-14-9
leader          | 事假             | 2025-12-03: 30    |                             | 30/21| apply cadre > agree township_secretary > approve county_office      | dispatch_unit | beyond statement | township_secretary | TW-14-8 TW-14-5 TW-14-6 TW-14-9
leader          | 事假             | 2025-12-03: 31    |                             | 31/21| apply cadre > agree township_secretary > approve county_office      | dispatch_unit | beyond statement | township_secretary | TW-14-8 TW-14-5 TW-14-6 TW-14-9
member          | 事假             | 2025-12-05: 30    |                             | 30/19| apply cadre > agree team_leader > approve township_secretary        |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
member          | 事假             | 2025-12-05: 31    |                             | 31/20| apply cadre > agree team_leader > approve township_secretary        |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
member          | 事假             | 2025-12-20: 15    |                             | 15/8 | apply cadre > agree team_leader > approve township_secretary        |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假             | 2025-12-20: 16    |                             | 16/9 | apply cadre > agree team_leader > approve township_secretary        |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
member          | 事假             | 2026-02-13: 3     |                             | 3/2  | apply cadre > approve team_leader                                   |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假             | 2026-02-13: 4     |                             | 4/2  | apply cadre > agree team_leader > approve township_secretary        |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 探亲假            | 2026-02-10: 15    |                             | 15/6 | apply cadre > agree team_leader > approve township_secretary        |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 探亲假            | 2026-02-10: 16    |                             | 16/7 | apply cadre > agree team_leader > approve township_secretary        |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
member          | 事假             | 2026-02-27: 3     |                             | 3/2  | apply cadre > approve team_leader                                   |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 事假             | 2026-02-27: 4     |                             | 4/3  | apply cadre > agree team_leader > approve township_secretary        |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 年休假            | 2026-05-08: 3     |                             | 3/2  | apply cadre > approve team_leader                                   |               |                  | team_leader        | TW-14-4 TW-14-9
member          | 年休假            | 2026-05-08: 4     |                             | 4/3  | apply cadre > agree team_leader > approve township_secretary        |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假             | 2026-06-22: 2     | 2026-06-17:2                | 4/4  | apply cadre > agree team_leader > approve township_secretary        |               |                  | team_leader        | TW-14-7 TW-14-9
member          | 事假             | 2026-09-22: 16    | 2026-09-07:15               | 31/18| apply cadre > agree team_leader > approve township_secretary        |               | beyond statement | team_leader        | TW-14-8 TW-14-7 TW-14-9
"""
KUNMING = """
member          | 事假           | 2026-09-07: 1 3 4 15 16 30 31 |                 | =    | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
member          | 病假 年休假 探亲假 婚假 产假 陪产假 丧假 轮休 调休 其他 | 2026-09-07: 4 | | = | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
leader          | 事假           | 2026-09-07: 1 3 4 15 16 30 31 |                 | =    | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
first_secretary | 事假           | 2026-09-07: 1 4 16 |                            | =    | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
both            | 病假 产假      | 2026-09-07: 3 16  |                             | =    | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
member          | 事假           | 2026-10-12: 16    | 2026-09-28:14               | 30/18 | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
member          | 事假             | 2026-09-11: 3     |                 | 3/1   | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
member          | 事假             | 2026-09-11: 4     |                 | 4/2   | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
member          | 事假             | 2026-09-19: 2     |                 | 2/1   | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
member          | 事假             | 2026-10-01: 3     |                 | 3/0   | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
member          | 事假             | 2026-10-01: 4     |                 | 4/0   | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
member          | 事假             | 2025-12-31: 4     |                 | 4/1   | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
member          | 事假             | 2025-12-31: 5     |                 | 5/2   | apply cadre > approve team_leader > approve township_leader/township_secretary/township_clerk | | proof | | KM-9-11 KM-9-13
leader          | 事假             | 2026-10-08: 3     |                 | 3/3   | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
leader          | 事假             | 2026-10-08: 4     |                 | 4/3   | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
leader          | 事假             | 2025-12-20: 15    |                 | 15/8  | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
leader          | 事假             | 2025-12-20: 16    |                 | 16/9  | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
both            | 事假             | 2025-12-05: 30    |                 | 30/19 | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
both            | 事假             | 2025-12-05: 31    |                 | 31/20 | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
first_secretary | 病假             | 2026-09-24: 15    |                 | 15/5  | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
first_secretary | 病假             | 2026-09-24: 16    |                 | 16/6  | apply cadre > approve township_leader/township_secretary/township_clerk > approve county_office | county_office | proof | | KM-9-12 KM-9-13
"""
# Nothing is built in: not a day can be asked for, whoever asks, of whatever length, over whichever days.
REFUSED = """
yulin           | 事假 病假 年休假 | member leader first_secretary both | 1 3 4 15 16 30 31 | YL-7.2.3-9
dachuan         | 事假 病假 年休假 | member leader first_secretary both | 1 3 4 15 16 30 31 | CN-4.2-2
central         | 事假 病假 年休假 | member leader first_secretary both | 1 3 4 15 16 30 31 | CN-4.2-2
"""
# An ordinary Monday, National Day, a make-up Sunday, the last day of a year.
REFUSED_FROM = (date(2026, 9, 7), date(2026, 10, 1), date(2026, 9, 20), date(2025, 12, 31))
# Where a county of theirs has said how (up to three workdays or more), from a day for so many calendar days: the
# workdays among them, and which of the county's two clauses it falls under.
DELEGATED = """
2026-09-07 | 3  | 3  | TS-2
2026-09-07 | 4  | 4  | TS-3
2026-09-11 | 5  | 3  | TS-2
2026-09-11 | 6  | 4  | TS-3
2026-09-19 | 4  | 3  | TS-2
2026-10-01 | 7  | 0  | TS-2
2026-10-01 | 11 | 3  | TS-2
2026-10-01 | 12 | 4  | TS-3
2025-12-29 | 6  | 3  | TS-2
2025-12-29 | 7  | 4  | TS-3
2026-02-13 | 11 | 2  | TS-2
2026-09-24 | 15 | 5  | TS-3
2026-09-24 | 16 | 6  | TS-3
2025-12-05 | 30 | 19 | TS-3
2025-12-05 | 31 | 20 | TS-3
"""
ROLES = {
    "leader": ("leader",),
    "first_secretary": ("first_secretary",),
    "both": ("leader", "first_secretary"),
    "member": ("member",),
}


@dataclass(frozen=True)
class Row:
    """One request and what follows from it."""

    pack: str
    who: str
    kind: str
    first: date
    days: int
    before: tuple[tuple[date, date], ...]
    together: tuple[int, int | None]
    steps: tuple[str, ...]
    filed: tuple[str, ...]
    asks: frozenset[str]
    confirms: str
    clauses: frozenset[str]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    def __str__(self) -> str:
        besides = "".join(f"+{first}:{(last - first).days + 1}" for first, last in self.before)
        return f"{self.pack}-{self.who}-{self.kind}-{self.first}:{self.days}{besides}"


def rows(pack: str, text: str) -> Iterator[Row]:
    """The requests of a table."""
    for line in text.strip().splitlines():
        who, kinds, days, before, together, steps, filed, asks, confirms, clauses = map(str.strip, line.split("|"))
        first, lengths = days.split(": ")
        for kind in kinds.split():
            for length in map(int, lengths.split()):
                sums = [int(number) for number in together.split("/")] if together != "=" else [length]
                yield Row(
                    pack, who, kind, date.fromisoformat(first), length, tuple(map(_span, before.split())),
                    (sums[0], sums[1] if len(sums) > 1 else None), tuple(steps.split(" > ")), tuple(filed.split()),
                    frozenset(asks.split()), confirms, frozenset(clauses.split()),
                )  # fmt: skip


def _span(text: str) -> tuple[date, date]:
    first, days = text.split(":")
    start = date.fromisoformat(first)
    return start, start + timedelta(days=int(days) - 1)

"""What counts how much when postings are put in order: all of it, in one place.

Points that a posting can reach for each part of a wish; a part that the wish does not say counts
nothing, one that the posting leaves open reaches none of its points. Nothing about a person is
among them but the priority group that they have declared. The console shows this table.
"""

TRADE = "trade"
PLACE = "place"
PAY = "pay"
NEEDS = "needs"
EDUCATION = "education"
EXPERIENCE = "experience"
ABOUT = "about"
FRESH = "fresh"
URGENT = "urgent"
GROUP = "group"
UNKNOWN_PAY = "unknown_pay"
OTHER_EMPLOYMENT = "other_employment"

WEIGHTS = {
    TRADE: 65.0,
    PLACE: 15.0,
    PAY: 14.0,
    NEEDS: 14.0,
    EDUCATION: 10.0,
    EXPERIENCE: 11.0,
    ABOUT: 21.0,
    FRESH: 2.0,
    URGENT: 0.5,
    GROUP: 6.0,
    UNKNOWN_PAY: 12.0,
    OTHER_EMPLOYMENT: 8.0,
}
"""Points of a part that is met wholly. UNKNOWN_PAY is taken away where a floor was asked for,
OTHER_EMPLOYMENT from 兼职, 实习 and 临时 where none of them was."""

PLACE_FITS = {"inside": 1.0, "near": 0.6, "city": 0.35, "open": 0.3, "province": 0.1}
"""In the very place, in a neighbouring district, in the same city, there but who knows where
(it may be anywhere of the city, so it counts no more than that), in the same province."""

PAY_FITS = {"reached": 1.0, "within_reach": 0.67}
"""The whole range is above the floor; the floor lies within the range."""

SAME_TRADE, NEAR_TRADE = 0.38, 0.33
"""From which likeness on work is the work that was asked for, and from which it is near it."""

NEAR_TRADE_POINTS = 0.375
"""Of a near trade's points, told in a match's score."""

FRESH_DAYS = 30
"""A posting's points for freshness fall to nothing over so many days."""

WINDOW, OF_ONE_EMPLOYER = 10, 3
IN_A_ROW, OF_THE_ROW = 3, 2
"""Of ten postings in a row three may be one employer's, of three two, while others are left."""

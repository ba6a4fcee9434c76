"""A clinic with partners of several sorts, for people to talk about."""

import pytest

from bot.store import partner
from tests.speaker import Team

PARTNERS = (
    ("Riverside Orthopedics", "physician", "P6W", "U1"),
    ("Dr. Amy Lee", "physician", None, "U1"),
    ("Iron Peak CrossFit", "gym", None, "U2"),
    ("Bright Path Pediatrics", "physician", None, "U2"),
    ("Bright Smile Dental", "physician", None, None),
    ("Harbor Chiropractic", "chiropractor", None, None),
)


@pytest.fixture
def clinic(team: Team) -> Team:
    """The team, with six partners and three contacts; Ana looks after the first two."""
    from bot.domain.cadence import read_cadence

    six_weeks = read_cadence("every 6 weeks").stored
    with team.store.change("T1", team.now, "seed", "U3") as change:
        ids = {
            name: partner.add(
                change,
                name,
                team.now.date(),
                category=category,
                cadence=six_weeks if cadence else None,
                liaison=liaison,
            )
            for name, category, cadence, liaison in PARTNERS
        }
        riverside, iron = ids["Riverside Orthopedics"], ids["Iron Peak CrossFit"]
        partner.add_contact(change, riverside, "Dr. Raj Patel", role="surgeon", phone="555-0100")
        partner.add_contact(change, riverside, "Bright Smith")
        partner.add_contact(change, iron, "Coach Dana", preferred_channel="text")
    return team

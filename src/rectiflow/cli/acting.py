"""
Who acts on a stored ledger, as the command line or the environment claims.

A claim is taken as it stands: who may type these commands may claim anything, so that an office
that must know who acts has its own system call the library.  Whether a claim is asked for is
decided by whoever opens the ledger, with one or without.
"""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from rectiflow.errors import InvalidValueError

if TYPE_CHECKING:
    from rectiflow.store import Actor, Policy

__all__ = ["UNSTATED", "Acting", "Who"]

UNSTATED = "—"
"""The unit of somebody who claims none."""


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Acting:
    """
    The options that say who acts.

    Attributes:
        person: Who.
        unit: For which unit.
        role: In which roles.
    """

    person: Annotated[
        str | None,
        Parameter(name="--as", env_var="RECTIFLOW_AS", help="Who acts; by default the login."),
    ] = None
    unit: Annotated[
        str | None,
        Parameter(name="--unit", env_var="RECTIFLOW_UNIT", help="For which unit they act."),
    ] = None
    role: Annotated[
        list[str] | None,
        Parameter(
            name="--role",
            negative="",
            env_var="RECTIFLOW_ROLE",
            help="As what: responsible, supervisor or system; may be repeated.",
        ),
    ] = None

    @property
    def is_claimed(self) -> bool:
        """
        Whether anything was said of who acts.
        """
        return any(each is not None for each in (self.person, self.unit, self.role))

    def actor(self, by: str = "") -> Actor:
        """
        Give the actor; *by*, who did what is written down, acts where nobody else is named.

        Raises:
            InvalidValueError: If a responsible unit acts that is not named.
        """
        from rectiflow.store import Actor, OfficeRole  # noqa: PLC0415 -- heavy, and an extra

        roles = tuple(self.role or ())
        if self.unit is None and OfficeRole.RESPONSIBLE in roles:
            raise InvalidValueError("--unit", None, "the unit you act for, as its role is claimed")
        return Actor(self.person or by or _login(), self.unit or UNSTATED, roles)

    def policy(self) -> Policy:
        """
        Give the house's rules; where nobody claims a role, that nobody confirms their own work.
        """
        from rectiflow.store import Policy  # noqa: PLC0415 -- as above
        from rectiflow.store.policies import not_ones_own_work  # noqa: PLC0415 -- as above

        return Policy() if self.is_claimed else Policy((not_ones_own_work,))


Who = Annotated[Acting | None, Parameter(name="*")]


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A user without a name, as in a container.
        return UNSTATED

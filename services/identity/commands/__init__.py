"""What may be done to accounts and sessions: load, decide, save. The only writer of this service's collections."""

from dataclasses import dataclass

from services.identity.commands.accounts import Accounts
from services.identity.commands.codes import Codes
from services.identity.commands.logins import Logins
from services.identity.commands.mandates import Mandates
from services.identity.commands.recoveries import Recoveries
from services.identity.commands.rights import Rights
from services.identity.commands.sessions import Sessions


@dataclass(frozen=True, kw_only=True)
class Commands:
    accounts: Accounts
    logins: Logins
    sessions: Sessions
    rights: Rights
    recoveries: Recoveries
    mandates: Mandates
    codes: Codes
    helping: Codes

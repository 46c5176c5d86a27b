"""The routes of `identity`: accounts, sessions, public keys, and a person's rights."""

from services.identity.api import accounts, recoveries, rights

routers = [accounts.router, accounts.well_known, rights.router, recoveries.router]

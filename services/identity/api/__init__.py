"""The routes of `identity`: accounts, sessions, public keys, a person's rights, and helping."""

from services.identity.api import accounts, mandates, recoveries, rights

routers = [accounts.router, accounts.well_known, rights.router, recoveries.router, mandates.router]

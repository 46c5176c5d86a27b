"""The routes: HTTP into commands and views."""

from services.training.api import afterwards, enrolments, papers, products, trainings

routers = [each.router for each in (papers, trainings, afterwards, products, enrolments)]

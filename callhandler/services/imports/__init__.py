"""Bringing a force's own history in: looking a file over, trying it, bringing it in by blocks, going on after a stop."""

from callhandler.services.imports.importing import Imports
from callhandler.services.imports.jobs import Job
from callhandler.services.imports.report import Progress, Report

__all__ = ["Imports", "Job", "Progress", "Report"]

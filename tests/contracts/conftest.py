"""What the contract tests share: thousands of requests, each of which would write its line of log."""

import logging

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def _without_a_line_for_each_request():
    logger = logging.getLogger("django_structlog")
    level, logger.level = logger.level, logging.CRITICAL
    yield
    logger.level = level


@pytest.fixture
def client() -> Client:
    """A reader, to whom a fault is an answer like any other."""
    return Client(raise_request_exception=False)

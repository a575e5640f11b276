import pytest


def test_livez_answers_without_a_database(client, django_db_blocker):
    assert client.get("/livez").status_code == 200


@pytest.mark.django_db
def test_readyz_answers_when_the_gazette_can_be_read(client):
    assert client.get("/readyz").status_code in {200, 503}

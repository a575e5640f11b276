import pytest
from django.test import Client

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
# What it shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
EVERYWHERE = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
PATHS = ["/livez", "/nothing/here/", "/ko/nothing/", "/api/v1/nothing/", "/admin/login/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policies(client, path):
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/admin/", "/admin", "/admin/login/", "/admin/no/such/"])
def test_nothing_at_the_desk_may_be_kept_by_a_cache(client, path):
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", ["/nothing/", "/organizations", "/?q=%00", "/apis/"])
def test_every_page_is_asked_for_anew_whatever_a_cache_kept(client, path):
    assert client.get(path).headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("path", ["/livez", "/nothing/", "/zh-hans/nothing/", "/api/v1/nothing/"])
def test_public_answers_set_no_cookie_and_vary_by_nothing_but_encoding(client, path):
    answer = client.get(path, headers={"accept-language": "ko", "cookie": "session=x; csrf=y"})
    assert not answer.cookies
    assert answer.headers.get("Vary", "Accept-Encoding").lower() == "accept-encoding"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


UNREADABLE = ["/%00", "/organizations/%FF/", "/?q=%00", "/?q=%C3%28", "/api/v1/?q=%ED%A0%80"]


@pytest.mark.parametrize("address", UNREADABLE)
def test_address_that_is_no_text_is_refused_with_a_sentence(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "must be UTF-8 text without NUL" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/funds/", "/ko/search/", "/feed.atom", "/api/v1/", "/livez"]
)
def test_more_than_a_reader_asks_is_refused_with_a_sentence(client, path):
    answer = client.get(f"{path}?q={'a' * 4_000}")
    assert answer.status_code == 400
    assert "4,000" in answer.content.decode()


def test_desk_may_be_asked_for_more_than_readers(client):
    assert client.get(f"/admin/login/?next={'a' * 7_000}").status_code == 200


def test_program_is_refused_with_a_problem_document(client):
    answer = client.get("/api/v1/?q=%FF")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 400


def test_korean_and_chinese_addresses_are_readable(client):
    assert client.get("/livez?q=%ED%95%9C%EA%B5%AD+中国").status_code == 200
    assert client.get("/기관/").status_code == 404


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/nothing/", "en"),
        ("/ko/nothing/", "ko"),
        ("/zh-hans/nothing/", "zh-hans"),
        ("/korea/", "en"),
        ("/zh/nothing/", "en"),
        ("/livez", "en"),
    ],
)
def test_path_alone_chooses_the_language_of_a_public_page(client, path, language):
    for preferred in ("ko", "zh-hans", "en"):
        answer = client.get(path, headers={"accept-language": preferred})
        assert answer.headers["Content-Language"] == language


def test_desk_speaks_the_language_of_the_browser(client):
    answer = client.get("/admin/login/", headers={"accept-language": "ko"})
    assert answer.headers["Content-Language"] == "ko"


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "a b", "[::"])
@pytest.mark.parametrize("path", ["/", "/api/v1/", "/admin/login/"])
def test_foreign_host_is_refused_with_a_sentence(host, path):
    answer = Client().get(path, headers={"host": host})
    assert answer.status_code == 400
    assert "does not answer to this host name" in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/api/v1/", "/admin/login/"])
def test_foreign_host_is_refused_before_it_is_led_to_https(settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(path, headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "elsewhere.example", "[::"])
@pytest.mark.parametrize("path", ["/livez", "/readyz"])
@pytest.mark.parametrize("ours", ["portal.example", ".portal.example", "*"])
def test_probe_is_answered_whatever_host_it_names(settings, host, path, ours):
    settings.ALLOWED_HOSTS = [ours]
    assert Client().get(path, headers={"host": host}).status_code == 200


def test_form_that_is_not_ours_is_refused_in_the_sites_own_words(client):
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "The form was open for too long, or did not come from here." in answer.content.decode()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_taken_by_what_supervisors_ask(method):
    client = Client(enforce_csrf_checks=True)
    assert {client.generic(method, path).status_code for path in ("/livez", "/readyz")} == {405}


def test_messages_are_kept_in_the_session(settings):
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")


def test_forwarded_host_is_not_believed(client):
    answer = client.get("/", headers={"x-forwarded-host": "elsewhere.example"})
    assert b"elsewhere.example" not in answer.content

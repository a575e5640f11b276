import gettext
import os

from portal.catalogues import compile_catalogues

TEXT = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Fund"\nmsgstr "{}"\n'
)


def test_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path):
    folder = tmp_path / "locale" / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(TEXT.format("기금"))
    assert compile_catalogues(tmp_path) == 1
    assert compile_catalogues(tmp_path) == 0
    with (folder / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Fund") == "기금"
    source.write_text(TEXT.format("펀드"))
    os.utime(folder / "django.mo", (1, 1))
    assert compile_catalogues(tmp_path) == 1

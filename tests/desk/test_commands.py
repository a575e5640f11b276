"""The commands of the desk and of the gazette, as somebody at a terminal meets them."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection

from cooperation.desk import editing
from cooperation.desk.models import Announcement, Need, Organization, Participant
from cooperation.desk.publishing import Refused, publish
from cooperation.gazette import triggers
from cooperation.gazette.models import Current, Edition, Word
from tests.desk.records import (
    editor,
    fund,
    initiative,
    organization,
    published,
    publisher,
    report,
    texts,
)

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    """What the command has printed: on standard output, and on standard error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err, **options)
    except CommandError as refusal:
        err.write(str(refusal))
    return out.getvalue(), err.getvalue()


def by_publisher(*arguments):
    return run(*arguments, "--by", publisher().username, "--reason", "Agreed.")


def test_publish_enters_the_records_that_are_named():
    organization("a")
    report()
    out, err = by_publisher("publish", "source/report", "organization/a")
    assert err == ""
    assert out.splitlines() == [
        "№ 1: organization/a published",
        "№ 2: source/report published",
        "2 editions entered.",
    ]


def test_publish_all_enters_every_draft_and_changed_record():
    alibaba = organization()
    initiative("a-link", Participant(organization=alibaba, role="operator"))
    assert "3 editions entered." in by_publisher("publish", "--all")[0]
    assert by_publisher("publish", "--all")[0] == "Nothing is waiting to be published.\n"
    alibaba.refresh_from_db()
    alibaba.title_en = "Renamed"
    editing.save(alibaba, by=editor(), reason="Renamed.")
    assert "2 editions entered." in by_publisher("publish", "--all")[0]


def test_publish_says_in_plain_words_what_speaks_against_it():
    alibaba = organization(title=texts("Alibaba Group", "알리바바", "阿里巴巴"))
    initiative("a-link", Participant(organization=alibaba, role="operator"))
    report()
    out, err = by_publisher("publish", "source/report", "initiative/a-link")
    assert out == ""
    assert err.splitlines() == [
        (
            "error: A Link (initiative a-link), Participants › alibaba-group › Organization: it "
            "refers to Alibaba Group (organization alibaba-group), which is a draft. Publish "
            "Alibaba Group first, or publish both together."
        ),
        "Nothing was published.",
    ]
    assert not Edition.objects.exists()


def test_publish_asks_for_a_yes_to_warnings():
    organization("a", title=texts("A", "가"))
    report()
    named = ("publish", "source/report", "organization/a")
    assert by_publisher(*named)[1].endswith("Add --yes to confirm the warnings.")
    assert "2 editions entered." in by_publisher(*named, "--yes")[0]


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ([], "Name the records, such as organization/alibaba-group."),
        (["alibaba"], "“alibaba” is not written kind/key"),
        (["firm/alibaba"], "“firm/alibaba” is not written kind/key"),
        (["organization/nobody"], "There is no organization with the key “nobody”."),
    ],
)
def test_a_wrong_name_is_told_in_a_sentence(named, sentence):
    assert by_publisher("publish", *named)[1].startswith(sentence)


def test_an_unknown_user_is_told_in_a_sentence():
    organization("a")
    out = run("publish", "organization/a", "--by", "nobody", "--reason", "x")
    assert out == ("", "There is no user named “nobody”.")


def test_withdraw_takes_a_record_back_and_refuses_what_is_not_public():
    published(organization("a"))
    assert by_publisher("withdraw", "organization/a")[0] == "№ 3: organization/a withdrawn\n"
    _out, err = by_publisher("withdraw", "organization/a")
    assert err.endswith(
        "it is not public, so there is nothing to withdraw.\nNothing was withdrawn."
    )


def test_redact_empties_an_edition_and_refuses_a_number_without_document():
    published(organization("a"))
    assert by_publisher("redact", "1")[0].splitlines() == [
        "№ 3: organization/a withdrawn",
        "№ 4: organization/a redacted",
        "No text is left in the history of organization/a at the desk.",
        (
            "What the desk says now is for an editor to change. That leaves the old text in the"
            " history: then redact once more."
        ),
    ]
    assert "No document stands in edition 9." in by_publisher("redact", "9")[1]


def test_redact_says_what_was_emptied_before_and_empties_the_history_again():
    published(organization("a"), organization("b"))
    by_publisher("redact", "1")
    assert by_publisher("redact", "1")[0].splitlines() == [
        "Emptied before, so nothing new was entered: 1.",
        "No text is left in the history of organization/a at the desk.",
    ]
    assert by_publisher("redact", "1", "2")[0].splitlines()[:4] == [
        "№ 6: organization/b withdrawn",
        "№ 7: organization/b redacted",
        "Emptied before, so nothing new was entered: 1.",
        "No text is left in the history of organization/a, organization/b at the desk.",
    ]


def test_redact_names_the_editions_in_which_the_title_still_stands():
    record = published(organization("a"))
    published(fund("b", manager=record))
    record.title_en = "Renamed"
    editing.save(record, by=editor(), reason="")
    published(record)
    assert [f"{e.number} {e.key}" for e in Edition.objects.all()] == [
        "1 a", "2 report", "3 b", "4 a", "5 b",
    ]  # fmt: skip
    said = by_publisher("redact", "1", "3")[0].splitlines()
    assert said[-1] == "Still named in 4, 5: redact these too, as far as the order reaches."


def test_verify_says_that_a_whole_register_is_whole():
    published(organization("a"))
    chain = Edition.objects.get(number=2).chain
    assert run("verify")[0] == f"The register is whole: 2 editions, chain {chain}.\n"


def test_verify_names_an_edition_in_which_a_byte_was_changed():
    published(organization("a"))
    document = Edition.objects.get(number=1).document
    with triggers.lifted(connection):
        Edition.objects.filter(number=1).update(document=document.replace("firm", "farm"))
    out, err = run("verify")
    assert "Edition 1 " in out
    assert err.startswith("The register is not whole")


def test_reindex_makes_anew_what_was_lost():
    published(organization("a"))
    Word.objects.all().delete()
    Current.objects.filter(key="a").delete()
    assert run("verify")[1].startswith("The register is not whole")
    assert run("reindex")[0] == "2 current documents are indexed.\n"
    assert run("verify")[1] == ""


def test_reissue_enters_nothing_while_every_schema_is_the_newest():
    published(organization("a"))
    assert run("reissue", "--reason", "A new schema.")[0] == "0 editions entered.\n"


def test_roles_are_set_up_once_and_stay_as_the_table_says():
    for _ in range(2):
        run("set_up_roles")
    rights = {
        group.name: {
            f"{p.content_type.model}.{p.codename.partition('_')[0]}"
            for p in group.permissions.select_related("content_type")
        }
        for group in Group.objects.all()
    }
    assert set(rights) == {"Editors", "Publishers"}
    assert rights["Publishers"] - rights["Editors"] == {
        "organization.publish",
        "source.publish",
        "initiative.publish",
        "fund.publish",
        "agreement.publish",
        "engagement.publish",
        "statement.publish",
        "person.publish",
        "platform.publish",
    }
    for right in ("organization.add", "ministry.change", "commitment.delete", "exchangerate.add"):
        assert right in rights["Editors"]
    assert {r for r in rights["Editors"] if r.startswith("historical")} == {
        r for r in rights["Editors"] if r.startswith("historical") and r.endswith(".view")
    }
    assert not any(
        right.startswith(("user.", "group.", "edition.")) for right in rights["Publishers"]
    )


def test_needs_of_records_from_before_there_were_needs_are_noted_by_command():
    fund("a", Announcement(amount="1", currency="KRW"))
    Need.objects.all().delete()
    assert run("note_needs")[0] == "1 needs are noted.\n"


def test_accounts_are_made_once_with_passwords_shown_once(settings):
    settings.LOCAL = True
    run("set_up_roles")
    out, _err = run("set_up_accounts")
    shown = {line.split()[1]: line.rpartition(" ")[2] for line in out.splitlines()}
    assert set(shown) == {"editor", "publisher"}
    for name, password in shown.items():
        user = User.objects.get(username=name)
        assert user.check_password(password)
        assert (user.is_staff, user.is_superuser) == (True, False)
    assert User.objects.get(username="publisher").has_perm("desk.publish_fund")
    assert not User.objects.get(username="editor").has_perm("desk.publish_fund")
    assert run("set_up_accounts") == ("", "")


def test_accounts_with_printed_passwords_are_refused_outside_local_mode(settings):
    settings.LOCAL = False
    assert "in local mode only" in run("set_up_accounts")[1]
    assert not User.objects.exists()


def test_a_command_publishes_more_than_a_request_may():
    records = [
        organization(f"firm-{n}", title=texts(f"{n}" * 5, f"{n}" * 6, f"{n}" * 7)) for n in range(3)
    ]
    with pytest.raises(Refused, match="This would enter 4 editions"):
        publish([report(), *records], by=publisher(), reason="Agreed.", limit=3)
    assert "4 editions entered." in by_publisher("publish", "--all")[0]
    assert Organization.objects.filter(state="published").count() == 3

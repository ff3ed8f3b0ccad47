"""Settings: what is given is kept, what is wrong stops the start and names its variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.config import BadSetting, Settings, settings_of, table, unknown_names, variable

ROOT = Path("/srv/sanchoi")
BLANKS = "addresses such as http://10.0.0.5:8888/press, separated by blanks, are needed"


def read(**environ: str) -> Settings:
    return Settings.from_env(environ, ROOT)


def test_nothing_has_to_be_set() -> None:
    settings = read()
    assert (settings.host, settings.port, settings.lang) == ("127.0.0.1", 8000, "vi")
    assert settings.instance == ROOT / "instance"
    assert settings.sqlite_file == ROOT / "instance" / "sanchoi.db"


def test_the_instance_folder_is_relative_to_the_checkout_not_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(SCS_INSTANCE="data").instance == ROOT / "data"
    assert read(SCS_INSTANCE="/var/lib/scs").instance == Path("/var/lib/scs")


@pytest.mark.parametrize(("name", "value"), [
    ("SCS_PORT", "http"), ("SCS_PORT", "70000"), ("SCS_PORT", "-1"), ("SCS_PORT", "٣"),
    ("SCS_HOST", "0.0.0.0; rm"), ("SCS_DATABASE_URL", "mysql://db"), ("SCS_REDIS_URL", "http://redis"),
    ("SCS_PUBLIC_URL", "sanchoi.example"), ("SCS_PUBLIC_URL", "https://sanchoi.example/path"),
    ("SCS_SECRET_KEY", "short"), ("SCS_METRICS_TOKEN", "short"),
    ("SCS_SIGNUP", "maybe"), ("SCS_OIDC_ISSUER", "http://id.example"), ("SCS_LANG", "fr"), ("SCS_TIME_ZONE", "Hanoi"), ("SCS_LOG", "xml"),
    ("SCS_TRUSTED_PROXIES", "many"), ("SCS_SECRET_KEY_FILE", "/nowhere/at/all"),
])  # fmt: skip
def test_a_bad_value_stops_the_start_and_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as stopped:
        read(**{name: value})
    assert stopped.value.name == name
    assert name in str(stopped.value)


def test_no_secret_is_repeated_in_an_error_or_a_log() -> None:
    secret = "postgres-password"
    with pytest.raises(BadSetting) as stopped:
        read(SCS_DATABASE_URL=f"mysql://scs:{secret}@db/scs")
    assert secret not in str(stopped.value)
    given = read(SCS_DATABASE_URL=f"postgresql://scs:{secret}@db/scs", SCS_SECRET_KEY=f"{secret}-long-enough")
    assert secret not in repr(given)


def test_a_secret_may_come_from_a_file_but_nothing_else_may(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a key of more than sixteen letters\n")
    assert read(SCS_SECRET_KEY_FILE=str(tmp_path / "key")).secret_key == "a key of more than sixteen letters"
    assert unknown_names({"SCS_PORT_FILE": "x", "SCS_SECRET_KEY_FILE": "x"}) == ["SCS_PORT_FILE"]


def test_secrets_made_at_the_first_run_are_found_again(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("made at the first run")
    assert read(SCS_INSTANCE=str(tmp_path)).secret_key == "made at the first run"
    given = read(SCS_INSTANCE=str(tmp_path), SCS_SECRET_KEY="given by the operator")
    assert given.secret_key == "given by the operator"


def test_a_misspelt_name_is_pointed_out_and_reserved_ones_are_not() -> None:
    assert unknown_names({"SCS_PRT": "1", "SCS_TEST_X": "1", "SCS_FAIL_Y": "1", "PATH": "/"}) == ["SCS_PRT"]


def test_an_address_of_a_hosting_provider_works_unchanged() -> None:
    assert read(SCS_DATABASE_URL="postgres://u:p@db/scs").database_url == "postgresql://u:p@db/scs"
    assert read(SCS_DATABASE_URL="postgres://u:p@db/scs").sqlite_file is None
    assert read(SCS_PUBLIC_URL="https://sanchoi.example/").public_url == "https://sanchoi.example"


def test_links_begin_with_the_public_address_else_with_the_one_phones_use() -> None:
    assert read().base_url == "http://127.0.0.1:8000"
    phones = Settings(root=ROOT, addresses=("http://192.168.1.5:8000", "http://127.0.0.1:8000"))
    assert phones.base_url == "http://192.168.1.5:8000"
    assert read(SCS_PUBLIC_URL="https://sanchoi.example").base_url == "https://sanchoi.example"


def test_the_table_has_a_row_for_every_setting() -> None:
    rows = table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [variable(setting) for setting in settings_of()]
    assert all(len(row.split(" | ")) == 3 and row.split(" | ")[1] for row in rows)


@pytest.mark.parametrize("address", [
    "ftp://10.0.0.5/", "http://", "http:///press", "10.0.0.5:8888", "http://me@10.0.0.5/", "http://:word@10.0.0.5/",
    "http://@10.0.0.5/", "http://10.0.0.5:70000/", "http://10.0.0.5:port/", "http://10.0.0.5:0/", "http://[::1/",
    "http://[nowhere]/", "http://10.0.0.5/#part", "http://10.0.0.5\\@10.0.0.6/", "http://10.0.0.5/đèn",
])  # fmt: skip
def test_a_machine_of_the_hall_has_an_address_that_can_be_asked_as_it_stands(address: str) -> None:
    with pytest.raises(BadSetting) as stopped:
        read(SCS_TRIGGERS=f"http://10.0.0.9/ {address}")
    assert str(stopped.value) == f"SCS_TRIGGERS: {BLANKS}", "what was given is not repeated"
    kept = ("http://10.0.0.5:8888/press?light=1", "https://[fd00::5]/on", "http://localhost:80")
    assert read(SCS_TRIGGERS=" ".join(kept)).triggers == kept

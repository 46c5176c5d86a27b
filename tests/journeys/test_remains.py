"""The search of the drill finds what is there, and does not take what it cannot read for clean."""

from pathlib import Path

from tests.journeys.remains import in_bytes, in_file

WANTED = {"rahasia": b"rahasia"}


def test_a_mark_is_found_wherever_it_stands_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"\0" * 70_000 + b"rahasia")
    (tmp_path / "clean").write_bytes(b"lain")
    (tmp_path / "empty").touch()
    found = {path.name: in_file(path, WANTED) for path in tmp_path.iterdir()}
    assert found == {"there": ["rahasia"], "clean": [], "empty": []}


def test_what_cannot_be_read_is_not_clean_and_what_is_gone_is_no_file(tmp_path: Path) -> None:
    # A folder in the place of a file cannot be read by anybody, root included.
    assert in_file(tmp_path, WANTED) == ["cannot be read: IsADirectoryError"]
    assert in_file(tmp_path / "rolled away", WANTED) == []


def test_a_record_is_searched_as_a_consumer_sees_it() -> None:
    assert in_bytes(b"nama: rahasia", WANTED) == ["rahasia"]
    assert in_bytes(b"", WANTED) == []

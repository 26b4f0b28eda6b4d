import pytest

from gatekeeper.assistant.model.endpoint import Endpoint, host_elsewhere


@pytest.mark.parametrize(
    "base_url",
    [
        "http://localhost:11434/v1",
        "http://LOCALHOST/v1",
        "http://models.localhost/v1",
        "http://127.0.0.1:8000/v1",
        "https://127.9.8.7/v1",
        "http://[::1]:8080/v1",
    ],
)
def test_an_address_of_this_machine_is_not_elsewhere(base_url: str) -> None:
    assert host_elsewhere(base_url) is None


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://api.example.com/v1", "api.example.com"),
        ("https://API.example.com:443/v1", "api.example.com"),
        ("http://api.example.com:443/v1", "api.example.com:443"),
        ("http://192.168.1.5:11434/v1", "192.168.1.5:11434"),
        ("http://[fd00::1]:8000/v1", "[fd00::1]:8000"),
        ("http://[::ffff:127.0.0.1]/v1", "[::ffff:127.0.0.1]"),
        ("http://0.0.0.0/v1", "0.0.0.0"),  # noqa: S104
        ("http://127.1/v1", "127.1"),
        ("http://2130706433/v1", "2130706433"),
        ("http://localhost.example.com/v1", "localhost.example.com"),
        ("http://mylocalhost/v1", "mylocalhost"),
        ("http://ollama:11434/v1", "ollama:11434"),
        ("http://host.docker.internal:11434/v1", "host.docker.internal:11434"),
    ],
)
def test_every_other_address_is_elsewhere_by_its_name(base_url: str, host: str) -> None:
    assert host_elsewhere(base_url) == host
    assert Endpoint(base_url, "m").host == host


@pytest.mark.parametrize(
    ("base_url", "fix"),
    [
        ("", "localhost:11434"),
        ("localhost:11434", "localhost:11434/v1"),
        ("ftp://localhost/v1", "write an address"),
        ("http:///v1", "write an address"),
        ("http://localhost:99999/v1", "localhost:11434"),
        ("http://localhost:0/v1", "write an address"),
        ("http://[::1/v1", "localhost:11434"),
        ("http://me:SECRET@localhost/v1", "into its file"),
        ("http://SECRET@localhost/v1", "into its file"),
        ("http://localhost/v1?key=SECRET", "end the address"),
        ("http://localhost/v1#SECRET", "end the address"),
        ("http://localhost/v1?", "end the address"),
        ("http://local host/v1", "spaces"),
        ("http://localhost/v1\n", "spaces"),
    ],
)
def test_an_unusable_address_is_refused_with_its_fix(base_url: str, fix: str) -> None:
    with pytest.raises(ValueError, match=fix) as refused:
        host_elsewhere(base_url)
    with pytest.raises(ValueError, match=fix):
        Endpoint(base_url, "m")

    assert "SECRET" not in str(refused.value)


def test_the_key_is_not_shown() -> None:
    endpoint = Endpoint("http://localhost/v1/", "m", "SECRET")

    assert "SECRET" not in repr(endpoint)
    assert endpoint.chat_url == "http://localhost/v1/chat/completions"
    with pytest.raises(ValueError, match="one line") as refused:
        Endpoint("http://localhost/v1", "m", "SECRET\nX-Other: header")
    assert "SECRET" not in str(refused.value)

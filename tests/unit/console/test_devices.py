"""The cookie of a device that staff have signed in from."""

from bot.console.login.devices import ACCOUNTS, Devices

DEVICES = Devices("key")


def test_a_device_is_known_to_the_accounts_it_signed_in_to() -> None:
    cookie = DEVICES.with_account("", "王芳")
    assert DEVICES.known(cookie, "王芳")
    assert not DEVICES.known(cookie, "李雷")
    both = DEVICES.with_account(cookie, "李雷")
    assert DEVICES.known(both, "王芳") == DEVICES.known(both, "李雷") == cookie.split(".")[0]
    assert DEVICES.with_account(both, "李雷") == both


def test_it_cannot_be_made_by_others() -> None:
    cookie = DEVICES.with_account("", "王芳")
    number, signature = cookie.split(".")
    forged = [
        "",
        ".",
        "x",
        f"x.{signature}",
        f"{number}.",
        f"{number}.职达",
        f"{number}{signature}",
    ]
    assert not any(DEVICES.known(one, "王芳") for one in forged)
    assert not Devices("another key").known(cookie, "王芳")


def test_it_does_not_grow_for_ever() -> None:
    cookie = "x" * 5000
    for number in range(ACCOUNTS + 3):
        cookie = DEVICES.with_account(cookie, f"clerk {number}")
    assert len(cookie) < 1000
    assert DEVICES.known(cookie, f"clerk {ACCOUNTS + 2}")
    assert not DEVICES.known(cookie, "clerk 0")

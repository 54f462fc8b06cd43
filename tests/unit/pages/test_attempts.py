"""Delays after wrong passwords: how they grow and fade, and whom they do not touch."""

from api.accounts.attempts import OF_ADDRESS, OF_DEVICE, OF_NAME, Attempts

ANNA, ELSEWHERE = (OF_NAME, "anna"), (OF_ADDRESS, "192.0.2.7")


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_the_wait_doubles_and_ends_at_half_a_minute() -> None:
    attempts, waits = Attempts(now=Clock()), []
    for _ in range(13):
        attempts.failed(ANNA)
        waits.append(attempts.wait(ANNA))
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]


def test_failures_fade_one_after_the_other() -> None:
    clock = Clock()
    attempts = Attempts(now=clock)
    for _ in range(8):
        attempts.failed(ANNA)
    assert attempts.wait(ANNA) == 4
    clock.at += 3.5
    assert attempts.wait(ANNA) == 1
    clock.at += 3 * OF_NAME.fades
    attempts.failed(ANNA)
    assert attempts.wait(ANNA) == 1


def test_whoever_attacks_a_name_does_not_delay_its_known_device_nor_other_names() -> None:
    attempts = Attempts(now=Clock())
    for _ in range(100):
        attempts.failed(ANNA, ELSEWHERE)
    assert attempts.wait(ANNA) == 30
    assert attempts.wait((OF_DEVICE, "anna")) == 0
    assert attempts.wait((OF_NAME, "ola"), (OF_ADDRESS, "192.0.2.8")) == 0


def test_an_address_waits_a_minute_at_most() -> None:
    attempts = Attempts(now=Clock())
    for number in range(1000):
        attempts.failed((OF_NAME, str(number)), ELSEWHERE)
    assert attempts.wait((OF_NAME, "new"), ELSEWHERE) == 60


def test_a_right_password_forgives_itself_and_not_the_address() -> None:
    attempts = Attempts(now=Clock())
    for _ in range(25):
        attempts.failed(ELSEWHERE)
    before = attempts.wait(ELSEWHERE)
    attempts.failed(ANNA, ELSEWHERE)
    attempts.forget(ANNA)
    attempts.forgive(ELSEWHERE)
    attempts.failed(ELSEWHERE)
    assert attempts.wait(ELSEWHERE) == 2 * before
    assert attempts.wait(ANNA) == 0


def test_counters_of_a_million_names_cost_bounded_memory() -> None:
    attempts = Attempts(now=Clock(), at_most=100)
    for number in range(5000):
        attempts.failed((OF_NAME, str(number)))
    assert len(attempts._failed) == 100

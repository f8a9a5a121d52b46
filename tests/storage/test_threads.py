"""The window's worker, a backup beside it and a second asker: each sees whole actions, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from send_desk.services.ports import KeptText
from send_desk.storage.home import OpenHome


def test_several_threads_at_one_store_lose_nothing(with_case: OpenHome, now: datetime) -> None:
    store = with_case.store

    def write(worker: int) -> None:
        for number in range(25):
            with store.write() as unit:
                for half in ("a", "b"):
                    unit.keep(KeptText("case-1", "case-1/f1", f"{worker}.{number}.{half}", "words", (), now))

    def read(_: int) -> list[int]:
        return [len(store.kept()) % 2 for _ in range(50)]

    def back_up(number: int) -> None:
        with_case.backup(now + timedelta(minutes=number))

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, worker) for worker in range(3)]
        readers = [pool.submit(read, number) for number in range(2)]
        copies = [pool.submit(back_up, number) for number in range(2)]
        for done in (*writers, *copies):
            done.result()
        # Two fields are written in one action: an odd count would be half of one.
        assert not any(any(reader.result()) for reader in readers)
    assert len(store.kept()) == 150

import asyncio
import gc
from dataclasses import dataclass

from harness import Api, Outcome, SpanRecord, clock, expect, listed, program, same, seconds
from solution import serve

ORDERS = [11, 12, 13, 14, 15]
RECEIPT = 0.1
# How long the mails of `ORDERS` take.
SLOW_DAY = [2.5, 41.0, 0.8, 17.3, 6.2]
FAST_DAY = [0.15, 0.9, 0.06, 0.42, 0.3]


@dataclass
class Day:
    """What a whole program did."""

    receipts: list[str]
    returned_at: float
    mails_at_return: list[SpanRecord]
    # How they stand when the program has ended.
    mails: list[SpanRecord]
    served_at: float


def run_program(mail_times, collect_at=None):
    counter = Api().named("serve").latency(RECEIPT)
    # The service's side of a mail is not what keeps its task alive, as with a socket that nobody polls any more.
    mail = Api().named("mail").kept_by_its_caller_only()
    for order, time in zip(ORDERS, mail_times):
        counter.reply(order, f"receipt {order}")
        mail.latency_of(order, time).reply(order, f"mail {order}")

    async def main():
        if collect_at is not None:
            asyncio.get_running_loop().call_later(collect_at, gc.collect)
        receipts = await serve(counter, mail, list(ORDERS))
        returned_at = clock.now()
        # A task that was just cancelled has ended after this; everything else still runs.
        await clock.settle()
        return receipts, returned_at, [SpanRecord(**vars(span)) for span in mail.spans()]

    receipts, returned_at, mails_at_return = program.run(main())
    served_at = max((span.end for span in counter.spans() if span.end is not None), default=0)
    return Day(receipts, returned_at, mails_at_return, mail.spans(), served_at)


class TestPatterns:
    def test_customers_do_not_wait_for_mail(self):
        day = run_program(SLOW_DAY)
        expected = round(RECEIPT * len(ORDERS), 6)
        expect(day.served_at <= expected, "customers-waited", seconds(day.served_at), seconds(expected))

    def test_mail_starts_with_the_receipt(self):
        day = run_program(SLOW_DAY)
        first = min((mail.start for mail in day.mails), default=day.returned_at)
        expect(first <= RECEIPT, "not-in-background", seconds(first), seconds(RECEIPT))

    def test_every_mail_is_sent(self):
        day = run_program(SLOW_DAY)
        sent = sum(mail.outcome is Outcome.DONE for mail in day.mails)
        last_mail = RECEIPT * 2 + SLOW_DAY[1]
        stopped = any(mail.outcome is Outcome.CANCELLED for mail in day.mails_at_return)
        expect(not stopped, "mails-cancelled", sent, len(ORDERS))
        if day.returned_at == day.served_at:
            expect(sent == len(ORDERS), "program-ended-first", sent, len(ORDERS))
        if any(mail.outcome is Outcome.DONE and mail.end == day.returned_at for mail in day.mails):
            expect(sent == len(ORDERS), "waited-for-some", sent, len(ORDERS))
        expect(sent == len(ORDERS), "slept-and-hoped", seconds(day.returned_at), seconds(last_mail))

    def test_every_mail_survives_the_garbage_collector(self):
        day = run_program(FAST_DAY, collect_at=0.25)
        lost = sum(mail.outcome is Outcome.CANCELLED and mail.end < day.returned_at for mail in day.mails)
        expect(lost == 0, "no-reference", lost, 0)

    def test_the_program_ends_with_the_last_mail(self):
        day = run_program(FAST_DAY)
        last_end = max((mail.end for mail in day.mails if mail.end is not None), default=0)
        expect(day.returned_at <= last_end, "slept-and-hoped", seconds(day.returned_at), seconds(last_end))

    def test_the_receipts_are_returned(self):
        day = run_program(FAST_DAY)
        expected = [f"receipt {order}" for order in ORDERS]
        expect(same(day.receipts, expected), "other-receipts", listed(day.receipts), listed(expected))

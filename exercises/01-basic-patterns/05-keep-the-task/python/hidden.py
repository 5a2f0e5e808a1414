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
    # When the receipt of each order was written.
    receipts_at: dict[int, float]
    customers_at_once: int
    mails_at_once: int


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
    written = {order: span.end for order in ORDERS for span in of_order(counter.spans(), "serve", order)}
    served_at = max((at for at in written.values() if at is not None), default=0)
    mails, at_once = mail.spans(), (counter.max_in_flight(), mail.max_in_flight())
    return Day(receipts, returned_at, mails_at_return, mails, served_at, written, *at_once)


def of_order(spans, verb, order):
    return [span for span in spans if span.label == f"{verb} {order}"]


class TestPatterns:
    def test_customers_do_not_wait_for_mail(self):
        day = run_program(SLOW_DAY)
        expected = round(RECEIPT * len(ORDERS), 6)
        expect(day.served_at <= expected, "customers-waited", seconds(day.served_at), seconds(expected))
        expect(day.customers_at_once == 1, "customers-at-once", day.customers_at_once, 1)

    def test_mail_starts_with_the_receipt(self):
        day = run_program(SLOW_DAY)
        late = "mails-wait-for-mails" if day.mails_at_once == 1 else "not-in-background"
        for order in ORDERS:
            written = day.receipts_at.get(order) or day.returned_at
            begun = min((mail.start for mail in of_order(day.mails, "mail", order)), default=day.returned_at)
            expect(begun >= written - 1e-6, "mail-before-the-receipt", seconds(begun), seconds(written))
            expect(begun <= written + 1e-6, late, seconds(begun), seconds(written))

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

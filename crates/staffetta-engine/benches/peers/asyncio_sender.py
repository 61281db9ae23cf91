"""The usual home-made sender: reads the office's CSV, posts with aiohttp, logs each outcome to SQLite.

Usage: asyncio_sender.py LIST.csv PORT RECIPIENTS. Prints messages, seconds, CPU seconds and peak MiB.
It keeps no claim and syncs nothing: what it had in hand when it is killed it sends again, or never.
"""

import asyncio
import csv
import sqlite3
import sys
import time

import aiohttp

from message import HEADERS, address, body, figures

IN_FLIGHT = 128


async def sender(rows, session, port, log):
    for fiscal_code, name in rows:
        async with session.post(address(port), json=body(fiscal_code, name)) as answer:
            answered = await answer.json()
            outcome = (fiscal_code, answer.status, answered.get("id"))
            log.execute("insert into outcome values (?, ?, ?)", outcome)


async def main(path, port, recipients):
    began = time.monotonic()
    # A commit for each outcome, as most scripts have it, in the way that costs least: nothing waits for the disk.
    log = sqlite3.connect(path + ".log.db", isolation_level=None)
    log.execute("pragma journal_mode = wal")
    log.execute("pragma synchronous = normal")
    log.execute("create table outcome (fiscal_code text, status integer, io_message_id text)")
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        connector = aiohttp.TCPConnector(limit=IN_FLIGHT)
        async with aiohttp.ClientSession(headers=HEADERS, connector=connector) as session:
            await asyncio.gather(*(sender(rows, session, port, log) for _ in range(IN_FLIGHT)))
    (taken,) = log.execute("select count(*) from outcome where status = 201").fetchone()
    assert taken == recipients, f"{taken} of {recipients} are taken"
    print(figures(recipients, time.monotonic() - began), flush=True)


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))

"""Celery with Redis and two workers: reads the office's CSV, queues one task for each message.

Usage: celery_sender.py LIST.csv PORT RECIPIENTS, with Redis in PEER_REDIS. Prints messages, seconds, CPU seconds and
peak MiB, from the first task queued until the receiver took the last message; Redis has CPU of its own.
"""

import csv
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request

path, port, recipients = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.environ["PEER_PORT"] = port

from celery_tasks import app, send  # noqa: E402  (it reads the environment)
from message import figures  # noqa: E402


def taken():
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_simulator/stats") as answer:
        return json.load(answer)["accounts"][0]["calls"]["messages"]


# Without its warning where this runs as root.
WORKER = "-B -W ignore -m celery --app celery_tasks worker --concurrency 2 --loglevel ERROR"
worker = subprocess.Popen(
    [sys.executable, *WORKER.split()],
    cwd=os.path.dirname(os.path.abspath(__file__)),
    stdout=subprocess.DEVNULL,
)
try:
    while not app.control.ping(timeout=0.5):
        pass
    began = time.monotonic()
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        for fiscal_code, name in rows:
            send.delay(fiscal_code, name)
    while taken() < recipients:
        time.sleep(0.02)
    seconds = time.monotonic() - began
finally:
    worker.send_signal(signal.SIGTERM)
    worker.wait()
print(figures(recipients, seconds), flush=True)

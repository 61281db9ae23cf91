"""One task for each message, as Celery's own introduction has it. Broker and results are in Redis.

The address of Redis is in PEER_REDIS, the receiver's port in PEER_PORT.
"""

import os

import requests
from celery import Celery

from message import HEADERS, address, body

REDIS = os.environ["PEER_REDIS"]
app = Celery("peer", broker=REDIS, backend=REDIS)
session = requests.Session()


@app.task
def send(fiscal_code, name):
    answer = session.post(address(os.environ["PEER_PORT"]), json=body(fiscal_code, name), headers=HEADERS)
    answer.raise_for_status()
    return answer.json()["id"]

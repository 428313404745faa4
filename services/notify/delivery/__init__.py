"""Subscriptions and deliveries: who is told of alerts, where, and what came of it.

| file | what |
|---|---|
| `subscribing.py` | subscriptions kept, changed, tried; messages sent again: the use cases |
| `cloud_events.py` | the envelope of what is sent |
| `api.py`, `messages.py`, `ports.py` | the edge, and what it needs |

The rules are in the core (`subscriptions`, `deliveries`, `digests`), queue and carriers in `adapters/`.
"""

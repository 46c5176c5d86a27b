"""Whether a server answers: the smallest real question in its own protocol, never just an open port."""

import socket
import struct
import urllib.error
import urllib.request
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

ASK_S = 1.5


def kafka_answers(url: str) -> bool:
    """Every address of `url` answers an ApiVersions request, which a broker does once it is in the cluster."""
    return all(_broker_answers(*_split(address)) for address in url.split(","))


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.strip().rpartition(":")
    return host.split("://")[-1], int(port)


def _broker_answers(host: str, port: int) -> bool:
    request = struct.pack(">hhih", 18, 0, 1, -1)  # ApiVersions v0, correlation 1, no client id
    try:
        with socket.create_connection((host, port), timeout=ASK_S) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            return len(connection.recv(8)) == 8
    except OSError:
        return False


def mongo_version(url: str) -> str | None:
    """The version a Mongo-protocol server says it has, or None while it does not accept writes."""
    try:
        with _client(url) as client:
            hello = client.admin.command("hello")
            return str(client.admin.command("buildInfo")["version"]) if hello.get("isWritablePrimary") else None
    except PyMongoError:
        return None


def initiate_replica_set(url: str, *, member: str) -> bool:
    """Make a lone mongod a replica set of one, as change streams and retried writes need; True once it is."""
    try:
        with _client(url) as client:
            wanted = {"_id": "rs0", "members": [{"_id": 0, "host": member}]}
            client.admin.command("replSetInitiate", wanted)
    except PyMongoError as error:
        return getattr(error, "code", None) == 23  # already initialised
    return True


def _client(url: str) -> "MongoClient[dict[str, Any]]":
    return MongoClient(url, serverSelectionTimeoutMS=int(ASK_S * 1000), connectTimeoutMS=int(ASK_S * 1000))


def http_status(url: str) -> int | None:
    """The status of a GET, or None while nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=ASK_S) as answer:  # our own processes' addresses only
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError):
        return None

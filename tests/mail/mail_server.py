#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server for the tests (aiosmtpd): STARTTLS and log-in required, every message kept as a file.

mail_server.py FOLDER CERTIFICATE KEY: prints its port and ends when its standard input does. What it does with the next
messages stands in FOLDER/plan, one word a line: ok, 451, 550, greylist, drop (closes after the message without an
answer). An empty plan means ok.
"""
import asyncio
import json
import os
import ssl
import sys
import time

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER, PASSWORD = b"mahima", b"open sesame"


class Keeper:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    def step(self, at):
        """The plan's next word, if it is about this part of the dialogue."""
        path = os.path.join(self.folder, "plan")
        with open(path, encoding="utf-8") as file:
            words = file.read().split()
        if not words:
            return "ok" if at == "data" else None
        parts = {"451": "rcpt", "550": "rcpt", "greylist": "rcpt", "drop": "data", "ok": "data"}
        if parts[words[0]] != at:
            return None
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(words[1:]))
        return words[0]

    async def handle_RCPT(self, server, session, envelope, address, options):
        word = self.step("rcpt")
        if word == "451":
            return "451 4.3.2 " + address + " come back later"
        if word == "greylist":
            return "450 4.7.1 greylisted"
        if word == "550":
            return "550 5.1.1 <" + address + "> nobody here"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        word = self.step("data")
        self.count += 1
        with open(os.path.join(self.folder, f"{self.count:04}.json"), "w", encoding="utf-8") as file:
            json.dump({"from": envelope.mail_from, "to": envelope.rcpt_tos, "at": time.time(), "tls": session.ssl is not None,
                       "login": bool(session.authenticated), "answered": word != "drop",
                       "data": envelope.original_content.decode("latin-1")}, file)
        if word == "drop":
            server.transport.abort()
            return "421 gone"
        return "250 2.0.0 queued as " + str(self.count)


def check(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and data.login == USER and data.password == PASSWORD
    return AuthResult(success=known, handled=False if not known else True)


async def main(folder, certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    keeper = Keeper(folder)

    def session():
        return SMTP(keeper, hostname="mail.test", tls_context=context, require_starttls=True, authenticator=check,
                    auth_required=True, enable_SMTPUTF8=False)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
    os._exit(0)

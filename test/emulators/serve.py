"""Serves one emulator on a loopback port, for as long as the process that started it keeps our input open.

Whoever started it may be killed at any time, by kill -9 too: its end of the pipe then closes, and the emulator ends.
"""

import os
import re
import sys
import threading

KEY_OF_ACCOUNT = re.compile(r"Credential=(\d{12})/")


def end_with_our_starter() -> None:
    while sys.stdin.buffer.read(1024):
        pass
    os._exit(0)


def account_by_key(app):
    """An access key of twelve digits is an account, as in ministack and LocalStack; moto wants a header for that."""

    def answer(environ, start_response):
        key = KEY_OF_ACCOUNT.search(environ.get("HTTP_AUTHORIZATION", ""))
        if key:
            environ["HTTP_X_MOTO_ACCOUNT_ID"] = key.group(1)
        return app(environ, start_response)

    return answer


def one_at_a_time(app):
    """DynamoDB's transactions are isolated; moto's are so only where nothing else is written meanwhile."""
    lock = threading.Lock()

    def answer(environ, start_response):
        if not environ.get("HTTP_X_AMZ_TARGET", "").startswith("DynamoDB_"):
            return app(environ, start_response)
        with lock:
            return list(app(environ, start_response))

    return answer


def moto(port: int) -> None:
    from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
    from werkzeug.serving import run_simple

    app = one_at_a_time(account_by_key(DomainDispatcherApplication(create_backend_app)))
    run_simple("127.0.0.1", port, app, threaded=True, request_handler=MotoRequestHandler)


def ministack(port: int) -> None:
    os.environ["GATEWAY_PORT"] = str(port)
    os.environ["BIND_HOST"] = "127.0.0.1"
    # It listens for AWS requests alone, and starts no containers.
    os.environ["IOT_MTLS_ENABLED"] = "0"
    os.environ["SFTP_ENABLED"] = "0"
    os.environ["DOCKER_HOST"] = "unix:///nowhere"
    sys.argv = ["ministack"]
    from ministack.app import main

    main()


if __name__ == "__main__":
    threading.Thread(target=end_with_our_starter, daemon=True).start()
    {"moto": moto, "ministack": ministack}[sys.argv[1]](int(sys.argv[2]))

"""What every peer sends, the same as the engine does, and how it tells what that cost."""

import resource

HEADERS = {"Ocp-Apim-Subscription-Key": "k"}
PARAGRAPH = (
    "Gentile {nome}, la informiamo che è disponibile il suo avviso. Il pagamento può essere fatto in app, in "
    "banca o alla posta; chi ha già pagato non tenga conto di questo messaggio. "
)
MARKDOWN = PARAGRAPH * 6


def address(port):
    return f"http://127.0.0.1:{port}/api/v1/messages"


def body(fiscal_code, name):
    content = {"subject": f"Avviso per {name}", "markdown": MARKDOWN.replace("{nome}", name)}
    return {"fiscal_code": fiscal_code, "content": content}


def figures(messages, seconds):
    """One line, as the benchmark reads it: CPU and memory with those of the processes that were waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu_seconds = sum(usage.ru_utime + usage.ru_stime for usage in used)
    return f"{messages} {seconds} {cpu_seconds} {max(usage.ru_maxrss for usage in used) / 1024}"

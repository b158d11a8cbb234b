"""BPMN files in a few words, for tests: `bpmn("s start; a userTask; e end", "s a; a e")`."""

from xml.sax.saxutils import escape, quoteattr

KINDS = {
    "start": "startEvent",
    "end": "endEvent",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "race": "eventBasedGateway",
    "task": "userTask",
    "auto": "serviceTask",
    "call": "callActivity",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "border": "boundaryEvent",
    "sub": "subProcess",
}


def bpmn(nodes: str, flows: str, name: str = "Quote") -> bytes:
    """A file of elements "id kind [word …]" and flows "from to [default]"; ids with a dot stand in a sub-process.

    Words: `on=a` is the activity a boundary event stands on, `timer`, `message`, `error`, `terminate`, `conditional` its
    event, `error=code` one with a code, `lets` does not interrupt; `parallel:3:event.done>=2` and `sequential:…` is done
    so many times, until so; `loop:5:event.done<2:first` again while so, at most five times, asked before the
    first time, too; `by_event` is a sub-process that an event
    begins; `undoes=b` one that undoes b, `compensate=b` an event that has b undone (`compensate` all). A flow's id is
    `from_to`.
    """
    inside: dict[str, list[str]] = {"": []}
    defaults = {f.split()[0]: _flow_id(*f.split()[:2]) for f in _parts(flows) if f.endswith(" default")}
    order = [part.split() for part in _parts(nodes)]
    for key, kind, *words in reversed(order):
        inner = "".join(inside.pop(key, [])) if kind == "sub" else ""
        inside.setdefault(key.rpartition(".")[0], []).insert(0, _element(key, kind, words, defaults, inner))
    for flow in _parts(flows):
        source, target = flow.split()[:2]
        xml = f'<sequenceFlow id="{_flow_id(source, target)}" sourceRef="{source}" targetRef="{target}"/>'
        _place(inside, order, source, xml)
    body = "".join(inside[""])
    return (
        '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        f"<process id='p' name={quoteattr(name)}>{body}</process></definitions>"
    ).encode()


def _place(inside: dict[str, list[str]], order: list[list[str]], source: str, xml: str) -> None:
    """Put a flow beside its source; those of sub-processes are put where their element was closed."""
    scope = source.rpartition(".")[0]
    if not scope:
        inside[""].append(xml)
        return
    inside[""] = [part.replace(f"<!--{scope}-->", f"{xml}<!--{scope}-->") for part in inside[""]]


def _flow_id(source: str, target: str) -> str:
    return f"{source}_{target}"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _element(key: str, kind: str, words: list[str], defaults: dict[str, str], inner: str) -> str:
    tag = KINDS.get(kind, kind)
    more = f' default="{defaults[key]}"' if key in defaults else ""
    event = aside = ""
    for word in words:
        if word.startswith("on="):
            more += f' attachedToRef="{word[3:]}"'
        elif word == "lets":
            more += ' isInterrupting="false"' if kind == "start" else ' cancelActivity="false"'
        elif word.startswith("undoes="):
            more += ' isForCompensation="true"'
            aside += _undoing(key, word[7:])
        elif word.startswith("compensate="):
            event += f'<compensateEventDefinition activityRef="{word[11:]}"/>'
        elif word == "by_event":
            more += ' triggeredByEvent="true"'
        elif word.startswith("error="):
            event += f'<errorEventDefinition errorRef="{word[6:]}"/>'
        elif word.startswith("loop"):
            event += _loop(*word.split(":")[1:])
        elif word.startswith(("parallel", "sequential")):
            event += _several(*word.split(":"))
        else:
            event += f"<{word}EventDefinition/>"
    end = f"<!--{key}-->" if kind == "sub" else ""
    return f'<{tag} id="{key}" name="{key}"{more}>{inner}{event}{end}</{tag}>{aside}'


def _undoing(handler: str, step: str) -> str:
    """A compensation event on a step, and what leads from it to what undoes it."""
    return (
        f'<boundaryEvent id="{handler}_on" attachedToRef="{step}"><compensateEventDefinition/></boundaryEvent>'
        f'<association id="{handler}_by" sourceRef="{handler}_on" targetRef="{handler}"/>'
    )


def _loop(most: str = "", again: str = "", first: str = "") -> str:
    more = (f' loopMaximum="{most}"' if most else "") + (' testBefore="true"' if first else "")
    inside = f"<loopCondition>{escape(again)}</loopCondition>" if again else ""
    return f"<standardLoopCharacteristics{more}>{inside}</standardLoopCharacteristics>"


def _several(how: str, times: str = "", until: str = "") -> str:
    inside = f"<loopCardinality>{escape(times)}</loopCardinality>" if times else ""
    inside += f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    tag = "multiInstanceLoopCharacteristics"
    return f'<{tag} isSequential="{str(how == "sequential").lower()}">{inside}</{tag}>'

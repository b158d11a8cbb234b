"""What a token waited for is there, and what becomes of the instance once its tokens stand."""

from kinflow.eventlog import record

from . import tokens
from .events import ProcessEnded, ProcessStepDone
from .models import DONE, RUNNING, ProcessInstance
from .working import Working

CALL_ENDED = "processes.call_ended"


def happened(work: Working, number: int, node: str, result: str) -> None:
    """What a token waited for is there: the event of `node`, or the end of its own step with a result."""
    own, row = work.plan.nodes[work.marking.tokens[number].node], work.rows[number]
    if row.happened:  # it led nowhere before
        row.happened = row.fault = row.remedy = ""
    if node in ("", own.id):
        if result:
            remember(work.instance, own.id, result)
        work.close(work.marking.tokens[number], own, result)
        tokens.finish(work.plan, work.marking, work, number)
    else:
        work.tell(ProcessStepDone, work.plan.nodes[node])
        tokens.happen(work.plan, work.marking, work, number, node)


def remember(instance: ProcessInstance, node: str, result: str) -> None:
    """Keep what came out of a person's task."""
    instance.results = {**instance.results, node: result}
    instance.last_result = result


def settle(work: Working) -> None:
    """The instance ends where no token is left, and runs again where no step has failed any more."""
    standing = work.marking.tokens
    if not standing:
        come_to_end(work)
    elif not any(row.fault for number, row in work.rows.items() if number in standing):
        work.instance.state = RUNNING


def come_to_end(work: Working) -> None:
    """No token is left."""
    instance, about = work.instance, work.told
    instance.state, instance.ended_at = DONE, work.now
    record(ProcessEnded(processinstance=instance, processdesign=instance.design, record=about or instance))
    tell_parent(work)


def tell_parent(work: Working) -> None:
    """Let what called this instance go on, in a transaction of its own: who cancels locks from above."""
    instance = work.instance
    if instance.parent_id:
        payload = {"instance": instance.parent_id, "token": instance.parent_token}
        work.moments[CALL_ENDED, str(instance.pk)] = (work.now, payload)

"""The process that is measured, by SpiffWorkflow: its state as JSON, in memory or in a row of PostgreSQL."""

from typing import Any

from bench._execution import WAITS, bpmn


class Theirs:
    """The same by SpiffWorkflow, restored before each message and saved after it."""

    def __init__(self, *, in_database: bool = False) -> None:
        from SpiffWorkflow.bpmn.parser import BpmnParser
        from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

        parser = BpmnParser()
        parser.add_bpmn_str(bpmn())
        self.spec, self.parts = parser.get_spec("p"), parser.get_subprocess_specs("p")
        self.serializer = BpmnWorkflowSerializer()
        self.in_database = in_database
        if in_database:
            self._write("CREATE TABLE bench_state (number integer PRIMARY KEY, state text)", [])

    def start(self, number: int) -> str:
        """A new instance as JSON."""
        from SpiffWorkflow.bpmn import BpmnWorkflow

        flow = BpmnWorkflow(self.spec, self.parts)
        flow.do_engine_steps()
        state = str(self.serializer.serialize_json(flow))
        if self.in_database:
            self._write("INSERT INTO bench_state VALUES (%s, %s)", [number, state])
        return state

    def step(self, number: int, state: str, wait: str) -> tuple[str, bool]:
        """A message is there: the state after it, and whether it has ended."""
        from SpiffWorkflow.bpmn import BpmnEvent
        from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition

        flow = self.serializer.deserialize_json(state)
        flow.catch(BpmnEvent(MessageEventDefinition(wait)))
        flow.do_engine_steps()
        after = str(self.serializer.serialize_json(flow))
        if self.in_database:
            self._write("UPDATE bench_state SET state = %s WHERE number = %s", [after, number])
        return after, flow.completed

    def run(self, count: int) -> None:
        """So many instances, from start to end."""
        for number in range(count):
            state, has_ended = self.start(number), False
            for wait in WAITS:
                state, has_ended = self.step(number, state, wait)
            assert has_ended
        if self.in_database:
            self._write("DELETE FROM bench_state", [])

    def size(self) -> int:
        """Bytes of the state of an instance of which two messages are waited for."""
        return len(self.step(0, self.start(0), WAITS[0])[0].encode())

    def _write(self, statement: str, values: list[Any]) -> None:
        from django.db import connection

        with connection.cursor() as sql:
            sql.execute(statement, values)

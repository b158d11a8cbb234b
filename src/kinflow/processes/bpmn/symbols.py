"""The signs of BPMN as small paths around (0, 0); those of tasks start at their upper left corner."""

EVENT_SIGNS = {
    "message": "M-7 -5h14v10h-14zM-7 -5l7 5 7 -5",
    "timer": "M0 -8a8 8 0 1 1 -.01 0zM0 -5v5l4 2",
    "conditional": "M-5 -7h10v14h-10zM-3 -4h6M-3 0h6M-3 4h6",
    "signal": "M0 -7l7 12h-14z",
    "escalation": "M0 -8l5 14 -5 -5 -5 5z",
    "error": "M-6 6l4 -11 4 6 4 -7 -3 12 -5 -5z",
    "compensate": "M0 -5v10l-7 -5zM7 -5v10l-7 -5z",
    "link": "M-7 -3h7v-3l7 6 -7 6v-3h-7z",
    "cancel": "M-6 -4l2 -2 4 4 4 -4 2 2 -4 4 4 4 -2 2 -4 -4 -4 4 -2 -2 4 -4z",
    "terminate": "M0 -8a8 8 0 1 1 -.01 0z",
}

TASK_SIGNS = {
    "userTask": "M7 2a3 3 0 1 1 -.01 0zM1 13c0 -7 12 -7 12 0z",
    "manualTask": "M2 6h9M2 6v5h8M2 6l3 -3h6M5 8.5h6",
    "serviceTask": "M7 3.5a3.5 3.5 0 1 1 -.01 0zM7 1v2M7 11v2M1 7h2M11 7h2"
    "M3 3l1.5 1.5M9.5 9.5l1.5 1.5M3 11l1.5 -1.5M9.5 4.5l1.5 -1.5",
    "sendTask": "M1 3h12v8h-12zM1 3l6 4 6 -4",
    "receiveTask": "M1 3h12v8h-12zM1 3l6 4 6 -4",
    "scriptTask": "M4 2h8c-3 4 1 6 -2 10H2c3 -4 -1 -6 2 -10zM5 5h4M5 8h4",
    "businessRuleTask": "M1 3h12v9h-12zM1 6h12M5 6v6",
}

_GATEWAY_SIGNS = {
    "exclusiveGateway": "M-6 -6l12 12M6 -6l-12 12",
    "parallelGateway": "M0 -9v18M-9 0h18",
    "inclusiveGateway": "M0 -8a8 8 0 1 1 -.01 0z",
    "eventBasedGateway": "M0 -9a9 9 0 1 1 -.01 0zM0 -5l5 3.5 -2 6h-6l-2 -6z",
    "complexGateway": "M0 -9v18M-9 0h18M-6 -6l12 12M6 -6l-12 12",
}


def gateway_sign(kind: str) -> str:
    """The sign in the diamond of a gateway."""
    return _GATEWAY_SIGNS[kind]

"""How the parts of a drawn model look: attributes for each class, so that a screen and a file show the same."""

import re

_TEXT = 'text-anchor="middle" font-size="12" fill="var(--ink)"'
_SMALL = 'text-anchor="middle" font-size="11"'
_HALO = 'stroke="var(--ground)" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
_LINE = 'fill="none" stroke="var(--ink-3)"'
INK = {
    "bpmn-text": _TEXT,
    "bpmn-name": f'{_SMALL} fill="var(--ink-2)" {_HALO}',
    "bpmn-figure": f'{_SMALL} fill="var(--ink-3)"',
    "bpmn-count": f'font-size="11" font-weight="600" fill="var(--accent)" {_HALO}',
    "bpmn-left": 'font-size="11" fill="var(--ink)"',
    "bpmn-band": 'text-anchor="middle" font-size="12" font-weight="560" fill="var(--ink-2)"',
    "bpmn-pool": 'fill="none" stroke="var(--edge-strong)"',
    "bpmn-border": 'fill="none" stroke="var(--edge-strong)"',
    "bpmn-box": 'fill="var(--surface)" stroke="var(--ink-3)" stroke-width="1.3"',
    "bpmn-call": 'stroke-width="3"',
    "bpmn-begun": 'stroke-dasharray="2 3"',
    "bpmn-warn": 'fill="var(--warn-soft)" stroke="var(--warn)"',
    "bpmn-bad": 'fill="var(--bad-soft)" stroke="var(--bad)"',
    "bpmn-added": 'fill="var(--good-soft)" stroke="var(--good)" stroke-width="3"',
    "bpmn-added-flow": 'stroke="var(--good)" stroke-width="3"',
    "bpmn-added-flow-tip": 'fill="var(--good)"',
    "bpmn-removed": 'fill="var(--bad-soft)" stroke="var(--bad)" stroke-width="2" stroke-dasharray="5 3"',
    "bpmn-removed-flow": 'stroke="var(--bad)" stroke-width="2" stroke-dasharray="5 3"',
    "bpmn-removed-flow-tip": 'fill="var(--bad)"',
    "bpmn-changed": 'fill="var(--warn-soft)" stroke="var(--warn)" stroke-width="2"',
    "bpmn-changed-flow": 'stroke="var(--warn)" stroke-width="2"',
    "bpmn-changed-flow-tip": 'fill="var(--warn)"',
    "bpmn-line": _LINE,
    "bpmn-sign": 'fill="none" stroke="var(--ink-2)" stroke-linejoin="round"',
    "bpmn-strong": 'stroke-width="1.8"',
    "bpmn-filled": 'fill="var(--ink-2)"',
    "bpmn-group": f'{_LINE} stroke-dasharray="8 4"',
    "bpmn-dashed": 'stroke-dasharray="4 3"',
    "bpmn-flow": f'{_LINE} stroke-width="1.2" stroke-linejoin="round"',
    "bpmn-handover": 'stroke="var(--accent)" stroke-width="1.6"',
    "bpmn-tip": 'fill="var(--ink-3)"',
    "bpmn-open-tip": 'fill="var(--ground)" stroke="var(--ink-3)"',
    "bpmn-handover-tip": 'fill="var(--accent)"',
}
_PAIR = re.compile(r'([\w-]+)="([^"]*)"')
_OF = {name: dict(_PAIR.findall(looks)) for name, looks in INK.items()}
_CLASSED = re.compile(r'(<\w+ class="([^"<>]*)")')


def inked(drawing: str) -> str:
    """The drawing with the looks of its classes written into it; a later class goes before an earlier one."""

    def looks(found: re.Match[str]) -> str:
        merged: dict[str, str] = {}
        for name in found[2].split():
            merged |= _OF.get(name, {})
        return found[1] + "".join(f' {name}="{value}"' for name, value in merged.items())

    return _CLASSED.sub(looks, drawing)

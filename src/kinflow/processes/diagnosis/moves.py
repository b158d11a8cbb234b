"""Which redesign best practices fit which finding, best first: after Reijers and Limam Mansar (Omega 33, 2005)."""

from collections.abc import Mapping

MOVES: Mapping[str, tuple[str, ...]] = {
    "pass_through": ("case_manager", "numerical_involvement", "task_composition", "order_assignment"),
    "hand_offs": ("case_manager", "numerical_involvement", "order_assignment"),
    "ping_pong": ("case_manager", "customer_teams", "split_responsibilities", "numerical_involvement"),
    "border": ("integration", "parallelism", "split_responsibilities", "empower"),
    "many_borders": ("order_assignment", "integration", "case_manager", "parallelism"),
    "one_outcome": ("task_elimination", "empower", "control_relocation", "exception"),
    "single_skilled": ("specialist_generalist", "flexible_assignment", "extra_resources", "centralisation"),
    "put_back": ("integral_technology", "control_relocation", "split_responsibilities"),
    "written_again": ("control_addition", "integral_technology", "contact_reduction"),
    "reopened": ("control_addition", "triage", "case_manager"),
    "repeated": ("control_addition", "task_composition", "triage"),
    "late_refusal": ("knock_out", "resequencing", "triage"),
    "weekend": ("flexible_assignment", "triage", "extra_resources", "task_automation"),
    "batching": ("order_based_work", "empower", "exception"),
    "bottleneck": ("extra_resources", "triage", "task_automation", "outsourcing"),
    "drift": ("extra_resources", "flexible_assignment", "triage"),
    "slow_group": ("order_types", "triage", "specialist_generalist"),
    "lost_group": ("triage", "order_types", "flexible_assignment"),
    "late_group": ("triage", "buffering", "flexible_assignment"),
}

"""What open cases wait for: each goes on as one of those did that had waited as long as it by now.

Who leaves them out counts what comes soon more often than what comes late: of cases that came lately, only the fast ones
have gone on. So what is not seen to its end is spread over what lasted longer (B. Efron, "The two sample problem with
censored data", Proceedings of the Fifth Berkeley Symposium, 1967: redistribution to the right, which gives the estimate
of Kaplan and Meier). Where nothing lasted longer, a case tells nothing: it may have been forgotten.
"""

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def stand_ins(waited: Whole, lasted: Whole, alike: NDArray[np.bool_]) -> Whole:
    """For each that is waiting the place of one that went on after a longer time; -1 where none did.

    `waited` is how long so far (k,), `lasted` how long those took that went on (n,). `alike` (k, n) says who is of one
    kind: such are taken where there are any.
    """
    draw = np.random.default_rng(len(waited))
    counts, found = np.ones(len(lasted)), np.full(len(waited), -1, np.int64)
    for one in np.argsort(-waited, kind="stable").tolist():
        longer = lasted > waited[one]
        own = longer & alike[one]
        weights = np.where(own if own.any() else longer, counts, 0.0)
        if weights.any():
            found[one] = draw.choice(len(lasted), p=weights / weights.sum())
            counts[found[one]] += 1
    return found

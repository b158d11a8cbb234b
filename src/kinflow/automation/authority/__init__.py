"""Authority: who may decide what alone, by the company's policies; and the values that the policies stand for."""

"""Three generations: what survives a collection is looked at less often."""

import gc

print("thresholds:", gc.get_threshold())
gc.collect()
before = gc.get_count()[0]
kept = [[] for _ in range(100)]
print("the youngest generation grew:", gc.get_count()[0] - before >= 100)
gc.collect()
print("after a full collection it is small:", gc.get_count()[0] < 50)
print("a list is tracked:", gc.is_tracked([]), "- an int is not:", gc.is_tracked(1))

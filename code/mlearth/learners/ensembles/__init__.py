"""Many learners as one: votes, AdaBoost and gradient boosting from scratch."""

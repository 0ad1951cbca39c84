# What only authors run; the students' edition goes without it.
.PHONY: stubs student-edition

stubs: .venv/ready  ## write every starter anew from its solution
	@$(BIN)/python tools/stubs.py

student-edition: .venv/ready  ## write the students' tree, without graded solutions
	@$(BIN)/python tools/edition.py _build/student-edition

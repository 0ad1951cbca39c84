# What only authors run; the students' edition goes without it.
.PHONY: stubs student-edition

stubs: $(VENV)/ready  ## write every starter anew from its solution
	@$(BIN)/python tools/stubs.py

student-edition: $(VENV)/ready  ## write the students' tree, without graded solutions
	@$(BIN)/python tools/edition.py _build/student-edition

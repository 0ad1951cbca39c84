# What only authors run; the students' edition goes without it.
.PHONY: check-data check-again page-report new short stubs transcripts student-edition \
	semester new-semester slides check-slides grade

check-data: $(VENV)/ready  ## rebuild the shipped extracts and compare them byte for byte
	@$(RUN) mlearth.datasets.rebuild --check

check-again: $(VENV)/ready  ## execute pages once more, all or PART=2/4: the same outputs
	@$(BIN)/python tools/build.py --compare $(or $(PART),1/1)

page-report: $(VENV)/ready  ## weigh every built page, and ask Lighthouse where it is installed
	@$(BIN)/python -P tests/site/report.py $(PAGES)

short: $(VENV)/ready  ## prove another Python by imports, a chapter and an exercise
	@$(RUN) pytest tests/test_environment.py -k imported
	@$(RUN) jupytext --quiet --to notebook --execute --output $(VENV)/chapter.ipynb \
		book/supervised_learning/linear_regression.md
	@$(RUN) pytest tests/test_exercises.py -k linear_regression

stubs: $(VENV)/ready  ## write every starter anew from its solution
	@$(BIN)/python tools/stubs.py

transcripts: $(VENV)/ready  ## keep what every wrong answer is told; its diff is the review
	@MLEARTH_KEEP_TRANSCRIPTS=1 $(RUN) pytest -n auto tests/test_exercises.py -k sound

student-edition: $(VENV)/ready  ## write the students' tree, without graded solutions
	@$(BIN)/python tools/edition.py _build/student-edition

new: $(VENV)/ready  ## begin a chapter or an exercise: make new CHAPTER=kriging PART=supervised_learning
	@$(BIN)/python tools/new.py --chapter "$(CHAPTER)" --exercise "$(EXERCISE)" $(if $(PART),--part "$(PART)")

semester: $(VENV)/ready  ## check the dates of course/semester.toml
	@$(BIN)/python tools/semester.py check

new-semester: $(VENV)/ready  ## draft the next: make new-semester START=2027-08-23 BREAK=2027-10-11:2027-10-12
	@$(BIN)/python tools/semester.py new "$(START)" $(foreach b,$(BREAK),--break "$(b)")

grade: $(VENV)/ready  ## grade a class: make grade SUBMISSIONS=~/in HOMEWORK=hw1_model_fit OUT=~/grades [PAIRS=pairs.csv]
	@$(BIN)/python -P tools/grade.py homework "$(SUBMISSIONS)" --homework "$(HOMEWORK)" --out "$(OUT)" \
		$(if $(PAIRS),--pairs "$(PAIRS)")
slides: $(VENV)/ready  ## make the slides of every lecture from the built chapters
	@$(BIN)/python tools/slides.py $(if $(WEEK),--week $(WEEK))

check-slides: $(VENV)/ready  ## look at every slide in a real browser
	@$(RUN) pytest tests/slides

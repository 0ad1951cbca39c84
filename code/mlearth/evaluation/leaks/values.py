"""What each value of a notebook holds, read from its syntax."""

from __future__ import annotations

import ast

from .facts import (
    CHOICES,
    HARMLESS,
    LIMITS,
    NOTHING,
    OPTIMISERS,
    PAIRS,
    RESULTS,
    SCALES,
    SCORE,
    SCORERS,
    SCORES_OF_FEATURES,
    SPLITTERS,
    STOPPERS,
    TABLES,
    Facts,
    kind_of_preparation,
    of_name,
    together,
    turned,
)
from .names import Names
from .syntax import (
    by_row,
    called,
    cuts_rows,
    grouped_column,
    is_cut,
    is_learned,
    is_mean,
    own_middle,
    own_spread,
    root,
)


class Values(Names):
    """Tells what is known of a value, and looks at the calls in it."""

    def __init__(self) -> None:
        super().__init__()
        self.aliases: dict[str, str] = {}
        self.targets: set[str] = set()

    def of_own(self, name: str, given: list[Facts], words: dict[str, Facts]) -> Facts:
        """Return what a function of this file returns; see `Reader`."""
        raise NotImplementedError

    def is_own(self, node: ast.AST) -> bool:
        """Tell whether a name is that of a function of this file."""
        raise NotImplementedError

    def facts(self, node: ast.AST) -> Facts:
        """Return what is known of a value, and look at the calls in it."""
        if isinstance(node, ast.Name):
            return self.of_one_name(node)
        if isinstance(node, ast.Call):
            return self.of_call(node)
        if isinstance(node, ast.Attribute):
            return self.of_attribute(node)
        if isinstance(node, ast.Subscript):
            return self.of_part(node)
        if isinstance(
            node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
        ):
            return self.of_comprehension(node)
        if isinstance(node, ast.Lambda):
            return Facts(is_score=self.facts(node.body).is_score)
        if isinstance(node, ast.Starred):
            value = self.facts(node.value)  # a split that a function is given anew
            sides = value.makes in ("pair", "sides")
            return value.but(makes="folds") if sides else value
        if isinstance(node, ast.NamedExpr):
            self.bind(node.target, self.facts(node.value))
            return self.facts(node.target)
        return self.of_parts(node)

    def of_one_name(self, node: ast.Name) -> Facts:
        """Return what a name holds; of a function only whether it is a score."""
        if node.id not in self.known and self.is_own(node):
            return Facts(is_score=self.of_own(node.id, [], {}).is_score)
        return self.known.get(node.id, of_name(node.id))

    def of_parts(self, node: ast.AST) -> Facts:
        """Return what is known of a value from what it is made of."""
        inner = getattr(node, "elts", None) or ast.iter_child_nodes(node)
        parts = [self.facts(part) for part in inner]
        if spread := own_spread(node):
            said = f"{spread} of {self.cell.place(node)} is that of all rows"
            whole = not together(parts).side
            parts.append(Facts(seen=(("fit", said),)) if whole else NOTHING)
        whole = together(parts)
        if isinstance(node, ast.List | ast.Tuple):
            return whole.but(is_many=True, parts=tuple(parts))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
            return whole.but(side=turned(whole.side))  # the rows of a mask's other side
        return (
            whole.but(is_many=True) if isinstance(node, ast.Dict | ast.Set) else whole
        )

    def of_comprehension(self, node) -> Facts:
        before = dict(self.known)
        for loop in node.generators:
            self.begin_loop(loop.target, self.facts(loop.iter))
        inner = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        found = [self.facts(part) for part in inner]
        value = found[0] if len(found) == 1 else together(found)
        self.known = before
        sides = [part.side.removeprefix("fold ") for part in value.parts]
        if sides == ["train", "test"]:
            return Facts(makes="folds", seen=value.seen)
        return value.but(is_many=True, parts=())

    def of_attribute(self, node: ast.Attribute) -> Facts:
        value = self.facts(node.value)
        if said := of_name(node.attr).side:  # such as split.train, self.X_train
            fold = "fold " if value.makes == "folds" else ""
            return value.but(side=value.side or fold + said, makes="", parts=())
        if value.makes and value.makes not in ("pair", "folds", "sides"):
            return value.result if RESULTS.match(node.attr) else value
        return value

    def of_part(self, node: ast.Subscript) -> Facts:
        whole, index = self.facts(node.value), self.facts(node.slice)
        if is_learned(node.value):  # components are no rows, and no side of a split
            return whole.but(is_many=False, parts=())
        cut = cuts_rows(node.slice)
        if index.side and whole.seen and not whole.side:
            self.split(node, whole)
        picked = tuple(("selection", said) for _, said in index.seen)
        seen = (*whole.seen, *picked)  # a choice of columns is an index too
        side = index.side or whole.side
        return whole.but(side=side, seen=seen, is_many=False, is_cut=cut, parts=())

    def of_call(self, node: ast.Call) -> Facts:
        """Return what is known of what a call returns."""
        name = self.aliases.get(called(node), called(node))
        if name in LIMITS:
            return NOTHING
        owner = NOTHING
        if isinstance(node.func, ast.Attribute):
            owner = self.facts(node.func.value)
        given = [self.facts(part) for part in node.args]
        words = {word.arg or "": self.facts(word.value) for word in node.keywords}
        if isinstance(node.func, ast.Name) and self.is_own(node.func):
            return self.of_own(node.func.id, given, words)
        data = together([*given, *words.values()])
        if name in CHOICES | OPTIMISERS:
            if self.by_score(name, data, owner, [*given, *words.values()]):
                self.chosen(node)
            return together([owner, data]).but(is_score=False)
        if name in SPLITTERS:
            self.split(node, data)  # a split of the training is one for validation
            return Facts(makes="folds" if data.side == "train" else "sides")
        if name in SCORERS:
            self.split(node, data)
            return Facts(makes=name)
        if name.startswith(("fit", "partial_fit")):
            self.look_for_stops(node, words)
            return self.fitted(node, name, owner, given, data)
        return self.of_maker(node, name, given, data) or self.of_other_call(
            node, name, owner, data
        )

    @staticmethod
    def by_score(name: str, data: Facts, owner: Facts, given: list[Facts]) -> bool:
        """Tell whether a choice is made among scores, or by a function that is one."""
        if any(part.is_score and part.is_many for part in (data, owner)):
            return True
        functions = [part for part in given if part == Facts(is_score=True)]
        return bool(functions) and (name in OPTIMISERS or len(given) > 1)

    def of_maker(self, node, name, given, data) -> Facts | None:
        """Return what a call makes: folds, an estimator, or None if neither."""
        if name.startswith("folds_by_") or (name == "split" and given):
            return Facts(makes="folds")
        if PAIRS.fullmatch(name):
            return Facts(makes="pair")
        if name in TABLES:
            return data.but(is_many=True)
        if name[:1].isupper() or name.startswith("make_"):
            return Facts(makes=name, seen=data.seen)
        return None

    def fitted(self, node, name, owner, given, data) -> Facts:
        """Return what fitting learnt; complain if it was from the test."""
        rows = given[0] if given else NOTHING
        if rows.side == "test":
            said = f"{owner.makes or 'something'} is fitted to rows of the test"
            self.leak("refit", node, said)
        if owner.makes in SCORERS:
            self.split(node, data)
        learnt = ()
        if not rows.side and owner.makes not in HARMLESS:
            kind = kind_of_preparation(owner.makes, name)
            what = f"{owner.makes or 'what'} of {self.cell.place(node)}"
            said = f"{what} was fitted to all rows"
            learnt = ((kind, said),)
        learnt = (*data.seen, *learnt)
        fit = Facts(learnt=learnt, makes=owner.makes or "estimator")
        if name not in ("fit", "partial_fit"):
            return fit.result.but(side=rows.side)
        holder = root(node.func)
        if holder in self.known:
            self.known[holder] = fit
        return fit

    def look_for_stops(self, node: ast.Call, words: dict[str, Facts]) -> None:
        """Complain of a training that is ended, or taken back, by the test."""
        callbacks = words.get("callbacks", NOTHING)
        stops = any(part.makes in STOPPERS for part in (callbacks, *callbacks.parts))
        for name in ("validation_data", "eval_set"):
            given = words.get(name, NOTHING)
            tested = any(part.side == "test" for part in (given, *given.parts))
            if tested and (stops or "early_stopping_rounds" in words):
                self.leak(
                    "choice", node, "training is stopped by its score on the test"
                )

    def of_other_call(self, node, name, owner, data) -> Facts:
        value = together([data, owner.result if RESULTS.search(name) else owner])
        kept = owner.is_cut and name in ("copy", "reset_index", "to_numpy", "astype")
        value = value.but(is_cut=kept or is_cut(node))
        if name == "append":
            holder = root(node.func)
            if holder:
                self.known[holder] = value.but(is_many=True, makes="")
            return NOTHING
        if note := self.of_all_rows(node, name) if not value.side else ():
            return value.but(seen=(note, *value.seen))
        if owner.makes and not RESULTS.search(name) and not SCORE.search(name):
            return owner
        scored = data.side == "test" and (SCORE.search(name) or is_mean(name, node))
        if scored:
            return Facts(is_score=True)
        return value.but(makes="")

    def of_all_rows(self, node: ast.Call, name: str) -> tuple[str, str] | tuple[()]:
        """Return the kind and the words of what a call has asked of all rows."""
        place = self.cell.place(node)
        if name in SCALES and not by_row(node):
            return "fit", f"{name} of {place} was given all rows"
        if name in SCORES_OF_FEATURES:
            return "selection", f"{name} of {place} was asked of all rows"
        if middle := own_middle(node):
            return "fit", f"gaps are filled by the {middle} of all rows in {place}"
        if grouped_column(node) in self.targets:
            return "fit", f"groups of {place} hold the target of all rows"
        return ()

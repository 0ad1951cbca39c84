"""What each name of a notebook holds, and what is complained of."""

from __future__ import annotations

import ast

from .facts import NOTHING, Facts, of_name, together
from .report import Leak
from .sources import Cell
from .syntax import root


class Names:
    """Remembers what each name holds, and complains where what was learnt is split."""

    def __init__(self) -> None:
        self.known: dict[str, Facts] = {}
        self.leaks: list[Leak] = []
        self.loops = 0
        self.cell = Cell(ast.Module([], []))

    def bind(self, target: ast.expr, value: Facts) -> None:
        """Remember what a name, or each of several, holds from here on."""
        if isinstance(target, ast.Name):
            self.hold(target, value)
        elif isinstance(target, ast.Subscript | ast.Attribute):
            holder = root(target)
            if holder and (value.is_score or value.seen):
                before = self.known.get(holder, NOTHING)
                self.known[holder] = together([before, value]).but(is_many=True)
        elif isinstance(target, ast.Tuple | ast.List):
            self.bind_several(target.elts, value)

    def hold(self, target: ast.Name, value: Facts) -> None:
        """Remember what one name holds; a name that says its side is believed."""
        said = of_name(target.id).side
        if said and not value.side.startswith("fold") and not value.is_score:
            if value.is_cut and not value.side:
                self.split(target, value)
            value = value.but(side=said, is_cut=False)
        self.known[target.id] = value

    def bind_several(self, targets: list[ast.expr], value: Facts) -> None:
        """Remember what each of several names holds."""
        if len(value.parts) == len(targets):
            for one, part in zip(targets, value.parts, strict=True):
                self.bind(one, part)
            return
        fold = "fold " if value.makes == "folds" else ""
        sides = value.makes in ("pair", "folds", "sides")
        for number, one in enumerate(targets):
            side = fold + ("train", "test")[number % 2] if sides else value.side
            self.bind(one, value.but(side=side, makes="", is_many=False))

    def begin_loop(self, target: ast.expr, value: Facts) -> None:
        """Remember what the names of a loop hold in each round."""
        value = value.but(parts=())
        if isinstance(target, ast.Tuple) and len(target.elts) == 2:
            names = [part.id for part in target.elts if isinstance(part, ast.Name)]
            if [of_name(name).side for name in names] == ["train", "test"]:
                value = value.but(makes="folds")
        elif value.makes == "pair" or isinstance(target, ast.Name):
            value = value.but(makes="folds", is_many=False)
        self.bind(target, value)

    # findings

    def split(self, node: ast.AST, data: Facts) -> None:
        """Rows are split here: complain of all that was learnt from them before."""
        for kind, said in data.seen:
            self.leak(kind, node, f"{said}, before these rows were split")

    def chosen(self, node: ast.AST) -> None:
        """Something is chosen here, and by the test."""
        said = "a setting is chosen here by its score on the test"
        self.leak("choice", node, said)

    def leak(self, kind: str, node: ast.AST, said: str) -> None:
        """Keep what was found, and where."""
        self.leaks.append(Leak(kind, self.cell.place(node), said))

function held = tree_rounds(held, n_rounds)
%TREE_ROUNDS  What each worker holds after some rounds of adding up by a tree.
%   held = TREE_ROUNDS(held, n_rounds). In round r, from 0 on, the workers 1,
%   1 + 2 * 2^r, 1 + 4 * 2^r, ... add what the worker 2^r places after them holds.
%
%   held      n_workers x n_numbers, one row for each worker
%   n_rounds  number of rounds, >= 0
error('not written yet');
end

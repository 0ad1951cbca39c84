function held = ring_all_reduce(held, n_rounds)
%RING_ALL_REDUCE  Give every worker of a ring the sum of what all workers hold.
%   held = RING_ALL_REDUCE(held)
%   held = RING_ALL_REDUCE(held, n_rounds)
%
%   held      n_workers x n_numbers, one row for each worker
%   n_rounds  after how many rounds to look; all 2 * (n_workers - 1) by default
%
%   See also POOLED_MOMENTS, PARALLEL_GRADIENT.
if not(isnumeric(held) && ismatrix(held) && all(isfinite(held(:)))) || isempty(held)
    error('mlearth:held', 'held must be a matrix of finite numbers');
end
[n, n_numbers] = size(held);
last = 2 * (n - 1);
if nargin > 1
    check_count('n_rounds', n_rounds + 1);
    last = min(last, n_rounds);
end
longer = mod(n_numbers, n);
sizes = floor(n_numbers / n) + ((1:n) <= longer);
ends = cumsum([0, sizes]);
for r = 0:last - 1
    % Pass on: each worker's block goes to its right neighbour
    sent = held;
    for w = 0:n - 1
        k = mod(w - 1 - r, n);
        block = ends(k + 1) + 1:ends(k + 2);
        from = mod(w - 1, n);
        if r < n - 1
            % Add: what came to what is there
            held(w + 1, block) = held(w + 1, block) + sent(from + 1, block);
        else
            % Spread: what came has all terms
            held(w + 1, block) = sent(from + 1, block);
        end
    end
end
end

function found = tape_gradient(tape, place)
%TAPE_GRADIENT  Walk a tape back: derivatives of one value by all it is made of.
%   found = TAPE_GRADIENT(tape, place)
%
%   tape   cell of entries, as TAPE_RECORD and TAPE_APPLY write them
%   place  which value to differentiate, usually a loss
%   found  cell: the derivative by the value of each entry; [] where it is not needed
%
%   See also TAPE_APPLY, UNSTRETCHED.
found = cell(1, numel(tape));
% Seed: a result changes with itself one to one
found{place} = ones(size(tape{place}.value));
% Walk back: the last entry first
for k = place:-1:1
    if isempty(found{k}), continue, end
    for i = 1:numel(tape{k}.parts)
        part = tape{k}.parts(i);
        pull = tape{k}.pulls{i};
        share = unstretched(pull(found{k}), size(tape{part}.value));
        % Add up: what was used twice has two shares
        if isempty(found{part})
            found{part} = share;
        else
            found{part} = found{part} + share;
        end
    end
end
end

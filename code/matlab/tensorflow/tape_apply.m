function [tape, place] = tape_apply(tape, name, parts)
%TAPE_APPLY  Do something with values of a tape, and write it down.
%   [tape, place] = TAPE_APPLY(tape, name, parts)
%
%   tape   cell of entries, as TAPE_RECORD writes them
%   name   'plus', 'times', 'mtimes' of two values, 'tanh', 'sum' of one
%   parts  place of the value on the tape, or of both: [first, second]
%   place  where the result stands
%
%   See also TAPE_RECORD, TAPE_GRADIENT.
a = tape{parts(1)}.value;
b = tape{parts(end)}.value;
switch name
    case 'plus'
        value = a + b;
        pulls = {@(g) g, @(g) g};
    case 'times'
        value = a .* b;
        pulls = {@(g) g .* b, @(g) g .* a};
    case 'mtimes'
        value = a * b;
        pulls = {@(g) g * b', @(g) a' * g};
    case 'tanh'
        value = tanh(a);
        pulls = {@(g) g .* (1 - value .^ 2)};
    case 'sum'
        value = sum(a(:));
        pulls = {@(g) g * ones(size(a))};
    otherwise
        accepted = 'plus, times, mtimes, tanh or sum';
        error('mlearth:name', 'name must be %s, got %s', accepted, name);
end
[tape, place] = tape_record(tape, value, parts, pulls);
end

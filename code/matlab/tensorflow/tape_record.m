function [tape, place] = tape_record(tape, value, parts, pulls)
%TAPE_RECORD  Write an entry: what came out, and of which parts.
%   [tape, place] = TAPE_RECORD(tape, value, parts, pulls)
%   [tape, place] = TAPE_RECORD(tape, value)
%
%   tape   cell of entries, {} at first
%   value  matrix, what came out; alone it is a variable
%   parts  places of what went in
%   pulls  cell, for each part the function that turns the derivative by value into
%          the one by it
%   place  number of the new entry
%
%   See also TAPE_APPLY, TAPE_GRADIENT.
if nargin < 3, parts = []; pulls = {}; end
% Record: which parts went in, and how each is pulled back to
tape{end + 1} = struct('value', value, 'parts', parts, 'pulls', {pulls});
place = numel(tape);
end
